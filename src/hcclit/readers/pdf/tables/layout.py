"""A table as it is written: a line for each row, tabs between its cells, each cell's lines joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import numpy as np

from hcclit.readers.pdf.glyphs import Floats, Glyphs
from hcclit.readers.pdf.lines import Line, lines_of
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.build import GridField, TableGrid
from hcclit.readers.pdf.tables.words import Word
from hcclit.readers.source_grid import SourceField

_UNSPACED = ("-", "‐", "/", "–", "\u00ad")
_BREAK = re.compile(r"(?<=[^\W\d_])[-‐]$")
_NOWHERE = np.zeros((1, 4), np.float32)


@dataclass(slots=True)
class TableRows:
    """The rows of a table as lines, what each has in its columns, and how many are heads.

    `label` is the number that its caption gives, `continued` says that it may go on with a table before it; `places`
    are the middles of its columns.
    """

    lines: list[Line]
    rows: list[list[SourceField]]
    heads: int
    label: str = ""
    continued: bool = False
    places: list[float] = field(default_factory=list)


def written(glyphs: Glyphs, grid: TableGrid) -> TableRows:
    """Write a grid; rows without a cell are left out."""
    by_row: dict[int, dict[int, GridField]] = {}
    for cell in sorted(grid.fields, key=lambda cell: (cell.row, cell.column)):
        row = by_row.setdefault(cell.row, {})
        known = row.get(cell.column)  # two cells may stand in one place
        row[cell.column] = replace(known, words=(*known.words, *cell.words)) if known else cell
    order = sorted(by_row)
    out = TableRows([], [], sum(row < (grid.heads or 0) for row in order), places=grid.places)
    for number in order:
        line, fields = _row(glyphs, by_row[number], grid.width, order)
        out.lines.append(line)
        out.rows.append(fields)
    return out


def _row(glyphs: Glyphs, cells: dict[int, GridField], width: int, order: list[int]) -> tuple[Line, list[SourceField]]:
    fields, texts, boxes, lines = [], [], [], []
    for column in range(width):
        cell = cells.get(column)
        text, places, found = _cell(glyphs, cell) if cell else ("", _NOWHERE[:0], [])
        rows = sum(cell.row <= row < cell.row + cell.rows for row in order) if cell else 1
        fields.append(SourceField(text, cell.columns if cell else 1, max(1, rows)))
        texts.append(text)
        boxes += [places, _NOWHERE]
        lines += found
    return _joined(lines, "\t".join(texts), np.concatenate(boxes[:-1])), fields


def _cell(glyphs: Glyphs, cell: GridField) -> tuple[str, Floats, list[Line]]:
    """The text of a cell with a box for each sign.

    Its lines are joined by a space, or at a hyphen; that is soft as long as it may belong to the line and not the word.
    """
    lines = lines_of(glyphs, _segments(glyphs, [word for line in cell.words for word in line]))
    text, boxes = "", [_NOWHERE[:0]]
    for line in lines:
        content = " ".join(line.text.split())
        kept = line.boxes if content == line.text else _kept(line)
        if content[:1].islower():
            text = _BREAK.sub("\u00ad", text)
        if text and not text.endswith(_UNSPACED):
            text += " "
            boxes.append(_NOWHERE)
        text += content
        boxes.append(kept)
    return text, np.concatenate(boxes), lines


def _kept(line: Line) -> Floats:
    """The boxes of a line's signs once runs of spaces are one."""
    chosen, before = [], " "
    for i, sign in enumerate(line.text):
        if not (sign.isspace() and before.isspace()):
            chosen.append(i)
        before = sign
    while chosen and line.text[chosen[-1]].isspace():
        chosen.pop()
    return line.boxes[chosen]


def _segments(glyphs: Glyphs, words: list[Word]) -> Segments:
    first = np.array([word.first for word in words], np.intp)
    last = np.array([word.last for word in words], np.intp)
    top = np.array([(glyphs.base[a:b] - 0.75 * glyphs.size[a:b]).min() for a, b in zip(first, last, strict=True)])
    bottom = np.array([(glyphs.base[a:b] + 0.22 * glyphs.size[a:b]).max() for a, b in zip(first, last, strict=True)])
    base = np.array([glyphs.base[a:b].max() for a, b in zip(first, last, strict=True)], np.float32)
    size = np.array([glyphs.size[a:b].max() for a, b in zip(first, last, strict=True)], np.float32)
    x0 = np.array([word.x0 for word in words], np.float32)
    x1 = np.array([word.x1 for word in words], np.float32)
    return Segments(first, last, x0, x1, top.astype(np.float32), bottom.astype(np.float32), base, size)


def _joined(lines: list[Line], text: str, boxes: Floats) -> Line:
    """The line of a row, as large and as far as its cells."""
    size = sorted(line.size for line in lines)[len(lines) // 2]
    return Line(
        text=text, boxes=boxes, x0=min(line.x0 for line in lines), x1=max(line.x1 for line in lines),
        top=min(line.top for line in lines), bottom=max(line.bottom for line in lines),
        base=max(line.base for line in lines), size=size,
        bold=all(line.bold for line in lines), italic=all(line.italic for line in lines), wide=(),
    )  # fmt: skip
