"""The rows of a table as slots: each cell with its reading, the heads of both its sides, and its role."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hcclit.document import Cell, Table
from hcclit.extractors.table.axes import Axis, make_axis
from hcclit.extractors.table.heads import parse_head
from hcclit.extractors.table.texts import Piece, Texts
from hcclit.extractors.table.topics import Lexicon
from hcclit.extractors.table.values import Reading, read
from hcclit.extractors.table.words import words
from hcclit.quantity import scan

Heads = tuple[str, ...]

_BOUND = re.compile(r"\s?[<>≤≥≦≧]")
_LONGEST_LABEL = 80


@dataclass(slots=True)
class Slot:
    """A cell with its reading, the heads of its row and column, and the part that it plays."""

    cell: Cell
    piece: Piece
    reading: Reading
    row: Axis
    column: Axis
    role: str

    @property
    def forms(self) -> frozenset[str]:
        """What the heads of both sides say about the kind of number."""
        return self.row.forms | self.column.forms

    @property
    def head_texts(self) -> list[str]:
        """All heads as written, those of the row first."""
        return [head.text for head in (*self.row.heads, *self.column.heads)]


@dataclass(slots=True)
class Row:
    """A row: its heads and its cells from left to right."""

    index: int
    axis: Axis
    slots: list[Slot] = field(default_factory=list)

    @property
    def block(self) -> Heads:
        """The heads above the row's own label, as written."""
        return tuple(head.text for head in self.axis.heads[:-1])

    @property
    def only_p(self) -> bool:
        """Whether the row states nothing but p-values."""
        filled = [s for s in self.slots if s.reading.kind != "empty"]
        return bool(filled) and all(s.role == "p" for s in filled)


def read_rows(table: Table, texts: Texts, lexicon: Lexicon, labelled: bool) -> list[Row]:
    """Read a table's cells, row by row.

    Args:
        table: the table.
        texts: the cleaned texts of its paper's tables.
        lexicon: what its heads may name.
        labelled: whether leading columns of words may be labels of their rows.
    """
    readings = {cell: read(texts.cell(cell).text) for cell in table.values}
    stubs = _stub_columns(table, readings) if labelled else frozenset[int]()
    axes: dict[Heads, Axis] = {}
    rows: dict[int, Row] = {}
    for index, heads in _row_heads(table, texts, stubs).items():
        rows[index] = Row(index, axes.setdefault(heads, make_axis(heads, lexicon)))
    for cell in sorted(table.values, key=lambda c: (c.row, c.column)):
        if cell.column not in stubs:
            if cell.column_heads not in axes:
                axes[cell.column_heads] = make_axis(cell.column_heads, lexicon)
            row, column, reading = rows[cell.row], axes[cell.column_heads], readings[cell]
            role = _role(row.axis, column, reading)
            row.slots.append(Slot(cell, texts.cell(cell), reading, row.axis, column, role))
    return [rows[index] for index in sorted(rows) if rows[index].slots]


def _stub_columns(table: Table, readings: Mapping[Cell, Reading]) -> frozenset[int]:
    """Leading columns of words, which are labels too: arms beside studies, subgroups beside endpoints."""
    columns: dict[int, list[Cell]] = {}
    for cell in table.values:
        columns.setdefault(cell.column, []).append(cell)
    found: list[int] = []
    for column in sorted(columns):
        filled = [c for c in columns[column] if readings[c].kind != "empty"]
        if not filled or not _are_labels(filled, readings):
            break
        found.append(column)
    return frozenset(found) if len(found) < len(columns) else frozenset()


def _are_labels(cells: list[Cell], readings: Mapping[Cell, Reading]) -> bool:
    """Whether a column's cells are words, or levels (`≤200`) under a head that asks for them."""
    if any(len(cell.text) > _LONGEST_LABEL for cell in cells):
        return False
    if any(_is_amount(cell.text) for cell in cells):
        return False
    wordy = sum(readings[cell].kind == "text" for cell in cells)
    bounds = sum(readings[c].kind in ("range", "text") or bool(_BOUND.match(c.text)) for c in cells)
    asked = any(words("level_head").fullmatch(head) for head in cells[0].column_heads[-1:])
    return wordy == len(cells) or asked or (bounds == len(cells) and 2 * wordy >= len(cells))


def _is_amount(text: str) -> bool:
    """Whether a cell is a number with a unit of measurement: `20 ng/mL`, `85 mg/m2`."""
    first = next(iter(scan(text)), None)
    return (
        first is not None and first.start == 0 and first.unit is not None and first.unit.kind not in ("percent", "time")
    )


def _row_heads(table: Table, texts: Texts, stubs: frozenset[int]) -> dict[int, Heads]:
    """The heads of each row, with the words of label columns.

    Readers take a row without cells for a block's head; one with nothing but p-values may have been left as a row,
    and is one here.
    """
    by_row: dict[int, list[Cell]] = {}
    for cell in sorted(table.values, key=lambda c: c.column):
        by_row.setdefault(cell.row, []).append(cell)
    heads: dict[int, Heads] = {}
    block: Heads = ()
    for index in sorted(by_row):
        labels = [texts.cell(c).text.strip() for c in by_row[index] if c.column in stubs and not _is_aside(c)]
        own = (*by_row[index][0].row_heads, *labels)
        tested = [_is_p(c) for c in by_row[index] if c.column not in stubs]
        if tested and all(tested):
            block = own
        elif any(tested) or len(own) > 1 or not own:
            block = ()
        elif block:
            own = (*block, *own)
        heads[index] = own
    return heads


def _is_aside(cell: Cell) -> bool:
    """Whether a column of words tells of a study, not of a group (`Design`)."""
    return bool(cell.column_heads) and bool(words("no_label").fullmatch(cell.column_heads[-1]))


def _is_p(cell: Cell) -> bool:
    return bool(cell.column_heads) and "p" in parse_head(cell.column_heads[-1]).forms


def _role(row: Axis, column: Axis, reading: Reading) -> str:
    """What a cell is by its row's and its column's head; the row's counts where it is no mere value."""
    if column.role in ("p", "none"):
        return column.role
    sized = "size" in (row.role, column.role) or row.role == "count"
    if sized and reading.kind not in ("single", "empty"):
        return "value"
    if row.role not in ("value", "size", "count", "percent"):
        return row.role
    if row.role in ("size", "count") and column.role in ("value", "count", "size"):
        return "size"
    return column.role
