"""The heads of a table: which of its lines they are, their cells, and which columns each covers."""

from __future__ import annotations

import re
from dataclasses import replace

from hcclit.readers.pdf.tables.covers import Edges, Room, cover
from hcclit.readers.pdf.tables.cues import unfinished
from hcclit.readers.pdf.tables.pieces import Piece
from hcclit.readers.pdf.tables.rows import Block, ruled_apart
from hcclit.readers.pdf.tables.rulings import Rule, Rulings

_LINE_OF_CELL = 1.32  # ems between lines of one head at most
_LINE_OF_SIZE = 1.6  # ems, to a line in brackets: `(n = 48)`
_FARTHEST = 1.8
_BESIDE = 0.5
_SIZE = re.compile(r"[(\[]|[nN]\s?=")
_UNEVEN = 0.5  # ems
_FAR = 0.15  # of the pitch of the closest lines


def head_blocks(levels: list[list[Piece]], rulings: Rulings, room: Room, em: float) -> list[Block]:
    """The cells of the heads, each over its columns and in its row, counted from 0.

    Args:
        levels: the pieces of the lines of heads.
        rulings: the rules of the table.
        room: where the cells of each column begin and end, those of the body.
        em: the size of the type.
    """
    pitch = _pitch([piece for level in levels for piece in level], em)
    blocks: list[Block] = []
    for level in levels:
        sizes = all(_SIZE.match(piece.text) for piece in level)
        for piece in level:
            above = [b for b in blocks if b.column <= piece.last and piece.column <= b.last]
            host = max(above, key=lambda b: b.pieces[-1].base, default=None)
            alone = sum(host.column <= p.column <= host.last for p in level) == 1 if host is not None else False
            if host is not None and _goes_on(host, piece, rulings.across, (pitch, sizes, alone), em):
                host.pieces.append(piece)
            else:
                blocks.append(Block(piece.column, [piece], em, piece.last))
    cover(blocks, rulings, replace(room, edges=_with_leaves(blocks, room.edges)), em)
    _layers(blocks)
    return blocks


def _with_leaves(blocks: list[Block], edges: list[Edges]) -> list[Edges]:
    """The edges of columns with the lowest head of each."""
    out = list(edges)
    for block in blocks:
        lower = any(b.top > block.bottom and b.column <= block.last and block.column <= b.last for b in blocks)
        if block.column == block.last and not lower:
            x0, x1 = out[block.column]
            out[block.column] = (min(x0, *(p.x0 for p in block.pieces)), max(x1, *(p.x1 for p in block.pieces)))
    return out


def _pitch(pieces: list[Piece], em: float) -> float:
    """How far apart lines of one cell are, in ems."""
    found = [
        (b.base - a.base) / em
        for a in pieces
        for b in pieces
        if a.column == b.column and a.last == b.last and 0.8 < (b.base - a.base) / em < _LINE_OF_CELL
    ]
    return min(found, default=_LINE_OF_CELL / (1 + _FAR))


def _goes_on(host: Block, piece: Piece, rules: list[Rule], line: tuple[float, bool, bool], em: float) -> bool:
    """Whether a line belongs to the head above it.

    Args:
        host: the head.
        piece: what the line has below it.
        rules: the rules of the table.
        line: the distance of lines in a cell, whether the line has nothing but sizes of groups and the like, and
            whether it has nothing else below the head.
        em: the size of the type.
    """
    pitch, sizes, alone = line
    last = host.pieces[-1]
    if ruled_apart(last, piece, rules):
        return False
    same = (host.column, host.last) == (piece.column, piece.last)
    alike = abs(piece.centre - last.centre) < _UNEVEN * em or abs(piece.x0 - last.x0) < _UNEVEN * em
    inside = alone and host.column <= piece.column and piece.last <= host.last and alike
    distance = (piece.base - last.base) / em
    if sizes and distance <= _LINE_OF_SIZE:
        return _even(host, piece, em)
    if not (same or inside):
        return False
    if (same and distance < _BESIDE) or (distance <= _FARTHEST and unfinished(last.text)):
        return True
    if distance <= min(_LINE_OF_CELL, pitch * (1 + _FAR)):
        return _even(host, piece, em)
    return same and distance <= _FARTHEST and piece.text[:1].islower()


def _even(host: Block, piece: Piece, em: float) -> bool:
    """Whether a line has its beginning, its end or its middle where the lines above it have theirs."""
    pairs = ((piece.x0, "x0"), (piece.x1, "x1"), (piece.centre, "centre"))
    return any(abs(place - getattr(above, name)) < _UNEVEN * em for place, name in pairs for above in host.pieces)


def _layers(blocks: list[Block]) -> None:
    """Number the rows: each head one below the lowest that stands above it, or with those on its line."""
    done: list[Block] = []
    for block in sorted(blocks, key=lambda block: block.centre):
        above = [b.first_row for b in done if b.column <= block.last and block.column <= b.last]
        block.first_row = 1 + max(above, default=-1)
        done.append(block)
    for block in blocks:
        if block.first_row == 0:
            level = [b.first_row for b in blocks if abs(b.pieces[0].base - block.pieces[0].base) < 0.2 * block.em]
            block.first_row = max(set(level), key=level.count)
