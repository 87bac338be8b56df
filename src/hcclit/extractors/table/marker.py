"""Marker values of a table's cells, and bounds of subgroups that its heads and row labels state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hcclit.dates import find_dates
from hcclit.document import Cell
from hcclit.extractors.table.analytes import analyte_in, analyte_of, in_ng_ml, marker_unit
from hcclit.extractors.table.axes import Axis, make_axis
from hcclit.extractors.table.figures import ends
from hcclit.extractors.table.heads import parse_head
from hcclit.extractors.table.layout import Layout, Row, Slot
from hcclit.extractors.table.texts import Piece, place_of
from hcclit.mention import Mention
from hcclit.quantity import Quantity, scan, unit_at
from hcclit.records import Analyte, MarkerKind

_REFERENCE = re.compile(
    r"\b(?:normal|reference|ref\.?|standard) ?(?:ranges?|values?|intervals?|limits?"
    r"|levels?)?\b|\bcut-?\s?off|\bupper limit|\bULN\b|\bnormal$",
    re.IGNORECASE,
)
_UNITS = re.compile(r"units?", re.IGNORECASE)
_OTHER_COLUMN = re.compile(
    r"\b(?:change|ratio|reduction|decrease|increase|response|difference|sensitivity"
    r"|specificity|AUC|AUROC|doubling|slope)\b",
    re.IGNORECASE,
)
_SUBGROUP = re.compile(
    r"[<>≤≥≦≧]|\b(?:vs?\.?|versus|normal|elevated|high|low|yes|no|positive|negative)\b", re.IGNORECASE
)


def markers(layout: Layout) -> Iterator[Mention]:
    """The marker values of a table."""
    for row in layout.rows:
        for slot in row.slots:
            analyte = _analyte(layout, slot)
            if analyte is not None and not _is_elsewhere(slot):
                yield from _cell(layout, row, slot, analyte)
    yield from _thresholds(layout)


def _analyte(layout: Layout, slot: Slot) -> Analyte | None:
    """The marker of a cell; a marker's subgroups (`AFP`: `≤400`) have other things in their cells."""
    own, above = analyte_in(slot.row), analyte_in(slot.column)
    if layout.individual:
        return own or above if own is None or above is None else None
    if own is not None:
        return None if _is_subgroup(slot.row) or slot.column.topic or slot.column.ratio or above else own
    return above if above is not None and not _is_subgroup(slot.column) and slot.row.topic is None else None


def _is_subgroup(axis: Axis) -> bool:
    inner = axis.heads[-1]
    named = analyte_of(inner.text)
    if named is not None:
        return bool(_SUBGROUP.search(inner.text)) or bool(inner.forms & {"count_percent", "count"})
    return (
        bool(_SUBGROUP.search(inner.text))
        or bool(scan(inner.name))
        or bool(axis.forms & {"count_percent", "count", "percent"})
    )


def _is_elsewhere(slot: Slot) -> bool:
    heads = (*slot.row.heads, *slot.column.heads)
    return slot.role not in ("value", "range") or any(_OTHER_COLUMN.search(h.text) for h in heads)


def _cell(layout: Layout, row: Row, slot: Slot, analyte: Analyte) -> Iterator[Mention]:
    heads = (*reversed(slot.row.heads), *reversed(slot.column.heads))
    unit = (
        marker_unit(*heads)
        or _unit_column(row)
        or next((u for h in heads for _, u in _bounds_in(h.text, True) if u), None)
    )
    unit = None if unit == "%" and analyte != "AFP-L3" else unit
    if any(_REFERENCE.search(h.text) and not analyte_of(h.text) for h in heads):
        yield from _single(layout, slot, analyte, unit, "threshold")
    elif layout.individual:
        for mention in _single(layout, slot, analyte, unit, "measurement"):
            mention.fields["when"] = _dated(slot)
            yield mention
    else:
        yield from _of_group(layout, slot, analyte, unit)


def _dated(slot: Slot) -> str | None:
    """The one date that the heads of a cell give."""
    found = {d.value for h in (*slot.column.heads, *slot.row.heads) for d in find_dates(h.text)}
    return found.pop() if len(found) == 1 else None


def _unit_column(row: Row) -> str | None:
    """The unit that a column of units gives for the row."""
    for slot in row.slots:
        if slot.column.inner is not None and _UNITS.fullmatch(slot.column.inner.name):
            unit = unit_at(slot.piece.text, 0)
            return marker_unit(parse_head(f"({slot.piece.text})")) if unit else None
    return None


def _single(layout: Layout, slot: Slot, analyte: Analyte, unit: str | None, kind: MarkerKind) -> Iterator[Mention]:
    """The one number of a cell, with or without its unit; a range only as a reference."""
    quantity = _only(slot.piece.text)
    if quantity is None or quantity.sd is not None or (quantity.high is not None and kind != "threshold"):
        return
    stated = quantity.unit.code if quantity.unit else None
    if (
        stated is not None
        and marker_unit(
            parse_head(f"({slot.piece.text[quantity.unit.start : quantity.unit.end]})" if quantity.unit else "")
        )
        is None
    ):
        return
    yield _mention(layout, slot.cell, slot.piece, quantity, _fields(analyte, quantity, stated or unit, kind))


def _only(text: str) -> Quantity | None:
    """The number of a cell that states nothing else."""
    quantities = scan(text)
    if len(quantities) != 1 or quantities[0].number.is_word:
        return None
    rest = text[: quantities[0].start] + text[quantities[0].end :]
    return quantities[0] if not re.sub(r"[\s()\[\]*†‡§¶#]+|(?<=\s)[a-h]$|[↑↓]|\b[HL]\b", "", rest) else None


def _of_group(layout: Layout, slot: Slot, analyte: Analyte, unit: str | None) -> Iterator[Mention]:
    """A median with its range, a mean with its deviation, a range."""
    reading, forms = slot.reading, slot.row.forms | slot.column.forms
    if reading.kind == "spread" or (reading.kind == "pair" and "sd" in forms):
        fields = _fields(analyte, reading.first, unit, "mean")
        deviation = reading.inner[0].value if reading.inner else reading.first.sd.value if reading.first.sd else None
        yield _mention(
            layout, slot.cell, slot.piece, reading.first, fields | {"sd": None if "se" in forms else deviation}
        )
    elif reading.kind == "range" and ("range" in forms or slot.role == "range"):
        yield from _range(layout, slot, analyte, unit)
    elif reading.kind in ("single", "estimate") and (forms & {"median", "mean"} or _has_range(slot)):
        kind: MarkerKind = "mean" if "mean" in forms else "median"
        yield _mention(layout, slot.cell, slot.piece, reading.first, _fields(analyte, reading.first, unit, kind))
        if reading.kind == "estimate" and _has_range(slot):
            yield from _range(layout, slot, analyte, unit)


def _has_range(slot: Slot) -> bool:
    """Whether the interval in a cell's brackets is the group's lowest and highest value."""
    forms = slot.row.forms | slot.column.forms
    return (
        slot.reading.kind == "estimate"
        and ("range" in forms or "range" in slot.reading.label)
        and not forms & {"iqr", "ci"}
    )


def _range(layout: Layout, slot: Slot, analyte: Analyte, unit: str | None) -> Iterator[Mention]:
    low, high = ends(slot.reading)
    inner = slot.reading.inner or slot.reading.numbers
    if high is None:
        return
    fields = _fields(analyte, inner[0], unit, "range") | {
        "value": low,
        "value_high": high,
        "value_ng_ml": in_ng_ml(analyte, low, unit),
    }
    start, end = slot.piece.source(inner[0].number.start, inner[-1].number_end)
    yield Mention("marker", start, end, fields, slot.cell, layout.table)


def _fields(analyte: Analyte, quantity: Quantity, unit: str | None, kind: MarkerKind) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "analyte": analyte,
        "value": quantity.value,
        "value_high": quantity.high.value if quantity.high else None,
        "comparator": quantity.comparator or "=",
        "unit": unit,
        "value_ng_ml": in_ng_ml(analyte, quantity.value, unit),
        "sd": None,
        "kind": kind,
    }
    return fields | {"subject": "general"} if kind == "threshold" else fields


def _mention(layout: Layout, cell: Cell, piece: Piece, quantity: Quantity, fields: dict[str, Any]) -> Mention:
    """A marker value spanning comparator, numbers and unit."""
    end = quantity.end if quantity.unit is not None and fields["unit"] == quantity.unit.code else quantity.number_end
    start, end = piece.source(quantity.start, end)
    return Mention("marker", start, end, fields, cell, layout.table)


def _thresholds(layout: Layout) -> Iterator[Mention]:
    """Bounds in row labels, block heads and column heads.

    Of subgroups: `≤400` under `AFP (ng/mL)`, `AFP >400 ng/mL`; in a patient's table of reference: `AFP (<10 ng/mL)`.
    """
    done: set[tuple[int, int]] = set()
    for row in layout.rows:
        piece = layout.gaps.get(row.index)
        if piece is None:
            continue
        for axis in _labels(layout, row):
            for mention in _bounds(layout, row, axis, piece):
                if (mention.start, mention.end) not in done:
                    done.add((mention.start, mention.end))
                    yield mention


def _labels(layout: Layout, row: Row) -> list[Axis]:
    """The heads that stand before a row's cells; a lone label is one under the stub's head."""
    stub = layout.table.stub_head
    own = row.axis
    if len(own.heads) == 1 and analyte_of(stub) and not analyte_in(own):
        own = make_axis((stub, own.heads[0].text), layout.lexicon)
    return [own, *(layout.columns.values() if row is layout.rows[0] else ())]


def _bounds(layout: Layout, row: Row, axis: Axis, piece: Piece) -> Iterator[Mention]:
    analyte = analyte_in(axis)
    if analyte is None:
        return
    for index, head in enumerate(axis.heads):
        above = any(analyte_of(h.text) for h in axis.heads[:index])
        if not (above or analyte_of(head.text)):
            continue
        place = place_of(piece, head.text)
        if place is None:
            continue
        unit = marker_unit(*reversed(axis.heads[: index + 1]))
        for quantity, own in _bounds_in(head.text, within=above or layout.individual):
            shifted = place[0] + quantity.start, place[0] + (quantity.end if own else quantity.number_end)
            fields = _fields(analyte, quantity, own or unit, "threshold")
            start, end = piece.source(*shifted)
            yield Mention("marker", start, end, fields, row.slots[0].cell, layout.table)


def _bounds_in(text: str, within: bool) -> list[tuple[Quantity, str | None]]:
    """Numbers of a label that bound a subgroup, each with its own marker unit; ranges only within a marker's block."""
    found = [q for q in scan(text) if q.comparator not in (None, "=", "~") or (within and q.high is not None)]
    units = [q.unit.code if q.unit is not None and q.unit.kind == "marker" else None for q in found]
    if any(q.unit is not None and q.unit.kind != "marker" for q in found):
        return []
    shared = next((unit for unit in reversed(units) if unit), None)
    return [(q, u) for q, u in zip(found, units, strict=True) if u or not shared] + [
        (q, None) for q, u in zip(found, units, strict=True) if not u and shared
    ]
