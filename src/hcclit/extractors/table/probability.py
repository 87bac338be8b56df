"""Which numbers of a table a p-value tests: those of its row, of its block, or of the columns that its head names."""

from __future__ import annotations

import re
from collections import Counter

from hcclit.extractors.table.axes import Axis
from hcclit.extractors.table.figures import Figure
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.rows import Row, Slot
from hcclit.quantity import Quantity

Rows = list[tuple[Row, list[Figure]]]

_VERSUS = re.compile(r"\s(?:vs?\.?|versus|against)\s|\s?/\s?(?=[A-Z])", re.IGNORECASE)
_NO_RESULT = frozenset({"sample_size"})


def attach_p(layout: Layout, rows: Rows) -> None:
    """Set `p` and `p_op` of the figures that a p-value of the table tests."""
    blocks = _block_values(rows)
    for row, figures in rows:
        for column, slot in _columns(layout).items():
            own = next((s for s in row.slots if s.cell.column == column and s.role == "p"), None)
            value = _value(own) if own is not None else None
            if value is None and own is None:
                value = blocks.get((row.index, column))
            if value is not None:
                _give(value, [f for f in figures if _tests(layout, slot, column, f, row)])
    _give_row_values(rows)


def _columns(layout: Layout) -> dict[int, Axis]:
    return {column: axis for column, axis in layout.columns.items() if axis.role == "p"}


def _value(slot: Slot) -> Quantity | None:
    """The p-value of a cell."""
    reading = slot.reading
    if reading.kind != "single" or reading.first.unit is not None or not 0 <= reading.first.value <= 1:
        return None
    return reading.first


def _give(p: Quantity, figures: list[Figure]) -> None:
    for figure in figures:
        if "p" not in figure.fields:
            operator = p.comparator if p.comparator in ("<", "<=", ">", ">=") else "="
            figure.fields |= {"p": p.value, "p_op": operator}


def _block_values(rows: Rows) -> dict[tuple[int, int], Quantity]:
    """For each row without a p-value, by column: that of the row that heads its block, or of its block's first row."""
    found: dict[tuple[int, int], Quantity] = {}
    key: tuple[str, ...] | None = None
    current: dict[int, Quantity] = {}
    for row, _ in rows:
        own = {s.cell.column: value for s in row.slots if s.role == "p" and (value := _value(s)) is not None}
        if row.only_p:
            key, current = tuple(h.text for h in row.axis.heads), own
        elif row.block and row.block == key:
            # a second p-value in a block says that each row has its own
            current = {column: value for column, value in current.items() if column not in own}
            found |= {(row.index, column): value for column, value in current.items()}
        else:
            key, current = row.block or None, own
    return found | _of_all_rows(rows)


def _of_all_rows(rows: Rows) -> dict[tuple[int, int], Quantity]:
    """The p-values of the first row, by column, where the rows are the groups that they compare."""
    told = [(row.index, s.cell.column, v) for row, _ in rows for s in row.slots if s.role == "p" and (v := _value(s))]
    rows = [(row, figures) for row, figures in rows if not row.axis.total]
    if len(rows) < 2 or any(row.block or row.axis.topic is not None for row, _ in rows):
        return {}
    counts = Counter(column for _, column, _ in told)
    alone = [(c, v) for i, c, v in told if i == rows[0][0].index and counts[c] == 1]
    return {(row.index, column): value for column, value in alone for row, _ in rows[1:]}


def _tests(layout: Layout, p: Axis, column: int, figure: Figure, row: Row) -> bool:
    """Whether the p-value of a column tests a figure of its row."""
    slot = next(s for s in row.slots if s.cell.column == figure.column)
    if figure.fields["endpoint"] in _NO_RESULT or (slot.column.total and slot.column.heads):
        return False
    if slot.role in ("count", "size") and figure.fields["measure"] == "count" and _groups_in_rows(slot, figure):
        return False  # a column of deaths or patients beside the tested one
    named = _compared(p)
    if named:
        return _is_named(slot.column, named)
    return (
        figure.column < column and not _parted(layout, column, figure.column) and _same_parent(p, slot.column, layout)
    )


def _groups_in_rows(slot: Slot, figure: Figure) -> bool:
    return slot.column.role == "size" or slot.column.topic is not None or figure.fields["endpoint"] == "mortality"


def _compared(p: Axis) -> list[str]:
    """The columns that a head like `P (TACE vs. TACE + RT)` names."""
    head = p.inner
    parts = _VERSUS.split(head.name) if head is not None and head.name else []
    return [part.strip(" ()[]") for part in parts] if len(parts) > 1 else []


def _is_named(column: Axis, named: list[str]) -> bool:
    names = {n.casefold() for n in (*column.names, " ".join(column.names))}
    short = {re.sub(r"[^\w+]", "", n) for n in names}
    return any(re.sub(r"[^\w+]", "", n.casefold()) in short for n in named)


def _parted(layout: Layout, column: int, target: int) -> bool:
    """Whether another column of p-values stands between, which then tests what is left of it."""
    return any(target < other < column for other in _columns(layout) if not _compared(layout.columns[other]))


def _same_parent(p: Axis, column: Axis, layout: Layout) -> bool:
    """Whether both columns stand under the same upper head, where the p-value's stands under one that others do not."""
    upper = [h.text for h in p.heads[:-1]]
    if not upper:
        return True
    everywhere = all(any(h.text == upper[0] for h in axis.heads) for axis in layout.columns.values())
    return everywhere or any(h.text == upper[-1] for h in column.heads)


def _give_row_values(rows: Rows) -> None:
    """A row of p-values tests the row above it."""
    above: list[Figure] = []
    for row, figures in rows:
        if row.axis.role == "p" and not any(s.column.role == "p" for s in row.slots):
            values = [value for s in row.slots if (value := _value(s)) is not None]
            if len(values) == 1:
                _give(values[0], [f for f in above if f.fields["endpoint"] not in _NO_RESULT])
        elif figures:
            above = figures
