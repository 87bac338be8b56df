"""A platelet count per microlitre that lacks its factor of a thousand.

Formula: platelets lie between 2 x 10^9/l and 3000 x 10^9/l, which is 2,000 to 3,000,000 per microlitre; a row or column
whose head says `platelets (/\u00b5L)` or `(/mm3)`, without a power of ten, has no value below 2,000.

Source: below 10 x 10^9/l transfusion is advised even without bleeding (AABB guideline 2015, Ann Intern Med
162:205-213), so that patients of trials and reports are above 2.

Left alone: values of 0 to 1.99, which may be grades or changes; rows of which another value is in thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.document import Cell, Table
from hcclit.view import clean

NAME = __name__.rpartition(".")[2]
_HEAD = re.compile(
    r"\bplatelets?(?: counts?)?,?\s?[(\[]?\s?(?:/|per\s?)\s?(?:[\u00b5\u03bcu]l|mm\^?3|cmm|cubic)", re.IGNORECASE
)
_POWER = re.compile(r"10\s?\^?\d|10\^|\bK/|thousand|\u00d7|\bx\s?10|log|,000", re.IGNORECASE)
_POWER_OF_CELL = re.compile(r"[x\u00d7*]\s?10|,000|K\b")
_VALUE = re.compile(r"\s*(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)")
_LEAST, _SMALL = 2000, 2


def check(paper: Paper) -> Iterator[Finding]:
    """Find platelet counts that cannot be in the unit of their head."""
    for table in paper.document.tables:
        for head, cells in _lines(table).items():
            values = [(cell, float(match[1].replace(",", ""))) for cell in cells if (match := _VALUE.match(cell.text))]
            if values and all(_SMALL <= value < _LEAST for _, value in values):
                yield _finding(paper, (table, head), [cell for cell, _ in values])


def _lines(table: Table) -> dict[str, list[Cell]]:
    """The cells of each row or column of platelets, by its head."""
    found: dict[str, list[Cell]] = {}
    for cell in table.cells:
        heads = (*cell.row_heads[-1:], *cell.column_heads[-1:]) if cell.role == "value" else ()
        for head in heads:
            if _HEAD.search(head) and not _POWER.search(head) and not _POWER_OF_CELL.search(cell.text):
                found.setdefault(head, []).append(cell)
    return found


def _finding(paper: Paper, line: tuple[Table, str], cells: list[Cell]) -> Finding:
    table, head = line
    heads = [cell for cell in table.cells if cell.role != "value" and clean(cell.text) == head]
    spans = tuple(paper.span_of(cell) for cell in (*heads[:1], *cells))
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning",
        message=f"{head!r} cannot have the values listed; they are thousands.",
        stated=", ".join(cell.text for cell in cells),
        expected=f"at least {_LEAST} per microlitre, or the unit 10^3/\u00b5L",
        spans=spans,
        computed=f"{cells[0].text} per microlitre is below {_LEAST}",
        records=tuple(paper.records_at(*spans)),
    )
