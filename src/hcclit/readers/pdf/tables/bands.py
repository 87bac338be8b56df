"""Bands of a table's height that are its rows, and cells that reach over several of them."""

from __future__ import annotations

from itertools import pairwise

from hcclit.readers.pdf.tables.rows import Block
from hcclit.readers.pdf.tables.rulings import Rule

_SLACK = 0.2  # ems
_FITS = 0.4  # ems that a cell's middle may be off that of the rows it covers


def row_cuts(blocks: list[Block], rules: list[Rule], em: float) -> list[float]:
    """The fewest heights that part all cells of one column from one another, and all full rules."""
    gaps = []
    columns: dict[int, list[Block]] = {}
    for block in sorted(blocks, key=lambda block: block.top):
        columns.setdefault(block.column, []).append(block)
    for column in columns.values():
        for a, b in pairwise(column):
            middle = (a.bottom + b.top) / 2
            gaps.append((min(a.bottom, middle), max(b.top, middle), a.column))
    gaps += [(rule.at - 0.1, rule.at + 0.1, -1) for rule in rules]
    cuts: list[float] = []
    group: list[tuple[float, float, int]] = []
    for gap in sorted(gaps, key=lambda gap: gap[1]):
        if group and gap[0] <= min(other[1] for other in group) + 0.01:
            group.append(gap)
            continue
        if group:
            cuts += _cut(group, blocks)
        group = [gap]
    if group:
        cuts += _cut(group, blocks)
    return cuts


def _cut(group: list[tuple[float, float, int]], blocks: list[Block]) -> list[float]:
    """The height inside all gaps of a group; none if more columns go through it than have a gap there."""
    low, high = max(gap[0] for gap in group), min(gap[1] for gap in group)
    place = (low + high) / 2
    parted = {column for _, _, column in group}
    if -1 in parted:
        return [place]
    through = {b.column for b in blocks if b.top + 0.3 * b.em < place < b.bottom - 0.3 * b.em} - parted
    return [place] if len(through) <= len(parted) else []


def place_blocks(blocks: list[Block], cuts: list[float], em: float) -> int:
    """Tell each block its first row and how many it covers; the number of rows."""
    edges = [float("-inf"), *cuts, float("inf")]
    for block in blocks:
        first = next(i for i in range(len(cuts) + 1) if block.top + 0.3 * em < edges[i + 1])
        last = next(i for i in range(first, len(cuts) + 1) if block.bottom - 0.3 * em < edges[i + 1])
        block.first_row, block.rows = first, max(1, last - first + 1)
    return len(cuts) + 1
