"""Joins what belongs to one number but stands in cells of its own: its confidence interval, its percentage."""

from __future__ import annotations

from hcclit.extractors.table.figures import Figure, ends, level_of
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.words import words

Rows = list[tuple[Row, list[Figure]]]


def join_intervals(rows: Rows) -> None:
    """Give each interval in a column or a row of its own to the number to its left or above it."""
    above: list[Figure] = []
    for row, figures in rows:
        below = row.axis.role == "ci"
        for slot in row.slots:
            if slot.role != "ci" or slot.reading.kind not in ("range", "estimate"):
                continue
            owner = _above(above, slot) if below else _left(row, figures, slot)
            if owner is not None:
                _take(owner, slot)
        if not below:
            above = figures


def _above(figures: list[Figure], slot: Slot) -> Figure | None:
    return next((f for f in figures if f.column == slot.cell.column), None)


def _left(row: Row, figures: list[Figure], slot: Slot) -> Figure | None:
    """The figure of the nearest column to the left, unless one without a figure stands between."""
    left = [s for s in row.slots if s.cell.column < slot.cell.column]
    if not left:
        return None
    return next((f for f in figures if f.column == left[-1].cell.column), None)


def _take(figure: Figure, slot: Slot) -> None:
    if figure.fields.get("ci_low") is not None or slot.reading.kind == "estimate":
        return
    low, high = ends(slot.reading)
    value = figure.fields["value"]
    if low <= value and (high is None or value <= high):
        figure.fields |= {"ci_low": low, "ci_high": high, "ci_level": level_of(slot)}


def join_percents(row: Row, figures: list[Figure]) -> list[Figure]:
    """Make one rate of a count and the percentage in the column beside it, whether or not the count is a figure."""
    by_column = {slot.cell.column: slot for slot in row.slots}
    out: list[Figure] = []
    for figure in figures:
        slot, last = by_column[figure.column], out[-1] if out else None
        before = by_column.get(last.column) if last else None
        if last is not None and before is not None and _is_pair(before, slot, last, figure):
            figure.fields["n"] = int(last.fields["value"])
            out.pop()
        elif figure.fields["measure"] == "rate" and "n" not in figure.fields:
            figure.fields |= _count_beside(by_column.get(figure.column - 1), slot)
        out.append(figure)
    return out


def _count_beside(count: Slot | None, percent: Slot) -> dict[str, int]:
    """The whole number in the column before a percentage's, where that is headed as a number of patients."""
    if count is None or percent.role != "percent" or count.reading.kind != "single":
        return {}
    number = count.reading.first
    counts = count.role in ("count", "size") or _heads_counts(count)
    fits = counts and count.column.names == percent.column.names and number.unit is None and not number.comparator
    return {"n": int(number.value)} if fits and number.value.is_integer() else {}


def _heads_counts(slot: Slot) -> bool:
    inner = slot.column.inner
    return inner is not None and inner.size is not None and bool(words("size").fullmatch(inner.name))


def _is_pair(count: Slot, percent: Slot, first: Figure, second: Figure) -> bool:
    return (
        (count.role in ("count", "size") or _heads_counts(count))
        and percent.role == "percent"
        and percent.cell.column == count.cell.column + 1
        and count.column.names == percent.column.names
        and first.fields["measure"] == "count"
        and second.fields["measure"] == "rate"
        and first.fields["endpoint"] == second.fields["endpoint"]
    )
