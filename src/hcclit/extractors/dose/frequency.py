"""How often: `twice a day`, `q3w`, `on days 1, 8 and 15 of a 28-day cycle`, read as marks at places.

Phrases with a fixed meaning are rows of `vocabulary/frequencies.csv`; those with a number in them are here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from hcclit.extractors.dose.cycles import find_cycles
from hcclit.extractors.dose.model import Mark, MarkKind
from hcclit.extractors.dose.numbers import DAYS_IN, NUMBER, ORDINAL, UNIT_OF_TIME, number
from hcclit.vocabulary import rows

_EACH = r"(?:an?|per|each|every|/|in an?)"
_TIMES = rf"(?:(?P<word>once|twice|thrice)|(?P<n>{NUMBER})[- ]?(?:times?\b|[x×]))"
_PER_DAY = re.compile(rf"\b{_TIMES}(?:[- ]|\s?(?=/))?(?:{_EACH}[\s-]?(?:calendar )?d(?:ay)?|daily)\b", re.I)
_PER_WEEK = re.compile(rf"\b{_TIMES}(?:[- ]|\s?(?=/))?(?:{_EACH}[\s-]?w(?:ee)?k|weekly)\b", re.I)
_DAYS_A_WEEK = re.compile(
    rf"\b(?:on |for )?(?P<n>{NUMBER})[- ]?(?:days?|d) ?(?:an?|per|each|every|/) ?w(?:ee)?k\b", re.I
)
_SLASH = re.compile(
    r"/ ?(?:(?P<day>d(?:ay)?|daily|24 ?h(?:ours?)?)|(?P<week>w(?:ee)?k|weekly|w))\b(?!\s?/)", re.I
)
_HOURS = re.compile(
    rf"(?:\b(?:once )?(?:every|each|per)\s|\bq\.? ?|/ ?)(?P<n>{NUMBER})(?P<range>\s?(?:-|to|or)\s?{NUMBER})?[- ]?"
    r"(?:h|hr|hrs|hours?|hourly)\b(?! (?:infusion|period))"  # a slash only with the usual intervals: `mg/m2/22 h` is an infusion
    rf"|\b(?P<n2>{NUMBER})[- ]?hourly\b",
    re.I,
)
_USUAL = (4, 6, 8, 12, 24, 48, 72)
_EVERY = re.compile(
    rf"(?:\b(?:(?P<times>once|twice|thrice) )?(?:repeated |given )?(?:every|each|per)[- ](?P<n>{NUMBER}|{ORDINAL})"
    rf"(?P<range>\s?(?:-|to|or)\s?{NUMBER})?[- ]?(?P<unit>{UNIT_OF_TIME})\b(?![- ](?:cycles?|courses?)\b))"
    rf"|(?:\bq\.? ?|(?<=[a-z0-9])/ ?)(?P<qn>\d{{1,2}})(?P<qrange>\s?(?:-|to|or)\s?\d{{1,2}})?[- ]?"
    rf"(?P<qunit>{UNIT_OF_TIME}|d|w|wk|wks)\b"
    r"|\bq ?(?P<bare>14|21|28|35|42)\b(?! ?(?:h|min))"
    rf"|\b(?P<wn>{NUMBER}(?=-)|(?:[234]|two|three|four)(?= ))[- ]weekly\b(?! (?:dose|injection|treatment|infusion|course))"
    rf"|\bat (?P<in>{NUMBER})[- ]?(?P<inunit>days?|weeks?)(?:ly)? intervals?\b"
    rf"|\bintervals? of (?P<of>{NUMBER})[- ]?(?P<ofunit>days?|weeks?)\b",
    re.I,
)
_NOT_A_DOSE = re.compile(
    r"\s?-?(?:fraction|practice|li[fv]e|living|activit|clinic|routine|record|diar|monitor|visit|assess|phone|intake of food)",
    re.I,
)
_SOLID = re.compile(r"[\s(),;:]*")


@cache
def _fixed() -> tuple[re.Pattern[str], dict[str, tuple[MarkKind, float | None]]]:
    table: dict[str, tuple[MarkKind, float | None]] = {}
    for row in rows("frequencies"):
        kind: MarkKind = row["kind"]  # type: ignore[assignment]  # the table holds only the model's kinds
        table[row["written"]] = (kind, float(row["per_day"]) if row["per_day"] else None)
    words = sorted(table, key=len, reverse=True)
    body = "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in words)
    return re.compile(
        rf"(?<![\w.-])(?<!hours )(?<!\dh )(?<!fractions )(?:{body})(?!\w)|(?<=\sonce-)daily\b|(?<=[gG] )(?:OD|BD)\b",
        re.I,
    ), table


def find_marks(text: str, offset: int = 0) -> list[Mark]:
    """The frequencies of a sentence, in order, not overlapping; of two that overlap the longer one stays.

    Args:
        text: the sentence.
        offset: where it begins in the view.
    """
    found = [mark for finder in _FINDERS for mark in finder(text) if not _NOT_A_DOSE.match(text, mark.end)]
    chosen: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in chosen):
            chosen.append(mark)
    chosen.sort(key=lambda m: m.start)
    return [replace(m, start=m.start + offset, end=m.end + offset) for m in chosen]


def _fixed_marks(text: str) -> Iterator[Mark]:
    pattern, table = _fixed()
    for match in pattern.finditer(text):
        written = re.sub(r"[\s-]", " ", match.group().lower())
        kind, per_day = (
            table.get(written)
            or table.get(match.group().lower())
            or ("daily", 2.0 if "b" in written else 1.0)
        )
        days = 1 / per_day if per_day and kind != "daily" else None
        yield Mark(
            *match.span(), kind, per_day if kind != "interval" else None, round(days) if days else None
        )


def _times(match: re.Match[str]) -> float:
    word = (match["word"] or "").lower()
    return {"once": 1.0, "twice": 2.0, "thrice": 3.0}.get(word) or number(match["n"])


def _counted_marks(text: str) -> Iterator[Mark]:
    for match in _PER_DAY.finditer(text):
        yield Mark(*match.span(), "daily", _times(match))
    for match in _PER_WEEK.finditer(text):
        yield Mark(*match.span(), "weekly", round(_times(match) / 7, 4), 7)
    for match in _DAYS_A_WEEK.finditer(text):
        yield Mark(*match.span(), "weekly", round(number(match["n"]) / 7, 4), 7)


def _slash_marks(text: str) -> Iterator[Mark]:
    for match in _SLASH.finditer(text):
        if match["day"]:
            yield Mark(*match.span(), "daily", 1.0)
        else:
            yield Mark(*match.span(), "weekly", 0.1429, 7)


def _hour_marks(text: str) -> Iterator[Mark]:
    for match in _HOURS.finditer(text):
        if match["range"]:
            yield Mark(*match.span(), "unclear")
        elif (hours := number(match["n"] or match["n2"])) and (hours in _USUAL or match.group()[0] != "/"):
            yield Mark(*match.span(), "daily", round(24 / hours, 4))


def _interval_marks(text: str) -> Iterator[Mark]:
    for match in _EVERY.finditer(text):
        if match["range"] or match["qrange"]:
            yield Mark(*match.span(), "unclear")
            continue
        count, unit = _interval(match)
        length = DAYS_IN.get(unit[:1].lower())
        if not count or length is None:
            yield Mark(*match.span(), "unclear")
        elif count * length == 1:
            yield Mark(*match.span(), "daily", 1.0)
        elif count * length == 2 and not match["times"]:
            yield Mark(*match.span(), "daily", 0.5)
        else:
            times = {"twice": 2, "thrice": 3}.get((match["times"] or "").lower())
            yield Mark(*match.span(), "interval", None, count * length, times)


def _interval(match: re.Match[str]) -> tuple[float, str]:
    """The number and the unit of an interval, whichever way it is written."""
    for count, unit in (("n", "unit"), ("qn", "qunit"), ("in", "inunit"), ("of", "ofunit")):
        if match[count]:
            return number(match[count]), match[unit]
    return (number(match["bare"]), "d") if match["bare"] else (number(match["wn"]), "w")


_FINDERS: tuple[Callable[[str], Iterator[Mark]], ...] = (
    _fixed_marks, _counted_marks, _slash_marks, _hour_marks, _interval_marks, find_cycles,
)  # fmt: skip
