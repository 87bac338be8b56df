"""Row labels that are broken over two lines: the first without cells, the second with them."""

from __future__ import annotations

import re

from hcclit.readers.grid import GridRow

_HANGING = re.compile(r"(?:[,–-]|\b(?:and|or|of|in|with|the|to|for|by|at|from|on))$")


def with_whole_labels(text: str, rows: list[GridRow]) -> list[GridRow]:
    """Join the parts of broken labels, and give a row of values the label that stands alone above it.

    A row that is left without a label loses its cells.
    """
    out: list[GridRow] = []
    for index, row in enumerate(rows):
        last = out[-1] if out else None
        if (
            last is not None
            and last.label
            and not last.cells
            and last.opens_block
            and _goes_on(text, last, rows, index)
        ):
            label = last.label if row.label is None else (last.label[0], row.label[1])
            out[-1] = GridRow(label, last.indent, row.cells, row.opens_block, row.heads)
        elif row.label is None:
            out.append(GridRow(None, row.indent, opens_block=False))
        else:
            out.append(row)
    return out


def _goes_on(text: str, last: GridRow, rows: list[GridRow], index: int) -> bool:
    """Whether a row's label goes on with the last one's."""
    row = rows[index]
    if row.label is None or last.label is None:
        return row.label is None
    first = text[row.label[0]]
    if row.indent > last.indent:
        return False
    if first == "(" or not row.cells:
        return first == "(" and row.opens_block
    return bool(_HANGING.search(text[slice(*last.label)])) or (first.islower() and not _is_listed(text, rows, index))


def _is_listed(text: str, rows: list[GridRow], index: int) -> bool:
    """Whether the next row is in lower case too: then both are rows of a block."""
    following = rows[index + 1] if index + 1 < len(rows) else None
    return following is not None and following.label is not None and text[following.label[0]].islower()
