"""What stands outside the rules of a table: heads above the first, rows below the last of a shaded table."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.segments import Segments

Flags = NDArray[np.bool_]
_ONE_LINE = 0.35  # ems
_NEXT = 2.3  # ems to the next row
_WRAPPED = 1.4  # ems to a line that goes on with a cell of the last row
_LEFT = 1.5  # ems from a table's edge to its second column at least
_SAME_SIZE = 0.05
_CELLS = 0.9  # ems between heads side by side
_INDENT = 3.0  # ems
_LONG = 16  # ems; running text, unless the table has such lines too


def lowest(segments: Segments, body: Flags, below: Flags, bottom: float) -> float:
    """Where a table ends whose rows go on below its last rule.

    Args:
        segments: those of the page.
        body: which of them stand between the table's rules.
        below: which may stand below, between the table's edges and above the next caption.
        bottom: the height of its last rule.
    """
    inside, candidates = np.flatnonzero(body), np.flatnonzero(below & (segments.base > bottom))
    if not len(inside) or not len(candidates):
        return bottom
    size = float(np.median(segments.size[inside]))
    longest = max(_LONG * size, float((segments.x1 - segments.x0)[inside].max()) + size)
    left = float(segments.x0[inside].min()) + _LEFT * size
    end, last = bottom, float(segments.base[inside].max())
    for line in _lines(segments, candidates):
        base = float(segments.base[line].min())
        sized = np.abs(segments.size[line] - size) < _SAME_SIZE * size
        if base - last > _NEXT * size or not sized.any() or (segments.x1[line] - segments.x0[line] > longest).any():
            break
        wrapped = end > bottom and base - last < _WRAPPED * size and segments.x0[line].min() > left
        last = base
        if wrapped or _in_columns(segments, line, inside) > 1:
            end = float(segments.bottom[line].max())
    return end


def _lines(segments: Segments, index: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    order = index[np.argsort(segments.base[index], kind="stable")]
    steps = np.diff(segments.base[order]) > _ONE_LINE * segments.size[order][1:]
    return np.split(order, np.flatnonzero(steps) + 1)


def _in_columns(segments: Segments, line: NDArray[np.intp], inside: NDArray[np.intp]) -> int:
    """How many pieces of a line stand below pieces of the table, each below others."""
    over = (segments.x0[line][:, None] < segments.x1[inside][None, :]) & (
        segments.x1[line][:, None] > segments.x0[inside][None, :]
    )
    return int(over.any(axis=1).sum())


def heads_above(segments: Segments, caption: NDArray[np.intp]) -> NDArray[np.intp]:
    """The lines above a table's first rule that are heads: cells side by side, and what stands over these."""
    lines = _lines(segments, caption)[::-1] if len(caption) else []
    left = float(segments.x0[lines[-1]].min()) if lines else 0.0
    heads: list[int] = []
    for line in lines[:-1]:
        order = line[np.argsort(segments.x0[line])]
        apart = (segments.x0[order][1:] - segments.x1[order][:-1] > _CELLS * segments.size[order][:-1]).any()
        if not apart and not (heads and segments.x0[order[0]] > left + _INDENT * segments.size[order[0]]):
            break
        heads += line.tolist()
    return np.array(sorted(heads), np.intp)
