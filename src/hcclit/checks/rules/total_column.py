"""The counts of a table's arms against its total column: in the heads, and in every row.

Formula: n1 + ... + nk = N for the heads of the arms and of the column `Total`, `All` or `Overall`; in a row with counts
under all of them, k1 + ... + kk = K.

Source: counts of disjoint groups add up; arms of a trial are disjoint (CONSORT 2010, items 13a and 15).

Left alone: rows where the sums of the heads do not show that the arms make up the total; rows with an empty cell; a
head whose total some of the arms make up (columns that overlap).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper, Printed
from hcclit.checks.tables import Sheet, Total, sheets

NAME = __name__.rpartition(".")[2]
_WHOLE_STUDY = re.compile(r"\b(?:total|all(?: patients| subjects)?|overall|entire|whole|combined)\b", re.IGNORECASE)
_FEW, _NEAR, _MANY = 3, 0.1, 8


def check(paper: Paper) -> Iterator[Finding]:
    """Find total columns that are not the sum of the arms."""
    for sheet in sheets(paper):
        if (whole := _whole_column(sheet)) is not None:
            arms = {column: total for column, total in sheet.totals.items() if column != whole}
            if sum(total.value for total in arms.values()) == sheet.totals[whole].value:
                yield from _rows(sheet, whole, sorted(arms))
            else:
                yield from _heads(sheet, sheet.totals[whole], list(arms.values()))


def _whole_column(sheet: Sheet) -> int | None:
    """The one column of the whole study beside at least two arms, each with a total of its own."""
    wholes = [column for column in sheet.totals if _WHOLE_STUDY.search(sheet.head(column))]
    values = [total.printed.start for total in sheet.totals.values()]
    is_plain = len(set(values)) == len(values) and 3 <= len(values) <= _MANY
    return wholes[0] if len(wholes) == 1 and is_plain else None


def _rows(sheet: Sheet, whole: int, arms: list[int]) -> Iterator[Finding]:
    rows = sorted({row for row, column in sheet.numbers if column == whole})
    complete = [row for row in rows if all((row, column) in sheet.numbers for column in arms)]
    wrong = [row for row in complete if _sum(sheet, row, arms) != _value(sheet, row, whole)]
    if len(complete) < _FEW or 4 * len(wrong) > len(complete):
        return
    for row in wrong:
        parts = [sheet.numbers[row, column] for column in arms]
        yield _finding(sheet.paper, sheet.numbers[row, whole], parts, "The arms' counts do not add up to the total's.")


def _heads(sheet: Sheet, whole: Total, arms: list[Total]) -> Iterator[Finding]:
    subsets = (chosen for size in range(1, len(arms)) for chosen in combinations(arms, size))
    if any(sum(total.value for total in chosen) == whole.value for chosen in subsets):
        return
    total = sum(arm.value for arm in arms)
    if abs(total - whole.value) <= _NEAR * whole.value:
        parts = [arm.printed for arm in arms]
        yield _finding(sheet.paper, whole.printed, parts, "The arms in the table's heads do not add up to its total.")


def _sum(sheet: Sheet, row: int, columns: list[int]) -> int:
    return sum(_value(sheet, row, column) for column in columns)


def _value(sheet: Sheet, row: int, column: int) -> int:
    return int(sheet.numbers[row, column].stated.value)


def _finding(paper: Paper, whole: Printed, parts: list[Printed], message: str) -> Finding:
    total = sum(int(part.stated.value) for part in parts)
    spans = tuple(paper.span_of(each) for each in (whole, *parts))
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="error",
        message=message,
        stated=str(whole.stated),
        expected=str(total),
        spans=spans,
        computed=" + ".join(str(part.stated) for part in parts) + f" = {total}",
        records=tuple(paper.records_at(*spans)),
    )
