"""One number of a table as a statistic: measure, value, interval and counts, from a cell's reading and its heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hcclit.document import Cell
from hcclit.extractors.table.layout import COUNTED, Layout
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.subjects import Subject
from hcclit.extractors.table.tallies import is_tally
from hcclit.extractors.table.topics import Topic
from hcclit.extractors.table.values import Reading
from hcclit.extractors.table.words import words
from hcclit.quantity import Quantity

SPREADS = frozenset({"median", "mean", "sd", "se", "iqr", "range"})


@dataclass(slots=True)
class Figure:
    """A statistic in the making. `fields` holds contract fields; `column` tells which p-value tests it."""

    cell: Cell
    start: int
    end: int
    column: int
    fields: dict[str, Any] = field(default_factory=dict)


def figures_of(layout: Layout, row: Row, slot: Slot, subject: Subject) -> Iterator[Figure]:
    """The statistics that a value cell states about an endpoint."""
    topic = subject.topic
    forms = _forms(layout, slot, topic) | ({"count"} if is_tally(layout, row, slot, subject) else set())
    unit = _time_unit(slot, subject.side)
    if topic.kind in ("time", "span", "topic") and not _is_rate(slot, topic, forms, unit):
        yield from _times(slot, topic, forms, unit)
    else:
        shared = layout.landmark if topic.kind in ("time", "event") else None
        yield from rates(slot, topic.code, forms, topic.at or slot.row.at or slot.column.at or shared)


def _forms(layout: Layout, slot: Slot, topic: Topic) -> frozenset[str]:
    if slot.forms & COUNTED:
        return slot.forms
    inner = [axis.inner.text for axis in (slot.row, slot.column) if axis.inner is not None]
    if topic.kind == "event" and any(words("counts").search(text) for text in inner):
        return slot.forms | {"count"}
    return slot.forms | layout.default_forms


def _is_rate(slot: Slot, topic: Topic, forms: frozenset[str], unit: str | None) -> bool:
    """Whether the cells of a time endpoint are rates at a landmark: `1-year OS (%)`."""
    if forms & {"median", "mean"}:
        return False
    if topic.landmarks:
        return True
    if forms & {"percent", "count_percent", "percent_count"} or topic.at or slot.row.at or slot.column.at:
        return unit is None
    return bool(slot.reading.numbers) and _is_percent(slot.reading.first)


def _is_percent(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.code == "%"


def _time_unit(slot: Slot, side: str) -> str | None:
    """The unit of time that the number has itself or from the heads that name its endpoint, not from the group's."""
    stated = slot.reading.numbers[0].unit if slot.reading.numbers else None
    sides = (slot.row.unit, slot.column.unit) if side == "row" else (slot.column.unit,)
    units = [u.code for u in (stated, *sides) if u is not None and u.kind == "time"]
    return units[0] if units and len(set(units[:2])) == 1 else None


def _times(slot: Slot, topic: Topic, forms: frozenset[str], unit: str | None) -> Iterator[Figure]:
    """A median or mean time with its interval; a span of time (follow-up) only where its measure is told."""
    reading = slot.reading
    deviates = reading.kind == "spread" or (reading.kind == "pair" and "sd" in forms)
    if unit is None or (reading.kind not in ("single", "estimate") and not deviates) or _bounded(reading.first):
        return
    mean = "mean" in forms or deviates
    if topic.kind == "span" and not (mean or "median" in forms or reading.kind == "estimate"):
        return
    measure = "mean" if mean else "median"
    fields = {"endpoint": topic.code, "measure": measure, "value": reading.first.value, "unit": unit}
    fields |= interval(slot, forms, default="range" if topic.kind == "span" else "ci")
    yield figure(slot, reading.first, fields, with_unit=True)


def _bounded(quantity: Quantity) -> bool:
    return quantity.comparator not in (None, "=", "~")


def interval(slot: Slot, forms: frozenset[str], default: str = "ci") -> dict[str, Any]:
    """The interval in a cell's brackets, or the deviation after ±, as fields."""
    reading = slot.reading
    if reading.kind in ("spread", "pair"):
        return {} if "se" in forms or reading.label == "se" else {"sd": deviation(reading)}
    if reading.kind != "estimate":
        return {}
    low, high = ends(reading)
    kind = _interval_kind(reading.label, forms, default if high is not None else "ci")  # a range is not open
    if kind == "ci":
        return {"ci_low": low, "ci_high": high, "ci_level": level_of(slot)}
    return {"range_low": low, "range_high": high, "range_kind": kind}


def deviation(reading: Reading) -> float | None:
    """The number after ± or in the brackets after a mean."""
    if reading.inner:
        return reading.inner[0].value
    return reading.first.sd.value if reading.first.sd is not None else None


def ends(reading: Reading) -> tuple[float, float | None]:
    """Both ends of the interval in a cell; None for an open one."""
    inner = reading.inner or reading.numbers
    if inner[0].high is not None:
        return inner[0].value, inner[0].high.value
    return inner[0].value, inner[1].value if len(inner) > 1 else None


def _interval_kind(label: str, forms: frozenset[str], default: str) -> str:
    """What an interval is, by the words in the brackets, else by the heads."""
    for kind in ("iqr", "range"):
        if kind in label:
            return kind
    if "ci" in label or "confidence" in label or "ci" in forms:
        return "ci"
    return next((kind for kind in ("iqr", "range") if kind in forms), default)


def level_of(slot: Slot) -> float:
    """The level of the confidence intervals in a cell, 95 where none is stated."""
    heads = (*slot.row.heads, *slot.column.heads)
    return next((h.ci_level for h in reversed(heads) if h.ci_level is not None), 95.0)


def rates(slot: Slot, code: str, forms: frozenset[str], at: str | None = None) -> Iterator[Figure]:
    """Rates and counts: `14 (12.7)`, `12.7%`, `70/110 (63.6%)`, `14`, `55 (49-61)`."""
    kind = slot.reading.kind
    base: dict[str, Any] = {"endpoint": code, "at": at}
    if kind == "pair" and not forms & SPREADS:
        yield from _pair(slot, base, "percent_count" in forms)
    elif kind == "list":
        yield from _list(slot, base)
    elif kind == "ratio":
        yield from _ratio(slot, base)
    elif kind == "single" and not _bounded(slot.reading.first):
        yield from _single(slot, base, forms)
    elif kind == "estimate":
        yield from _estimate(slot, base, forms)


def _pair(slot: Slot, base: dict[str, Any], percent_first: bool) -> Iterator[Figure]:
    """`14 (12.7)` or `12.7% (14)`: the percentage with its count."""
    count, percent = slot.reading.first, slot.reading.inner[0]
    if percent_first or _is_swapped(slot, count, percent):
        count, percent = percent, count
    if _bounded(percent) or not count.value.is_integer() or percent.value > 100:
        return
    fields = base | {"measure": "rate", "value": percent.value, "unit": "%", "n": int(count.value)}
    yield figure(slot, percent, fields, with_unit=True)


def _is_swapped(slot: Slot, first: Quantity, second: Quantity) -> bool:
    """Whether the first of two numbers is the percentage: by its sign, its decimals, or the size of the group."""
    if _is_percent(first) or _is_percent(second):
        return _is_percent(first)
    decimals = ["." in slot.piece.text[q.number.start : q.number.end] for q in (first, second)]
    if decimals[0] != decimals[1]:
        return decimals[0]
    size = next((h.size for h in reversed(slot.column.heads) if h.size), None)
    return bool(size) and _is_share(second.value, first.value, size) and not _is_share(first.value, second.value, size)


def _is_share(count: float, percent: float, size: int | None) -> bool:
    return bool(size) and size is not None and abs(100 * count / size - percent) <= 1


def _list(slot: Slot, base: dict[str, Any]) -> Iterator[Figure]:
    """`85.1/60.2/41.0` under `1-, 3-, 5-year OS (%)`: a rate for each landmark."""
    topic = slot.row.topic or slot.column.topic
    landmarks = topic.landmarks if topic is not None else ()
    numbers = slot.reading.items
    if len(landmarks) != len(numbers) or not (landmarks and "percent" in slot.forms):
        return
    for at, number in zip(landmarks, numbers, strict=True):
        if number is not None and number.value <= 100:
            yield figure(slot, number, base | {"at": at, "measure": "rate", "value": number.value, "unit": "%"}, True)


def _ratio(slot: Slot, base: dict[str, Any]) -> Iterator[Figure]:
    """`70/110 (63.6%)`, and `70/110`, which is a count."""
    count, total = slot.reading.numbers
    if count.value > total.value or not count.value.is_integer():
        return
    if not slot.reading.inner:
        yield figure(slot, count, base | {"measure": "count", "value": count.value, "unit": "1"})
        return
    percent = slot.reading.inner[0]
    fields = base | {"measure": "rate", "value": percent.value, "unit": "%"}
    yield figure(slot, percent, fields | {"n": int(count.value), "total": int(total.value)}, with_unit=True)


def _single(slot: Slot, base: dict[str, Any], forms: frozenset[str]) -> Iterator[Figure]:
    """A number alone: a rate with its sign or where the head says so, else a count where the head says so."""
    number = slot.reading.first
    counted = bool(forms & {"count_percent", "percent_count", "count"}) or slot.role == "count"
    if _is_percent(number) or ((slot.role == "percent" or "percent" in forms) and not counted):
        if number.value <= 100:
            yield figure(slot, number, base | {"measure": "rate", "value": number.value, "unit": "%"}, with_unit=True)
    elif counted and number.unit is None and number.value.is_integer():
        yield figure(slot, number, base | {"measure": "count", "value": number.value, "unit": "1"})


def _estimate(slot: Slot, base: dict[str, Any], forms: frozenset[str]) -> Iterator[Figure]:
    """A percentage with its confidence interval."""
    number = slot.reading.first
    if (_is_percent(number) or "percent" in forms) and number.value <= 100:
        fields = base | {"measure": "rate", "value": number.value, "unit": "%"} | interval(slot, forms)
        yield figure(slot, number, fields, with_unit=True)


def figure(slot: Slot, quantity: Quantity, fields: dict[str, Any], with_unit: bool = False) -> Figure:
    """A figure that spans a number of a cell, with ± but without its interval, with its unit if asked."""
    end = quantity.end if with_unit and quantity.unit is not None else quantity.number_end
    start, end = slot.piece.source(quantity.number.start, end)
    return Figure(slot.cell, start, end, slot.cell.column, fields)
