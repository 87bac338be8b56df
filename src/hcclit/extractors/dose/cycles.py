"""Cycles: which days or weeks of them a drug is given on, and how long they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.extractors.dose.model import Mark
from hcclit.extractors.dose.numbers import DAYS_IN, NUMBER, number

_DAY_WORDS = r"(?:one|two|three|four|five|seven|eight|fifteen)\b"
_ONE = (
    r"(?:\d{1,3}(?![\d.]*\d|-[A-Z]{2}|\s?(?:mg|%|µg|g\b|ml|h\b))"
    rf"|{_DAY_WORDS}(?! (?:weeks?|days?|months?|cycles?|doses?|times?|hours?)\b))"
)
_TO = r"(?:\s?-\s?(?:day |d)?|\s(?:to|through|thru|until) (?:day )?)"
_STEP = rf"(?:\s?,? ?(?:and|&) (?:on |in )?(?:day |week |d)?|\s?[,;/+] ?(?:and )?(?:day |d)?|{_TO})"
_LIST = rf"{_ONE}(?:{_STEP}{_ONE}){{0,12}}"
# `of a 28-day cycle`, `of 21`, `of each 3-week cycle`, `in a 6-week cycle`
_WHOLE = (
    rf",? (?:of|in|per|for) (?:an? |each |every |the )?(?P<of>{NUMBER})(?:[- ]?(?P<ofunit>days?|weeks?|wks?|d|w)\b)?"
    r"(?:[- ](?:treatment |chemotherapy )?(?:cycles?|schedules?|intervals?)\b)?"
)
_DAYS = re.compile(
    rf"(?<![\w-])(?:on |at |from |in |during )?(?:the )?(?P<unit>days?|d|weeks?|wks?)[- .]?(?P<list>{_LIST})"
    rf"(?:{_WHOLE})?(?!\w)",
    re.I,
)
_FOR_DAYS = re.compile(
    rf"(?:\bfor |[x×] ?)(?P<n>{NUMBER})(?: consecutive)?[- ](?P<unit>days?|weeks?)\b"
    rf"(?=\)?,? ?\(?(?:repeated |given |and repeated )?(?:every|q ?\d|of (?:an?|each|every)\b|in an?\b|per) ?"
    rf"(?:(?:{NUMBER}|third|fourth|other|cycle)|(?<=q)\d))",
    re.I,
)
_FIRST_DAY = re.compile(r"\bon the first day(?: of (?:each|every|the) (?:treatment )?(?:cycle|course))?\b", re.I)
_LENGTH = re.compile(
    rf"(?:\b(?:in|of|per|with|as) )?(?:\b(?:an?|each|every|the) )?\b(?P<n>{NUMBER})[- ]?(?P<unit>days?|weeks?|wks?)"
    r"[- ]?(?:ly )?(?:(?:treatment|therapy|chemotherapy|dosing|repeated|repeating|long) )?cycles?\b"
    r"|\bcycles? (?:length|duration)?\s?(?:(?:of|was|is|were|lasted|lasting|lasts|for|defined as"
    r"|consist(?:s|ed|ing) of|repeated|:|=|every) ?){1,3}"
    rf"(?P<n2>{NUMBER})[- ]?(?P<unit2>days?|weeks?)\b(?! (?:before|after|prior|until|if|apart from))",
    re.I,
)
_REST = re.compile(
    rf"\b(?P<on>{NUMBER})[- ](?P<onunit>weeks?|days?)"
    r"(?:[- ]on| of (?:treatment|therapy)| on (?:treatment|therapy|drug))?"
    r"(?:,? ?(?:and|/|followed by|then|with)?,? ?)(?:an? )?"
    rf"(?P<off>{NUMBER})[- ](?P<offunit>weeks?|days?)[- ](?:of )?(?:treatment[- ])?"
    r"(?:off|rest|break|pause|interruption)\b",
    re.I,
)
_DAY_WORD = re.compile(rf"\b{_DAY_WORDS}", re.I)
_STARTS = re.compile(r"(?:start\w*|begin\w*|until|after|by|before|since|prior to)\s$", re.I)
_RANGE = re.compile(rf"(\d{{1,3}}){_TO}(\d{{1,3}})", re.I)
_LONGEST_RANGE = 400


def find_cycles(text: str) -> Iterator[Mark]:
    """The days, weeks and lengths of cycles in a sentence; spans may overlap."""
    yield from _days(text)
    for match in _FOR_DAYS.finditer(text):
        days = int(_in_days(match["n"], match["unit"]))
        yield Mark(match.start(), match.end("n"), "days", count=days, last=days)
    for match in _FIRST_DAY.finditer(text):
        yield Mark(*match.span(), "days", count=1, last=1)
    for match in _LENGTH.finditer(text):
        count, unit = (match["n"], match["unit"]) if match["n"] else (match["n2"], match["unit2"])
        yield Mark(*match.span(), "length", days=_in_days(count, unit))
    for match in _REST.finditer(text):
        on, off = _in_days(match["on"], match["onunit"]), _in_days(match["off"], match["offunit"])
        yield Mark(*match.span(), "rest", days=on + off)


def _in_days(count: str, unit: str) -> float:
    return number(count) * DAYS_IN[unit[0].lower()]


def _days(text: str) -> Iterator[Mark]:
    for match in _DAYS.finditer(text):
        named = _named(match["list"])
        if not named or _STARTS.search(text[max(0, match.start() - 14) : match.start()]):
            continue
        unit = match["unit"]
        length = _in_days(match["of"], match["ofunit"] or unit) if match["of"] else None
        if length is not None and length < max(named) * DAYS_IN[unit[0].lower()]:
            length = None
        if length is None and unit[0] in "wW":
            continue  # weeks without a cycle are a stretch of the study
        end = match.end() if length else match.end("list")
        last = max(named) if unit[0] in "dD" else 0
        yield Mark(match.start(), end, "days", days=length, count=len(named), last=last)


def _named(days: str) -> set[int]:
    """The days that a list names: `1, 8 and 15` three, `1-5 and 8-12` ten."""
    days = _DAY_WORD.sub(lambda m: str(int(number(m.group()))), days)
    named: set[int] = set()
    for low, high in _RANGE.findall(days):
        if not 0 <= int(high) - int(low) <= _LONGEST_RANGE:
            return set()
        named.update(range(int(low), int(high) + 1))
    return named | {int(day) for day in re.findall(r"\d+", _RANGE.sub(" ", days))}
