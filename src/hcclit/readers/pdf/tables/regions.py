"""Where the tables of a page stand: between rules at their captions, or in lines of cells below them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.labels import Label
from hcclit.readers.pdf.tables.rulings import Rule, Rulings

Index = NDArray[np.intp]
Flags = NDArray[np.bool_]
_CAPTION_HEIGHT = 120.0  # points between the first line of a caption and the table's first rule
_BELOW = 3.0  # ems between a table's last rule and a caption below it
_RUNNING = 4  # lines of running text in a row between two rules: there the table has ended
_LONG_LINE = 16  # ems
_LEAST = 8.0  # points; a lower one is no table
SHORTEST = 40.0  # points of a rule
_EDGE = 3.0
_CELLS = 0.9  # ems between heads side by side
_INDENT = 3.0  # ems


@dataclass(slots=True)
class Region:
    """Where a table stands, the segments of its caption, body and notes, and the rules inside it."""

    x0: float
    x1: float
    top: float
    bottom: float
    caption: Index
    body: Index
    notes: Index
    rulings: Rulings = field(default_factory=Rulings)
    label: str = ""
    continued: bool = False
    caption_last: bool = False


def ruled_regions(segments: Segments, labels: list[Label], rulings: Rulings) -> list[Region]:
    """The ruled tables of a page, from the top down."""
    across = [rule for rule in rulings.across if rule.length > SHORTEST]
    regions: list[Region] = []
    for find in (_below_caption, _beside_caption, _above_caption):
        for label in labels:
            if not label.table or any(label.segment in region.caption for region in regions):
                continue
            region = find(segments, across, label, labels)
            if region is not None and not any(_overlap(region, other) for other in regions):
                region.label, region.continued = label.number, label.continued
                region.rulings = inside(rulings, region)
                regions.append(region)
    return sorted(regions, key=lambda region: region.top)


def inside(rulings: Rulings, region: Region) -> Rulings:
    """The rules in a table's region."""
    across = [
        r for r in rulings.across if region.top < r.at < region.bottom + 1 and r.start < region.x1 and r.end > region.x0
    ]
    down = [
        r
        for r in rulings.down
        if r.start < region.bottom and r.end > region.top and region.x0 - _EDGE < r.at < region.x1 + _EDGE
    ]
    return Rulings(across, down)


def _overlap(a: Region, b: Region) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _others(segments: Segments, labels: list[Label], label: Label, rule: Rule) -> list[float]:
    """The heights of the other captions that begin above or below a rule, not beside it in another column."""
    tops = ((other, float(segments.top[other.segment]), float(segments.x0[other.segment])) for other in labels)
    return [top for other, top, x0 in tops if other is not label and rule.start - _EDGE < x0 < rule.end]


def _below_caption(segments: Segments, across: list[Rule], label: Label, labels: list[Label]) -> Region | None:
    """A table between the first rule below its caption and the last before other text."""
    i = label.segment
    top, bottom, x = float(segments.top[i]), float(segments.bottom[i]), float(segments.x0[i] + segments.x1[i]) / 2
    below = [r for r in across if r.at > bottom - 1 and r.start - _EDGE <= x <= r.end + _EDGE]
    if not below or below[0].at - top > _CAPTION_HEIGHT:
        return None
    others = _others(segments, labels, label, below[0])
    if any(bottom < other < below[0].at for other in others):
        return None
    found = last_rule(segments, across, below[0], others)
    if found is None:
        return None
    region = filled(segments, (below[0], found), top)
    heads = _heads_above(segments, region.caption)
    region.caption, region.body = np.setdiff1d(region.caption, heads), np.union1d(region.body, heads)
    return region


def _heads_above(segments: Segments, caption: Index) -> Index:
    """The lines above a table's first rule that are heads: cells side by side, and what stands over these."""
    lines: list[list[int]] = []
    for i in caption[np.argsort(-segments.base[caption], kind="stable")].tolist():
        if lines and segments.base[lines[-1][0]] - segments.base[i] < 0.3 * segments.size[i]:
            lines[-1].append(i)
        else:
            lines.append([i])
    left = min((float(segments.x0[i]) for i in lines[-1]), default=0.0) if lines else 0.0
    heads: list[int] = []
    for line in lines[:-1]:
        order = sorted(line, key=lambda i: float(segments.x0[i]))
        apart = any(segments.x0[b] - segments.x1[a] > _CELLS * segments.size[a] for a, b in pairwise(order))
        if not apart and not (heads and segments.x0[order[0]] > left + _INDENT * segments.size[order[0]]):
            break
        heads += line
    return np.array(sorted(heads), np.intp)


def last_rule(segments: Segments, across: list[Rule], first: Rule, others: list[float]) -> Rule | None:
    """The last rule of a table that begins with one, before other captions (at their heights) and running text."""
    last = first
    for rule in across:
        if rule.at <= last.at or rule.start < first.start - _EDGE or rule.end > first.end + _EDGE:
            continue
        if any(last.at < other < rule.at for other in others) or _is_running(segments, first, (last.at, rule.at)):
            break
        last = rule
    return last if last.at - first.at >= _LEAST else None


def _is_running(segments: Segments, rule: Rule, heights: tuple[float, float]) -> bool:
    """Whether running text stands between two heights: lines as wide as a rule, or long ones with even ends."""
    inside = (segments.base > heights[0]) & (segments.base < heights[1])
    inside &= (segments.x0 > rule.start - 6) & (segments.x1 < rule.end + 6)
    wide = segments.x1 - segments.x0
    full = inside & (wide > 0.85 * rule.length)
    if int(np.count_nonzero(full)) >= _RUNNING:
        return True
    long = np.flatnonzero(inside & (wide > _LONG_LINE * segments.size))
    ends = np.round(np.stack([segments.x0[long], segments.x1[long]]) / 2)
    return bool(len(long)) and int(np.unique(ends, axis=1, return_counts=True)[1].max()) > _RUNNING


def filled(segments: Segments, rules: tuple[Rule, Rule], top: float) -> Region:
    """What stands between two rules, above them from a height on, and in small print below them."""
    first, last = rules
    within = _within(segments, first)
    middle = (segments.top + segments.bottom) / 2
    caption = within & (middle > top) & (middle < first.at)
    body = within & (middle >= first.at) & (middle < last.at)
    notes = _notes(segments, within, last.at)
    found = [np.flatnonzero(chosen) for chosen in (caption, body, notes)]
    bottom = max(last.at, float(segments.bottom[found[2]].max()) if len(found[2]) else 0)
    return Region(first.start, first.end, top - 1, bottom, found[0], found[1], found[2])


def _within(segments: Segments, rule: Rule) -> Flags:
    centre = (segments.x0 + segments.x1) / 2
    inside: Flags = (centre > rule.start - 4) & (centre < rule.end + 4)
    return inside


def _notes(segments: Segments, within: Flags, bottom: float) -> Flags:
    """Small lines that follow the last rule closely."""
    usual = float(np.median(segments.size))
    out = np.zeros(len(segments), bool)
    below = np.flatnonzero(within & (segments.base > bottom))
    for i in below[np.argsort(segments.base[below], kind="stable")].tolist():
        if segments.size[i] > 0.93 * usual or segments.top[i] - bottom > 1.2 * segments.size[i]:
            break
        out[i] = True
        bottom = max(bottom, float(segments.bottom[i]))
    return out


def _above_caption(segments: Segments, across: list[Rule], label: Label, labels: list[Label]) -> Region | None:
    """A table whose caption stands below its last rule."""
    i = label.segment
    top, x = float(segments.top[i]), float(segments.x0[i] + segments.x1[i]) / 2
    near = [
        r
        for r in across
        if 0 <= top - r.at < _BELOW * float(segments.size[i]) and r.start - _EDGE <= x <= r.end + _EDGE
    ]
    if not near:
        return None
    last = first = near[-1]
    others = _others(segments, labels, label, last)
    for rule in reversed(across):
        if rule.at >= first.at or rule.start < last.start - _EDGE or rule.end > last.end + _EDGE:
            continue
        if any(rule.at < other < first.at for other in others) or _is_running(segments, last, (rule.at, first.at)):
            break
        first = rule
    if last.at - first.at < _LEAST:
        return None
    region = filled(segments, (first, last), first.at)
    within = _within(segments, last)
    lines = np.flatnonzero(within & (segments.base > last.at))
    lines = lines[np.argsort(segments.base[lines], kind="stable")]
    caption, bottom = [], top
    for k in lines.tolist():
        if segments.base[k] < segments.base[i] - 1:
            continue
        if segments.top[k] - bottom > 0.6 * segments.size[k] or abs(segments.size[k] - segments.size[i]) > 0.5:
            break
        caption.append(k)
        bottom = float(segments.bottom[k])
    region.notes = np.setdiff1d(region.notes, caption)
    region.caption, region.caption_last = np.array(caption, np.intp), True
    region.top, region.bottom = first.at - 1, max(region.bottom, bottom)
    return region


def _beside_caption(segments: Segments, across: list[Rule], label: Label, labels: list[Label]) -> Region | None:
    """A table that begins at the height of its caption, to the right or left of it."""
    i = label.segment
    top, size = float(segments.top[i]), float(segments.size[i])
    x0, x1 = float(segments.x0[i]), float(segments.x1[i])
    level = [r for r in across if abs(r.at - top) < 2.5 * size and (r.start > x1 or r.end < x0)]
    level = [r for r in level if min(abs(r.start - x1), abs(r.end - x0)) < 12 * size]
    if not level:
        return None
    first = min(level, key=lambda r: abs(r.at - top))
    found = last_rule(segments, across, first, _others(segments, labels, label, first))
    if found is None:
        return None
    region = filled(segments, (first, found), first.at)
    middle = (segments.top + segments.bottom) / 2
    centre = (segments.x0 + segments.x1) / 2
    outside = (centre < first.start) if x1 < first.start else (centre > first.end)
    beside = outside & (middle > top - 1) & (middle < found.at) & (np.abs(segments.x0 - x0) < 3 * size)
    beside &= np.abs(segments.size - size) < 0.5
    region.caption = np.flatnonzero(beside)
    region.x0, region.x1 = min(region.x0, x0), max(region.x1, float(segments.x1[region.caption].max()))
    region.top = min(region.top, top - 1)
    return region
