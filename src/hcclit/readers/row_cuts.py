"""One row of a space-separated table cut into its label and its cells, for a known number of columns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.readers.grid import Span
from hcclit.readers.raw_rows import RawRow, gap_fields

_TAKES_NUMBER = re.compile(
    r"(?:grade|stage|score|class|type|group|cycle|day|week|ECOG|PS|level|arm|cohort|[NTM]|G|BCLC)s?", re.I
)
_ORDINAL = re.compile(r"\d{1,2}(?:\s?[–/-]\s?\d{1,2})?|[IVX]{1,4}|[A-D]")
_LABEL_VALUE = re.compile(r"[<>≤≥⩽⩾]|[^(]*[A-Za-z%]|\d+\s?[–/-]\s?\d+$|[IVX]+\b")
_BOUND = re.compile(r"[<>≤≥⩽⩾](?!\s?0?\.)")
_THOUSANDS = re.compile(r"\d{1,3}\s\d{3}$")
_P_VALUE = re.compile(r"(?:[Pp]\s?)?[<>=≤≥]*\s?(?:0?[.·]\d{2,}|1[.·]0+|n\.?s\.?|NS)[*†‡§a-c]*")


@dataclass(frozen=True, slots=True)
class Layout:
    """How many columns a table has, whether gaps tell them, whether rows may lack the last one's p-value."""

    columns: int
    by_gaps: bool
    optional_p: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A row's label (None if it has none), its cells and the column of the first."""

    label: Span | None
    cells: list[Span]
    first: int = 0


def count_cells(text: str, row: RawRow) -> int:
    """How many cells a row's values are; one that ends its label (`Grade 3`, `Age > 60`) does not count."""
    at = len(row.units) - row.tail
    if at == 0 or row.tail < 2:
        return row.tail - (at == 0)
    before = text[row.units[at - 1].start : row.units[at - 1].end].rsplit(maxsplit=1)[-1]
    first, second = (text[unit.start : unit.end] for unit in row.units[at : at + 2])
    number = bool(_TAKES_NUMBER.fullmatch(before) and _ORDINAL.fullmatch(first))
    bound = bool(_BOUND.match(first) and not _BOUND.match(second))
    return row.tail - (number or bound)


def is_p(text: str, span: Span) -> bool:
    """Whether a cell can be a p-value (`0.03`, `<0.001`, `NS`)."""
    return bool(_P_VALUE.fullmatch(text, *span))


def cut_row(text: str, row: RawRow, layout: Layout) -> Cut | None:
    """A row's label and cells, or None if they do not fit the table's columns."""
    columns = layout.columns
    parts = gap_fields(text, row)
    if len(parts) == columns + 1 and (layout.by_gaps or _single(row, parts)):
        return Cut(parts[0], parts[1:])
    spans = [(unit.start, unit.end) for unit in row.units]
    if not row.worded and row.tail == columns > 1:
        return Cut(None, spans)
    count = count_cells(text, row)
    if layout.optional_p and (count in (1, columns - 1) or not is_p(text, spans[-1])):
        return _without_p(text, spans, count, columns)
    if columns in (count, row.tail if row.worded else 0):
        return _split(spans, columns)
    if row.worded and row.tail == columns + 1:
        return _one_too_many(text, spans, columns)
    return _with_weak(row, spans, columns)


def _split(spans: list[Span], columns: int) -> Cut | None:
    at = len(spans) - columns
    return Cut((spans[0][0], spans[at - 1][1]), spans[at:]) if at > 0 else None


def _single(row: RawRow, parts: list[Span]) -> bool:
    """Whether no part after the first holds two values."""
    return all(sum(u.kind == "value" and s <= u.start < e for u in row.units) <= 1 for s, e in parts[1:])


def _one_too_many(text: str, spans: list[Span], columns: int) -> Cut | None:
    """A label that ends with a number (`Grade 3`, `Age > 60`), or a number with a space in it (`13 599`)."""
    at = len(spans) - columns - 1
    joined = [i for i in range(at, len(spans) - 1) if _THOUSANDS.match(text[spans[i][0] : spans[i + 1][1]])]
    before, value = text[slice(*spans[at - 1])].rsplit(maxsplit=1)[-1], text[slice(*spans[at])]
    if _TAKES_NUMBER.fullmatch(before) or (_LABEL_VALUE.match(value) and "(" not in value):
        return _split(spans, columns)
    if len(joined) == 1:
        i = joined[0]
        return _split([*spans[:i], (spans[i][0], spans[i + 1][1]), *spans[i + 2 :]], columns)
    return None


def _without_p(text: str, spans: list[Span], count: int, columns: int) -> Cut | None:
    """A row of a table whose last column is a p-value that belongs to several rows."""
    if is_p(text, spans[-1]):
        alone = count == 1 and len(spans) > 1
        return Cut((spans[0][0], spans[-2][1]), spans[-1:], columns - 1) if alone else None
    return _split(spans, count) if count == columns - 1 else None


def _with_weak(row: RawRow, spans: list[Span], columns: int) -> Cut | None:
    """Cells in words before the numbers (`Sex Male Female 0.3`), if they are more than one letter."""
    run = 0
    while run < len(row.units) and row.units[-run - 1].kind != "word":
        run += 1
    if run != columns or row.tail >= run or run == len(row.units):
        return None
    letters = any(u.kind == "weak" and u.end - u.start < 2 for u in row.units[-columns:])
    return None if letters else _split(spans, columns)
