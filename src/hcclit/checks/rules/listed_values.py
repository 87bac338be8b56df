"""A median with its range against the patients' own values, where a table lists them.

Formula: with the column's values x1, ..., xn, the stated numbers are min(x), max(x) and the median. Where two of the
three are the column's and the third is not, one place is wrong.

Source: by the definitions.

Left alone: columns whose head shares less than half of its words with the sentence, columns of fewer than four values
or with bounds (`<10`) among them, tables whose rows are not single patients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from hcclit.checks.effect import Place, span_of
from hcclit.checks.effect_patterns import read_number
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.spreads import Spread, spreads
from hcclit.document import Cell, Table
from hcclit.view import clean

NAME = __name__.rpartition(".")[2]
_FEWEST = 4
_PATIENT = re.compile(r"(?:(?:patient|case|pt|no)\.?\s?)?#?\d{1,3}\W{0,2}", re.IGNORECASE)
_VALUE = re.compile(r"(?P<value>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s?[^\w\s<>.,-]{0,2}")
_EMPTY = re.compile(r"(?:-|n/?a|n\.a\.|not \w+|unknown|\s)*", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}")
_UNIT_WORDS = {"months", "month", "years", "year", "days", "day", "weeks", "patient", "patients", "the", "and", "mau"}


@dataclass(frozen=True, slots=True)
class _Column:
    words: frozenset[str]
    cells: tuple[Cell, ...]
    values: tuple[float, ...]


def check(paper: Paper) -> Iterator[Finding]:
    """Find medians and ranges that are not those of the values listed."""
    columns = [column for table in paper.document.tables for column in _columns(table)]
    for spread in spreads(paper) if columns else ():
        limits = spread.limits[0]
        if spread.average != "median" or limits.form == "iqr" or paper_cell(paper, spread.value):
            continue
        places = (limits.low, limits.high, spread.value)
        alike = [(column, _misses(places, column)) for column in columns if _is_about(spread, column)]
        if any(not missed for _, missed in alike):
            continue
        for column, missed in alike:
            if len(missed) == 1:
                yield _finding(paper, places, missed[0], column)
                break


def paper_cell(paper: Paper, place: Place) -> bool:
    """Whether a place is in a table."""
    return any(table.start <= place.start < table.end for table in paper.document.tables)


def _columns(table: Table) -> Iterator[_Column]:
    """Columns of numbers of tables with a patient in each row."""
    labels = [clean(cell.text) for cell in table.cells if cell.role == "label"]
    if len(labels) < _FEWEST or not all(_PATIENT.fullmatch(label) for label in labels):
        return
    columns: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.role == "value" and cell.column_heads and not _EMPTY.fullmatch(clean(cell.text)):
            columns.setdefault(cell.column, []).append(cell)
    for cells in columns.values():
        found = [_VALUE.fullmatch(clean(cell.text)) for cell in cells]
        if len(cells) >= _FEWEST and all(found):
            values = tuple(read_number(match["value"]).value for match in found if match)
            yield _Column(_words(" ".join(cells[0].column_heads)), tuple(cells), values)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(re.sub(r"\([^)]*\)", " ", text))) - _UNIT_WORDS


def _is_about(spread: Spread, column: _Column) -> bool:
    """Whether most words of the column's head stand in the sentence."""
    shared = column.words & _words(spread.sentence.replace("(", " ").replace(")", " "))
    return bool(column.words) and 2 * len(shared) >= len(column.words)


def _misses(places: tuple[Place, ...], column: _Column) -> list[int]:
    """Which of least, largest and middle value are not as stated."""
    computed = (min(column.values), max(column.values), median(column.values))
    return [i for i, (place, value) in enumerate(zip(places, computed, strict=True)) if not place.rounded.holds(value)]


def _finding(paper: Paper, places: tuple[Place, ...], missed: int, column: _Column) -> Finding:
    name = ("smallest value", "largest value", "median")[missed]
    value = (min(column.values), max(column.values), median(column.values))[missed]
    ordered = (places[missed], *(place for place in places if place is not places[missed]))
    spans = span_of(paper, *ordered) + tuple(paper.span_of(cell) for cell in column.cells)
    heads = " ".join(column.cells[0].column_heads)
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning",
        message=f"The {name} is said to be {places[missed].stated}, but it is {value:g} in the column {heads!r}, "
        "whose other two figures are as stated.",
        stated=str(places[missed].stated),
        expected=f"{value:g}",
        spans=spans,
        computed=f"{name} of {', '.join(f'{each:g}' for each in sorted(column.values))} = {value:g}",
        records=tuple(paper.records_at(*spans)),
    )
