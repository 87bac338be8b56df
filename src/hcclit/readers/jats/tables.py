"""Tables of JATS and HTML: their grid, columns and rows that a cell covers counted, written with caption and notes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from lxml import etree

from hcclit.document import Block, BlockKind, Table
from hcclit.readers.flat_tables import table_of
from hcclit.readers.jats.inline import cell_text, inside, local_name
from hcclit.readers.jats.writer import Writer
from hcclit.readers.source_grid import SourceField, grid_text
from hcclit.readers.table_parts import Parts

MAX_SPAN = 1000
"""Columns or rows that one field may cover."""
MAX_COVERED, COVERED_EACH = 2000, 20
"""Places that the fields of a table may cover beside their own: so many, and so many more for each field.

What covers more is damage, would cost memory, and is taken to cover its own place alone.
"""
CELLS = ("td", "th")
_COVERED = SourceField("")


def write_table(writer: Writer, wrap: etree._Element) -> list[Parts]:
    """Write a table's caption, rows and notes; the parts of each of its tables, by which they are read."""
    caption = " ".join(filter(None, (_child_text(wrap, "label"), _child_text(wrap, "caption"))))
    titles = _part(writer, "caption", caption, wrap)
    tables = [e for e in wrap.iter() if local_name(e) == "table" and not inside(e, "table")]
    found = [parts for table in tables if (parts := write_rows(writer, table)) is not None]
    foot = [e for e in wrap.iter() if local_name(e) in ("fn", "attrib") or _is_foot_paragraph(e)]
    notes = [span for note in foot for span in _part(writer, "note", cell_text(note), note)]
    for parts in found:
        parts.caption, parts.notes = titles, notes
    return found


def write_rows(writer: Writer, table: etree._Element) -> Parts | None:
    """Write the rows of a table, which JATS and HTML make alike; None if all its cells are empty."""
    start = writer.write("")
    lines, parts = grid_text(grid_of(table), _heads(table), start)
    if not parts.body:
        return None
    writer.write(lines + "\n")
    writer.blocks.append(Block("table", start, start + len(lines) - 1, "table", path=writer.path_of(table)))
    return parts


def read_tables(text: str, parts: list[Parts]) -> list[Table]:
    """Read tables once the whole text is written."""
    return [table_of(text, part) for part in parts]


def grid_of(table: etree._Element) -> list[list[SourceField]]:
    """The fields of a table by row and column; a field over several columns or rows stands in the first of them."""
    rows: list[list[SourceField]] = []
    taken: dict[int, int] = {}  # by column, for how many more rows one further up covers it
    room = MAX_COVERED + COVERED_EACH * sum(1 for e in table.iter() if local_name(e) in CELLS)
    for row in _rows(table):
        fields: list[SourceField] = []
        left = {column: rest - 1 for column, rest in taken.items() if rest > 1}
        for cell in (e for e in row if local_name(e) in CELLS):
            while len(fields) in taken:
                fields.append(_COVERED)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            wide, high = (wide, high) if wide * high <= room else (1, 1)
            room -= wide * high - 1
            if high > 1:
                left |= dict.fromkeys(range(len(fields), len(fields) + wide), high - 1)
            fields += [SourceField(cell_text(cell), wide, high), *[_COVERED] * (wide - 1)]
        rows.append(fields)
        taken = left
    return rows


def _rows(table: etree._Element, part: str | None = None) -> Iterator[etree._Element]:
    """The rows of a table, or of one of its parts, without those of tables in its cells."""
    for row in table.iter("{*}tr"):
        above = next((e for e in row.iterancestors() if local_name(e) in ("table", "td", "th")), table)
        if above is table and (part is None or any(local_name(e) == part for e in row.iterancestors())):
            yield row


def _heads(table: etree._Element) -> int:
    """How many rows are heads: those that the table says are, or else those on top of several head cells only."""
    told = sum(1 for _ in _rows(table, "thead"))
    names = ([local_name(cell) for cell in row if local_name(cell) in CELLS] for row in _rows(table))
    return told or sum(1 for _ in takewhile(lambda row: len(row) > 1 and "td" not in row, names))


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, min(MAX_SPAN, int(value))) if value.isdecimal() and len(value) < 6 else 1


def _is_foot_paragraph(element: etree._Element) -> bool:
    parent = element.getparent()
    return local_name(element) == "p" and parent is not None and local_name(parent) == "table-wrap-foot"


def _child_text(element: etree._Element, name: str) -> str:
    return next((cell_text(child) for child in element if local_name(child) == name), "")


def _part(writer: Writer, kind: BlockKind, text: str, element: etree._Element) -> list[tuple[int, int]]:
    before = len(writer.blocks)
    writer.block(kind, text, "table", element)
    return [(block.start, block.end) for block in writer.blocks[before:]]
