"""Values of tumour markers over time, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hcclit.figures.ranges import NormalRange, Ranges, in_common_unit
from hcclit.figures.times import Span
from hcclit.figures.wording import value_label
from hcclit.records import Marker


@dataclass(frozen=True, slots=True)
class MarkerPoint:
    """A value at a time; `value` is None for what is only called normal, `high` is set for a range."""

    span: Span
    value: float | None
    high: float | None
    comparator: str
    label: str


@dataclass(frozen=True, slots=True)
class MarkerPanel:
    """The values of one marker in one unit, with its normal range."""

    analyte: str
    unit: str
    normal: NormalRange | None
    points: tuple[MarkerPoint, ...]


def panels_of(timed: Sequence[tuple[Marker, Span]], ranges: Ranges) -> tuple[MarkerPanel, ...]:
    """A panel for each marker and unit; what is only called normal stands in the marker's first panel."""
    groups: dict[tuple[str, str], dict[MarkerPoint, None]] = {}
    for marker, span in sorted(timed, key=lambda each: each[0].value is None):
        key: tuple[str, str] = (marker.analyte, in_common_unit(marker)[0])
        if marker.value is None:
            key = next((k for k in groups if k[0] == marker.analyte), (marker.analyte, ranges.unit_of(marker.analyte)))
        groups.setdefault(key, {})[_point(marker, span)] = None  # what is stated twice of one time stands once
    return tuple(
        MarkerPanel(*key, ranges.normal(*key), tuple(sorted(points, key=lambda p: (p.span, p.label))))
        for key, points in sorted(groups.items())
    )


def _point(marker: Marker, span: Span) -> MarkerPoint:
    factor = in_common_unit(marker)[1]
    value = marker.value * factor if marker.value is not None else None
    high = marker.value_high * factor if marker.value_high is not None else None
    return MarkerPoint(span, value, high, marker.comparator or "=", value_label(marker, factor))
