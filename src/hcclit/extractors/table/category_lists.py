"""Lists of response categories in one row: `CR/PR/SD/PD, n` over `2/11/26/14`, perhaps with their percentages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hcclit.extractors.table.figures import Figure, figure
from hcclit.extractors.table.layout import COUNTED, Layout
from hcclit.extractors.table.rows import Slot

_CATEGORIES = frozenset({"CR", "PR", "SD", "PD"})
_KINDS = frozenset({"list", "list_pair", "ratio"})


def category_figures(layout: Layout, slot: Slot) -> Iterator[Figure]:
    """A count or a rate for each category that the row's label lists; nothing where heads do not tell which."""
    codes = _codes(layout, slot)
    numbers = slot.reading.items or slot.reading.numbers
    inner = slot.reading.inner
    if not codes or len(numbers) != len(codes) or (inner and len(inner) != len(codes)):
        return
    for index, (code, number) in enumerate(zip(codes, numbers, strict=True)):
        if number is None or (inner and not number.value.is_integer()):
            continue
        fields: dict[str, Any] = {"endpoint": code}
        if inner:
            percent = inner[index]
            fields |= {"measure": "rate", "value": percent.value, "unit": "%", "n": int(number.value)}
            yield figure(slot, percent, fields, with_unit=True)
        elif "percent" in slot.forms or (number.unit is not None and number.unit.code == "%"):
            yield figure(slot, number, fields | {"measure": "rate", "value": number.value, "unit": "%"}, True)
        elif number.value.is_integer() and slot.forms & COUNTED:
            yield figure(slot, number, fields | {"measure": "count", "value": number.value, "unit": "1"})


def _codes(layout: Layout, slot: Slot) -> list[str]:
    """The categories of a label, if it lists at least three and nothing else."""
    inner = slot.row.inner
    if inner is None or slot.reading.kind not in _KINDS:
        return []
    topics = [layout.lexicon.topic(part.strip()) for part in inner.name.split("/")]
    codes = [topic.code for topic in topics if topic is not None and topic.code in _CATEGORIES]
    return codes if len(codes) == len(topics) > 2 else []
