"""Tables whose format has a grid of its own: rows of fields written as lines with tabs, each field's place kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hcclit.readers.lines import Line
from hcclit.readers.table_parts import Field, Parts


class SourceField(NamedTuple):
    """What a table has in one of its places, and how many columns and rows it covers; empty where another covers it."""

    text: str
    columns: int = 1
    rows: int = 1


def grid_text(rows: Sequence[Sequence[SourceField]], heads: int, at: int) -> tuple[str, Parts]:
    """Write a table's rows as lines, every field in its column between tabs.

    Args:
        rows: the fields of each row, one for each column from the first, as many as the row has.
        heads: how many of the rows are heads; 0 where the format does not say.
        at: where the lines will begin in the document's text.

    Returns:
        the lines, and the parts by which the table is read once its caption and notes are added to them.
    """
    parts = Parts(heads=0)
    lines = []
    for index, row in enumerate(rows):
        line = "\t".join(_one_line(field.text) for field in row)
        place = at
        for column, field in enumerate(row):
            text = _one_line(field.text)
            if text:
                parts.fields.append(Field(place, place + len(text), index, column, field.columns, field.rows))
            place += len(text) + 1
        if stripped := line.strip():
            start = at + len(line) - len(line.lstrip())
            parts.body.append(Line(start, start + len(stripped), stripped, "row"))
            parts.heads = (parts.heads or 0) + (index < heads)
        lines.append(line)
        at += len(line) + 1
    return "".join(f"{line}\n" for line in lines), parts


def _one_line(text: str) -> str:
    """A field's text without what would part lines or fields."""
    return " ".join(text.split())
