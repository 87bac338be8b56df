"""The heads of a table: which of its lines they are, their cells, and which columns each covers."""

from __future__ import annotations

from itertools import pairwise

from hcclit.readers.pdf.tables.cues import continues
from hcclit.readers.pdf.tables.pieces import Piece
from hcclit.readers.pdf.tables.rows import Block, ruled_apart
from hcclit.readers.pdf.tables.rulings import Rule, Rulings

Edges = tuple[float, float]
_LINE_OF_CELL = 1.32  # ems between lines of one head at most
_RULE_BELOW = 1.2  # ems
_PARTIAL = 0.93  # of the table's width
_BETTER = 0.4  # ems by which a head has to stand nearer to the middle of more columns
_ALL_FREE = 0.8  # ems that it may be off the middle of all that are free
_FAR = 0.15  # of the pitch of the closest lines
_LEFT = 0.4  # ems that heads one below the other may begin apart


def head_blocks(levels: list[list[Piece]], rulings: Rulings, edges: list[Edges], em: float) -> list[Block]:
    """The cells of the heads, each over its columns and in its row, counted from 0.

    Args:
        levels: the pieces of the lines of heads.
        rulings: the rules of the table.
        edges: where the cells of each column begin and end, those of the body.
        em: the size of the type.
    """
    pieces = sorted((piece for level in levels for piece in level), key=lambda piece: (piece.base, piece.x0))
    pitch = _pitch(pieces, em)
    blocks: list[Block] = []
    for piece in pieces:
        above = [b for b in blocks if b.column <= piece.last and piece.column <= b.last]
        host = max(above, key=lambda b: b.pieces[-1].base, default=None)
        if host is not None and _is_below(host, piece, pieces, em) and _goes_on(host, piece, rulings.across, pitch, em):
            host.pieces.append(piece)
            host.last = max(host.last, piece.last)
        else:
            blocks.append(Block(piece.column, [piece], em, piece.last))
    edges = _with_leaves(blocks, edges)
    _cover(blocks, rulings, edges, em)
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


def _is_below(host: Block, piece: Piece, pieces: list[Piece], em: float) -> bool:
    """Whether a line stands in the columns of the head above it, or alone at its beginning or middle."""
    if (host.column, host.last) == (piece.column, piece.last):
        return True
    beside = [p for p in pieces if abs(p.base - piece.base) < 0.3 * em and host.column <= p.column <= host.last]
    alike = abs(host.x0 - piece.x0) < _LEFT * em or abs(host.pieces[0].centre - piece.centre) < _LEFT * em
    return len(beside) == 1 and alike


def _goes_on(host: Block, piece: Piece, rules: list[Rule], pitch: float, em: float) -> bool:
    last = host.pieces[-1]
    if ruled_apart(last, piece, rules):
        return False
    distance = (piece.base - last.base) / em
    if distance < 0.5:
        return True
    if distance <= min(_LINE_OF_CELL, pitch * (1 + _FAR)):
        return True
    return distance <= 1.8 and continues(last.text, piece.text)


def _cover(blocks: list[Block], rulings: Rulings, edges: list[Edges], em: float) -> None:
    """Let each head over others cover its columns: by its box, by the rule below it, or by its place."""
    told: list[Block] = []
    for block in sorted(blocks, key=lambda block: block.top):
        box = _box(block, rulings.down) or _rule_below(block, rulings.across, edges, em)
        inside = [i for i, (x0, x1) in enumerate(edges) if box and box[0] - 3 < (x0 + x1) / 2 < box[1] + 3]
        if inside:
            block.column, block.last = inside[0], inside[-1]
            told.append(block)
    told += _spread_evenly([block for block in blocks if block not in told], len(edges), em)
    for block in sorted(blocks, key=lambda block: block.top):
        below = any(b.top > block.bottom - 0.4 * em for b in blocks)
        if block not in told and (below or block.last > block.column):
            _widen(block, blocks, edges, em)


def _box(block: Block, down: list[Rule]) -> Edges | None:
    """The vertical rules on both sides of a head, where all its line is boxed."""
    level = [rule.at for rule in down if rule.start < block.centre < rule.end]
    left = max((at for at in level if at < block.x0 + 1), default=None)
    right = min((at for at in level if at > block.x1 - 1), default=None)
    return None if left is None or right is None else (left, right)


def _spread_evenly(blocks: list[Block], width: int, em: float) -> list[Block]:
    """Let heads that each begin with the first of the heads below them cover as many columns, up to the next one."""
    told: list[Block] = []
    for block in sorted(blocks, key=lambda block: block.column):
        if block in told:
            continue
        row = sorted((b for b in blocks if abs(b.top - block.top) < 0.3 * em), key=lambda b: b.column)
        leaves = {b.column: b for b in blocks if b.column == b.last and b.top > block.bottom - 0.4 * em}
        spans = [b for b in row if b.column in leaves and abs(leaves[b.column].x0 - b.x0) < _LEFT * em]
        steps = {b.column - a.column for a, b in pairwise(spans)}
        if len(steps) != 1 or (step := min(steps)) < 2:
            continue
        covered = range(spans[0].column, spans[-1].column + step)
        others = [b for b in row if b not in spans and b.column in covered]
        if not others and covered.stop <= width and all(column in leaves for column in covered):
            for span in spans:
                span.last = span.column + step - 1
            told += spans
    return told


def _rule_below(block: Block, rules: list[Rule], edges: list[Edges], em: float) -> Edges | None:
    """The ends of the rule close below a head that does not go over all columns."""
    whole = edges[-1][1] - edges[0][0]
    middle = (block.x0 + block.x1) / 2
    for rule in rules:
        near = 0 < rule.at - block.pieces[-1].base < _RULE_BELOW * em
        if near and rule.start < middle < rule.end and rule.length < _PARTIAL * whole:
            return rule.start, rule.end
    return None


def _widen(block: Block, blocks: list[Block], edges: list[Edges], em: float) -> None:
    """Spread a head over the free columns beside it whose middle it stands at; best over all of them."""
    taken = {
        c
        for other in blocks
        if other is not block and other.top < block.bottom - 0.2 * em and block.top < other.bottom - 0.2 * em
        for c in range(other.column, other.last + 1)
    }
    first = next((c + 1 for c in range(block.column - 1, -1, -1) if c in taken), 0)
    last = next((c - 1 for c in range(block.last + 1, len(edges)) if c in taken), len(edges) - 1)
    middle = (block.x0 + block.x1) / 2
    best, found = _off(edges, block.column, block.last, middle) - _BETTER * em, (block.column, block.last)
    for a in range(first, block.column + 1):
        for b in range(block.last, last + 1):
            off = _off(edges, a, b, middle) - (_ALL_FREE * em if (a, b) == (first, last) else 0.0)
            if off < best:
                best, found = off, (a, b)
    block.column, block.last = found


def _off(edges: list[Edges], first: int, last: int, middle: float) -> float:
    """How far the middle of a head is from that of some columns."""
    return abs((edges[first][0] + edges[last][1]) / 2 - middle)


def _layers(blocks: list[Block]) -> None:
    """Number the rows: each head one below the lowest that stands above it."""
    done: list[Block] = []
    for block in sorted(blocks, key=lambda block: block.centre):
        above = [b.first_row for b in done if b.column <= block.last and block.column <= b.last]
        block.first_row = 1 + max(above, default=-1)
        done.append(block)
