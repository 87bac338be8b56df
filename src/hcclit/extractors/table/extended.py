"""Extended endpoints: characteristics of the groups, adverse events, and other counts of a table of results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hcclit.extractors.table.analytes import analyte_in
from hcclit.extractors.table.figures import SPREADS, Figure, figure, interval, rates
from hcclit.extractors.table.heads import parse_head
from hcclit.extractors.table.layout import COUNTED, Layout, in_adverse_block, in_baseline_block
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.values import Reading
from hcclit.extractors.table.words import words
from hcclit.quantity import Quantity

_BRACKET_LEVELS = re.compile(r"(?P<name>.*?)\s?[(\[](?P<levels>[^()\[\]]*[/:][^()\[\]]*)[)\]]\s*$")
_SHORT_LEVEL = re.compile(
    r"[\dIVX]+(?:\s?(?:or|-|and|to)\s?\d+)?|[A-E]|(?:above|below|over|under|[<>≤≥]=?)\s?\d+.*", re.IGNORECASE
)
_SIGNS = re.compile(r"[*†‡§¶]")
_GRADE_ONLY = re.compile(r"[0-5]")


def extended(layout: Layout, row: Row, slot: Slot) -> Iterator[Figure]:
    """The statistics of a cell whose heads name no endpoint of the list."""
    if slot.role not in ("value", "count", "percent"):
        return
    if layout.adverse or in_adverse_block(row):
        yield from _adverse(layout, slot)
    elif layout.baseline or in_baseline_block(row):
        yield from _baseline(layout, slot)
    elif layout.has_rates and slot.row.names and not slot.column.topic:
        yield from rates(slot, "other", _counted(layout, slot))


def _counted(layout: Layout, slot: Slot) -> frozenset[str]:
    return slot.forms | layout.default_forms


def _adverse(layout: Layout, slot: Slot) -> Iterator[Figure]:
    inner = slot.column.inner
    if not slot.row.names or (inner is not None and _GRADE_ONLY.fullmatch(inner.text)):
        return
    event = _SIGNS.sub("", slot.row.names[-1]).lower()
    grade = slot.row.grade or slot.column.grade or parse_head(layout.table.caption).grade
    code = f"AE:{event}" + (f" grade {grade}" if grade not in (None, "all") else "")
    yield from rates(slot, code, _counted(layout, slot))


def _baseline(layout: Layout, slot: Slot) -> Iterator[Figure]:
    names = [n for n in slot.row.names if not words("section").search(n)] or list(slot.row.names[-1:])
    forms, reading = _counted(layout, slot), slot.reading
    if not names or (analyte_in(slot.row) is not None and reading.kind not in ("pair", "ratio")):
        return
    if reading.kind in ("list", "list_pair") or (reading.kind == "ratio" and _levels(names[-1], 2)):
        yield from _lists(slot, names[-1])
    elif forms & SPREADS or reading.kind == "spread":
        yield from _spread(slot, f"baseline:{_low(names)}", forms)
    elif _may_be_counted(slot, forms):
        yield from rates(slot, f"baseline:{_low(names)}", forms)


def _may_be_counted(slot: Slot, forms: frozenset[str]) -> bool:
    """Whether a number may count patients: not beside a unit of measurement, unless the heads say so."""
    unit = slot.row.unit
    return unit is None or unit.code == "%" or bool(forms & COUNTED) or len(slot.row.heads) > 1


def _low(names: list[str]) -> str:
    return " ".join(dict.fromkeys(_SIGNS.sub("", name).lower() for name in names))


def _spread(slot: Slot, code: str, forms: frozenset[str]) -> Iterator[Figure]:
    """A median with its range, a mean with its deviation."""
    reading = slot.reading
    if reading.kind not in ("single", "estimate", "spread", "pair") or reading.first.comparator not in (None, "="):
        return
    if reading.kind == "pair" and not forms & {"sd", "mean"}:
        return
    mean = "mean" in forms or reading.kind == "spread" or "sd" in forms
    unit = next((u.code for u in (reading.first.unit, slot.row.unit, slot.column.unit) if u is not None), None)
    fields: dict[str, Any] = {
        "endpoint": code,
        "measure": "mean" if mean else "median",
        "value": reading.first.value,
        "unit": unit if unit in ("a", "mo", "wk", "d", "h", "%") else None,
    }
    yield figure(slot, reading.first, fields | interval(slot, forms, default="range"), with_unit=True)


def _lists(slot: Slot, name: str) -> Iterator[Figure]:
    """`408/33/16 (78.0/6.3/3.1)` under `Etiology (HBV/HCV/alcohol)`: one statistic for each level."""
    items = _items(slot.reading)
    levels = _levels(name, len(items))
    inner = slot.reading.inner
    if not levels or (inner and len(inner) != len(items)):
        return
    for index, (level, number) in enumerate(zip(levels, items, strict=True)):
        if number is None or not number.value.is_integer():
            continue
        fields: dict[str, Any] = {"endpoint": f"baseline:{level.lower()}"}
        if inner:
            fields |= {"measure": "rate", "value": inner[index].value, "unit": "%", "n": int(number.value)}
            yield figure(slot, inner[index], fields)
        else:
            yield figure(slot, number, fields | {"measure": "count", "value": number.value, "unit": "1"})


def _items(reading: Reading) -> tuple[Quantity | None, ...]:
    return reading.items or reading.numbers


def _levels(name: str, count: int) -> list[str]:
    """The names of a list's levels: `ECOG (0/1/2)`, `BCLC B/C`, `CP A/CP B/missing`; empty if they are not as many."""
    match = _BRACKET_LEVELS.fullmatch(name)
    if match is None and name.count("/") == count - 1:
        return _bare_levels([part.strip() for part in name.split("/")])
    if match is None:
        return []
    levels = [part.strip() for part in re.split(r"[/:]", match["levels"])]
    title = match["name"].strip()
    if len(levels) != count:
        return []
    return [_level(title, level) for level in levels]


def _level(title: str, level: str) -> str:
    own = not (words("other_level").fullmatch(level) or _SHORT_LEVEL.fullmatch(level))
    return level if own or not title else f"{title} {level}"


def _bare_levels(parts: list[str]) -> list[str]:
    """`CP A/CP B/missing`: the words before the first level belong to the others too."""
    words = parts[0].split()
    title = " ".join(words[:-1])
    return [part if not title or part.startswith(title) else f"{title} {part}" for part in parts]
