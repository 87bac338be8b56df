"""The normal range of a marker: as the paper states it, else as a laboratory's table does, with its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hcclit.language import Analysis
from hcclit.records import Marker, Record
from hcclit.vocabulary import rows

_COMMON = {
    "ug/L": ("ng/mL", 1.0),
    "ng/dL": ("ng/mL", 0.01),
    "ug/mL": ("ng/mL", 1000.0),
    "AU/mL": ("mAU/mL", 1000.0),
    "kU/L": ("U/mL", 1.0),
    "IU/mL": ("U/mL", 1.0),
}
"""Units to the one in which a figure shows them; AFP in IU/mL comes converted in its record."""
NO_UNIT = "no unit"
_NORMAL = re.compile(r"\b(?:normal|reference|upper limit|ULN|healthy)\b", re.IGNORECASE)
_ABNORMAL = re.compile(r"\b(?:times|fold)\b|[×x] ?(?:the )?(?:ULN|upper)", re.IGNORECASE)
_BEFORE = re.compile(r"[^.;()\[\]]*$")
_AFTER = re.compile(r"[^.;()\[\]]{0,30}")
_NEAR = 60


@dataclass(frozen=True, slots=True)
class NormalRange:
    """Values from `low` to `high` in `unit` are normal.

    `with_high` is false where `high` itself is not; `source` says who says so, `stated` whether the paper does.
    """

    low: float
    high: float
    unit: str
    source: str
    stated: bool
    with_high: bool = True


def in_common_unit(marker: Marker) -> tuple[str, float]:
    """The unit in which values of a marker are shown together, and the factor to it."""
    if marker.analyte == "AFP" and marker.value_ng_ml is not None and marker.value:
        return "ng/mL", marker.value_ng_ml / marker.value
    return _COMMON.get(marker.unit or "", (marker.unit or NO_UNIT, 1.0))


class Ranges:
    """The normal ranges that hold for one paper."""

    def __init__(self, analysis: Analysis, records: Sequence[Record]) -> None:
        """Find what the paper states."""
        bounds = [r for r in records if isinstance(r, Marker) and r.kind == "threshold" and r.subject == "general"]
        places = analysis.view.from_source({r.start for r in bounds} | {r.end - 1 for r in bounds})
        self._known = {(row["name"], row["unit"]): _from_table(row) for row in rows("reference_ranges")}
        for bound in reversed(bounds):  # the first statement holds
            before = _words(analysis.text, places.get(bound.start), -_NEAR)
            after = _words(analysis.text, places.get(bound.end - 1, -2) + 1, _NEAR)
            if (found := _stated(bound, before, after)) is not None:
                self._known[bound.analyte, found.unit] = found

    def normal(self, analyte: str, unit: str) -> NormalRange | None:
        """The normal range of a marker in a unit; None where nobody states one in that unit."""
        return self._known.get((analyte, unit))

    def unit_of(self, analyte: str) -> str:
        """The unit of the range that is known of a marker."""
        return next((unit for name, unit in self._known if name == analyte), NO_UNIT)


def _from_table(row: dict[str, str]) -> NormalRange:
    return NormalRange(float(row["low"]), float(row["high"]), row["unit"], row["source"], stated=False)


def _words(text: str, place: int | None, reach: int) -> str:
    """So many signs before or after a place, within the clause or bracket."""
    if place is None or place < 0:
        return ""
    if reach > 0:
        found = _AFTER.match(text, place)
        return found[0] if found else ""
    found = _BEFORE.search(text[max(0, place + reach) : place])
    return found[0] if found else ""


def _stated(bound: Marker, before: str, after: str) -> NormalRange | None:
    """The range that a threshold gives, if the words beside it call it normal."""
    beside = f"{before} {after}"
    if not bound.value or not _NORMAL.search(beside) or _ABNORMAL.search(beside) or bound.comparator in (">", ">="):
        return None
    unit, factor = in_common_unit(bound)
    low, high = (bound.value, bound.value_high) if bound.value_high is not None else (0.0, bound.value)
    with_high = bound.comparator != "<"
    return NormalRange(low * factor, high * factor, unit, "as stated in the paper", stated=True, with_high=with_high)
