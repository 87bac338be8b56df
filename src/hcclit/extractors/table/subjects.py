"""Which endpoint a cell is about, on which side of the table it stands, and of which group that makes the cell.

The endpoint stands in the row's heads, in the column's, or in the caption; the other side then names the group.
"""

from __future__ import annotations

from dataclasses import dataclass

from hcclit.extractors.table.axes import Axis
from hcclit.extractors.table.groups import group_of, group_of_labels, group_of_row, with_arm
from hcclit.extractors.table.layout import Layout, in_adverse_block
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.topics import Topic
from hcclit.extractors.table.words import words

_OF_TIME = ("time", "span")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a cell is about: its endpoint and on which side that stands (`row`, `column` or `caption`)."""

    topic: Topic
    side: str


def subject_of(layout: Layout, row: Row, slot: Slot) -> Subject | None:
    """The endpoint of a cell. A time endpoint over the column makes a row with another one a subgroup (`CR`)."""
    own, above = _fitting(slot.row.topic, slot), _fitting(slot.column.topic, slot)
    if own is not None and _is_section(own, slot.row):
        own = None
    if own is not None and above is not None:
        both_times = own.kind in _OF_TIME and above.kind in _OF_TIME
        return Subject(own, "row") if both_times or above.generic or above.kind == "part" else Subject(above, "column")
    if own is not None:
        return Subject(own, "row")
    if above is not None and not (above.generic and slot.column.heads[-1].name):
        return Subject(above, "column")
    told = _told(layout, slot)
    measured = told is not None and _is_measured(slot) and not in_adverse_block(row)
    return Subject(told, "caption") if told is not None and measured else None


def _states_time(slot: Slot) -> bool:
    return any(q.unit is not None and q.unit.kind == "time" for q in slot.reading.numbers[:1])


def _fitting(topic: Topic | None, slot: Slot) -> Topic | None:
    """An endpoint whose values may be this cell's: a number of months is no rate, `AFP response` over it a group.

    A hazard ratio in the row `CR + PR` is of another endpoint.
    """
    if topic is not None and topic.kind == "rate" and slot.role == "ratio" and "HR" in slot.forms:
        return None
    return None if topic is not None and _states_time(slot) and topic.kind not in (*_OF_TIME, "topic") else topic


def _is_section(topic: Topic, axis: Axis) -> bool:
    """A generic block head over a label of its own (`Response` over `Male`) names no endpoint."""
    return topic.generic and len(axis.heads) > 1 and axis.own_name


def _told(layout: Layout, slot: Slot) -> Topic | None:
    """The endpoint of the whole table, by its stub head or as the only one of its caption; no ratio is of a span."""
    topics = [t for t in layout.caption_topics if t.kind != "span" or slot.role != "ratio"]
    return layout.stub_topic or (topics[0] if len(topics) == 1 else None)


def _is_measured(slot: Slot) -> bool:
    """Whether the heads or the cell say how the caption's endpoint is measured: `Median (months)`, `1-year`, `HR`."""
    timed = any(a.unit is not None and a.unit.kind == "time" for a in (slot.row, slot.column))
    if slot.role == "ratio" or _states_time(slot) or ("median" in slot.column.forms and timed):
        return True
    landmark = slot.column.at or slot.row.at
    signed = any(
        q.unit is not None and q.unit.code == "%" for q in (*slot.reading.numbers[:1], *slot.reading.inner[:1])
    )
    return bool(landmark and not slot.column.names and ("percent" in slot.forms or signed))


def is_telling(layout: Layout, slot: Slot, subject: Subject) -> bool:
    """Whether an endpoint is a result here: in a list of characteristics only a measured time is."""
    topic = subject.topic
    if topic.kind == "part" and (layout.baseline or layout.adverse):
        return False
    if subject.side == "row" and slot.row.own_name and not _is_group_of(slot, topic):
        return False
    if layout.baseline and subject.side == "row":
        return topic.kind in _OF_TIME and topic.code != "other" and bool(slot.forms & {"median", "mean"})
    return not layout.adverse or topic.code == "mortality" or subject.side != "row"


def _is_group_of(slot: Slot, topic: Topic) -> bool:
    """Whether a label under an endpoint's block head is a group's, not another count (`Censored`, `Complete`)."""
    if topic.kind in _OF_TIME:
        units = (slot.row.unit, slot.column.unit)
        return _states_time(slot) or any(unit is not None and unit.kind == "time" for unit in units)
    return not words("no_subgroup").search(slot.row.names[-1])


def group_of_cell(layout: Layout, row: Row, slot: Slot, subject: Subject) -> str | None:
    """The group of a cell: the column's arm where the row has the endpoint, else the row's subgroup, or both."""
    if subject.side == "row":
        names = [n for n in slot.row.names if not words("review").search(n)]
        inside = slot.row.own_name or (subject.topic.code in layout.repeated and not slot.row.total)
        return with_arm(group_of(slot.column), " ".join(names) if inside else None)
    arm = group_of_labels(slot.column) if subject.side == "caption" else group_of(slot.column)
    return with_arm(arm, group_of_row(row, layout))
