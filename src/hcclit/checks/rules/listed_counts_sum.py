"""Counts that a table's cell lists with slashes, against the column's total: `Sex (male/female)` `97/40`.

Formula: k1 + ... + km = N, where the same row keeps to it in most other columns.

Source: STROBE 2007, item 14: participants by category, with numbers of missing data.

Left alone: lists whose label has other parts than the cell; rows that do not give their column's total in at least two
other columns, and in twice as many as do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.tables import Sheet, sheets
from hcclit.document import Cell
from hcclit.view import clean

NAME = __name__.rpartition(".")[2]
_LIST = re.compile(r"\d+(?:\s?[/:]\s?\d+){1,4}")
_NUMBER = re.compile(r"\d+")
_PARTS = re.compile(r"[/:]")


def check(paper: Paper) -> Iterator[Finding]:
    """Find listed counts that do not add up to their column's total, as those beside them do."""
    for sheet in sheets(paper):
        rows: dict[int, list[Cell]] = {}
        for cell in sheet.table.cells:
            if cell.role == "value" and cell.column in sheet.totals and _is_list(cell):
                rows.setdefault(cell.row, []).append(cell)
        for cells in rows.values():
            wrong = [cell for cell in cells if _sum(cell) != sheet.totals[cell.column].value]
            fitting = len(cells) - len(wrong)
            if fitting >= max(2, 2 * len(wrong)):
                yield from (_finding(sheet, cell) for cell in wrong)


def _is_list(cell: Cell) -> bool:
    """Whether a cell lists one count for each part of its row's label."""
    label = clean(cell.row_heads[-1]) if cell.row_heads else ""
    text = clean(cell.text)
    return bool(_LIST.fullmatch(text)) and len(_PARTS.findall(label)) == len(_PARTS.findall(text))


def _sum(cell: Cell) -> int:
    return sum(int(number) for number in _NUMBER.findall(clean(cell.text)))


def _finding(sheet: Sheet, cell: Cell) -> Finding:
    paper, total = sheet.paper, sheet.totals[cell.column]
    counted = _sum(cell)
    spans = (paper.span_of(cell), paper.span_of(total.printed))
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="error" if counted > total.value else "warning",
        message=f"{clean(cell.row_heads[-1])}: {clean(cell.text)} are {counted}, in a column of {total.value}.",
        stated=clean(cell.text),
        expected=str(total.value),
        spans=spans,
        computed=" + ".join(_NUMBER.findall(clean(cell.text))) + f" = {counted}",
        records=tuple(paper.records_at(*spans)),
    )
