"""Bare numbers of responses that must be counts, since they add up to the patients of their group."""

from __future__ import annotations

from collections.abc import Iterable

from hcclit.extractors.table.layout import COUNTED, Layout
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.subjects import Subject

_CATEGORIES = frozenset({"CR", "PR", "SD", "PD"})
_EVALUABLE = 0.7  # the others could not be evaluated


def is_tally(layout: Layout, row: Row, slot: Slot, subject: Subject) -> bool:
    """Whether a cell's number counts patients: `1`, `3`, `6`, `4` under CR, PR, SD and PD beside 14 patients."""
    if subject.topic.code not in _CATEGORIES or slot.forms & COUNTED:
        return False
    if subject.side != "row":
        peers = [s for s in row.slots if s.column.topic is not None and s.column.topic.code in _CATEGORIES]
        return _adds_up(peers, _size(row.slots))
    column = slot.cell.column
    if column not in layout.tallies:  # once for each column: it may be long
        cells = layout.by_column[column]
        peers = [s for s in cells if s.row.topic is not None and s.row.topic.code in _CATEGORIES]
        size = next((h.size for h in reversed(slot.column.heads) if h.size), None) or _size(cells)
        layout.tallies[column] = _adds_up(peers, size)
    return layout.tallies[column]


def _adds_up(peers: list[Slot], size: float | None) -> bool:
    counts = [_count(peer) for peer in peers]
    known = [count for count in counts if count is not None]
    return size is not None and len(known) == len(counts) > 2 and _EVALUABLE * size <= sum(known) <= size


def _size(slots: Iterable[Slot]) -> float | None:
    return next((count for s in slots if s.role in ("size", "count") and (count := _count(s)) is not None), None)


def _count(slot: Slot) -> float | None:
    """The whole number of a cell, 0 for an empty one."""
    if slot.reading.kind == "empty":
        return 0.0
    if slot.reading.kind != "single" or slot.reading.first.unit is not None or slot.reading.first.comparator:
        return None
    return slot.reading.first.value if slot.reading.first.value.is_integer() else None
