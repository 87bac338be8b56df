"""A table's cells as the rows of an HTML table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from hcclit.document import Cell, CellRole

_MOST_EMPTY = 40
"""Places of a grid for each filled cell, at most; what has more is no table to look at."""
_LEAST_PLACED = 0.5
"""Share of a table's letters and digits that stand in cells, below which its lines show more than its grid."""


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a place of the grid; empty where `start` is `end`."""

    start: int = 0
    end: int = 0
    role: CellRole = "value"
    columns: int = 1
    rows: int = 1


def rows_of(text: str, start: int, end: int, cells: Sequence[Cell]) -> list[list[Place]] | None:
    """The rows of a table with every place of the grid; text between the cells gets a row of its own.

    Args:
        text: the document's.
        start: where the table's block begins.
        end: where it ends.
        cells: those within the block.

    Returns:
        the rows, or None where the cells make no table that shows all of the text once.
    """
    if not cells or len({(cell.row, cell.column) for cell in cells}) < len(cells):
        return None
    placed = sorted(cells, key=lambda cell: cell.start)
    if any(a.end > b.start for a, b in pairwise(placed)):
        return None
    between = list(_between(text, start, end, placed))
    letters = sum(map(str.isalnum, text[start:end]))
    left = sum(map(str.isalnum, "".join(text[a:b] for _, a, b in between)))
    width = max(cell.column + cell.columns for cell in cells)
    numbers = sorted({cell.row for cell in cells})
    if width * len(numbers) > _MOST_EMPTY * len(cells) or letters - left < _LEAST_PLACED * letters:
        return None
    after: dict[int | None, list[Place]] = {}
    for before, a, b in between:
        after.setdefault(before, []).append(Place(a, b, "label", width))
    rows = [[place] for place in after.get(None, ())]
    for number, row in zip(numbers, _filled(cells, numbers, width, down=not between), strict=True):
        rows += [row, *([place] for place in after.get(number, ()))]
    return rows


def _between(text: str, start: int, end: int, cells: Sequence[Cell]) -> Iterator[tuple[int | None, int, int]]:
    """Stretches with letters or digits that are in no cell, each with the row of the cell before it."""
    ends = [start, *(cell.end for cell in cells)]
    starts = [*(cell.start for cell in cells), end]
    rows = [None, *(cell.row for cell in cells)]
    for row, a, b in zip(rows, ends, starts, strict=True):
        stretch = text[a:b]
        if any(map(str.isalnum, stretch)):
            yield row, a + len(stretch) - len(stretch.lstrip()), b - len(stretch) + len(stretch.rstrip())


def _filled(cells: Sequence[Cell], numbers: Sequence[int], width: int, down: bool) -> Iterator[list[Place]]:
    """The rows of the grid; a cell that would reach into others is cut there, and below its row unless `down`."""
    order = {number: index for index, number in enumerate(numbers)}
    by_place = {(order[cell.row], cell.column): cell for cell in cells}
    used = set(by_place)
    for row in range(len(numbers)):
        places = []
        for column in range(width):
            if cell := by_place.get((row, column)):
                last = len(numbers) - 1 if down else row
                places.append(_spread(cell, (row, column), used, last))
            elif (row, column) not in used:
                places.append(Place())
        yield places


def _spread(cell: Cell, at: tuple[int, int], used: set[tuple[int, int]], last: int) -> Place:
    """A cell over as many of its columns and rows as nothing else has; they are used then."""
    row, column = at
    columns = range(column, column + cell.columns)
    width = 1 + sum(1 for _ in takewhile(lambda other: (row, other) not in used, columns[1:]))
    columns = columns[:width]
    below = range(row + 1, min(row + cell.rows, last + 1))
    depth = 1 + sum(1 for _ in takewhile(lambda other: not any((other, c) in used for c in columns), below))
    used.update((r, c) for r in range(row, row + depth) for c in columns)
    return Place(cell.start, cell.end, cell.role, width, depth)
