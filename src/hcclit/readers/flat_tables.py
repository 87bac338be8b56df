"""Rows and columns of a flattened table: cells with their heads, from the lines of its region."""

from __future__ import annotations

from dataclasses import replace

from hcclit.document import Cell, Table
from hcclit.readers.grid import Grid, Span, bare
from hcclit.readers.lines import Line
from hcclit.readers.numbered_grid import numbered_grid
from hcclit.readers.raw_rows import raw_rows
from hcclit.readers.row_heads import row_heads
from hcclit.readers.source_heads import with_source_heads
from hcclit.readers.spaced_grid import spaced_grid
from hcclit.readers.tab_grid import is_tabbed, tab_grid
from hcclit.readers.table_parts import Parts, table_parts
from hcclit.readers.whole_grid import read_cells, source_cells
from hcclit.view import clean


def parse_table(text: str, lines: list[Line]) -> Table | None:
    """Read a table from the lines of its region; None if they are all blank.

    Where rows and columns cannot be told apart, the table has no cells.
    """
    filled = [line for line in lines if line.kind != "blank"]
    if not filled:
        return None
    table = table_of(text, table_parts(lines))
    return replace(table, start=filled[0].start, end=filled[-1].end)


def table_of(text: str, parts: Parts) -> Table:
    """Read a table from its parts; it has no cells where rows and columns cannot be told apart."""
    grid = _grid(text, parts)
    values = _values(text, grid) if grid else []
    cells = source_cells(text, parts, grid, values) if parts.fields else read_cells(text, grid, values) if grid else []
    read = {cell.start for cell in values}
    spans = [*parts.caption, *((line.start, line.end) for line in parts.body), *parts.notes]
    return Table(
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        caption=_joined(text, parts.caption),
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        values=tuple(_bare(cell) for cell in sorted(cells, key=lambda cell: cell.start) if cell.start in read),
        notes=_joined(text, parts.notes),
        stub_head=" ".join(clean(text[slice(*span)]) for span in grid.stub) if grid else "",
    )


def _grid(text: str, parts: Parts) -> Grid | None:
    rows = raw_rows(text, parts.body)
    if parts.fields:
        told = tab_grid(text, rows, parts.heads)
        return with_source_heads(told, parts) if told is not None else None
    if is_tabbed(text, rows):
        return tab_grid(text, rows)
    grid = numbered_grid(text, rows) or spaced_grid(text, rows)
    if grid is not None and not parts.caption and not grid.heads:
        return None  # what neither a title nor a head explains may be the labels of a figure
    return grid


def _joined(text: str, spans: list[Span]) -> str:
    """The lines of a caption or note as one."""
    return clean(text[spans[0][0] : spans[-1][1]]) if spans else ""


def _values(text: str, grid: Grid) -> list[Cell]:
    """The values with their heads, in rows and columns of the grid, which counts neither heads nor labels."""
    out = []
    names: dict[tuple[Span, ...], tuple[str, ...]] = {}
    for index, (row, labels) in enumerate(zip(grid.rows, row_heads(text, grid.rows), strict=True)):
        heads = grid.heads if row.heads is None else row.heads
        for column, (start, end) in row.cells.items():
            over = heads.get(column, ())
            if over not in names:
                names[over] = tuple(clean(text[slice(*bare(text, head))]) for head in over)
            out.append(Cell(start, end, index, column, text[start:end], labels, names[over]))
    return out


def _bare(cell: Cell) -> Cell:
    """A cell without footnote marks at its end."""
    _, end = bare(cell.text, (0, len(cell.text)))
    return replace(cell, end=cell.start + end, text=cell.text[:end]) if end < len(cell.text) else cell
