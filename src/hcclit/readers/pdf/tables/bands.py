"""Bands of a table's height that are its rows, and cells that reach over several of them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

import numpy as np

from hcclit.readers.pdf.glyphs import Floats
from hcclit.readers.pdf.tables.rows import Block
from hcclit.readers.pdf.tables.rulings import Rule

_INTO = 0.3  # ems that a cell may reach into the next row
Gap = tuple[float, float, int]
"""The heights between two cells of a column, and the column; a rule's column is -1."""


def row_cuts(blocks: list[Block], rules: list[Rule], em: float) -> list[float]:
    """The fewest heights that part all cells of one column from one another, and all full rules."""
    gaps: list[Gap] = []
    columns: dict[int, list[Block]] = {}
    for block in sorted(blocks, key=lambda block: block.top):
        columns.setdefault(block.column, []).append(block)
    for column in columns.values():
        for a, b in pairwise(column):
            middle = (a.bottom + b.top) / 2
            gaps.append((min(a.bottom, middle), max(b.top, middle), a.column))
    gaps += [(rule.at - 0.1, rule.at + 0.1, -1) for rule in rules]
    places = np.array([(b.top + _INTO * em, b.bottom - _INTO * em, b.column) for b in blocks], np.float32).T
    groups: list[list[Gap]] = []
    for gap in sorted(gaps, key=lambda gap: gap[1]):
        if groups and gap[0] <= groups[-1][0][1] + 0.01:
            groups[-1].append(gap)
        else:
            groups.append([gap])
    return [place for group in groups for place in _cut(group, places)]


def _cut(group: list[Gap], places: Floats) -> list[float]:
    """The height inside all gaps of a group; none if more columns go through it than have a gap there.

    Args:
        group: the gaps, that which ends first leading.
        places: where the blocks begin and end and their columns, a row each.
    """
    height = (max(gap[0] for gap in group) + group[0][1]) / 2
    parted = {column for _, _, column in group}
    if -1 in parted:
        return [height]
    top, bottom, columns = places
    through = set(columns[(top < height) & (height < bottom)].astype(int).tolist()) - parted
    return [height] if len(through) <= len(parted) else []


def place_blocks(blocks: list[Block], cuts: list[float], em: float) -> int:
    """Tell each block its first row and how many it covers; the number of rows."""
    for block in blocks:
        block.first_row = bisect_right(cuts, block.top + _INTO * em)
        block.rows = max(1, 1 + bisect_right(cuts, block.bottom - _INTO * em) - block.first_row)
    return len(cuts) + 1
