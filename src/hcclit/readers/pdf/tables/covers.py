"""Which columns each head covers: by the rule below it, or by the columns whose middle it stands at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hcclit.readers.pdf.tables.rows import Block
from hcclit.readers.pdf.tables.rulings import Rule, Rulings

Edges = tuple[float, float]
Range = tuple[int, int]
_RULE_BELOW = 1.2  # ems
_PARTIAL = 0.93  # of the table's width
_ONE_ROW = 0.5  # ems between the tops of heads in one row
_BESIDE = 0.2  # ems that heads side by side share of their heights
_BELOW = 0.4
_LEFT = 0.4  # ems that heads one below the other may begin apart
_OTHER = 0.4  # ems by which a head has to stand nearer to the middle of other columns than it seems to be over
_BARE = 0.45  # ems that it may be off for each column that has heads further down alone
_ALL_FREE = 0.8  # ems that a single head may be off the middle of all free columns
_GUTTER = 0.2  # of the room between the cells of two columns, which belongs to neither


@dataclass(frozen=True, slots=True)
class Room:
    """Where the cells of each column begin and end, and the table."""

    edges: list[Edges]
    left: float
    right: float

    def inside(self, x0: float, x1: float) -> list[int]:
        """The columns whose middle is between two places."""
        return [i for i, edge in enumerate(self.edges) if x0 < (edge[0] + edge[1]) / 2 < x1]

    def off(self, first: int, last: int, middle: float) -> float:
        """How far a place is from the middle of some columns: of their cells, or of their room to either side."""
        left, right = self.edges[first][0], self.edges[last][1]
        spans = [(left, right)]
        if last > first:
            after = self.edges[last + 1][0] if last + 1 < len(self.edges) else self.right
            before = self.edges[first - 1][1] if first else self.left
            spans.append((left, max(right, after - _GUTTER * (after - right))))
            spans.append((min(left, before + _GUTTER * (left - before)), right))
        return min(abs((a + b) / 2 - middle) for a, b in spans)


def cover(blocks: list[Block], rulings: Rulings, room: Room, em: float) -> None:
    """Tell each head that has others below the first and the last of its columns."""
    told = [b for b in blocks if _by_box(b, rulings.down, room) or _by_rule(b, rulings.across, room, em)]
    told += _evenly([block for block in blocks if block not in told], len(room.edges), em)
    group: list[Block] = []
    for block in sorted((b for b in blocks if b not in told), key=lambda block: block.top):
        if group and block.top - group[0].top > _ONE_ROW * em:
            _spread(group, blocks, room, em)
            group = []
        group.append(block)
    if group:
        _spread(group, blocks, room, em)


def _by_box(block: Block, down: list[Rule], room: Room) -> bool:
    """Let a head cover what stands between the vertical rules on both its sides."""
    x0, x1 = _ends(block)
    level = [rule.at for rule in down if rule.start < block.centre < rule.end]
    left = max((at for at in level if at < x0 + 1), default=None)
    right = min((at for at in level if at > x1 - 1), default=None)
    inside = room.inside(left - 3, right + 3) if left is not None and right is not None else []
    if not inside or len(inside) == len(room.edges):
        return False
    block.column, block.last = inside[0], inside[-1]
    return True


def _evenly(blocks: list[Block], width: int, em: float) -> list[Block]:
    """Let heads that each begin with the first of the heads below them cover as many columns, up to the next one."""
    told: list[Block] = []
    for block in sorted(blocks, key=lambda block: block.column):
        if block in told:
            continue
        row = sorted((b for b in blocks if abs(b.top - block.top) < _BELOW * em), key=lambda b: b.column)
        leaves = {b.column: b for b in blocks if b.column == b.last and b.top > block.bottom - _BELOW * em}
        spans = [b for b in row if b.column in leaves and abs(_ends(leaves[b.column])[0] - _ends(b)[0]) < _LEFT * em]
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


def _by_rule(block: Block, rules: list[Rule], room: Room, em: float) -> bool:
    """Let a head cover what the rule close below it does, if that does not go over all columns."""
    x0, x1 = _ends(block)
    for rule in rules:
        near = 0 < rule.at - block.pieces[-1].base < _RULE_BELOW * em and rule.start < (x0 + x1) / 2 < rule.end
        inside = room.inside(rule.start - 3, rule.end + 3)
        if near and inside and rule.length < _PARTIAL * (room.right - room.left):
            block.column, block.last = inside[0], inside[-1]
            return True
    return False


def _ends(block: Block) -> Edges:
    return min(piece.x0 for piece in block.pieces), max(piece.x1 for piece in block.pieces)


def _spread(group: list[Block], blocks: list[Block], room: Room, em: float) -> None:
    """Spread the heads of one row over the free columns, each at the middle of its own."""
    bottom = min(block.bottom for block in group)
    lower = {c for b in blocks if b.top > bottom - _BELOW * em for c in range(b.column, b.last + 1)}
    if not lower and all(block.column == block.last for block in group):
        return
    beside = [b for b in blocks if b not in group and any(_share_height(b, other, em) for other in group)]
    taken = {c for b in beside for c in range(b.column, b.last + 1)}
    bare = lower - taken
    group = sorted(group, key=lambda block: sum(_ends(block)))
    states: dict[int, tuple[float, list[Range]]] = {0: (0.0, [])}
    for block in group:
        following: dict[int, tuple[float, list[Range]]] = {}
        for cost, (first, last) in _choices(block, room, (taken, bare), em, len(group) == 1):
            for at, (total, chosen) in states.items():
                if first >= at and (last + 1 not in following or total + cost < following[last + 1][0]):
                    following[last + 1] = (total + cost, [*chosen, (first, last)])
        states = following
    if states:
        _, ranges = min(states.values(), key=lambda state: state[0])
        for block, (first, last) in zip(group, ranges, strict=True):
            block.column, block.last = first, last


def _share_height(a: Block, b: Block, em: float) -> bool:
    return a.top < b.bottom - _BESIDE * em and b.top < a.bottom - _BESIDE * em


def _choices(
    block: Block, room: Room, columns: tuple[set[int], set[int]], em: float, alone: bool
) -> list[tuple[float, Range]]:
    """The columns that a head may cover, and what speaks against each choice."""
    taken, bare = columns
    x0, x1 = _ends(block)
    middle = (x0 + x1) / 2
    core = room.inside(x0, x1) or [min(range(len(room.edges)), key=lambda i: room.off(i, i, middle))]
    low = next((c + 1 for c in range(core[0] - 1, -1, -1) if c in taken), 0)
    high = next((c - 1 for c in range(core[-1] + 1, len(room.edges)) if c in taken), len(room.edges) - 1)
    own = (block.column, block.last)
    out = [(room.off(*own, middle), own)]
    for first in range(low, core[0] + 1):
        for last in range(core[-1], high + 1):
            gained = _BARE * len(bare.intersection(range(first, last + 1))) if last > first else 0.0
            if alone and (first, last) == (low, high):
                gained = max(gained, _ALL_FREE)
            other = _OTHER * ((first, last) != own)
            out.append((room.off(first, last, middle) + (other - gained) * em, (first, last)))
    return out
