"""Where a table stands on its page, and what belongs to it between its rules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.glyphs import Floats
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.growth import heads_above, lowest
from hcclit.readers.pdf.tables.rulings import Rule, Rulings

Index = NDArray[np.intp]
Flags = NDArray[np.bool_]
_RUNNING = 4  # lines of running text in a row between two rules: there the table has ended
_LONG_LINE = 16  # ems
LEAST = 8.0
"""Points; a lower one is no table."""
EDGE = 3.0
"""Points that a rule may be longer than another of its table."""


@dataclass(slots=True)
class Region:
    """Where a table stands, the segments of its caption, body and notes, and the rules inside it.

    `cuts` are the places between its columns, once they are found or if the page before tells them.
    """

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
    cuts: list[float] = field(default_factory=list)

    @property
    def members(self) -> Index:
        """All its segments."""
        return np.concatenate([self.caption, self.body, self.notes])


def rules_inside(rulings: Rulings, region: Region) -> Rulings:
    """The rules of a table."""
    across = [
        r for r in rulings.across if region.top < r.at < region.bottom + 1 and r.start < region.x1 and r.end > region.x0
    ]
    down = [
        r
        for r in rulings.down
        if r.start < region.bottom and r.end > region.top and region.x0 - EDGE < r.at < region.x1 + EDGE
    ]
    return Rulings(across, down)


def between_rules(
    segments: Segments, across: list[Rule], first: Rule, others: Index, top: float | None = None
) -> Region | None:
    """The table that begins with a rule; its caption begins at a height above it, if it has one.

    Args:
        segments: those of the page.
        across: its horizontal rules.
        first: the table's first.
        others: the segments that other captions begin with.
        top: where the caption begins.
    """
    last = last_rule(segments, across, first, others)
    if last is None:
        return None
    stops = _stops(segments, first, others)
    inside, stop = within(segments, first), float(stops[stops > last.at].min(initial=np.inf))
    body = inside & (segments.base > first.at) & (segments.base < last.at)
    end = lowest(segments, body, inside & (segments.base < stop), last.at)
    region = filled(segments, (first, replace(last, at=end)), first.at if top is None else top)
    heads = heads_above(segments, region.caption)
    region.caption, region.body = np.setdiff1d(region.caption, heads), np.union1d(region.body, heads)
    return region


def _stops(segments: Segments, rule: Rule, others: Index) -> Floats:
    """The heights at which other captions begin above or below a rule."""
    return segments.top[others][(segments.x0[others] < rule.end) & (segments.x1[others] > rule.start)]


def last_rule(segments: Segments, across: list[Rule], first: Rule, others: Index) -> Rule | None:
    """The last rule of a table, downwards from its first; None if it has no other."""
    last, stops = first, _stops(segments, first, others)
    for rule in across:
        if rule.at <= last.at or rule.start < first.start - EDGE or rule.end > first.end + EDGE:
            continue
        if ((stops > last.at) & (stops < rule.at)).any() or is_running(segments, first, (last.at, rule.at)):
            break
        last = rule
    return last if last.at - first.at >= LEAST else None


def is_running(segments: Segments, rule: Rule, heights: tuple[float, float]) -> bool:
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
    """The region between two rules, with the caption that begins at a height and the notes below."""
    first, last = rules
    inside = within(segments, first)
    middle = (segments.top + segments.bottom) / 2
    caption = inside & (middle > top) & (middle < first.at)
    body = inside & (middle >= first.at) & (middle < last.at)
    notes = _notes(segments, inside, last.at)
    found = [np.flatnonzero(chosen) for chosen in (caption, body, notes)]
    bottom = max(last.at, float(segments.bottom[found[2]].max()) if len(found[2]) else 0)
    return Region(first.start, first.end, top - 1, bottom, found[0], found[1], found[2])


def within(segments: Segments, rule: Rule) -> Flags:
    """Which segments stand above or below a rule."""
    centre = (segments.x0 + segments.x1) / 2
    inside: Flags = (centre > rule.start - 4) & (centre < rule.end + 4)
    return inside


def _notes(segments: Segments, inside: Flags, bottom: float) -> Flags:
    """Small lines that follow the last rule closely."""
    usual = float(np.median(segments.size))
    out = np.zeros(len(segments), bool)
    below = np.flatnonzero(inside & (segments.base > bottom))
    for i in below[np.argsort(segments.base[below], kind="stable")].tolist():
        if segments.size[i] > 0.93 * usual or segments.top[i] - bottom > 1.2 * segments.size[i]:
            break
        out[i] = True
        bottom = max(bottom, float(segments.bottom[i]))
    return out
