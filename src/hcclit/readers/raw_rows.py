"""The lines of a table's body as rows of fields, with the white space that stands before them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.readers.grid import Span
from hcclit.readers.lines import Line
from hcclit.readers.table_lines import Role, role
from hcclit.readers.value_units import Unit, tail, units

_GAP = re.compile(r"[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0\u2002\u2003]{2,}")
_SPACE = " \u00a0\u2002\u2003\u2009\r\f\v"
_LONGEST, _LONGEST_TABBED = 2000, 20_000
"""Signs of a row; a longer one is text that ran together, or damage. Tabs hold much text in cells apart."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A body line: its span, indentation, kind and units, and how many of these are values at its end."""

    start: int
    end: int
    indent: int
    role: Role
    units: tuple[Unit, ...]
    tail: int
    trails: bool  # white space at its end, which some extractors leave where a phrase goes on

    @property
    def worded(self) -> bool:
        """Whether words stand before the values."""
        return self.tail < len(self.units)


def raw_rows(text: str, body: list[Line]) -> list[RawRow]:
    """Measure the lines of a body."""
    rows = []
    for line in body:
        if line.end - line.start > (_LONGEST_TABBED if "\t" in line.text else _LONGEST):
            continue
        parts = units(text, line.start, line.end)
        indent = _indent(text, line.start)
        trails = text[line.end : line.end + 1] in (" ", "\u00a0")
        rows.append(RawRow(line.start, line.end, indent, role(line), tuple(parts), tail(parts), trails))
    return _without_page_starts(rows)


def _indent(text: str, start: int) -> int:
    at = start
    while at > 0 and text[at - 1] in _SPACE and start - at < _LONGEST:
        at -= 1
    return start - at


def _without_page_starts(rows: list[RawRow]) -> list[RawRow]:
    """A single space before one line alone marks a page's start, not an indentation."""
    if sum(row.indent == 1 for row in rows) > 1:
        return rows
    return [row if row.indent != 1 else _flush(row) for row in rows]


def _flush(row: RawRow) -> RawRow:
    return RawRow(row.start, row.end, 0, row.role, row.units, row.tail, row.trails)


def tab_fields(text: str, row: RawRow) -> list[Span]:
    """The fields between tabs, empty ones as empty spans, from the line's true beginning."""
    begin = text.rfind("\n", max(0, row.start - _LONGEST), row.start) + 1
    stop = text.find("\n", row.end, row.end + _LONGEST)
    stop = len(text) if stop < 0 else stop
    fields, at = [], begin
    for field in text[begin:stop].split("\t"):
        stripped = field.strip()
        start = at + len(field) - len(field.lstrip()) if stripped else at
        fields.append((start, start + len(stripped)))
        at += len(field) + 1
    return fields


def gap_fields(text: str, row: RawRow) -> list[Span]:
    """The parts of a row that stand apart by two or more spaces."""
    out, at = [], row.start
    for gap in _GAP.finditer(text, row.start, row.end):
        out.append((at, gap.start()))
        at = gap.end()
    return [span for span in (*out, (at, row.end)) if span[1] > span[0]]
