"""The heads over the columns of a table whose source says which columns each covers."""

from __future__ import annotations

from hcclit.readers.grid import Grid, Span
from hcclit.readers.table_parts import Field, Parts


def with_source_heads(grid: Grid, parts: Parts) -> Grid:
    """Put the heads over the columns that they cover, where the source's heads cover several; else leave the grid.

    A head over all columns, that of the labels too, stands over each of them; a title that the grid has made one of
    its rows stands over none.
    """
    titles = {row.label for row in grid.rows if not row.cells}
    heads = [head for head in _head_fields(grid, parts) if (head.start, head.end) not in titles]
    if not any(head.columns > 1 for head in heads):
        return grid
    width = 1 + max(place.column + place.columns - 1 for place in parts.fields)
    over: dict[int, tuple[Span, ...]] = {}
    for column in range(1, width):
        spans = tuple((head.start, head.end) for head in heads if head.column <= column < head.column + head.columns)
        if spans:
            over[column - 1] = spans
    grid.heads = over
    grid.stub = tuple((head.start, head.end) for head in heads if head.column == 0 and head.columns == 1)
    return grid


def _head_fields(grid: Grid, parts: Parts) -> list[Field]:
    """The fields of the heads at the table's top; those that it repeats further down stay out."""
    out: list[Field] = []
    for place in sorted(parts.fields, key=lambda place: (place.row, place.column)):
        if place.start not in grid.head_starts:
            break
        out.append(place)
    return out
