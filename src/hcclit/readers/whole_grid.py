"""Every filled cell of a table with its row and column over the whole: as its source has them, or as it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from hcclit.document import Cell
from hcclit.readers.grid import Grid, Span
from hcclit.readers.table_parts import Field, Parts
from hcclit.view import clean


def source_cells(text: str, parts: Parts, grid: Grid | None, values: Sequence[Cell]) -> list[Cell]:
    """The cells of a table whose source has a grid.

    Args:
        text: the document's text.
        parts: the table's parts, with its fields.
        grid: the table as read, None if it was not.
        values: its values as read; those that were not have no row heads.
    """
    read = {cell.start: cell for cell in values}
    heads = grid.head_starts if grid else _head_starts(parts)
    over = {c: tuple(clean(text[slice(*span)]) for span in spans) for c, spans in grid.heads.items()} if grid else {}
    return [_cell(text, place, read.get(place.start), heads, over) for place in parts.fields]


def _cell(text: str, place: Field, read: Cell | None, heads: set[int], over: dict[int, tuple[str, ...]]) -> Cell:
    content = text[place.start : place.end]
    cell = Cell(place.start, place.end, place.row, place.column, content, columns=place.columns, rows=place.rows)
    if read is not None:
        return replace(cell, row_heads=read.row_heads, column_heads=read.column_heads)
    if place.start in heads:
        return replace(cell, role="head")
    if place.column == 0:
        return replace(cell, role="label")
    return replace(cell, column_heads=over.get(place.column - 1, ()))


def _head_starts(parts: Parts) -> set[int]:
    """Where the fields of head rows begin in a table that was not read."""
    rows = parts.body[: parts.heads or 0]
    return {place.start for place in parts.fields if rows and place.start < rows[-1].end}


def read_cells(text: str, grid: Grid, values: Sequence[Cell]) -> list[Cell]:
    """The cells of a table that was read from lines: its rows of heads, then its rows, each with its label first."""
    depth = max([len(grid.stub), *map(len, grid.heads.values())])
    heads = [*_heads(text, grid, depth), *(_plain(text, span, i, 0) for i, span in enumerate(grid.stub))]
    labels = {row.label: depth + index for index, row in reversed(list(enumerate(grid.rows))) if row.label}
    out = [replace(cell, role="head") for cell in heads]
    out += [replace(_plain(text, span, row, 0), role="label") for span, row in labels.items()]
    return out + [replace(cell, row=cell.row + depth, column=cell.column + 1) for cell in values]


def _heads(text: str, grid: Grid, depth: int) -> Iterator[Cell]:
    """The heads over the columns; equal ones side by side are one, and the last of a column reaches to the rows."""
    for level in range(depth):
        columns = sorted(column for column, spans in grid.heads.items() if len(spans) > level)
        for span, group in groupby(columns, key=lambda column: grid.heads[column][level]):
            over = list(group)
            last = len(grid.heads[over[0]]) == level + 1
            cell = _plain(text, span, level, over[0] + 1)
            yield replace(cell, columns=over[-1] - over[0] + 1, rows=depth - level if last else 1)


def _plain(text: str, span: Span, row: int, column: int) -> Cell:
    return Cell(*span, row, column, text[slice(*span)])
