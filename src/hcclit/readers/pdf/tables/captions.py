"""Ruled tables of a page, by the captions above, beside or below them."""

from __future__ import annotations

from itertools import takewhile

import numpy as np

from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.labels import Label
from hcclit.readers.pdf.tables.regions import (
    EDGE,
    LEAST,
    Index,
    Region,
    between_rules,
    filled,
    is_running,
    last_rule,
    rules_inside,
    within,
)
from hcclit.readers.pdf.tables.rulings import Rule, Rulings

_CAPTION_HEIGHT = 120.0  # points between the first line of a caption and the table's first rule
_BELOW = 3.0  # ems between a table's last rule and a caption below it
_LINE = 0.6  # ems between lines of a caption
_BESIDE = 2.5  # ems between the first rule of a table and the first line of a caption beside it
_FAR = 12.0  # ems between a table and a caption beside it
_INDENT = 3.0  # ems
_SHORTEST = 40.0  # points of a rule


def ruled_regions(segments: Segments, labels: list[Label], rulings: Rulings) -> list[Region]:
    """The ruled tables of a page, from the top down."""
    across = [rule for rule in rulings.across if rule.length > _SHORTEST]
    regions: list[Region] = []
    for find in (_below, _beside, _above):
        for label in labels:
            if not label.table or any(label.segment in region.caption for region in regions):
                continue
            others = np.array([other.segment for other in labels if other is not label], np.intp)
            region = find(segments, across, label.segment, others)
            if region is not None and not any(_overlap(region, other) for other in regions):
                region.label, region.continued = label.number, label.continued
                region.rulings = rules_inside(rulings, region)
                regions.append(region)
    return sorted(regions, key=lambda region: region.top)


def _overlap(a: Region, b: Region) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _below(segments: Segments, across: list[Rule], i: int, others: Index) -> Region | None:
    """A table between the first rule below its caption, which begins with a segment, and the last before other text."""
    top, bottom, x0, x1 = (float(side[i]) for side in (segments.top, segments.bottom, segments.x0, segments.x1))
    below = [rule for rule in across if rule.at > bottom - 1 and rule.at - top <= _CAPTION_HEIGHT]
    under = [rule for rule in below if rule.start - EDGE <= (x0 + x1) / 2 <= rule.end + EDGE]
    first = next(iter(under or [rule for rule in below if rule.start < x1 and rule.end > x0]), None)
    if first is None:
        return None
    between = (segments.top[others] > bottom) & (segments.top[others] < first.at)
    if (between & (segments.x0[others] < first.end) & (segments.x1[others] > first.start)).any():
        return None
    return between_rules(segments, across, first, others, top)


def _above(segments: Segments, across: list[Rule], i: int, others: Index) -> Region | None:
    """A table whose caption, which begins with a segment, stands below its last rule."""
    top, x = float(segments.top[i]), float(segments.x0[i] + segments.x1[i]) / 2
    room = _BELOW * float(segments.size[i])
    near = [rule for rule in across if 0 <= top - rule.at < room and rule.start - EDGE <= x <= rule.end + EDGE]
    if not near:
        return None
    first = _first_rule(segments, across, near[-1], others)
    if near[-1].at - first.at < LEAST:
        return None
    region = filled(segments, (first, near[-1]), first.at)
    region.caption, region.caption_last = _lines_from(segments, i, near[-1]), True
    region.notes = np.setdiff1d(region.notes, region.caption)
    region.bottom = max(region.bottom, float(segments.bottom[region.caption].max()))
    return region


def _first_rule(segments: Segments, across: list[Rule], last: Rule, others: Index) -> Rule:
    """The first rule of a table, upwards from its last."""
    stops = segments.top[others][(segments.x0[others] < last.end) & (segments.x1[others] > last.start)]
    first = last
    for rule in reversed(across):
        if rule.at >= first.at or rule.start < last.start - EDGE or rule.end > last.end + EDGE:
            continue
        if ((stops > rule.at) & (stops < first.at)).any() or is_running(segments, last, (rule.at, first.at)):
            break
        first = rule
    return first


def _lines_from(segments: Segments, i: int, rule: Rule) -> Index:
    """The lines of a caption that begins with a segment below a rule."""
    below = np.flatnonzero(within(segments, rule) & (segments.base > segments.base[i] - 1))
    below = below[np.argsort(segments.base[below], kind="stable")]
    bottoms = np.concatenate([[segments.top[i]], np.maximum.accumulate(segments.bottom[below])[:-1]])
    close = segments.top[below] - bottoms <= _LINE * segments.size[below]
    same = np.abs(segments.size[below] - segments.size[i]) <= 0.07 * segments.size[i]
    count = sum(1 for _ in takewhile(bool, (close & same).tolist()))
    return below[:count] if count else np.array([i], np.intp)


def _beside(segments: Segments, across: list[Rule], i: int, others: Index) -> Region | None:
    """A table that begins at the height of its caption, which begins with a segment, to the right or left of it."""
    top, size, x0, x1 = (float(side[i]) for side in (segments.top, segments.size, segments.x0, segments.x1))
    level = [rule for rule in across if abs(rule.at - top) < _BESIDE * size and (rule.start > x1 or rule.end < x0)]
    level = [rule for rule in level if min(abs(rule.start - x1), abs(rule.end - x0)) < _FAR * size]
    first = min(level, key=lambda rule: abs(rule.at - top), default=None)
    last = last_rule(segments, across, first, others) if first is not None else None
    if first is None or last is None:
        return None
    region = filled(segments, (first, last), first.at)
    middle, centre = (segments.top + segments.bottom) / 2, (segments.x0 + segments.x1) / 2
    outside = (centre < first.start) if x1 < first.start else (centre > first.end)
    caption = outside & (middle > top - 1) & (middle < last.at) & (np.abs(segments.x0 - x0) < _INDENT * size)
    region.caption = np.flatnonzero(caption & (np.abs(segments.size - size) <= 0.07 * size))
    region.x0, region.x1 = min(region.x0, x0), max(region.x1, float(segments.x1[region.caption].max()))
    region.top = min(region.top, top - 1)
    return region
