"""The four response categories and those without one, in a table's column, against the column's total.

Formula: CR + PR + SD + PD <= N; with a row of those not evaluable, CR + PR + SD + PD + NE = N.

Source: RECIST 1.1 (Eisenhauer et al., Eur J Cancer 2009;45:228-247), section 4.8: every patient is given one category,
those not evaluable included.

Left alone: columns without a total, or where one of the four is not stated as a count; tables with other categories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper, Printed
from hcclit.checks.responses import OTHER_CATEGORIES, ResponseSet, response_sets
from hcclit.checks.tables import Sheet, Total, sheets
from hcclit.document import Cell
from hcclit.view import clean

NAME = __name__.rpartition(".")[2]
_FOUR = ("CR", "PR", "SD", "PD")
_WITHOUT = re.compile(
    r"\b(?:not (?:available|evaluable|evaluated|assess\w*|determined|done)|unknown|missing|inevaluable|unevaluable"
    r"|non-?evaluable|n/?e|n/?a|nd)\b",
    re.IGNORECASE,
)
_NEAR = 3
"""Rows below the four that may still belong to them."""


def check(paper: Paper) -> Iterator[Finding]:
    """Find columns of responses with more, or other, patients than the column has."""
    for found in response_sets(paper):
        counts = [found.parts[name].count for name in _FOUR if name in found.parts]
        if found.table is None or len(counts) < len(_FOUR) or None in counts or OTHER_CATEGORIES.search(found.words):
            continue
        for sheet in sheets(paper):
            if sheet.table is found.table and (total := sheet.totals.get(found.column)):
                yield from _finding(sheet, found, total)


def _finding(sheet: Sheet, found: ResponseSet, total: Total) -> Iterator[Finding]:
    paper = sheet.paper
    numbers = [each for name in _FOUR if (each := _printed(paper, found, name))]
    without = _without(sheet, found)
    counts = [int(each.stated.value) for each in (*numbers, *without)]
    counted = sum(counts)
    if len(numbers) < len(_FOUR) or counted == total.value or (not without and counted < total.value):
        return
    spans = tuple(paper.span_of(each) for each in (total.printed, *numbers, *without))
    yield Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="error" if counted > total.value else "warning",
        message=f"The responses of all add up to {counted}, in a column of {total.value}.",
        stated=str(total.value),
        expected=str(counted),
        spans=spans,
        computed=f"{' + '.join(map(str, counts))} = {counted}",
        records=tuple(found.parts[name].record.id for name in _FOUR),
    )


def _printed(paper: Paper, found: ResponseSet, name: str) -> Printed | None:
    part = found.parts[name]
    return paper.printed(part.record, part.count) if part.count is not None else None


def _without(sheet: Sheet, found: ResponseSet) -> list[Printed]:
    """The counts of those without a category, in the rows right below the four."""
    rows = [cell.row for name in _FOUR if (cell := _cell(sheet, found, name))]
    below = range(min(rows), max(rows) + _NEAR + 1) if rows else range(0)
    cells = [c for c in sheet.table.cells if c.role == "value" and c.column == found.column and c.row in below]
    labelled = [c for c in cells if c.row_heads and _WITHOUT.search(clean(c.row_heads[-1]))]
    return [sheet.numbers[c.row, c.column] for c in labelled if (c.row, c.column) in sheet.numbers]


def _cell(sheet: Sheet, found: ResponseSet, name: str) -> Cell | None:
    inside = sheet.paper.cell_of(found.parts[name].record)
    return inside[1] if inside else None
