"""Bounds of a marker in row labels, block heads and column heads.

Of subgroups: `≤400` under `AFP (ng/mL)`, `AFP >400 ng/mL`; in a patient's table of reference: `AFP (<10 ng/mL)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hcclit.derived import in_ng_ml
from hcclit.extractors.table.analytes import analyte_in, analyte_of, marker_unit, without_names
from hcclit.extractors.table.axes import Axis, make_axis
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.rows import Row
from hcclit.extractors.table.texts import Piece, place_of
from hcclit.mention import Mention
from hcclit.quantity import Quantity, scan
from hcclit.records import Analyte


def label_bounds(layout: Layout) -> Iterator[Mention]:
    """The bounds in a table's labels and heads, each once."""
    done: set[tuple[int, int]] = set()
    for row in layout.rows:
        piece = layout.gaps.get(row.index)
        for axis in _labels(layout, row) if piece is not None else []:
            analyte = analyte_in(axis)
            if analyte is None or piece is None:
                continue
            for start, end, fields in _bounds(axis, analyte, piece, layout.individual):
                if (start, end) not in done:
                    done.add((start, end))
                    yield Mention("marker", start, end, fields, row.slots[0].cell, layout.table)


def _labels(layout: Layout, row: Row) -> list[Axis]:
    """The heads that stand before a row's cells; a lone label is one under the stub's head."""
    stub, own = layout.table.stub_head, row.axis
    if len(own.heads) == 1 and analyte_of(stub) and not analyte_in(own):
        own = make_axis((stub, own.heads[0].text), layout.lexicon)
    return [own, *(layout.columns.values() if row is layout.rows[0] else ())]


def _bounds(axis: Axis, analyte: Analyte, piece: Piece, ranges: bool) -> Iterator[tuple[int, int, dict[str, Any]]]:
    for index, head in enumerate(axis.heads):
        above = any(analyte_of(h.text) for h in axis.heads[:index])
        place = place_of(piece, head.text) if above or analyte_of(head.text) else None
        if place is None:
            continue
        shared = marker_unit(*reversed(axis.heads[: index + 1]))
        for quantity, own in bounds_in(head.text, above or ranges):
            end = quantity.end if own else quantity.number_end
            span = piece.source(place[0] + quantity.start, place[0] + end)
            yield *span, _fields(analyte, quantity, own or shared)


def bounds_in(text: str, ranges: bool) -> list[tuple[Quantity, str | None]]:
    """Numbers of a label that bound a subgroup, each with its own marker unit.

    Args:
        text: the label.
        ranges: whether a range without a comparator (`20-400`) is a bound too.
    """
    found = [q for q in scan(without_names(text)) if q.comparator not in (None, "=", "~") or (ranges and q.high)]
    if any(q.unit is not None and q.unit.kind != "marker" for q in found):
        return []
    return [(q, q.unit.code if q.unit is not None else None) for q in found]


def _fields(analyte: Analyte, quantity: Quantity, unit: str | None) -> dict[str, Any]:
    return {
        "analyte": analyte,
        "value": quantity.value,
        "value_high": quantity.high.value if quantity.high is not None else None,
        "comparator": quantity.comparator or "=",
        "unit": unit,
        "value_ng_ml": in_ng_ml(analyte, quantity.value, unit),
        "kind": "threshold",
        "subject": "general",
    }
