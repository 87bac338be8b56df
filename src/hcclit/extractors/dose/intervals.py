"""Intervals between administrations: `every 12 h`, `q3w`, `3-weekly`, `at 2-week intervals`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.extractors.dose.model import Mark
from hcclit.extractors.dose.numbers import DAYS_IN, NUMBER, ORDINAL, UNIT_OF_TIME, number

_RANGE = rf"\s?(?:-|to|or)\s?{NUMBER}"
_HOURS = re.compile(
    rf"(?:\b(?:once )?(?:every|each|per)\s|\bq\.? ?|/ ?)(?P<n>{NUMBER})(?P<range>{_RANGE})?[- ]?"
    r"(?:h|hr|hrs|hours?|hourly)\b(?! (?:infusion|period))"
    rf"|\b(?P<n2>{NUMBER})[- ]?hourly\b",
    re.I,
)
_USUAL_HOURS = (4, 6, 8, 12, 24, 48, 72)  # after a slash: `mg/m2/22 h` is an infusion
_DAYS = re.compile(
    rf"(?:\b(?:(?P<times>once|twice|thrice) )?(?:repeated |given )?(?:every|each|per)[- ](?P<n>{NUMBER}|{ORDINAL})"
    rf"(?P<range>{_RANGE})?[- ]?(?P<unit>{UNIT_OF_TIME})\b(?![- ](?:cycles?|courses?)\b))"
    rf"|(?:\bq\.? ?|(?<=[a-z0-9])/ ?)(?P<qn>\d{{1,2}})(?P<qrange>{_RANGE})?[- ]?(?P<qunit>{UNIT_OF_TIME}|d|w|wk|wks)\b"
    r"|\bq ?(?P<bare>14|21|28|35|42)\b(?! ?(?:h|min))"
    rf"|\b(?P<wn>{NUMBER}(?=-)|(?:[234]|two|three|four)(?= ))[- ]weekly\b"
    r"(?! (?:dose|injection|treatment|infusion|course))"
    rf"|\bat (?P<in>{NUMBER})[- ]?(?P<inunit>days?|weeks?)(?:ly)? intervals?\b"
    rf"|\bintervals? of (?P<of>{NUMBER})[- ]?(?P<ofunit>days?|weeks?)\b",
    re.I,
)
_WRITTEN = (("n", "unit"), ("qn", "qunit"), ("in", "inunit"), ("of", "ofunit"))
_TIMES = {"twice": 2, "thrice": 3}


def find_intervals(text: str) -> Iterator[Mark]:
    """The intervals of a sentence; spans may overlap with other marks."""
    for match in _HOURS.finditer(text):
        hours = number(match["n"] or match["n2"])
        if match["range"]:
            yield Mark(*match.span(), "unclear")
        elif hours and (hours in _USUAL_HOURS or match.group()[0] != "/"):
            yield Mark(*match.span(), "daily", round(24 / hours, 4))
    for match in _DAYS.finditer(text):
        yield _interval(match)


def _interval(match: re.Match[str]) -> Mark:
    """A mark of an interval: one or two days are a frequency in words, months have no exact number of days."""
    count, unit = _count_and_unit(match)
    days = count * DAYS_IN.get(unit[0].lower(), 0)
    if match["range"] or match["qrange"] or not days:
        return Mark(*match.span(), "unclear")
    if days == 1 or (days == 2 and not match["times"]):
        return Mark(*match.span(), "daily", 1 / days)
    return Mark(*match.span(), "interval", None, days, _TIMES.get((match["times"] or "").lower()))


def _count_and_unit(match: re.Match[str]) -> tuple[float, str]:
    """The number and the unit of an interval, whichever way it is written."""
    for count, unit in _WRITTEN:
        if match[count]:
            return number(match[count]), match[unit]
    return (number(match["bare"]), "d") if match["bare"] else (number(match["wn"]), "w")
