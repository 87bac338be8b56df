"""The grid of a table: its cells with their rows and columns, from the words and rules of its region."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hcclit.readers.pdf.glyphs import Glyphs
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.bands import place_blocks, row_cuts
from hcclit.readers.pdf.tables.columns import separators
from hcclit.readers.pdf.tables.heads import head_blocks
from hcclit.readers.pdf.tables.pieces import Column, Piece, pieces_of
from hcclit.readers.pdf.tables.rows import Block, blocks_of, titles_apart
from hcclit.readers.pdf.tables.rulings import Rule, Rulings
from hcclit.readers.pdf.tables.tiles import Row, tile
from hcclit.readers.pdf.tables.words import Word, levels_of, words_of

_FULL = 0.88  # of the table's width
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
    """The cells of a table by row and column, and how many rows are heads (None if that is not known)."""

    fields: list[GridField] = field(default_factory=list)
    heads: int | None = None
    width: int = 0
    places: list[float] = field(default_factory=list)


def grid_of(glyphs: Glyphs, segments: Segments, rulings: Rulings) -> TableGrid | None:
    """Find the grid of a table's region; None where it has no columns."""
    words = words_of(glyphs, segments)
    if not words:
        return None
    em = float(np.median([word.size for word in words]))
    coarse = levels_of(words)
    cuts = separators(coarse, em, rulings.down)
    if not cuts:
        return None
    levels, columns = pieces_of(levels_of(words, _FINE), cuts, em)
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    full = full_rules(rulings.across, left, right)
    count = head_levels(levels, full, em)
    edges = column_edges(levels[count:], columns)
    heads = head_blocks(levels[:count], rulings, edges, em) if count else []
    body = blocks_of(levels[count:], rulings.across, em, len(columns))
    if body:
        titles = [Rule(left, right, at) for at in titles_apart(levels[count:], em)]
        _body_rows(body, full + titles, em)
    shift = 1 + max((b.first_row for b in heads), default=-1)
    fields = [_field(b, b.first_row, b.last - b.column + 1) for b in heads]
    fields += [_field(b, b.first_row + shift, 1) for b in body]
    return TableGrid(fields, shift or None, len(columns), [(x0 + x1) / 2 for x0, x1 in edges])


def _field(block: Block, row: int, columns: int) -> GridField:
    return GridField(tuple(tuple(p.words) for p in block.pieces), row, block.column, block.rows, columns)


def full_rules(across: list[Rule], left: float, right: float) -> list[Rule]:
    """The rules that go over the whole width, perhaps in pieces."""
    out: list[Rule] = []
    groups: list[list[Rule]] = []
    for rule in sorted(across, key=lambda rule: rule.at):
        if groups and rule.at - groups[-1][0].at < 1.5:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for group in groups:
        inside = sum(min(r.end, right) - max(r.start, left) for r in group if r.end > left and r.start < right)
        if inside > _FULL * (right - left):
            out.append(Rule(min(r.start for r in group), max(r.end for r in group), group[0].at))
    return out


def head_levels(levels: list[list[Piece]], full: list[Rule], em: float) -> int:
    """How many of the first lines are heads: those above the first rule inside the table, or those without values."""
    bases = [min(piece.base for piece in level) for level in levels]
    inner = [rule.at for rule in full if bases[0] < rule.at < bases[-1]]
    if inner:
        count = sum(base < inner[0] for base in bases)
        if not _has_values(levels[:count]):
            return _with_lower_heads(levels, bases, inner, count)
    count = 0
    for i, level in enumerate(levels):
        values = sum(piece.is_value for piece in level if piece.column > 0)
        if values * 2 >= max(1, len([piece for piece in level if piece.column > 0])) and len(level) > 1 and values:
            break
        if len(level) > 1:
            count = i + 1
    else:
        return 1
    return count


def _with_lower_heads(levels: list[list[Piece]], bases: list[float], inner: list[float], count: int) -> int:
    """How many lines are heads where each row stands between rules: rows without label and values below them, too."""
    for height in inner[1:]:
        end = sum(base < height for base in bases)
        row = [piece for level in levels[count:end] for piece in level]
        if any(piece.column == 0 or piece.is_value for piece in row):
            break
        count = end
    return count


def _has_values(levels: list[list[Piece]]) -> bool:
    pieces = [piece for level in levels for piece in level if piece.column > 0]
    return sum(piece.is_value for piece in pieces) > 0.5 * len(pieces)


def _body_rows(blocks: list[Block], full: list[Rule], em: float) -> None:
    """Give the blocks of the body their rows."""
    top, bottom = min(block.top for block in blocks), max(block.bottom for block in blocks)
    rules = [rule for rule in full if top + 0.3 * em < rule.at < bottom - 0.3 * em]
    cuts = row_cuts(blocks, rules, em)
    count = place_blocks(blocks, cuts, em)
    ruled = {i + 1 for i, cut in enumerate(cuts) if any(abs(rule.at - cut) < 0.2 * em for rule in rules)}
    for column in sorted({block.column for block in blocks}):
        others = [b for b in blocks if b.column != column and b.rows == 1] or blocks
        tile([b for b in blocks if b.column == column], _rows(others, count, ruled), em)


def _rows(blocks: list[Block], count: int, ruled: set[int]) -> list[Row]:
    """Where the rows stand, by some of the blocks."""
    out: list[Row] = []
    for i in range(count):
        inside = [b for b in blocks if b.first_row == i]
        top = min((b.top for b in inside), default=out[-1].bottom if out else 0.0)
        filled = any(b.column > 0 for b in inside)
        out.append(Row(top, max((b.bottom for b in inside), default=top), filled, i in ruled))
    return out


def column_edges(levels: list[list[Piece]], columns: list[Column]) -> list[tuple[float, float]]:
    """Where the cells of each column begin and end."""
    out: list[tuple[float, float]] = []
    for i, column in enumerate(columns):
        pieces = [piece for level in levels for piece in level if piece.column == piece.last == i]
        x0, x1 = (min(p.x0 for p in pieces), max(p.x1 for p in pieces)) if pieces else (column.x0, column.x1)
        out.append((x0, x1))
    return out
