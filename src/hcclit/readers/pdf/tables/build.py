"""The grid of a table: its cells with their rows and columns, from the words and rules of its region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from hcclit.readers.pdf.glyphs import Glyphs
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.bands import place_blocks, row_cuts
from hcclit.readers.pdf.tables.boxes import BoxCell, box_cells, head_rows
from hcclit.readers.pdf.tables.columns import chunks, separators
from hcclit.readers.pdf.tables.covers import Room
from hcclit.readers.pdf.tables.head_lines import head_lines
from hcclit.readers.pdf.tables.heads import head_blocks
from hcclit.readers.pdf.tables.pieces import column_edges, pieces_of
from hcclit.readers.pdf.tables.rows import Block, blocks_of, titles_apart
from hcclit.readers.pdf.tables.rulings import Rule, Rulings, full_rules
from hcclit.readers.pdf.tables.tiles import Row, tile
from hcclit.readers.pdf.tables.words import Word, levels_of, words_of

_MOST_OVER = 0.5  # of the cells, over the places between the columns of the page before
_MOST_WORDS = 10_000  # more is a drawing
_FINE = 0.22  # ems; base lines of cells side by side differ less


@dataclass(frozen=True, slots=True)
class GridField:
    """A cell: its words, its row and column, how many of each it covers."""

    words: tuple[tuple[Word, ...], ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class TableGrid:
    """The cells of a table, how many rows are heads, how many columns it has, their middles, the places between."""

    fields: list[GridField]
    heads: int
    width: int
    places: list[float]
    cuts: list[float] = field(default_factory=list)


def grid_of(glyphs: Glyphs, segments: Segments, rulings: Rulings, known: Sequence[float] = ()) -> TableGrid | None:
    """Find the grid of a table's region; None where it has no columns.

    Args:
        glyphs: the signs of the page.
        segments: those of the table's body.
        rulings: the rules in it.
        known: the places between its columns, if the page before tells them.
    """
    words = words_of(glyphs, segments)
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    em = float(np.median([word.size for word in words]))
    boxes = box_cells(words, rulings, em)
    if boxes is not None:
        return _of_boxes(boxes)
    coarse = levels_of(words)
    cuts = _fitting(coarse, known, em) or separators(coarse, em, rulings.down)
    return _of_columns(words, cuts, rulings, em) if cuts else None


def _of_columns(words: list[Word], cuts: list[float], rulings: Rulings, em: float) -> TableGrid:
    """The grid of a table whose columns are known."""
    levels, columns = pieces_of(levels_of(words, _FINE), cuts, em)
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    full = full_rules(rulings.across, left, right)
    count = head_lines(levels, full)
    edges = column_edges(levels[count:], columns)
    left_edge, right_edge = min([left, *(r.start for r in full)]), max([right, *(r.end for r in full)])
    room = Room(edges, left_edge, right_edge)
    heads = head_blocks(levels[:count], rulings, room, em) if count else []
    body = blocks_of(levels[count:], rulings.across, em, len(columns))
    if body:
        titles = [Rule(left, right, at) for at in titles_apart(levels[count:], em)]
        _body_rows(body, [*full, *titles], em)
    shift = 1 + max((b.first_row for b in heads), default=-1)
    fields = [_field(b, b.first_row, b.last - b.column + 1) for b in heads]
    fields += [_field(b, b.first_row + shift, 1) for b in body]
    return TableGrid(fields, shift, len(columns), [(x0 + x1) / 2 for x0, x1 in edges], cuts)


def _of_boxes(cells: list[BoxCell]) -> TableGrid:
    """The grid of a table whose cells are boxes."""
    fields = [GridField(c.lines, c.row, c.column, c.rows, c.columns) for c in cells]
    width = max(c.column + c.columns for c in cells)
    return TableGrid(fields, head_rows(cells), width, [float(i) for i in range(width)])


def _fitting(levels: list[list[Word]], cuts: Sequence[float], em: float) -> list[float]:
    """The columns of the part before, if few of the cells stand over the places between them; spanning heads may."""
    lines = [chunks(level, em) for level in levels]
    cells = [cell for line in lines if 2 * len(line) > len(cuts) for cell in line]
    over = sum(any(x0 + 0.3 * em < cut < x1 - 0.3 * em for cut in cuts) for x0, x1 in cells)
    return list(cuts) if over <= _MOST_OVER * len(cells) else []


def _field(block: Block, row: int, columns: int) -> GridField:
    return GridField(tuple(tuple(p.words) for p in block.pieces), row, block.column, block.rows, columns)


def _body_rows(blocks: list[Block], full: list[Rule], em: float) -> None:
    """Give the blocks of the body their rows."""
    top, bottom = min(block.top for block in blocks), max(block.bottom for block in blocks)
    rules = [rule for rule in full if top + 0.3 * em < rule.at < bottom - 0.3 * em]
    cuts = row_cuts(blocks, rules, em)
    count = place_blocks(blocks, cuts, em)
    ruled = {i + 1 for i, cut in enumerate(cuts) if any(abs(rule.at - cut) < 0.2 * em for rule in rules)}
    filled = len({block.first_row for block in blocks if block.column > 0})
    for column in sorted({block.column for block in blocks}):
        own = [block for block in blocks if block.column == column]
        if len(own) < filled or any(block.rows > 1 for block in own):
            others = [block for block in blocks if block.column != column and block.rows == 1]
            tile(own, _rows(others or blocks, count, ruled), em)


def _rows(blocks: list[Block], count: int, ruled: set[int]) -> list[Row]:
    """Where the rows stand, by some of the blocks."""
    inside: list[list[Block]] = [[] for _ in range(count)]
    for block in blocks:
        inside[block.first_row].append(block)
    out: list[Row] = []
    for i, row in enumerate(inside):
        top = min((b.top for b in row), default=out[-1].bottom if out else 0.0)
        filled = any(b.column > 0 for b in row)
        out.append(Row(top, max((b.bottom for b in row), default=top), filled, i in ruled))
    return out
