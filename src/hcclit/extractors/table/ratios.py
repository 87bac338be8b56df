"""Hazard, odds and risk ratios: of a regression's factors, or between the arms of a table."""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.extractors.table.figures import Figure, ends, figure, level_of
from hcclit.extractors.table.groups import factor_of_row, group_of, group_of_row, with_arm
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.subjects import Subject, subject_of
from hcclit.extractors.table.words import words


def ratio_figure(layout: Layout, row: Row, slot: Slot, subject: Subject | None) -> Iterator[Figure]:
    """The ratio of a cell; a bare 1 is the reference level and none."""
    reading, measure = slot.reading, slot.column.ratio or slot.row.ratio
    if reading.kind not in ("single", "estimate") or reading.first.comparator or reading.first.unit:
        return
    if not _is_tested(row, slot) or (subject is None and _is_ambiguous(layout, row)):
        return
    endpoint = subject.topic.code if subject else "other"
    fields = {"endpoint": endpoint, "measure": measure, "value": reading.first.value, "unit": "1"}
    if reading.kind == "estimate":
        low, high = ends(reading)
        if not low <= reading.first.value <= (high if high is not None else reading.first.value):
            return
        fields |= {"ci_low": low, "ci_high": high, "ci_level": level_of(slot)}
    yield figure(slot, reading.first, fields | _about(layout, row, slot, _side(layout, subject)))


def _is_tested(row: Row, slot: Slot) -> bool:
    """Whether an interval or a p-value stands with a ratio."""
    beside = any(s.role in ("ci", "p") and s.reading.kind != "empty" for s in row.slots)
    return slot.reading.kind == "estimate" or beside


def _is_ambiguous(layout: Layout, row: Row) -> bool:
    """Whether a ratio without an endpoint may be of one that the table names elsewhere."""
    return not row.axis.heads or len(layout.caption_topics) > 1


def _side(layout: Layout, subject: Subject | None) -> str:
    """Where the endpoint stands; rows beside rows with endpoints are outcomes too, not factors."""
    if subject is None:
        return "row" if any(row.axis.topic is not None for row in layout.rows) else ""
    return subject.side


def _about(layout: Layout, row: Row, slot: Slot, side: str) -> dict[str, str | None]:
    """Which arms a ratio compares, or which factor it is of."""
    arms = _arms(layout, row, slot)
    subgroup = group_of_row(row, layout) if side != "row" else " ".join(row.axis.names) if row.axis.own_name else None
    if len(arms) == 2:
        first, second = sorted(arms, key=lambda arm: bool(words("control").search(arm)))
        return {"group": with_arm(first, subgroup), "comparator_group": with_arm(second, subgroup)}
    if side != "row":
        return {"factor": factor_of_row(row)}
    return {"factor": factor_of_row(row, named=True)} if row.axis.own_name else {}


def _arms(layout: Layout, row: Row, slot: Slot) -> list[str]:
    """The arms to the left of a ratio, after the ratio before it, under its upper head if it has one.

    Those with results in the row count; in a row without, the two of the table's columns.
    """
    last = max((c for c, a in layout.columns.items() if c < slot.cell.column and a.ratio), default=-1)
    beside = {s.cell.column: s.column for s in row.slots if s.role == "value" and not s.column.ratio}
    if not any(last < column < slot.cell.column for column in beside):
        beside = {column: axis for column, axis in layout.columns.items() if axis.role == "value"}
    beside = {column: axis for column, axis in beside.items() if last < column < slot.cell.column}
    upper = slot.column.heads[0].text if len(slot.column.heads) > 1 else None
    under = [a for a in beside.values() if a.heads and a.heads[0].text == upper] or list(beside.values())
    names = [name for a in under if a.topic is None and (name := group_of(a))]
    return [name for name in dict.fromkeys(names) if not words("no_arm").fullmatch(name)]


def interaction_figure(layout: Layout, slot: Slot) -> Iterator[Figure]:
    """A p-value for interaction, of the endpoint that the table's ratios have."""
    head, reading = slot.column.inner, slot.reading
    if head is None or "interaction" not in head.text.lower() or reading.kind != "single" or reading.first.unit:
        return
    first = next(((row, s) for row in layout.rows for s in row.slots if s.role == "ratio"), None)
    subject = subject_of(layout, *first) if first is not None else None
    if first is None or subject is None or not 0 <= reading.first.value <= 1:
        return
    p = reading.first
    operator = p.comparator if p.comparator in ("<", "<=", ">", ">=") else "="
    fields = {"endpoint": subject.topic.code, "measure": "p", "value": p.value, "unit": "1", "p": p.value}
    arms = _arms(layout, *first)
    yield figure(slot, p, fields | {"p_op": operator, "group": arms[0] if len(arms) == 2 else None})
