"""Sample sizes that stand in heads or in the caption: `Sorafenib (n=64)`."""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.document import Cell
from hcclit.extractors.table.axes import Axis, make_axis
from hcclit.extractors.table.figures import Figure
from hcclit.extractors.table.groups import group_of, origin_of
from hcclit.extractors.table.heads import SIZE
from hcclit.extractors.table.layout import Layout, Slot, head_size


def caption_size(layout: Layout) -> Iterator[Figure]:
    """The size of the whole study, where the caption states just one: `Baseline characteristics (n=90)`."""
    for piece in layout.texts.flowing(layout.table, "caption"):
        stated = list(SIZE.finditer(piece.text))
        if len(stated) == 1 and layout.rows:
            start, end = piece.source(stated[0].start("n"), stated[0].end("n"))
            slot = layout.rows[0].slots[0]
            cell = Cell(start, end, 0, slot.cell.column, layout.analysis.document.text[start:end])
            value = float(stated[0]["n"].replace(",", ""))
            fields: dict[str, object] = {"endpoint": "sample_size", "measure": "count", "value": value, "unit": "1"}
            yield Figure(cell, start, end, slot.cell.column, fields)


def head_sizes(layout: Layout) -> Iterator[Figure]:
    """The sizes of a table's columns, each spanning its number in the heads."""
    if not layout.rows:
        return
    gap = layout.gaps.get(layout.rows[0].index)
    sized = _sized(layout)
    if gap is None or not sized:
        return
    stated = [(m.start("n"), m.end("n"), int(m["n"].replace(",", ""))) for m in SIZE.finditer(gap.text)]
    for slot, size in sized:
        # heads stand from left to right, so the first place left with this number is the column's
        place = next((s for s in stated if s[2] == size), None)
        if place is None:
            continue
        stated.remove(place)
        start, end = gap.source(place[0], place[1])
        cell = Cell(
            start, end, 0, slot.cell.column, layout.analysis.document.text[start:end], (), slot.cell.column_heads
        )
        yield Figure(cell, start, end, slot.cell.column, _fields(layout, slot, size))


def _sized(layout: Layout) -> list[tuple[Slot, int]]:
    """The first cell under each head with a size; a head over several columns counts once."""
    found: list[tuple[Slot, int]] = []
    seen: set[tuple[str, ...]] = set()
    first: dict[int, Slot] = {}
    for slot in layout.slots:
        first.setdefault(slot.cell.column, slot)
    for column in sorted(first):
        axis = first[column].column
        head = head_size(axis)
        if head is None or head.size is None:
            continue
        upper = _up_to(axis, head.text)
        if upper not in seen:
            seen.add(upper)
            found.append((first[column], head.size))
    return found


def _up_to(axis: Axis, text: str) -> tuple[str, ...]:
    texts = [h.text for h in axis.heads]
    return tuple(texts[: texts.index(text) + 1])


def _fields(layout: Layout, slot: Slot, size: int) -> dict[str, object]:
    origin = origin_of(layout, slot)
    head = head_size(slot.column)
    upper = make_axis(_up_to(slot.column, head.text if head else ""), layout.lexicon)
    fields: dict[str, object] = {
        "endpoint": "sample_size",
        "measure": "count",
        "value": float(size),
        "unit": "1",
        "group": group_of(upper),
    }
    if origin.name is not None:
        fields |= {"study": origin.name, "subject": "cited"}
    return fields
