"""Large words printed level across a page (`ACCEPTED MANUSCRIPT`); those set askew are told by their turn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.segments import Segments

_LARGE = 2.2  # times the usual size of the page
_FEWEST = 3  # pieces of text that it covers
_MOST = 50  # large segments of a page; more is a poster


def watermarks(segments: Segments) -> NDArray[np.bool_]:
    """Which segments are much larger than the rest and stand over several others; a large first letter does not."""
    out = np.zeros(len(segments), bool)
    if not len(segments):
        return out
    large = np.flatnonzero(segments.size > _LARGE * np.median(segments.size))
    middle = (segments.top + segments.bottom) / 2
    for i in large[:_MOST].tolist():
        covered = (segments.x0 < segments.x1[i] - 1) & (segments.x1 > segments.x0[i] + 1)
        covered &= (middle > segments.top[i]) & (middle < segments.bottom[i]) & (segments.size < segments.size[i] / 2)
        out[i] = np.count_nonzero(covered) >= _FEWEST
    return out
