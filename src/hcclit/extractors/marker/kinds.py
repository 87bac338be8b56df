"""What sort of value a marker's number is: a measurement, a group's median, mean or range, or a threshold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from hcclit.extractors.marker.attach import Owned
from hcclit.extractors.marker.thresholds import Told, is_threshold
from hcclit.records import MarkerKind

_MEASURE = re.compile(r"\b(?P<median>median)\b|\b(?P<mean>mean|averaged?|averaging)\b", re.IGNORECASE)
_BEFORE_NAME = re.compile(r"\b(?:(?P<median>median)|(?P<mean>mean|average))\b[^.;,0-9]{0,60}$", re.IGNORECASE)
_AFTER = re.compile(r"\s?[(\[,]\s?(?:(?P<median>median)|(?P<mean>mean|average))\b", re.IGNORECASE)
_RANGE_AFTER = re.compile(
    r"\s?[(\[,]\s?(?:with\sa\s)?(?:the\s)?(?:total\s|full\s)?(?:range|ranging|IQR|interquartile"
    r"|inter-quartile)\b",
    re.IGNORECASE,
)


def kinds(text: str, owned: Sequence[Owned], of_patients: bool) -> list[MarkerKind]:
    """The kind of each value of a sentence.

    Args:
        text: the sentence.
        owned: its values with their markers, in order.
        of_patients: whether the passage tells of individual patients (a case report's case).
    """
    told: list[Told] = []
    for item, following in zip_longest(owned, owned[1:]):
        # beside another marker's plain value, or with a reference range of its own, a bound is what was measured:
        # `AFP 12 ng/mL, CEA <1 ng/mL`, `AFP >1000 ng/mL (<10)`
        measured = any(o.analyte != item.analyte and o.value.comparator == "=" for o in owned)
        measured = measured or (following is not None and following.is_bound and not item.is_bound)
        told.append((item, _kind(text, item, told, of_patients or measured)))
    return [kind for _, kind in told]


def _kind(text: str, item: Owned, told: list[Told], of_patients: bool) -> MarkerKind:
    if is_threshold(text, item, told, of_patients):
        return "threshold"
    if item.value.sd is not None:
        return "mean"
    if item.value.high is not None:
        return "range"
    return _measure(text, item, told)


def _measure(text: str, item: Owned, told: list[Told]) -> MarkerKind:
    """Median or mean where the text calls the value so, behind it, before it or before the marker's name."""
    previous_end = told[-1][0].value.end if told else 0
    found = _AFTER.match(text, item.value.end)
    if found is None:
        since = min(max(item.name_end, previous_end), item.value.start)
        found = next(reversed(list(_MEASURE.finditer(text, since, item.value.start))), None)
    if found is None and previous_end <= item.name_start:
        found = _BEFORE_NAME.search(text[max(0, item.name_start - 80) : item.name_start])
    if found:
        return "median" if found["median"] else "mean"
    for other, kind in reversed(told):
        if other.name_start == item.name_start and kind in ("median", "mean"):
            return kind
    return "median" if _RANGE_AFTER.match(text, item.value.end) else "measurement"
