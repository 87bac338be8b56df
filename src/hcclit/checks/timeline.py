"""Dates and lengths of time as intervals of days: `May 2010` is any day of it, `about two months` any near it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from hcclit.checks.intervals import Interval
from hcclit.dates import Duration

_DAYS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
_PART = re.compile(r"(\d+)([YMWD])")
_SHARE = 0.25
"""By how much a length in words may miss the dates, beside one of its unit: authors round it."""


def days(value: str) -> Interval | None:
    """The days of an ISO 8601 date at its stated precision, as ordinals; None for a year 0."""
    year, *rest = map(int, value.split("-"))
    if year < 1:
        return None
    first_month, last_month = (rest[0], rest[0]) if rest else (1, 12)
    first, last = (rest[1], rest[1]) if len(rest) > 1 else (1, monthrange(year, last_month)[1])
    return Interval(date(year, first_month, first).toordinal(), date(year, last_month, last).toordinal())


def span_of_days(duration: Duration) -> Interval | None:
    """The days that a stated length may mean: one of its smallest unit, and a quarter, to either side."""
    lengths = [_length(iso) for iso in (duration.iso, duration.iso_high or duration.iso)]
    if None in lengths:
        return None
    low, high = (each for each in lengths if each is not None)
    slack = max(_DAYS[_PART.findall(duration.iso)[-1][1]], _SHARE * high)
    open_low = duration.comparator is not None and not duration.comparator.startswith(
        (">", "≥", "more", "over", "at least")
    )
    open_high = duration.comparator is not None and not open_low
    return Interval(0.0 if open_low else low - slack, float("inf") if open_high else high + slack)


def _length(iso: str) -> float | None:
    parts = _PART.findall(iso)
    return sum(int(count) * _DAYS[unit] for count, unit in parts) if parts and "T" not in iso else None
