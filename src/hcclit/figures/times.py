"""Stretches of time: what a date or a length of time leaves open, as numbers of days.

A date is known to its stated precision: `2007-09` is some day of that month. A length of time is known to half of its
last stated unit, as every rounded number is: `P8M` is 7.5 to 8.5 months. Days and hours are taken as they are.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from hcclit.records import Bound

DAYS = {"Y": 365.25, "M": 30.4375, "W": 7.0, "D": 1.0, "H": 1 / 24}
"""Mean length of a unit of ISO 8601, in days of the Gregorian calendar (400 years are 146,097 days)."""
_PART = re.compile(r"(\d+(?:\.\d+)?)([YMWDH])")
_EXACT = "DH"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `low` to `high`, in days: of the proleptic calendar (`date.toordinal`), or since an event."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The middle, in days."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> float:
        """How much is left open, in days."""
        return self.high - self.low

    def plus(self, other: Span) -> Span:
        """The time so long after this one, as wide as both leave it."""
        return Span(self.low + other.low, self.high + other.high)

    def hull(self, other: Span) -> Span:
        """The shortest span that holds both."""
        return Span(min(self.low, other.low), max(self.high, other.high))


def span_of_date(value: str, bound: Bound | None = None) -> Span:
    """The days that an ISO 8601 date, month or year may mean, from the first one's morning to the last one's night.

    Args:
        value: the date.
        bound: `start`, `mid` or `end` take the first, middle or last third of a month or year.
    """
    year, month, day = ([int(part) for part in value.split("-")] + [0, 0])[:3]
    year = max(year, 1)  # there is no year 0
    first = date(year, month or 1, day or 1).toordinal()
    last = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1]).toordinal() + 1
    third = {"start": 0, "mid": 1, "end": 2}.get(bound or "")
    if third is None or day:
        return Span(first, last)
    part = (last - first) / 3
    return Span(first + third * part, first + (third + 1) * part)


def parts_of(length: str) -> list[tuple[str, str]]:
    """The numbers of an ISO 8601 length of time with their units: `P1Y6M` is 1 Y, 6 M."""
    return [(match[1], match[2]) for match in _PART.finditer(length)]


def span_of_length(value: str) -> Span:
    """The days that an ISO 8601 length of time may mean."""
    parts = parts_of(value)
    days = sum(float(number) * DAYS[unit] for number, unit in parts)
    unit = parts[-1][1]
    open_by = 0 if unit in _EXACT else DAYS[unit] / 2
    return Span(max(0.0, days - open_by), days + open_by)
