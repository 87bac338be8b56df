"""Hazard, odds and risk ratios: of a regression's factors, or between the arms of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.extractors.table.figures import Figure, ends, figure, level_of
from hcclit.extractors.table.groups import factor_of_row, group_of_column, group_of_row, with_arm
from hcclit.extractors.table.layout import Layout, Row, Slot
from hcclit.extractors.table.topics import Topic

_CONTROL = re.compile(
    r"\b(?:placebo|control|observation|best supportive care|BSC|standard|no (?:treatment|therapy)|alone|sham)\b",
    re.IGNORECASE,
)


def ratio_figure(layout: Layout, row: Row, slot: Slot, topic: Topic | None, side: str) -> Iterator[Figure]:
    """The ratio of a cell; a bare 1 is the reference level and none."""
    reading, measure = slot.reading, slot.column.ratio or slot.row.ratio
    if measure is None or reading.kind not in ("single", "estimate") or reading.first.comparator or reading.first.unit:
        return
    tested = reading.kind == "estimate" or any(s.role in ("ci", "p") and s.reading.kind != "empty" for s in row.slots)
    if not tested or (topic is None and (not row.axis.heads or len(layout.caption_topics) > 1)):
        return
    if topic is None and any(r.axis.topic is not None for r in layout.rows):
        side = "row"  # the rows are outcomes, not factors
    fields = {
        "endpoint": topic.code if topic else "other",
        "measure": measure,
        "value": reading.first.value,
        "unit": "1",
        **_about(layout, row, slot, side),
    }
    if reading.kind == "estimate":
        low, high = ends(reading)
        fields |= {"ci_low": low, "ci_high": high, "ci_level": level_of(slot)}
        if not low <= reading.first.value <= (high if high is not None else reading.first.value):
            return
    yield figure(slot, reading.first, fields)


def _about(layout: Layout, row: Row, slot: Slot, side: str) -> dict[str, str | None]:
    """Which arms a ratio compares, or which factor it is of."""
    arms = _arms(row, slot)
    subgroup = None if side == "row" else group_of_row(row, layout)
    if len(arms) == 2:
        first, second = (
            sorted(arms, key=lambda arm: bool(_CONTROL.search(arm))) if any(map(_CONTROL.search, arms)) else arms
        )
        return {"group": with_arm(first, subgroup), "comparator_group": with_arm(second, subgroup)}
    return {"factor": factor_of_row(row)} if side != "row" else {}


def _arms(row: Row, slot: Slot) -> list[str]:
    """The arms whose results stand in the same row, to the left of a ratio."""
    beside = [s for s in row.slots if s.role == "value" and s.cell.column < slot.cell.column and not s.column.ratio]
    upper = slot.column.heads[0].text if len(slot.column.heads) > 1 else None
    beside = [s for s in beside if s.column.heads and s.column.heads[0].text == upper] or beside
    return list(dict.fromkeys(name for s in beside if s.column.topic is None and (name := group_of_column(s))))
