"""Tables whose columns stand apart by spaces: a row's last values are its cells, what precedes is its label.

The number of columns is what most rows agree on; a row that does not fit it gets no cells.
"""

from __future__ import annotations

import re
from collections import Counter

from hcclit.readers.broken_labels import with_whole_labels
from hcclit.readers.grid import Grid, GridRow, Span
from hcclit.readers.head_atoms import is_p_head, is_stub
from hcclit.readers.panels import find_panel
from hcclit.readers.raw_rows import RawRow, gap_fields
from hcclit.readers.row_cuts import Layout, count_cells, cut_row, is_p
from hcclit.readers.stacked_heads import Placed, place_heads

_WORD_THEN_CAPITAL = re.compile(r"\b(?!(?:of|in|the|and|or|with|for|to|by|at|on|vs)\b)[a-z][\w-]+ [A-Z][a-z]+")
_MEASURED = re.compile(r"-?\d[\d,]*(?:[.·]\d+)?\s?[±(]|\d+[.·]\d+(?!\s?[–/\d-])")  # no class of patients
_MIN_ROWS = 2
_MOSTLY = 0.8
_LEAST = 0.3  # share of a body's rows that have cells
_LONGEST_BLOCK = 10
_VALUES_IN_LABEL = 1  # `Grade 3`


def spaced_grid(text: str, rows: list[RawRow]) -> Grid | None:
    """Read a body whose columns stand apart by spaces; None where rows and columns cannot be told apart."""
    rows = [row for row in rows if row.role != "rule"]
    layout = _layout(text, rows)
    if layout is None:
        return None
    layout = _with_p_column(text, rows, layout)
    heads = _heads(text, rows, layout)
    body = rows[len(heads) :]
    placed = place_heads(text, heads, layout.columns) or Placed()
    grid = Grid(heads=placed.columns, stub=placed.stub)
    _fill(text, grid, body, layout)
    blocks = heads[len(heads) - placed.blocks :]
    grid.rows[:0] = [GridRow((row.start, row.end), row.indent) for row in blocks]
    grid.rows = with_whole_labels(text, grid.rows)
    return grid if _holds(text, body, sum(row.role == "value" for row in rows), grid) else None


def _layout(text: str, rows: list[RawRow]) -> Layout | None:
    """The number of columns that most rows agree on, by their values or by their gaps."""
    tails = Counter(count for row in rows if (count := count_cells(text, row)) > 0)
    gaps = Counter(len(parts) - 1 for row in rows if len(parts := gap_fields(text, row)) > 1)
    by_tail = max(tails.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    by_gap = max(gaps.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if max(by_tail[1], by_gap[1]) < _MIN_ROWS:
        return None
    by_gaps = by_gap[1] >= by_tail[1] and by_gap[0] >= by_tail[0]
    return Layout(by_gap[0] if by_gaps else by_tail[0], by_gaps)


def _with_p_column(text: str, rows: list[RawRow], layout: Layout) -> Layout:
    """A last column `P value` that is filled in one row of a group only makes most rows one cell shorter."""
    for columns in (layout.columns, layout.columns + 1):
        if columns < 2 or not _has_last_p(text, rows, columns):
            continue
        wide = Layout(columns, layout.by_gaps, optional_p=True)
        placed = place_heads(text, _heads(text, rows, wide), columns)
        if placed and (heads := placed.columns.get(columns - 1)) and is_p_head(text[slice(*heads[-1])]):
            return wide
    return layout


def _has_last_p(text: str, rows: list[RawRow], columns: int) -> bool:
    """Whether the rows that can hold a last p-value (whole ones, or with one value) nearly all do."""
    counts = [(row, count_cells(text, row)) for row in rows if row.worded]
    holding = [row for row, count in counts if count == columns or (count == 1 and columns > 2)]
    found = sum(is_p(text, (row.units[-1].start, row.units[-1].end)) for row in holding)
    return found >= _MIN_ROWS and found >= _MOSTLY * len(holding)


def _heads(text: str, rows: list[RawRow], layout: Layout) -> list[RawRow]:
    """The rows above the first that has the cells of a row."""
    whole = False
    for index, row in enumerate(rows):
        full = layout.by_gaps and len(gap_fields(text, row)) == layout.columns + 1
        if _fits(text, row, layout) or (full and whole):
            return rows[:index]
        whole = full
    return rows


def _fits(text: str, row: RawRow, layout: Layout) -> bool:
    """Whether a row is the first of the body: it has the cells, and is not the head over numbered columns."""
    if not row.tail and len(gap_fields(text, row)) == 1:
        return False
    found = cut_row(text, row, layout)
    if found is None or (found.label and is_stub(text[slice(*found.label)])):
        return False
    return _has_values(row, found.cells)


def _has_values(row: RawRow, cells: list[Span]) -> bool:
    """Whether a row's cells hold a value, or mostly words that cells have (`Yes`)."""
    kinds = {(unit.start, unit.end): unit.kind for unit in row.units}
    found = [kinds.get(cell, "word") for cell in cells]
    return "value" in found or 2 * found.count("weak") > len(found)


def _fill(text: str, grid: Grid, body: list[RawRow], layout: Layout) -> None:
    """Cut the rows of the body, those of a panel by the panel's own columns."""
    panel = find_panel(text, body, layout.columns)
    for index, row in enumerate(body):
        inside = panel is not None and panel.first <= index <= panel.last
        new = _grid_row(text, row, Layout(panel.columns, by_gaps=False) if panel and inside else layout)
        if panel is not None:
            panel.place(new, grid.heads, inside)
        grid.rows.append(new)
    if panel is not None:
        grid.heads = panel.widened(grid.heads)


def _grid_row(text: str, row: RawRow, layout: Layout) -> GridRow:
    found = cut_row(text, row, layout)
    if found is None or _is_glued(text, row, found.label):
        return GridRow((row.start, row.end), row.indent, opens_block=_is_block(text, row))
    cells = {found.first + i: span for i, span in enumerate(found.cells)}
    return GridRow(found.label, row.indent, cells)


def _is_glued(text: str, row: RawRow, label: Span | None) -> bool:
    """Whether a label holds values: rows run together, a cell passed over, or no label at all."""
    inside = [unit for unit in row.units if label and unit.end <= label[1] and unit.kind == "value"]
    whole = bool(inside) and label == (inside[0].start, inside[0].end)
    return len(inside) > _VALUES_IN_LABEL or (whole and bool(_MEASURED.match(text, inside[0].start)))


def _is_block(text: str, row: RawRow) -> bool:
    """A label alone; a row of words (`Side effects Rash Diarrhoea`) is none."""
    words = text[row.start : row.end].split()
    cells = any(unit.kind == "weak" and unit.end - unit.start > 1 for unit in row.units[1:])
    values = any(unit.kind == "value" for unit in row.units)
    repeats = len(set(words)) <= len(words) / 2
    if cells or values or repeats or len(words) > _LONGEST_BLOCK:
        return False
    return not _WORD_THEN_CAPITAL.search(text, row.start, row.end)


def _holds(text: str, body: list[RawRow], alone: int, grid: Grid) -> bool:
    """Whether enough rows fit, so that the cells are no accident; `alone` lines hold one value each."""
    valued = sum(row.tail > 0 for row in body)
    fitting = sum(bool(row.cells) for row in grid.rows)
    if _is_count(text, grid):
        return False
    return fitting >= max(_MIN_ROWS, valued / 2, 2 * alone, _LEAST * len(body))


def _is_count(text: str, grid: Grid) -> bool:
    """Whether the cells only count the rows (`Visit 1`, `Visit 2`): then they end labels."""
    cells = [text[slice(*span)] for row in grid.rows for span in row.cells.values()]
    return cells[:2] in (["0", "1"], ["1", "2"]) and cells == [str(i + int(cells[0])) for i in range(len(cells))]
