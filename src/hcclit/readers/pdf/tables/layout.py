"""A table as it is written: a line for each row, tabs between its cells, each cell's lines joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import numpy as np

from hcclit.readers.pdf.glyphs import Floats, Glyphs
from hcclit.readers.pdf.lines import Line
from hcclit.readers.pdf.tables.build import GridField, TableGrid
from hcclit.readers.pdf.tables.words import Word
from hcclit.readers.pdf.writing import write_line
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
    out = TableRows([], [], sum(row < grid.heads for row in order), places=grid.places)
    for number in order:
        line, fields = _row(glyphs, by_row[number], grid.width, order)
        out.lines.append(line)
        out.rows.append(fields)
    return out


def _row(glyphs: Glyphs, cells: dict[int, GridField], width: int, order: list[int]) -> tuple[Line, list[SourceField]]:
    fields, texts, boxes = [], [], []
    for column in range(width):
        cell = cells.get(column)
        text, places = _cell(glyphs, cell) if cell else ("", _NOWHERE[:0])
        rows = sum(cell.row <= row < cell.row + cell.rows for row in order) if cell else 1
        fields.append(SourceField(text, cell.columns if cell else 1, max(1, rows)))
        texts.append(text)
        boxes += [places, _NOWHERE]
    words = [word for cell in cells.values() for line in cell.words for word in line]
    return _line(words, "\t".join(texts), np.concatenate(boxes[:-1])), fields


def _cell(glyphs: Glyphs, cell: GridField) -> tuple[str, Floats]:
    """The text of a cell with a box for each sign.

    Its lines are joined by a space, or at a hyphen; that is soft as long as it may belong to the line and not the word.
    """
    text, boxes = "", [_NOWHERE[:0]]
    for words in cell.words:
        index = np.concatenate([np.arange(word.first, word.last) for word in words])
        roles = np.concatenate([np.full(word.last - word.first, word.role, np.uint8) for word in words])
        content, places, _ = write_line(glyphs, index, roles)
        if content.lstrip()[:1].islower():
            text = _BREAK.sub("\u00ad", text)
        if text and not text.endswith(_UNSPACED):
            text += " "
            boxes.append(_NOWHERE)
        kept = _kept(content)
        text += content if kept is None else "".join(content[i] for i in kept)
        boxes.append(places if kept is None else places[kept])
    return text, np.concatenate(boxes)


def _kept(text: str) -> list[int] | None:
    """Which signs of a line stay if runs of spaces become one; None if all do."""
    if " ".join(text.split()) == text:
        return None
    inner = range(len(text) - len(text.lstrip()), len(text.rstrip()))
    return [i for i in inner if not (text[i].isspace() and text[i - 1].isspace())]


def _line(words: list[Word], text: str, boxes: Floats) -> Line:
    """The line of a row, as large and as far as its cells."""
    size = sorted(word.size for word in words)[len(words) // 2]
    base = max(word.base for word in words)
    return Line(
        text=text, boxes=boxes, x0=min(word.x0 for word in words), x1=max(word.x1 for word in words),
        top=min(word.base for word in words) - 0.75 * size, bottom=base + 0.22 * size, base=base, size=size,
        bold=all(word.bold for word in words), italic=all(word.italic for word in words), wide=(),
    )  # fmt: skip
