"""Where each sign of a document's text stands on its page, eight bytes a sign."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hcclit.document import Box

UNIT = 0.05
"""Points that a step of a stored number means; the largest page of the format's first versions still fits."""


class PdfLayout:
    """Boxes of signs by their offset in the text, and where the lines begin."""

    def __init__(self, boxes: NDArray[np.uint16], lines: NDArray[np.int64], pages: tuple[int, ...]) -> None:
        """Take what was read.

        Args:
            boxes: x0, top, x1, bottom of each sign of the text in steps of `UNIT`; all zero for line ends.
            lines: offsets at which a line of a page begins, ascending.
            pages: offsets at which a page begins, ascending.
        """
        self._boxes, self._lines, self._pages = boxes, lines, pages

    def boxes(self, start: int, end: int) -> list[Box]:
        """The boxes of a span, one for each line, on the page where the span begins."""
        page = bisect_right(self._pages, start)
        end = min(end, self._pages[page]) if page < len(self._pages) else end
        first, last = np.searchsorted(self._lines, [start, end - 1], side="right")
        edges = [start, *self._lines[first:last].tolist(), end]
        found = (self._box(a, b) for a, b in pairwise(edges) if b > a)
        return [box for box in found if box is not None]

    def _box(self, start: int, end: int) -> Box | None:
        boxes = self._boxes[start:end]
        boxes = boxes[boxes[:, 2] > boxes[:, 0]]
        if not len(boxes):
            return None
        low, high = boxes.min(axis=0), boxes.max(axis=0)
        x0, top, x1, bottom = (round(float(v) * UNIT, 2) for v in (low[0], low[1], high[2], high[3]))
        return x0, top, x1, bottom


def packed(boxes: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Boxes in points as stored."""
    steps: NDArray[np.float32] = np.clip(np.round(boxes / UNIT), 0, 65535)
    return steps.astype(np.uint16)
