"""JATS tables: written with tabs between their fields, every field in its column, then read as such tables are."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hcclit.document import Block, Table
from hcclit.readers.flat_tables import table_of
from hcclit.readers.jats.inline import inline_text, local_name
from hcclit.readers.jats.writer import Writer, path_of
from hcclit.readers.lines import Line
from hcclit.readers.table_parts import Parts

MAX_SPAN = 100
"""Columns or rows that one field may cover; more is damage, and would cost memory."""


def write_table(writer: Writer, wrap: etree._Element) -> list[Parts]:
    """Write a table's caption, rows and notes; the parts of each of its tables, by which they are read."""
    caption = " ".join(filter(None, (_child_text(wrap, "label"), _child_text(wrap, "caption"))))
    tables = [e for e in wrap.iter() if local_name(e) == "table"]
    notes = [e for e in wrap.iter() if local_name(e) in ("fn", "attrib") or _is_foot_paragraph(e)]
    return write_rows(writer, (caption, wrap), tables, notes)


def write_rows(
    writer: Writer,
    caption: tuple[str, etree._Element],
    tables: list[etree._Element],
    notes: list[etree._Element],
) -> list[Parts]:
    """Write tables that share a caption and notes; JATS and HTML make rows and cells alike."""
    parts = Parts()
    _part(writer, parts.caption, "caption", *caption)
    found = []
    for table in tables:
        body = Parts(caption=list(parts.caption), heads=sum(1 for _ in _rows(table, "thead")))
        start = writer.write("")
        for row in grid_of(table):
            line = "\t".join(row)
            at = writer.write(line + "\n")
            if stripped := line.strip():
                at += len(line) - len(line.lstrip())
                body.body.append(Line(at, at + len(stripped), stripped, "row"))
        end = writer.write("\n") - 1
        if body.body:
            writer.blocks.append(Block("table", start, end, "table", path=path_of(table)))
            found.append(body)
    for note in notes:
        _part(writer, parts.notes, "note", inline_text(note), note)
    for body in found:
        body.notes = parts.notes
    return found


def read_tables(text: str, parts: list[Parts]) -> list[Table]:
    """Read tables once the whole text is written."""
    return [table_of(text, part) for part in parts]


def grid_of(table: etree._Element) -> list[list[str]]:
    """The fields of a table by row and column; a field over several columns or rows stands in the first of them."""
    rows: list[list[str]] = []
    taken: dict[tuple[int, int], bool] = {}
    for index, row in enumerate(_rows(table)):
        fields: list[str] = []
        column = 0
        for cell in (e for e in row if local_name(e) in ("td", "th")):
            while taken.pop((index, column), False):
                fields.append("")
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            fields += [inline_text(cell).replace("\t", " "), *[""] * (wide - 1)]
            taken |= {(index + down, column + right): True for down in range(1, high) for right in range(wide)}
            column += wide
        rows.append(fields)
    return rows


def _rows(table: etree._Element, part: str | None = None) -> Iterator[etree._Element]:
    for element in table.iter():
        if local_name(element) == "tr" and (part is None or local_name(element.getparent()) == part):  # type: ignore[arg-type]
            yield element


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, min(MAX_SPAN, int(value))) if value.isdigit() and len(value) < 6 else 1


def _is_foot_paragraph(element: etree._Element) -> bool:
    parent = element.getparent()
    return local_name(element) == "p" and parent is not None and local_name(parent) == "table-wrap-foot"


def _child_text(element: etree._Element, name: str) -> str:
    return next((inline_text(child) for child in element if local_name(child) == name), "")


def _part(writer: Writer, spans: list[tuple[int, int]], kind: str, text: str, element: etree._Element) -> None:
    before = len(writer.blocks)
    writer.block("caption" if kind == "caption" else "note", text, "table", element)
    spans += [(block.start, block.end) for block in writer.blocks[before:]]
