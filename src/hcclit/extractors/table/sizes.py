"""Sample sizes: in a row or column of their own, in heads (`Sorafenib (n=64)`), in the caption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hcclit.document import Cell
from hcclit.extractors.table.axes import Axis, make_axis
from hcclit.extractors.table.figures import Figure, figure
from hcclit.extractors.table.groups import group_of, group_of_row, lists_studies, origin_of, with_arm
from hcclit.extractors.table.heads import SIZE
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.subjects import subject_of
from hcclit.extractors.table.texts import Piece


def cell_size(layout: Layout, row: Row, slot: Slot) -> Iterator[tuple[Figure, str | None]]:
    """The number of patients in a cell, of a row of such numbers or of a column beside results, and its group."""
    reading = slot.reading
    if slot.role not in ("size", "count") or reading.kind != "single":
        return
    if not reading.first.value.is_integer() or reading.first.unit is not None or reading.first.comparator:
        return
    in_row = slot.row.role in ("size", "count")
    if not in_row and (layout.baseline or layout.adverse or not _beside_results(layout, row, slot)):
        return
    group = group_of(slot.column) if in_row else with_arm(group_of(slot.column), group_of_row(row, layout))
    yield figure(slot, reading.first, _fields(reading.first.value)), group


def _beside_results(layout: Layout, row: Row, slot: Slot) -> bool:
    """Whether another column of the row gives a result of the row's group, or the row is a study."""
    if lists_studies(layout):
        return True
    for other in row.slots:
        subject = subject_of(layout, row, other) if other is not slot else None
        if other.role == "percent" and other.column.names == slot.column.names:
            return False
        if other.role in ("value", "ratio") and subject is not None and (subject.side != "row" or row.axis.own_name):
            return True
    return False


def _fields(value: float) -> dict[str, Any]:
    return {"endpoint": "sample_size", "measure": "count", "value": float(value), "unit": "1"}


def caption_size(layout: Layout) -> Iterator[Figure]:
    """The size of the whole study, where the caption states just one: `Baseline characteristics (n=90)`."""
    for piece in layout.texts.flowing(layout.table, "caption"):
        stated = list(SIZE.finditer(piece.text))
        if len(stated) == 1 and layout.rows:
            yield _stated(layout, layout.rows[0].slots[0], piece, stated[0].span("n"))


def head_sizes(layout: Layout) -> Iterator[Figure]:
    """The sizes of a table's columns, each spanning its number in the heads."""
    gap = layout.gaps.get(layout.rows[0].index) if layout.rows else None
    if gap is None:
        return
    places = [match.span("n") for match in SIZE.finditer(gap.text)]
    for slot, upper in _sized(layout):
        # heads stand from left to right, so the first place left with this number is the column's
        size = upper.heads[-1].size
        place = next((p for p in places if _number(gap, p) == size), None)
        if place is not None:
            places.remove(place)
            found = _stated(layout, slot, gap, place)
            origin = origin_of(layout, slot)
            found.fields |= {"group": group_of(upper)}
            found.fields |= {"study": origin.name, "subject": "cited"} if origin.name is not None else {}
            yield found


def label_sizes(layout: Layout, figures: list[Figure]) -> Iterator[Figure]:
    """The sizes of groups in the labels of rows that give results: `Sorafenib (n=94)`."""
    told = {f.cell.row for f in figures if not f.fields["endpoint"].startswith(("AE:", "baseline:", "other"))}
    for row in layout.rows:
        gap, head = layout.gaps.get(row.index), row.axis.inner
        if row.index not in told or gap is None or head is None or head.size is None or not row.slots:
            continue
        places = [m.span("n") for m in SIZE.finditer(gap.text) if int(m["n"].replace(",", "")) == head.size]
        if places and (row is not layout.rows[0] or len(places) == 1):
            found = _stated(layout, row.slots[0], gap, places[-1])
            found.fields["group"] = group_of_row(row, layout)
            yield found


def _number(piece: Piece, place: tuple[int, int]) -> int:
    return int(piece.text[slice(*place)].replace(",", ""))


def _stated(layout: Layout, slot: Slot, piece: Piece, place: tuple[int, int]) -> Figure:
    """A size that stands in no cell: its own place serves as one."""
    start, end = piece.source(*place)
    text = layout.analysis.document.text[start:end]
    cell = Cell(start, end, slot.cell.row, slot.cell.column, text, (), slot.cell.column_heads)
    return Figure(cell, start, end, slot.cell.column, _fields(_number(piece, place)))


def _sized(layout: Layout) -> Iterator[tuple[Slot, Axis]]:
    """The first cell under each head with a size, and the heads down to it; a head over several columns counts once."""
    seen: set[tuple[str, ...]] = set()
    columns: set[int] = set()
    for slot in sorted(layout.slots, key=lambda s: s.cell.column):
        if slot.cell.column in columns:
            continue
        columns.add(slot.cell.column)
        texts = [head.text for head in slot.column.heads]
        sized = [i for i, head in enumerate(slot.column.heads) if head.size is not None]
        upper = tuple(texts[: sized[-1] + 1]) if sized else ()
        if upper and upper not in seen:
            seen.add(upper)
            yield slot, make_axis(upper, layout.lexicon)
