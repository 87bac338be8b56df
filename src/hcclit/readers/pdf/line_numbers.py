"""Numbers of lines in the margin of a manuscript, which count up beside the text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.glyphs import Glyphs
from hcclit.readers.pdf.segments import Segments

_FEWEST = 5
_LONGEST = 4  # digits
_STEPS = (1, 2, 3, 5, 10)
_BESIDE = 6.0  # points by which the numbers of another page may stand elsewhere

Margin = tuple[float, float]
"""Where the numbers of lines begin and end."""


def line_numbers(
    glyphs: Glyphs, segments: Segments, before: Margin | None = None
) -> tuple[NDArray[np.bool_], Margin | None]:
    """Which segments are numbers of lines, and the margin that they stand in.

    They are a column outside the text that counts up, beside long lines; on a page after one that has them, even a
    single number in the same margin is one.

    Args:
        glyphs: the signs of the page.
        segments: its segments.
        before: the margin of the numbers on the pages before it.
    """
    digits = (glyphs.code >= 0x30) & (glyphs.code <= 0x39)
    total = np.concatenate([[0], np.cumsum(digits)])
    length = segments.last - segments.first
    numbers = (length <= _LONGEST) & (total[segments.last] - total[segments.first] == length)
    text = ~numbers & (segments.x1 - segments.x0 > 8 * segments.size)
    none = np.zeros(len(segments), bool)
    if not numbers.any() or not text.any():
        return none, before
    left, right = np.percentile(segments.x0[text], 5), np.percentile(segments.x1[text], 95)
    outside: NDArray[np.bool_]
    for outside in (numbers & (segments.x1 < left), numbers & (segments.x0 > right)):
        index = np.flatnonzero(outside)
        if len(index) >= _FEWEST and np.count_nonzero(text) >= _FEWEST and _counts_up(glyphs, segments, index):
            return outside, (float(segments.x0[index].min()), float(segments.x1[index].max()))
        if before is not None:
            there = (segments.x0 > before[0] - _BESIDE) & (segments.x1 < before[1] + _BESIDE)
            if (outside & there).any():
                return outside & there, before
    return none, before


def _counts_up(glyphs: Glyphs, segments: Segments, index: NDArray[np.intp]) -> bool:
    """Whether numbers, from the top down, mostly grow by one step that numbers of lines take."""
    index = index[np.argsort(segments.base[index])]
    values = [
        int("".join(chr(c) for c in glyphs.code[segments.first[i] : segments.last[i]].tolist())) for i in index.tolist()
    ]
    steps = np.diff(values)
    return any(bool((steps == step).mean() > 0.7) for step in _STEPS)
