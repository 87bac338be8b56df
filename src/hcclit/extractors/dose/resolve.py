"""From what is said of an amount's days, intervals and cycles to administrations a day."""

from __future__ import annotations

from hcclit.extractors.dose.model import Amount, Mark

SPACED = ("interval", "length")
"""Kinds of marks that say how long it is from one administration, or one cycle, to the next."""


def resolve(marks: list[Mark]) -> tuple[float | None, Mark | None]:
    """What an amount's marks say together, and the mark that its span reaches to.

    A frequency in words is taken as stated; else the days given over the cycle's length, else the interval.
    """
    if marks and marks[0].kind == "unclear":
        return None, None
    days = next((m for m in marks if m.kind == "days" and m.count), None)
    within_week = days is not None and days.last <= 7  # `days 1, 3 and 5 every week`
    worded = next((m for m in marks if m.kind == "daily" or (m.kind == "weekly" and not within_week)), None)
    if worded is not None:
        return worded.per_day, worded
    spaced = next((m for m in marks if m.days or m.kind == "unclear"), None)
    if days is None:
        return _per_length(1, spaced) if spaced is not None and spaced.kind in SPACED else (None, None)
    if days.days:
        return _per_length(days.count or 1, days)
    if spaced is None or not spaced.days or days.last > spaced.days:
        return None, None
    return _per_length(days.count or 1, spaced)


def _per_length(count: int, mark: Mark) -> tuple[float | None, Mark | None]:
    times = mark.count if mark.kind != "days" and mark.count else count
    if not mark.days or times > mark.days:
        return None, None
    return round(times / mark.days, 4), mark


def days_of(amount: Amount) -> Mark | None:
    """The days of a cycle that are said of an amount."""
    return next((m for m in amount.marks if m.kind == "days"), None)


def over_length(amount: Amount, mark: Mark, count: int | None = None) -> float | None:
    """The amount's own days, or so many administrations, over the length that another's mark gives."""
    own = days_of(amount)
    if mark.kind in ("daily", "weekly") and own is None:
        return mark.per_day
    if not mark.days:
        return None
    times = own.count if own and own.count else count or mark.count or 1
    fits = times <= mark.days and (own is None or own.last <= mark.days)
    return round(times / mark.days, 4) if fits else None


def is_open(amount: Amount) -> bool:
    """Whether an amount has no frequency yet, and none that is known to be inexact."""
    return amount.per_day is None and all(m.kind in ("days", "rest") for m in amount.marks)
