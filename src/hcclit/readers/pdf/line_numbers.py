"""Numbers of lines in the margin of a manuscript, which count up beside the text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.glyphs import Glyphs
from hcclit.readers.pdf.segments import Segments

_FEWEST = 5
_LONGEST = 4  # digits


def line_numbers(glyphs: Glyphs, segments: Segments) -> NDArray[np.bool_]:
    """Which segments are numbers of lines: a column outside the text that counts up, beside long lines."""
    none = np.zeros(len(segments), bool)
    digits = (glyphs.code >= 0x30) & (glyphs.code <= 0x39)
    total = np.concatenate([[0], np.cumsum(digits)])
    length = segments.last - segments.first
    numbers = (length <= _LONGEST) & (total[segments.last] - total[segments.first] == length)
    text = ~numbers & (segments.x1 - segments.x0 > 8 * segments.size)
    if np.count_nonzero(numbers) < _FEWEST or np.count_nonzero(text) < _FEWEST:
        return none
    left, right = np.percentile(segments.x0[text], 5), np.percentile(segments.x1[text], 95)
    outside: NDArray[np.bool_]
    for outside in (numbers & (segments.x1 < left), numbers & (segments.x0 > right)):
        if np.count_nonzero(outside) >= _FEWEST and _counts_up(glyphs, segments, np.flatnonzero(outside)):
            return outside
    return none


def _counts_up(glyphs: Glyphs, segments: Segments, index: NDArray[np.intp]) -> bool:
    """Whether numbers, from the top down, mostly grow by one or five."""
    index = index[np.argsort(segments.base[index])]
    values = [
        int("".join(chr(c) for c in glyphs.code[segments.first[i] : segments.last[i]].tolist())) for i in index.tolist()
    ]
    steps = np.diff(values)
    return bool(np.isin(steps, (1, 5)).mean() > 0.7)
