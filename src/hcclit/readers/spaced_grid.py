"""Tables whose columns stand apart by spaces: the values at a row's end are its cells, the words before its label.

The number of columns is what most rows agree on; a row that does not fit it gets no cells.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from hcclit.readers.grid import Grid, GridRow, Span
from hcclit.readers.head_phrases import is_stub
from hcclit.readers.panels import find_panel
from hcclit.readers.raw_rows import RawRow, gap_fields
from hcclit.readers.stacked_heads import Placed, place_heads

_TAKES_NUMBER = re.compile(
    r"(?:grade|stage|score|class|type|group|cycle|day|week|ECOG|PS|level|arm|cohort|[NTM]|G|BCLC)s?", re.I
)
_LABEL_VALUE = re.compile(r"[<>≤≥⩽⩾]|.*[A-Za-z%]|\d+\s?[–/-]\s?\d+$|[IVX]+\b")
_BOUND = re.compile(r"[<>≤≥⩽⩾]")
_ORDINAL = re.compile(r"\d{1,2}(?:\s?[–/-]\s?\d{1,2})?|[IVX]{1,4}|[A-D]")
_THOUSANDS = re.compile(r"\d{1,3}\s\d{3}$")
_P_VALUE = re.compile(r"(?:[Pp]\s?)?[<>=≤≥]*\s?(?:0?[.·]\d{2,}|1[.·]0+|n\.?s\.?|NS)[*†‡§a-c]*")
_P_HEAD = re.compile(r"(?:[Pp𝑝𝑃][a-d]?\b|[Ll]og-?rank|[Ss]ig\.|[Ss]ignificance).*")
_WORD_THEN_CAPITAL = re.compile(
    r"\b(?!(?:of|in|the|and|or|with|for|to|by|at|on|vs)\b)[a-z][\w-]+ [A-Z][a-z]+"
)
_MIN_ROWS = 2
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class _Layout:
    """How many columns a table has, whether gaps tell them, and whether its last is a p-value that rows may lack."""

    columns: int
    by_gaps: bool
    optional_p: bool = False


def spaced_grid(text: str, rows: list[RawRow]) -> Grid | None:
    """Read a body whose columns stand apart by spaces; None where rows and columns cannot be told apart."""
    rows = [row for row in rows if row.role != "rule"]
    layout = _layout(text, rows)
    if layout is None:
        return None
    layout = _with_p_column(text, rows, layout)
    heads = _heads(text, rows, layout)
    placed = place_heads(text, heads, layout.columns) or Placed()
    grid = Grid(heads=placed.columns, stub=placed.stub)
    grid.rows += [GridRow((row.start, row.end), row.indent) for row in heads[len(heads) - placed.blocks :]]
    body = rows[len(heads) :]
    panel = find_panel(text, body, layout.columns)
    for index, row in enumerate(body):
        inside = panel is not None and panel.first <= index <= panel.last
        grid.rows.append(_grid_row(text, row, _Layout(panel.columns, False) if panel and inside else layout))
        if panel is not None:
            panel.place(grid.rows[-1], grid.heads, inside)
    if panel is not None:
        grid.heads = panel.widened(grid.heads)
    _take_labels(text, grid)
    return grid if _holds(body, grid) else None


def _layout(text: str, rows: list[RawRow]) -> _Layout | None:
    """The number of columns that most rows agree on, by their values or by their gaps."""
    tails = Counter(count for row in rows if (count := _count(text, row)) > 0)
    gaps = Counter(len(parts) - 1 for row in rows if len(parts := gap_fields(text, row)) > 1)
    by_tail = max(tails.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    by_gap = max(gaps.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if max(by_tail[1], by_gap[1]) < _MIN_ROWS:
        return None
    if by_gap[1] >= by_tail[1] and by_gap[0] >= by_tail[0]:
        return _Layout(by_gap[0], by_gaps=True)
    return _Layout(by_tail[0], by_gaps=False)


def _count(text: str, row: RawRow) -> int:
    """How many cells a row's values are, one that surely ends its label (`Grade 3`, `Age > 60`) not counted."""
    at = len(row.units) - row.tail
    if at == 0 or row.tail < 2:
        return row.tail - (at == 0)
    before = text[row.units[at - 1].start : row.units[at - 1].end].rsplit(maxsplit=1)[-1]
    first, second = (text[unit.start : unit.end] for unit in row.units[at : at + 2])
    number = bool(_TAKES_NUMBER.fullmatch(before) and _ORDINAL.fullmatch(first))
    bound = (
        bool(_BOUND.match(first))
        and not _BOUND.match(second)
        and not first.startswith(("<0", "< 0", "<.", "≤0"))
    )
    return row.tail - (number or bound)


def _with_p_column(text: str, rows: list[RawRow], layout: _Layout) -> _Layout:
    """A last column `P value` that is filled in one row of a group only makes most rows one cell shorter."""
    for columns in (layout.columns, layout.columns + 1):
        if columns < 2 or not _has_last_p(text, rows, columns):
            continue
        wide = _Layout(columns, layout.by_gaps, optional_p=True)
        placed = place_heads(text, _heads(text, rows, wide), columns)
        if placed and (span := placed.columns.get(columns - 1)) and _P_HEAD.fullmatch(text[slice(*span[-1])]):
            return wide
    return layout


def _has_last_p(text: str, rows: list[RawRow], columns: int) -> bool:
    """Whether the rows that can hold a last p-value (whole ones, or with one value) nearly all do."""
    counts = [(row, _count(text, row)) for row in rows if row.worded]
    holding = [row for row, count in counts if count == columns or (count == 1 and columns > 2)]
    found = sum(_is_p(text, (row.units[-1].start, row.units[-1].end)) for row in holding)
    return found >= _MIN_ROWS and found >= _MOSTLY * len(holding)


def _is_p(text: str, span: Span) -> bool:
    return bool(_P_VALUE.fullmatch(text, *span))


def _heads(text: str, rows: list[RawRow], layout: _Layout) -> list[RawRow]:
    """The rows above the first that has the cells of a row."""
    whole = False
    for index, row in enumerate(rows):
        full = layout.by_gaps and len(gap_fields(text, row)) == layout.columns + 1
        if _fits(text, row, layout) or (full and whole):
            return rows[:index]
        whole = full
    return rows


def _fits(text: str, row: RawRow, layout: _Layout) -> bool:
    """Whether a row is the first of the body: it has the cells, and is not the head over numbered columns."""
    if not row.tail and len(gap_fields(text, row)) == 1:
        return False
    found = _cut(text, row, layout)
    if not found:
        return False
    return _has_values(row, found[1]) and not (found[0] is not None and is_stub(text[slice(*found[0])]))


def _has_values(row: RawRow, cells: list[Span]) -> bool:
    """Whether a row's cells hold a value, or mostly words that cells have (`Yes`)."""
    kinds = {(unit.start, unit.end): unit.kind for unit in row.units}
    found = [kinds.get(cell, "word") for cell in cells]
    return "value" in found or 2 * found.count("weak") > len(found)


def _grid_row(text: str, row: RawRow, layout: _Layout) -> GridRow:
    found = _cut(text, row, layout)
    if found is None:
        return GridRow((row.start, row.end), row.indent, opens_block=_is_block(text, row))
    label, cells, first = found
    return GridRow(label, row.indent, {first + i: span for i, span in enumerate(cells)})


def _is_block(text: str, row: RawRow) -> bool:
    """A label alone; a row of words (`Side effects Rash Diarrhoea`) is none."""
    words = text[row.start : row.end].split()
    cells = any(unit.kind == "weak" and unit.end - unit.start > 1 for unit in row.units[1:])
    if (
        cells
        or any(unit.kind == "value" for unit in row.units)
        or len(words) > 10
        or len(set(words)) <= len(words) / 2
    ):
        return False
    return not _WORD_THEN_CAPITAL.search(text, row.start, row.end) and row.role in ("label", "row", "prose")


def _cut(text: str, row: RawRow, layout: _Layout) -> tuple[Span | None, list[Span], int] | None:
    """A row's label, cells and first column, or None if they do not fit the table's columns."""
    columns = layout.columns
    parts = gap_fields(text, row)
    if len(parts) == columns + 1 and columns and (layout.by_gaps or _single(row, parts)):
        return parts[0], parts[1:], 0
    spans: list[Span] = [(unit.start, unit.end) for unit in row.units]
    if not row.worded and row.tail == columns > 1:
        return None, spans, 0
    count = _count(text, row)
    if layout.optional_p and not _is_p(text, spans[-1]) and count == columns:
        return None
    if count == columns or (row.worded and row.tail == columns):
        return _split(spans, columns)
    if row.worded and row.tail == columns + 1:
        return _one_too_many(text, row, spans, columns)
    if layout.optional_p and (found := _without_p(text, row, spans, (count, columns))):
        return found
    return _with_weak(row, spans, columns)


def _split(spans: list[Span], columns: int) -> tuple[Span | None, list[Span], int] | None:
    if not columns or len(spans) <= columns:
        return None
    at = len(spans) - columns
    return (spans[0][0], spans[at - 1][1]), spans[at:], 0


def _single(row: RawRow, parts: list[Span]) -> bool:
    """Whether no part after the first holds two values."""
    return all(sum(u.kind == "value" and s <= u.start < e for u in row.units) <= 1 for s, e in parts[1:])


def _one_too_many(
    text: str, row: RawRow, spans: list[Span], columns: int
) -> tuple[Span | None, list[Span], int] | None:
    """A label that ends with a number (`Grade 3`, `Age > 60`), or a number with a space in it (`13 599`)."""
    at = len(spans) - columns - 1
    joined = [i for i in range(at, len(spans) - 1) if _THOUSANDS.match(text[spans[i][0] : spans[i + 1][1]])]
    before, value = text[slice(*spans[at - 1])].rsplit(maxsplit=1)[-1], text[slice(*spans[at])]
    if _TAKES_NUMBER.fullmatch(before) or (_LABEL_VALUE.match(value) and "(" not in value):
        return _split(spans, columns)
    if len(joined) == 1:
        i = joined[0]
        merged = [*spans[:i], (spans[i][0], spans[i + 1][1]), *spans[i + 2 :]]
        return _split(merged, columns)
    return None


def _without_p(
    text: str, row: RawRow, spans: list[Span], counts: tuple[int, int]
) -> tuple[Span | None, list[Span], int] | None:
    """A row of a table whose last column is a p-value that belongs to several rows."""
    count, columns = counts
    is_p = bool(spans) and _is_p(text, spans[-1])
    if count == 1 and is_p and row.worded:
        return (spans[0][0], spans[-2][1]), spans[-1:], columns - 1
    if count == columns - 1 and not is_p:
        return _split(spans, count)
    return None


def _with_weak(row: RawRow, spans: list[Span], columns: int) -> tuple[Span | None, list[Span], int] | None:
    """Cells in words before the numbers (`Sex Male Female 0.3`), if they are more than one letter."""
    run = 0
    while run < len(row.units) and row.units[-run - 1].kind != "word":
        run += 1
    cells = row.units[len(row.units) - columns :] if run == columns and row.tail < run else ()
    if not cells or run == len(row.units) or any(u.kind == "weak" and u.end - u.start < 2 for u in cells):
        return None
    return _split(spans, columns)


def _take_labels(text: str, grid: Grid) -> None:
    """Give a row of values the label that stands alone above it, and join labels broken over two lines."""
    rows: list[GridRow] = []
    for row in grid.rows:
        last = rows[-1] if rows else None
        if last and last.label and not last.cells and last.opens_block and _is_rest(text, last, row):
            label = last.label if row.label is None else (last.label[0], row.label[1])
            rows[-1] = GridRow(label, last.indent, row.cells, row.opens_block, row.heads)
        elif row.label is None:
            rows.append(GridRow(None, row.indent, {}, opens_block=False))
        else:
            rows.append(row)
    grid.rows = rows


def _is_rest(text: str, last: GridRow, row: GridRow) -> bool:
    if row.label is None or last.label is None:
        return row.label is None
    first = text[row.label[0]]
    if not row.cells:
        return first == "(" and row.opens_block
    return first == "(" or (first.islower() and row.indent <= last.indent)


def _holds(rows: list[RawRow], grid: Grid) -> bool:
    """Whether enough rows fit, so that the cells are no accident."""
    valued = sum(row.tail > 0 for row in rows)
    fitting = sum(bool(row.cells) for row in grid.rows)
    alone = sum(row.role == "value" for row in rows)
    return fitting >= _MIN_ROWS and 2 * fitting >= valued and alone <= fitting / 2
