"""Statistics of a table's cells, row by row.

The endpoint of a cell stands on one side, in its row's heads or in its column's, or in the caption; the other side
then names the group. A row without an endpoint is a characteristic, an adverse event, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hcclit.extractors.table.axes import Axis
from hcclit.extractors.table.extended import extended
from hcclit.extractors.table.figures import Figure, figure, figures_of
from hcclit.extractors.table.groups import Origin, group_of_column, group_of_row, lists_studies, origin_of, with_arm
from hcclit.extractors.table.layout import Layout, Row, Slot, in_adverse_block
from hcclit.extractors.table.probability import attach_p
from hcclit.extractors.table.ratios import ratio_figure
from hcclit.extractors.table.sizes import caption_size, head_sizes
from hcclit.extractors.table.spread import join_intervals, join_percents
from hcclit.extractors.table.topics import Topic
from hcclit.mention import Mention

_OF_TIME = ("time", "span")


_NO_GROUP = re.compile(
    r"\b(?:complete|partial|stable|progressi\w+|not |non-?evaluable|unevaluable|unknown"
    r"|missing|censored|events?|confirmed|unconfirmed|other|total|CR|PR|SD|PD|NE|NA)\b",
    re.IGNORECASE,
)
_REVIEW = re.compile(r"\b(?:responses?|survival|assessment|review|evaluation|criteria|m?RECIST)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a cell is about: its endpoint and on which side that stands (`row`, `column` or `caption`)."""

    topic: Topic
    side: str


def statistics(layout: Layout) -> Iterator[Mention]:
    """The statistics of a table of groups."""
    if layout.individual:
        return
    by_row = [(row, _row_figures(layout, row)) for row in layout.rows]
    join_intervals(by_row)
    attach_p(layout, by_row)
    figures = [f for _, found in by_row for f in found]
    for found in [*figures, *head_sizes(layout), *caption_size(layout)]:
        yield Mention("statistic", found.start, found.end, found.fields, found.cell, layout.table)


def _row_figures(layout: Layout, row: Row) -> list[Figure]:
    out: list[Figure] = []
    for slot in row.slots:
        out += _cell_figures(layout, row, slot)
    return join_percents(row, out)


def _cell_figures(layout: Layout, row: Row, slot: Slot) -> Iterator[Figure]:
    if slot.role in ("p", "none", "ci", "range", "iqr", "sd", "se") or slot.reading.kind in ("empty", "text"):
        return
    subject = subject_of(layout, row, slot)
    if slot.role == "size" or (slot.role == "count" and _beside_results(layout, row, slot)):
        yield from _size(layout, row, slot)
    elif slot.role == "ratio":
        yield from ratio_figure(layout, row, slot, subject.topic if subject else None, subject.side if subject else "")
    elif subject is not None and _is_telling(layout, slot, subject):
        group = _group(layout, row, slot, subject)
        for found in figures_of(layout, slot, subject.topic, subject.side):
            yield _signed(found, layout, slot, group)
    elif subject is None or subject.side == "row":
        for found in extended(layout, row, slot):
            yield _signed(found, layout, slot, group_of_column(slot))


def subject_of(layout: Layout, row: Row, slot: Slot) -> Subject | None:
    """The endpoint of a cell. A time endpoint over the column makes a row with another one a subgroup (`CR`)."""
    own, above = slot.row.topic, slot.column.topic
    own = None if own is not None and _is_section(own, slot.row) else own
    if own is not None and above is not None:
        both_times = own.kind in _OF_TIME and above.kind in _OF_TIME
        return Subject(own, "row") if both_times or above.generic or above.kind == "part" else Subject(above, "column")
    if own is not None:
        return Subject(own, "row")
    if above is not None and not (above.generic and slot.column.heads[-1].name):
        return Subject(above, "column")
    told = _told(layout, slot)
    if told is not None and _is_measured(slot) and not in_adverse_block(row):
        return Subject(told, "caption")
    return None


def _told(layout: Layout, slot: Slot) -> Topic | None:
    """The table's endpoint, by its stub head or as the only one of its caption; a ratio is never of a span."""
    topics = [t for t in layout.caption_topics if t.kind != "span"] if slot.role == "ratio" else layout.caption_topics
    return layout.stub_topic or (topics[0] if len(topics) == 1 else None)


def _is_section(topic: Topic, axis: Axis) -> bool:
    """A generic block head over a label of its own (`Response` over `Male`) names no endpoint."""
    return topic.generic and len(axis.heads) > 1 and bool(axis.heads[-1].name) and axis.heads[-1].name in axis.names


def _is_measured(slot: Slot) -> bool:
    """Whether the heads say how the caption's endpoint is measured: `Median (months)`, `1-year`, `HR`."""
    forms = slot.row.forms | slot.column.forms
    times = [a.unit for a in (slot.row, slot.column) if a.unit is not None and a.unit.kind == "time"]
    landmark = slot.column.at or slot.row.at
    own_time = any(q.unit is not None and q.unit.kind == "time" for q in slot.reading.numbers[:1])
    if slot.role == "ratio" or own_time or ("median" in slot.column.forms and times):
        return True
    return bool(landmark and not slot.column.names and "percent" in forms)


def _is_telling(layout: Layout, slot: Slot, subject: Subject) -> bool:
    """Whether an endpoint is a result here: in a list of characteristics only a measured time is."""
    topic = subject.topic
    if topic.kind == "part" and (layout.baseline or layout.adverse):
        return False
    if subject.side == "row" and slot.row.own_name and not _is_group_of(slot, topic):
        return False
    if layout.baseline and subject.side == "row":
        forms = slot.row.forms | slot.column.forms
        return topic.kind in _OF_TIME and topic.code != "other" and bool(forms & {"median", "mean"})
    return not layout.adverse or topic.code == "mortality" or subject.side != "row"


def _is_group_of(slot: Slot, topic: Topic) -> bool:
    """Whether a label under an endpoint's block head is a group's, not another count (`Censored`, `Complete`)."""
    if topic.kind in _OF_TIME:
        return any(
            u is not None and u.kind == "time" for u in (slot.row.unit, *(q.unit for q in slot.reading.numbers[:1]))
        )
    return not _NO_GROUP.search(slot.row.names[-1])


def _group(layout: Layout, row: Row, slot: Slot, subject: Subject) -> str | None:
    if subject.side == "row":
        arm = group_of_column(slot)
        names = [n for n in slot.row.names if not _REVIEW.search(n)]
        inside = slot.row.own_name or (subject.topic.code in layout.repeated and not slot.row.total)
        return with_arm(arm, " ".join(names) if inside else None)
    return with_arm(group_of_column(slot), group_of_row(row, layout))


def _size(layout: Layout, row: Row, slot: Slot) -> Iterator[Figure]:
    """A number of patients, in a row of its own or in a column beside results."""
    reading = slot.reading
    in_row = slot.row.role in ("size", "count")
    if (
        reading.kind != "single"
        or not reading.first.value.is_integer()
        or reading.first.unit is not None
        or reading.first.comparator
    ):
        return
    if not in_row and (layout.baseline or layout.adverse or not _beside_results(layout, row, slot)):
        return
    group = group_of_column(slot) if in_row else with_arm(group_of_column(slot), group_of_row(row, layout))
    fields = {"endpoint": "sample_size", "measure": "count", "value": reading.first.value, "unit": "1"}
    yield _signed(figure(slot, reading.first, fields), layout, slot, group)


def _beside_results(layout: Layout, row: Row, slot: Slot) -> bool:
    """Whether another column of the row gives a result of the row's group, or the row is a study."""
    if lists_studies(layout):
        return True
    for other in row.slots:
        subject = subject_of(layout, row, other) if other is not slot else None
        if other.role == "percent" and other.column.names == slot.column.names:
            return False
        if other.role in ("value", "ratio") and subject is not None and subject.side != "row":
            return True
    return False


def _signed(found: Figure, layout: Layout, slot: Slot, group: str | None) -> Figure:
    """The figure with its group and, in a table of other work, its study."""
    origin: Origin = origin_of(layout, slot)
    fields: dict[str, Any] = {"group": group}
    if origin.own:
        fields["subject"] = "cohort"
    elif origin.name is not None:
        fields |= {"study": origin.name, "subject": "cited"}
    found.fields = {**fields, **found.fields}
    return found
