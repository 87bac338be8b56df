"""Reading order: a page is taken apart along the tallest free corridors between columns of text.

What stands above a corridor is read first, then its left side, its right side, and what stands below; each part
is taken apart in turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.glyphs import Floats
from hcclit.readers.pdf.segments import Segments

Index = NDArray[np.intp]
_STEP = 2.0  # points between the places where a corridor is looked for
_WIDTH = 6.0  # points; the narrowest corridor
_FEWEST_LINES = 3
_NARROWEST = 48.0  # points; a narrower side is a column of numbers or marks
_SHORTEST = 20.0  # points; two lines
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class _Corridor:
    """A free strip around `x` between two heights, and how many lines of text it parts."""

    x: float
    top: float
    bottom: float
    lines: int


def reading_order(segments: Segments) -> list[Index]:
    """The segments of a page in parts, in the order that they are read; each part has one column."""
    return _parts(segments, np.arange(len(segments)), 0)


def _parts(segments: Segments, index: Index, depth: int) -> list[Index]:
    if len(index) < 2 * _FEWEST_LINES or depth > _DEEPEST:
        return [index] if len(index) else []
    corridor = _best_corridor(segments.select(index))
    if corridor is None:
        return [index]
    middle = (segments.top[index] + segments.bottom[index]) / 2
    centre = (segments.x0[index] + segments.x1[index]) / 2
    above, below = middle < corridor.top, middle > corridor.bottom
    left = ~above & ~below & (centre < corridor.x)
    right = ~above & ~below & ~left
    out: list[Index] = []
    for part in (above, left, right, below):
        if part.all():
            return [index]
        out += _parts(segments, index[part], depth + 1)
    return out


def _best_corridor(segments: Segments) -> _Corridor | None:
    """The corridor that parts the most lines; places are tried in the order of how many they could part."""
    first, last = float(segments.x0.min()) + _NARROWEST, float(segments.x1.max()) - _NARROWEST
    places = np.arange(first, last + 1, _STEP, dtype=np.float32)[:, None]
    segments = segments.select(np.argsort(segments.top + segments.bottom))
    crossing = (segments.x0 < places + _WIDTH / 2) & (segments.x1 > places - _WIDTH / 2)
    left, right = ~crossing & (segments.x1 <= places), ~crossing & (segments.x0 >= places)
    most = np.minimum(left.sum(axis=1), right.sum(axis=1))
    middle = (segments.top + segments.bottom) / 2
    best: _Corridor | None = None
    for i in np.argsort(-most, kind="stable").tolist():
        least = max(_FEWEST_LINES, best.lines + 1 if best else 0)
        if most[i] < least:
            break
        for top, bottom in _free_stretches(segments, crossing[i]):
            inside = slice(*np.searchsorted(middle, [top, bottom]).tolist())
            sides = (left[i, inside], right[i, inside])
            if min(np.count_nonzero(sides[0]), np.count_nonzero(sides[1])) >= least:
                found = _judged(segments, (inside, *sides), (float(places[i, 0]), top, bottom))
                best = found if found is not None and found.lines >= least else best
    return best


def _free_stretches(segments: Segments, crossing: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Heights between which nothing crosses."""
    order = np.argsort(segments.top[crossing])
    tops, bottoms = segments.top[crossing][order], segments.bottom[crossing][order]
    reach = np.maximum.accumulate(bottoms) if len(bottoms) else bottoms
    starts = np.concatenate([[-1e6], reach])
    ends = np.concatenate([tops, [1e6]])
    wide = np.flatnonzero(ends - starts > _SHORTEST).tolist()
    return [(float(starts[k]), float(ends[k])) for k in wide]


def _judged(
    segments: Segments,
    found: tuple[slice, NDArray[np.bool_], NDArray[np.bool_]],
    place: tuple[float, float, float],
) -> _Corridor | None:
    """A corridor, if what stands on both its sides looks like columns of running text."""
    inside, left, right = found
    x, top, bottom = place
    x0, x1 = segments.x0[inside], segments.x1[inside]
    count = min(_wide_lines(x0[left], x1[left]), _wide_lines(x0[right], x1[right]))
    if count < _FEWEST_LINES:
        return None
    # what the left side has above the right one is read before both, what the right has below the left after both
    first, last = float(segments.top[inside][right].min()), float(segments.bottom[inside][left].max())
    return _Corridor(x, max(top, first - 1), min(bottom, last + 1), count)


def _wide_lines(x0: Floats, x1: Floats) -> int:
    """How many lines of a side fill a good part of its width; none if the side is narrow or mostly short pieces."""
    width = float(x1.max() - x0.min())
    if width < _NARROWEST:
        return 0
    wide = int(np.count_nonzero(x1 - x0 > 0.6 * width))
    return wide if wide >= 0.3 * len(x0) else 0
