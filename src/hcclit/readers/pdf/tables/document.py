"""The tables of a document: each table's parts in the text, put together over pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hcclit.document import Table
from hcclit.readers.flat_tables import table_of
from hcclit.readers.pdf.tables.layout import TableRows
from hcclit.readers.source_grid import SourceField, grid_text
from hcclit.readers.table_parts import Parts

Span = tuple[int, int]


@dataclass(slots=True)
class _Open:
    """A table under construction, with the rows of its last part and how many rows it has."""

    parts: Parts
    rows: TableRows
    count: int


@dataclass(slots=True)
class Tables:
    """The tables of a text that is being written: captions, rows and notes are told as they come."""

    tables: list[_Open] = field(default_factory=list)
    caption: Span | None = None
    open: bool = False  # whether what is written next may still belong to the last table

    def add_caption(self, start: int, end: int) -> None:
        """A caption was written; a table follows, or stands before it."""
        last = self.tables[-1] if self.tables else None
        if self.open and last is not None and last.rows.captioned_below and not last.parts.caption:
            last.parts.caption = [(start, end)]
        else:
            self.caption = (start, end)

    def add_rows(self, rows: TableRows, start: int) -> None:
        """A table's rows were written, beginning at an offset."""
        parts = _parts(rows, start)
        before = self.tables[-1] if self.tables else None
        if before is not None and rows.continued and (columns := _matched(before.rows, rows)):
            _go_on(before, parts, rows, columns)
        elif parts.body:
            parts.caption = [self.caption] if self.caption else []
            self.tables.append(_Open(parts, rows, len(rows.rows)))
        self.caption = None
        self.open = bool(self.tables)

    def add_note(self, start: int, end: int) -> None:
        """A note was written; it is the table's below which it stands."""
        if self.open:
            self.tables[-1].parts.notes.append((start, end))

    def close(self) -> None:
        """Running text was written."""
        self.open, self.caption = False, None

    def read(self, text: str) -> tuple[Table, ...]:
        """The tables, once the whole text is written."""
        return tuple(table_of(text, table.parts) for table in self.tables)


def _parts(rows: TableRows, at: int) -> Parts:
    """The parts of a table by which it is read, from its rows as they were written at an offset."""
    parts = Parts(heads=0)
    for number, (row, indent) in enumerate(zip(rows.rows, rows.indents, strict=True)):
        line, found = grid_text([row], int(number < rows.heads), at + indent)
        parts.body += found.body
        parts.fields += [replace(place, row=number) for place in found.fields]
        parts.heads = (parts.heads or 0) + (found.heads or 0)
        at += indent + len(line)
    return parts


def _matched(before: TableRows, rows: TableRows) -> list[int] | None:
    """Which column of a table each column of its part overleaf is; None where they do not fit."""
    if before.label and rows.label and before.label != rows.label:
        return None
    if len(before.places) == len(rows.places):
        return list(range(len(rows.places)))
    shift = before.places[0] - rows.places[0]
    out = [min(range(len(before.places)), key=lambda i: abs(before.places[i] - place - shift)) for place in rows.places]
    return out if len(set(out)) == len(out) else None


def _go_on(table: _Open, parts: Parts, rows: TableRows, columns: list[int]) -> None:
    """Add the rows of a table's part overleaf, without the heads that it repeats."""
    again = _repeated(table.rows, rows)
    shift = table.count - again
    table.parts.fields += [
        replace(f, row=f.row + shift, column=columns[f.column]) for f in parts.fields if f.row >= again
    ]
    filled = [any(cell.text for cell in row) for row in rows.rows]
    table.parts.body += parts.body[sum(filled[:again]) :]
    table.count += len(rows.rows) - again


def _repeated(before: TableRows, rows: TableRows) -> int:
    """How many of the first rows say again what the table's first rows say."""
    count = 0
    while count < min(len(before.rows), len(rows.rows)) and _texts(before.rows[count]) == _texts(rows.rows[count]):
        count += 1
    return count


def _texts(row: list[SourceField]) -> list[str]:
    return [cell.text for cell in row if cell.text]
