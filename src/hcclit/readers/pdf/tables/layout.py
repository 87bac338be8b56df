"""A table as it is written: a line for each row, tabs between its cells, each cell's lines joined."""

from __future__ import annotations

import re
from bisect import bisect_left
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
_INDENT = 2  # spaces
_EVEN = 0.4  # ems; labels that begin closer together begin in one place
_MOST_STEPS = 4
_OFTEN = 0.8  # of the labels, that begin where others do
_NOWHERE = np.zeros((1, 4), np.float32)


@dataclass(slots=True)
class TableRows:
    """The rows of a table as lines, what each has in its columns, and how many are heads.

    `label` is the number that its caption gives, `captioned_below` says that this follows, `continued` that the table
    may go on with one before it; `places` are the middles of its columns, `indents` how many spaces stand before each
    row's label.
    """

    lines: list[Line]
    rows: list[list[SourceField]]
    heads: int
    label: str = ""
    continued: bool = False
    captioned_below: bool = False
    places: list[float] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)


def written(glyphs: Glyphs, grid: TableGrid) -> TableRows:
    """Write a grid; rows without a cell are left out."""
    by_row: dict[int, dict[int, GridField]] = {}
    for cell in sorted(grid.fields, key=lambda cell: (cell.row, cell.column)):
        row = by_row.setdefault(cell.row, {})
        known = row.get(cell.column)  # two cells may stand in one place
        row[cell.column] = replace(known, words=(*known.words, *cell.words)) if known else cell
    order = sorted(by_row)
    heads = sum(row < grid.heads for row in order)
    out = TableRows([], [], heads, places=grid.places)
    out.indents = [0] * heads + _indents([by_row[row].get(0) for row in order[heads:]])
    for number, indent in zip(order, out.indents, strict=True):
        line, fields = _row(glyphs, by_row[number], grid.width, order)
        line.text = " " * indent + line.text
        line.boxes = np.concatenate([np.repeat(_NOWHERE, indent, axis=0), line.boxes])
        out.lines.append(line)
        out.rows.append(fields)
    return out


def _indents(labels: list[GridField | None]) -> list[int]:
    """How far the labels of rows are indented, in steps of two spaces; not at all if they begin anywhere."""
    lines = [line for label in labels if label for line in label.words]
    em = max((word.size for line in lines for word in line), default=1.0)
    steps = _steps([line[0].x0 for line in lines], em)
    places = [label.words[0][0].x0 if label else steps[0] if steps else 0.0 for label in labels]
    return [
        _INDENT * max((i for i, step in enumerate(steps) if place > step - 0.5 * em), default=0) for place in places
    ]


def _steps(places: list[float], em: float) -> list[float]:
    """Where labels begin, from the left; none if few of them begin in the same places."""
    groups: list[list[float]] = []
    for place in sorted(places):
        if groups and place - groups[-1][0] < _EVEN * em:
            groups[-1].append(place)
        else:
            groups.append([place])
    often = [group for group in groups if len(group) > 1]
    if not often or len(often) > _MOST_STEPS or sum(map(len, often)) < _OFTEN * len(places):
        return []
    return [group[0] for group in often]


def _row(glyphs: Glyphs, cells: dict[int, GridField], width: int, order: list[int]) -> tuple[Line, list[SourceField]]:
    fields, texts, boxes = [], [], []
    for column in range(width):
        cell = cells.get(column)
        text, places = _cell(glyphs, cell) if cell else ("", _NOWHERE[:0])
        rows = bisect_left(order, cell.row + cell.rows) - bisect_left(order, cell.row) if cell else 1
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
