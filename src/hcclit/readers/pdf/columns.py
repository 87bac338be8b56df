"""Reading order: a page is taken apart along the tallest free corridors between columns of text.

What stands above a corridor is read first, then its left side, its right side, and what stands below; each part
is taken apart in turn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.glyphs import Floats
from hcclit.readers.pdf.segments import Segments, joined

Index = NDArray[np.intp]
Flags = NDArray[np.bool_]
_STEP = 2.0  # points between the places where a corridor is looked for
_WIDTH = 6.0  # points; the narrowest corridor
_FEWEST_LINES = 3
_SURE = 8  # lines on either side of a corridor that is a gutter of the paper
_NARROWEST = 48.0  # points; a narrower side is a column of numbers or marks
_SHORTEST = 20.0  # points; two lines
_LONG_LINE = 11  # ems; longer than what cells of a table hold
_DEEPEST = 12
_MOST_SEGMENTS = 2500  # compared pairwise; more is a drawing
_MOST_PLACES = 600
_FAR = 1e6


@dataclass(frozen=True, slots=True)
class Gutter:
    """What parts the columns of running text on most pages: its middle, and the width of the narrower column."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class _Corridor:
    """A free strip around `x` between two heights, how many lines of text it parts, and how many segments."""

    x: float
    top: float
    bottom: float
    lines: int
    segments: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A free stretch of a place: the segments inside it (half open), its heights, the segments on either side."""

    place: int
    first: int
    last: int
    top: float
    bottom: float
    left: int
    right: int

    @property
    def most(self) -> int:
        """The most lines that it may part."""
        return min(self.left, self.right)


def reading_order(segments: Segments, before: Gutter | None = None) -> tuple[list[Index], Gutter | None]:
    """The segments of a page in parts, in the order that they are read, each with one column; and the page's gutter.

    Args:
        segments: those of the page.
        before: the gutter of the pages before it, along which even a few lines are two columns.
    """
    lines, line = joined(segments)
    gutters = [before] if before is not None else []
    parts = _parts(lines, np.arange(len(lines)), (0, gutters))
    return [np.flatnonzero(np.isin(line, part)) for part in parts], gutters[-1] if gutters else None


def _parts(segments: Segments, index: Index, state: tuple[int, list[Gutter]]) -> list[Index]:
    depth, gutters = state
    if not 2 < len(index) <= _MOST_SEGMENTS or depth > _DEEPEST:
        return [index] if len(index) else []
    here = segments.select(index)
    corridor = _best_corridor(here) if len(index) >= 2 * _FEWEST_LINES else None
    if corridor is None and gutters:
        corridor = _along(here, gutters[-1])
    if corridor is None:
        return [index]
    middle, centre = (here.top + here.bottom) / 2, (here.x0 + here.x1) / 2
    above, below = middle < corridor.top, middle > corridor.bottom
    left = ~above & ~below & (centre < corridor.x)
    right = ~above & ~below & ~left
    if corridor.lines >= _SURE and left.any() and right.any():
        gutters.append(_gutter(here, corridor, (left, right)))
    out: list[Index] = []
    for part in (above, left, right, below):
        if part.all():
            return [index]
        out += _parts(segments, index[part], (depth + 1, gutters))
    return out


def _gutter(segments: Segments, corridor: _Corridor, sides: tuple[Flags, Flags]) -> Gutter:
    left, right = sides
    ends, begins = float(segments.x1[left].max()), float(segments.x0[right].min())
    widths = ends - float(segments.x0[left].min()), float(segments.x1[right].max()) - begins
    return Gutter((ends + begins) / 2, min(widths))


def _along(segments: Segments, gutter: Gutter) -> _Corridor | None:
    """The corridor along a known gutter between a few lines, most of which fill their column."""
    segments = segments.select(np.argsort(segments.top + segments.bottom))
    crossing = (segments.x0 < gutter.x + 1) & (segments.x1 > gutter.x - 1)
    above = _followed(segments)
    crossing |= crossing[above] & (segments.x1 < segments.x1[above])  # as in `_best_corridor`
    cuts = np.flatnonzero(crossing)
    best: _Corridor | None = None
    for first, last in pairwise([-1, *cuts.tolist(), len(segments)]):
        inside = np.arange(first + 1, last)
        right = segments.x0[inside] > gutter.x
        wide = segments.x1[inside] - segments.x0[inside] > 0.6 * gutter.width
        lines = min(np.count_nonzero(wide & right), np.count_nonzero(wide & ~right))
        if lines < 1 or len(inside) < _FEWEST_LINES or 2 * np.count_nonzero(wide) < len(inside):
            continue
        if best is None or len(inside) > best.segments:
            top, bottom = float(segments.top[inside].min()), float(segments.bottom[inside].max())
            best = _Corridor(gutter.x, top, bottom, lines, len(inside))
    return best


def _best_corridor(segments: Segments) -> _Corridor | None:
    """The corridor that parts the most lines; the most promising ones are judged first."""
    segments = segments.select(np.argsort(segments.top + segments.bottom))
    first, last = float(segments.x0.min()) + _NARROWEST, float(segments.x1.max()) - _NARROWEST
    places = np.arange(first, last + 1, max(_STEP, (last - first) / _MOST_PLACES), dtype=np.float32)[:, None]
    if not len(places):
        return None
    crossing = (segments.x0 < places + _WIDTH / 2) & (segments.x1 > places - _WIDTH / 2)
    sides = (~crossing & (segments.x1 <= places), ~crossing & (segments.x0 >= places))
    above = _followed(segments)
    crossing |= sides[0] & crossing[:, above] & (segments.x1 < segments.x1[above])  # last lines of wide paragraphs
    stretches = _stretches(segments, crossing, sides)
    best: _Corridor | None = None
    judged = set()
    for stretch in stretches:
        if best is not None and stretch.most < best.lines:
            break
        if (key := (stretch.first, stretch.last, stretch.left, stretch.right)) in judged:
            continue
        judged.add(key)
        lines = _judged(segments, (sides[0][stretch.place], sides[1][stretch.place]), stretch)
        rank = (lines, stretch.left + stretch.right)
        if lines >= _FEWEST_LINES and (best is None or rank > (best.lines, best.segments)):
            best = _Corridor(float(places[stretch.place, 0]), stretch.top, stretch.bottom, *rank)
    return None if best is None else _without_tables(segments, best)


def _without_tables(segments: Segments, corridor: _Corridor) -> _Corridor:
    """A corridor without the rows of cells above and below its text, which are read across."""
    middle = (segments.top + segments.bottom) / 2
    index = np.flatnonzero((middle > corridor.top) & (middle < corridor.bottom))
    index = index[np.argsort(segments.base[index], kind="stable")]
    apart = np.flatnonzero(np.diff(segments.base[index]) > 0.3 * segments.size[index][1:]) + 1
    rows = np.split(index, apart)
    above = _rows_of_cells(segments, corridor.x, rows)
    below = _rows_of_cells(segments, corridor.x, rows[::-1])
    top = max((float(segments.bottom[row].max()) for row in above), default=corridor.top)
    bottom = min((float(segments.top[row].min()) for row in below), default=corridor.bottom)
    return replace(corridor, top=top, bottom=bottom) if top < bottom else corridor


def _rows_of_cells(segments: Segments, x: float, rows: list[Index]) -> list[Index]:
    """The rows of a table that stands on both sides of a place, before the first line of text."""
    out: list[Index] = []
    column = min(x - float(segments.x0.min()), float(segments.x1.max()) - x)
    for row in rows:
        if (segments.x1[row] - segments.x0[row] > 0.6 * column).any():
            break
        if len(row) > _FEWEST_LINES - 1 and segments.x0[row].min() < x < segments.x1[row].max():
            out.append(row)
    return out if len(out) >= _FEWEST_LINES else []


def _followed(segments: Segments) -> Index:
    """For each segment the one closely above it that begins at the same place in the same size, or itself."""
    pitch = segments.base[:, None] - segments.base[None, :]
    near = (pitch > 0.5 * segments.size) & (pitch < 1.6 * segments.size)
    near &= np.abs(segments.x0[:, None] - segments.x0[None, :]) < 0.5 * segments.size
    near &= np.abs(segments.size[:, None] - segments.size[None, :]) < 0.05 * segments.size
    return np.where(near.any(axis=1), near.argmax(axis=1), np.arange(len(segments)))


def _stretches(segments: Segments, crossing: Flags, sides: tuple[Flags, Flags]) -> list[_Stretch]:
    """Where nothing crosses between two heights and both sides have lines enough, the most promising ones first."""
    reach = np.maximum.accumulate(np.where(crossing, segments.bottom, -_FAR), axis=1)
    starts = np.concatenate([np.full((len(reach), 1), -_FAR), reach], axis=1)
    ends = np.concatenate([np.where(crossing, segments.top, -_FAR), np.full((len(reach), 1), _FAR)], axis=1)
    rows, columns = np.nonzero(ends - starts > _SHORTEST)
    top, bottom = starts[rows, columns], ends[rows, columns]
    middle = (segments.top + segments.bottom) / 2
    first, last = np.searchsorted(middle, top), np.searchsorted(middle, bottom)
    counts = []
    for side in sides:
        sums = np.concatenate([np.zeros((len(side), 1), np.intp), np.cumsum(side, axis=1)], axis=1)
        counts.append(sums[rows, np.maximum(last, first)] - sums[rows, first])
    most = np.minimum(*counts)
    chosen = np.lexsort((-counts[0] - counts[1], -most))
    chosen = chosen[most[chosen] >= _FEWEST_LINES]
    fields = zip(*(values[chosen].tolist() for values in (rows, first, last, top, bottom, *counts)), strict=True)
    return [_Stretch(*values) for values in fields]


def _judged(segments: Segments, sides: tuple[Flags, Flags], stretch: _Stretch) -> int:
    """How many lines a corridor parts, if what stands on both its sides looks like columns of running text."""
    inside = slice(stretch.first, stretch.last)
    x0, x1, size = segments.x0[inside], segments.x1[inside], segments.size[inside]
    base = segments.base[inside]
    return min(_wide_lines(x0[side], x1[side], (size[side], base[side])) for side in (s[inside] for s in sides))


def _wide_lines(x0: Floats, x1: Floats, set_as: tuple[Floats, Floats]) -> int:
    """How many lines of a side are long or fill it; none if the side is narrow or most of its lines are short.

    Args:
        x0: where its segments begin.
        x1: where they end.
        set_as: their sizes and base lines; the cells of a row count as one line.
    """
    size, base = set_as
    width = float(x1.max() - x0.min())
    if width < _NARROWEST:
        return 0
    wide = int(np.count_nonzero((x1 - x0 > 0.6 * width) | (x1 - x0 > _LONG_LINE * size)))
    rows = len(np.unique(np.round(base / 2)))
    return wide if wide >= 0.3 * rows else 0
