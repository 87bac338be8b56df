"""Marker values of a table's cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hcclit.dates import find_dates
from hcclit.derived import in_ng_ml
from hcclit.extractors.table.analytes import analyte_in, analyte_of, is_bound, marker_unit
from hcclit.extractors.table.axes import Axis
from hcclit.extractors.table.bounds import bounds_in, label_bounds
from hcclit.extractors.table.figures import deviation, ends
from hcclit.extractors.table.heads import parse_head
from hcclit.extractors.table.layout import COUNTED, Layout
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.words import words
from hcclit.mention import Mention
from hcclit.quantity import Quantity, scan, unit_at
from hcclit.records import Analyte, MarkerKind

_UNITS = re.compile(r"units?", re.IGNORECASE)
_NO_WORDS = re.compile(r"[\s()\[\]*†‡§¶#]+|(?<=\s)[a-h]$|[↑↓]|\b[HL]\b")


def markers(layout: Layout) -> Iterator[Mention]:
    """The marker values of a table, and the bounds in its labels."""
    for row in layout.rows:
        for slot in row.slots:
            analyte = _analyte(layout, slot)
            if analyte is not None and not _is_elsewhere(slot):
                yield from _cell(layout, row, slot, analyte)
    yield from label_bounds(layout)


def _analyte(layout: Layout, slot: Slot) -> Analyte | None:
    """The marker of a cell; a marker's subgroups (`AFP`: `≤400`) have other things in their cells."""
    own, above = analyte_in(slot.row), analyte_in(slot.column)
    if own is not None and above is not None:
        return None
    if layout.individual:
        return own or above
    if own is not None:
        return None if _is_subgroup(slot.row) or slot.column.topic or slot.column.ratio else own
    return above if above is not None and not _is_subgroup(slot.column) and slot.row.topic is None else None


def _is_subgroup(axis: Axis) -> bool:
    """Whether heads that name a marker name one of its ranges or states rather than its level."""
    inner = axis.heads[-1]
    stated = is_bound(inner.text) or bool(words("subgroup").search(inner.text))
    if analyte_of(inner.text) is not None:
        return stated or bool(inner.forms & {"count_percent", "count"})
    return stated or bool(scan(inner.name)) or bool(axis.forms & COUNTED)


def _is_elsewhere(slot: Slot) -> bool:
    """Whether a head says that the cell is no level: a change, a sensitivity, a count."""
    return slot.role not in ("value", "range") or any(words("no_level").search(text) for text in slot.head_texts)


def _cell(layout: Layout, row: Row, slot: Slot, analyte: Analyte) -> Iterator[Mention]:
    unit = _unit(row, slot, analyte)
    if any(words("reference").search(text) and not analyte_of(text) for text in slot.head_texts):
        yield from _single(layout, slot, _fields(analyte, unit, "threshold"))
    elif layout.individual:
        yield from _single(layout, slot, _fields(analyte, unit, "measurement") | {"when": _dated(slot)})
    else:
        yield from _of_group(layout, slot, analyte, unit)


def _unit(row: Row, slot: Slot, analyte: Analyte) -> str | None:
    """The unit that the heads, a column of units or a reference range in the label give."""
    heads = (*reversed(slot.row.heads), *reversed(slot.column.heads))
    bounds = (unit for head in heads for _, unit in bounds_in(head.text, ranges=True) if unit)
    unit = marker_unit(*heads) or _unit_column(row) or next(bounds, None)
    return None if unit == "%" and analyte != "AFP-L3" else unit


def _unit_column(row: Row) -> str | None:
    for slot in row.slots:
        if slot.column.inner is not None and _UNITS.fullmatch(slot.column.inner.name):
            return marker_unit(parse_head(f"({slot.piece.text})")) if unit_at(slot.piece.text, 0) else None
    return None


def _dated(slot: Slot) -> str | None:
    """The one date that the heads of a cell give."""
    found = {date.value for text in slot.head_texts for date in find_dates(text)}
    return found.pop() if len(found) == 1 else None


def _single(layout: Layout, slot: Slot, fields: dict[str, Any]) -> Iterator[Mention]:
    """The one number of a cell, with or without its unit; a range only as a reference."""
    text = slot.piece.text
    quantity = _only(text)
    if quantity is None or quantity.sd is not None or (quantity.high is not None and fields["kind"] != "threshold"):
        return
    end = quantity.number_end
    if quantity.unit is not None:
        stated = marker_unit(parse_head(f"({text[quantity.unit.start : quantity.unit.end]})"))
        if stated is None:
            return
        fields, end = fields | {"unit": stated}, quantity.end
    yield _mention(layout, slot, (quantity.start, end), _valued(fields, quantity))


def _only(text: str) -> Quantity | None:
    """The number of a cell that states nothing else."""
    quantities = scan(text)
    if len(quantities) != 1 or quantities[0].number.is_word:
        return None
    rest = text[: quantities[0].start] + text[quantities[0].end :]
    return quantities[0] if not _NO_WORDS.sub("", rest) else None


def _of_group(layout: Layout, slot: Slot, analyte: Analyte, unit: str | None) -> Iterator[Mention]:
    """A median with its range, a mean with its deviation, a range."""
    reading = slot.reading
    if reading.kind == "spread" or (reading.kind == "pair" and "sd" in slot.forms):
        fields = _valued(_fields(analyte, unit, "mean"), reading.first)
        fields["sd"] = None if "se" in slot.forms else deviation(reading)
        yield _mention(layout, slot, (reading.first.start, reading.first.number_end), fields)
    elif reading.kind == "range" and ("range" in slot.forms or slot.role == "range"):
        yield from _range(layout, slot, _fields(analyte, unit, "range"))
    elif reading.kind in ("single", "estimate") and (slot.forms & {"median", "mean"} or _has_range(slot)):
        fields = _valued(_fields(analyte, unit, "mean" if "mean" in slot.forms else "median"), reading.first)
        yield _mention(layout, slot, (reading.first.start, reading.first.number_end), fields)
        if _has_range(slot):
            yield from _range(layout, slot, _fields(analyte, unit, "range"))


def _has_range(slot: Slot) -> bool:
    """Whether the interval in a cell's brackets is the group's lowest and highest value."""
    told = "range" in slot.forms or "range" in slot.reading.label
    return slot.reading.kind == "estimate" and told and not slot.forms & {"iqr", "ci"}


def _range(layout: Layout, slot: Slot, fields: dict[str, Any]) -> Iterator[Mention]:
    low, high = ends(slot.reading)
    inner = slot.reading.inner or slot.reading.numbers
    if high is not None:
        converted = in_ng_ml(fields["analyte"], low, fields["unit"])
        fields = fields | {"value": low, "value_high": high, "value_ng_ml": converted}
        yield _mention(layout, slot, (inner[0].number.start, inner[-1].number_end), fields)


def _fields(analyte: Analyte, unit: str | None, kind: MarkerKind) -> dict[str, Any]:
    fields: dict[str, Any] = {"analyte": analyte, "unit": unit, "kind": kind, "comparator": "="}
    return fields | {"subject": "general"} if kind == "threshold" else fields


def _valued(fields: dict[str, Any], quantity: Quantity) -> dict[str, Any]:
    return fields | {
        "value": quantity.value,
        "value_high": quantity.high.value if quantity.high is not None else None,
        "comparator": quantity.comparator or "=",
        "value_ng_ml": in_ng_ml(fields["analyte"], quantity.value, fields["unit"]),
    }


def _mention(layout: Layout, slot: Slot, span: tuple[int, int], fields: dict[str, Any]) -> Mention:
    return Mention("marker", *slot.piece.source(*span), fields, slot.cell, layout.table)
