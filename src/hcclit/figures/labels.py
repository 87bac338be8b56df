"""Labels that do not overlap: rows for labels along an axis, free places beside points."""

from __future__ import annotations

from collections.abc import Sequence

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_GAP = 0.04


def rows_of(intervals: Sequence[tuple[float, float]]) -> list[int]:
    """For each interval the first row in which it touches no other."""
    ends: list[float] = []
    rows = [0] * len(intervals)
    for index in sorted(range(len(intervals)), key=lambda i: intervals[i]):
        low, high = intervals[index]
        row = next((r for r, end in enumerate(ends) if end + _GAP <= low), len(ends))
        ends[row:] = [high, *ends[row + 1 :]]
        rows[index] = row
    return rows


def free_place(point: tuple[float, float], size: tuple[float, float], taken: Sequence[Box], within: Box) -> Box | None:
    """A place for a label beside a point: above, below, right, left, or none where all are taken."""
    x, y = point
    width, height = size
    gap = 0.06
    for left, bottom in (
        (x - width / 2, y + gap),
        (x - width / 2, y - gap - height),
        (x + gap, y - height / 2),
        (x - gap - width, y - height / 2),
        (x + gap / 2, y + gap),
        (x - gap / 2 - width, y + gap),
        (x + gap / 2, y - gap - height),
        (x - gap / 2 - width, y - gap - height),
    ):
        box = (left, bottom, left + width, bottom + height)
        if _inside(box, within) and not any(_overlap(box, other) for other in taken):
            return box
    return None


def _inside(box: Box, within: Box) -> bool:
    return box[0] >= within[0] and box[1] >= within[1] and box[2] <= within[2] and box[3] <= within[3]


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
