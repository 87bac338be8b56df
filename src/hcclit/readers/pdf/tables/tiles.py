"""Cells set at the middle of several rows: which rows they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hcclit.readers.pdf.tables.rows import Block

_OFF = 0.3  # ems that the middle of a cell is off the row's, if it is set over several
_NEAR = 0.4  # ems that it may be off the middle of the rows that it covers
_MOST = 40  # rows of a cell
_BARE = 1.0  # what a row without a cell costs
_UNEVEN = 0.3  # what each row costs by which a cell covers more or fewer than the one above
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """Where a row of the body stands, whether it has more than a label, and whether a rule stands above it."""

    top: float
    bottom: float
    filled: bool
    ruled: bool = False


def tile(blocks: list[Block], rows: Sequence[Row], em: float) -> None:
    """Give the cells of one column the rows that they cover, if they are set at the middle of these."""
    blocks = sorted(blocks, key=lambda block: block.centre)
    if len(blocks) == sum(row.filled for row in rows) and all(block.rows == 1 for block in blocks):
        return
    floating = [block for block in blocks if block.rows > 1 or _is_off(block, rows, em)]
    if not floating and (len(blocks) < 2 or any(_is_topped(block, rows[block.first_row], em) for block in blocks)):
        return
    ranges = _best(blocks, rows, em)
    bare = sum(row.filled for row in rows) - sum(end - start for start, end in ranges)
    sizes = [end - start for start, end in ranges]
    if not floating and (bare > 0 or max(sizes) == 1 or (sizes[0] == 1 and max(sizes) > 2)):
        return
    for block, (start, end) in zip(blocks, ranges, strict=True):
        block.first_row, block.rows = start, end - start


def _is_off(block: Block, rows: Sequence[Row], em: float) -> bool:
    """Whether a cell stands neither at the middle of its row nor at its head or foot."""
    row = rows[block.first_row]
    off = (block.centre - (row.top + row.bottom) / 2, block.top - row.top, block.bottom - row.bottom)
    return min(map(abs, off)) > _OFF * em


def _is_topped(block: Block, row: Row, em: float) -> bool:
    """Whether a cell stands at the head of a row that is higher, and not at its middle."""
    return abs(block.centre - (row.top + row.bottom) / 2) > _OFF * em and abs(block.top - row.top) < _OFF * em / 2


def _best(blocks: list[Block], rows: Sequence[Row], em: float) -> list[Range]:
    """The cheapest ranges of rows for cells in their order: each near its middle, few rows left bare, even in size."""
    bare = [0.0]
    for row in rows:
        bare.append(bare[-1] + _BARE * row.filled)
    states: dict[Range, tuple[float, list[Range]]] = {(0, 0): (0.0, [])}
    for block in blocks:
        following: dict[Range, tuple[float, list[Range]]] = {}
        ranges = _ranges(block, rows, em)
        for (at, size), (cost, taken) in states.items():
            for start, end, off in ranges:
                if start < at:
                    continue
                uneven = _UNEVEN * abs(end - start - size) if size else 0.0
                total = cost + off + uneven + bare[start] - bare[at]
                state = (end, end - start)
                if state not in following or total < following[state][0]:
                    following[state] = (total, [*taken, (start, end)])
        states = following
        if not states:
            return [(block.first_row, block.first_row + block.rows) for block in blocks]
    totals = [(cost + bare[-1] - bare[at], taken) for (at, _), (cost, taken) in states.items()]
    return min(totals)[1]


def _ranges(block: Block, rows: Sequence[Row], em: float) -> list[tuple[int, int, float]]:
    """Rows in a row around the middle of a cell, and how far off it they are."""
    out = [(block.first_row, block.first_row + block.rows, 1.0)]
    centre = block.centre
    for start in range(max(0, block.first_row - _MOST), len(rows)):
        if rows[start].top > centre + 0.5 * em:
            break
        for end in range(start + 1, min(len(rows), start + _MOST) + 1):
            if end - start > 1 and (rows[end - 1].ruled or not (rows[end - 1].filled and rows[start].filled)):
                break
            off = ((rows[start].top + rows[end - 1].bottom) / 2 - centre) / em
            if off > _NEAR:
                break
            if off > -_NEAR:
                out.append((start, end, abs(off)))
    return out
