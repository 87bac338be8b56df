"""One number of a table as a statistic: measure, value, interval and counts, from a cell's reading and its heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hcclit.document import Cell
from hcclit.extractors.table.layout import Layout, Slot
from hcclit.extractors.table.topics import Topic
from hcclit.extractors.table.values import Reading
from hcclit.quantity import Quantity

_SPREAD = frozenset({"median", "mean", "sd", "se", "iqr", "range"})


@dataclass(slots=True)
class Figure:
    """A statistic in the making. `fields` holds contract fields; `column` tells which p-value tests it."""

    cell: Cell
    start: int
    end: int
    column: int
    fields: dict[str, Any] = field(default_factory=dict)


def figures_of(layout: Layout, slot: Slot, topic: Topic, side: str) -> Iterator[Figure]:
    """The statistics that a value cell states about an endpoint, which is named on a side (`row` or another)."""
    forms = _forms(layout, slot, topic)
    unit = _time_unit(slot, side)
    if topic.kind in ("time", "span", "topic") and not _is_rate(slot, topic, forms, unit):
        yield from _times(slot, topic, forms, unit)
    elif topic.kind in ("rate", "event", "part", "time", "topic", "name"):
        at = topic.at or slot.row.at or slot.column.at or (layout.landmark if topic.kind in ("time", "event") else None)
        yield from rates(slot, topic.code, forms, at)


_COUNTS = re.compile(
    r"\b(?:no|nos|numbers?)\b\.? of\b|\b(?:deaths|mortalities|recurrences|relapses|responders)\b", re.IGNORECASE
)


def _forms(layout: Layout, slot: Slot, topic: Topic) -> frozenset[str]:
    stated = slot.row.forms | slot.column.forms
    if stated & {"count_percent", "count", "percent"}:
        return stated
    if topic.kind == "event" and any(
        axis.inner and _COUNTS.search(axis.inner.text) for axis in (slot.row, slot.column)
    ):
        return stated | {"count"}
    return stated | layout.default_forms


def _is_rate(slot: Slot, topic: Topic, forms: frozenset[str], unit: str | None) -> bool:
    """Whether the cells of a time endpoint are rates at a landmark: `1-year OS (%)`."""
    if forms & {"median", "mean"}:
        return False
    if forms & {"percent", "count_percent"} or topic.at or slot.row.at or slot.column.at:
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
    reading = slot.reading
    deviates = reading.kind == "spread" or (reading.kind == "pair" and "sd" in forms)
    if unit is None or (reading.kind not in ("single", "estimate") and not deviates) or _bounded(reading.first):
        return
    mean = "mean" in forms or deviates
    if topic.kind == "span" and not (mean or "median" in forms or reading.kind == "estimate"):
        return
    fields = {
        "endpoint": topic.code,
        "measure": "mean" if mean else "median",
        "value": reading.first.value,
        "unit": unit,
    }
    fields |= interval(reading, forms, slot, default="range" if topic.kind == "span" else "ci")
    yield figure(slot, reading.first, fields, with_unit=True)


def _bounded(quantity: Quantity) -> bool:
    return quantity.comparator not in (None, "=", "~")


def interval(reading: Reading, forms: frozenset[str], slot: Slot, default: str = "ci") -> dict[str, Any]:
    """The interval in a cell's brackets, or the deviation after ±, as fields."""
    if reading.kind in ("spread", "pair"):
        deviation = reading.inner[0].value if reading.inner else reading.first.sd.value if reading.first.sd else None
        return {} if "se" in forms or reading.label == "se" else {"sd": deviation}
    if reading.kind != "estimate":
        return {}
    low, high = ends(reading)
    kind = _interval_kind(reading.label, forms, default)
    if kind == "ci":
        return {"ci_low": low, "ci_high": high, "ci_level": level_of(slot)}
    return {"range_low": low, "range_high": high, "range_kind": kind}


def ends(reading: Reading) -> tuple[float, float | None]:
    """Both ends of the interval in a cell; None for an open one."""
    inner = reading.inner or reading.numbers
    if inner[0].high is not None:
        return inner[0].value, inner[0].high.value
    return inner[0].value, inner[1].value if len(inner) > 1 else None


def _interval_kind(label: str, forms: frozenset[str], default: str) -> str:
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
    reading = slot.reading
    base: dict[str, Any] = {"endpoint": code, "at": at}
    if reading.kind == "pair":
        if not forms & _SPREAD:
            yield from _pair(slot, base)
    elif reading.kind == "ratio":
        yield from _ratio(slot, base)
    elif reading.kind == "single" and not _bounded(reading.first):
        yield from _single(slot, base, forms)
    elif (
        reading.kind == "estimate" and (_is_percent(reading.first) or "percent" in forms) and reading.first.value <= 100
    ):
        fields = base | {"measure": "rate", "value": reading.first.value, "unit": "%"} | interval(reading, forms, slot)
        yield figure(slot, reading.first, fields, with_unit=True)


def _pair(slot: Slot, base: dict[str, Any]) -> Iterator[Figure]:
    """`14 (12.7)` or `12.7% (14)`: the percentage with its count."""
    count, percent = slot.reading.first, slot.reading.inner[0]
    if _is_percent(count) or (not count.value.is_integer() and percent.value.is_integer() and not _is_percent(percent)):
        count, percent = percent, count
    if _bounded(percent) or not count.value.is_integer() or percent.value > 100:
        return
    fields = base | {"measure": "rate", "value": percent.value, "unit": "%", "n": int(count.value)}
    yield figure(slot, percent, fields, with_unit=True)


def _ratio(slot: Slot, base: dict[str, Any]) -> Iterator[Figure]:
    count, total = slot.reading.numbers
    if count.value > total.value or not count.value.is_integer():
        return
    if not slot.reading.inner:
        yield figure(slot, count, base | {"measure": "count", "value": count.value, "unit": "1"})
        return
    percent = slot.reading.inner[0]
    counts = {"n": int(count.value), "total": int(total.value)}
    yield figure(
        slot, percent, base | {"measure": "rate", "value": percent.value, "unit": "%"} | counts, with_unit=True
    )


def _single(slot: Slot, base: dict[str, Any], forms: frozenset[str]) -> Iterator[Figure]:
    number = slot.reading.first
    if number.unit is not None and not _is_percent(number):
        return
    counted = "count_percent" in forms or "count" in forms or slot.role == "count"
    if _is_percent(number) or ((slot.role == "percent" or "percent" in forms) and not counted):
        if number.value <= 100:
            yield figure(slot, number, base | {"measure": "rate", "value": number.value, "unit": "%"}, with_unit=True)
    elif counted and number.value.is_integer():
        yield figure(slot, number, base | {"measure": "count", "value": number.value, "unit": "1"})


def figure(slot: Slot, quantity: Quantity, fields: dict[str, Any], with_unit: bool = False) -> Figure:
    """A figure that spans a number of a cell, with ± but without its interval, with its unit if asked."""
    end = quantity.end if with_unit and quantity.unit is not None else quantity.number_end
    start, end = slot.piece.source(quantity.number.start, end)
    return Figure(slot.cell, start, end, slot.cell.column, fields)
