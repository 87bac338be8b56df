"""Lengths of time as text states them: `two weeks`, `20 months`, `one and a half years`, `8 h`, `day 5`.

Written as ISO 8601 as stated (`P20M`, not `P1Y8M`), fractions in the next smaller unit (`P1Y6M`); "about" and
"almost" stay outside the span. Which of them is the `elapsed` of a fact is for linking to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from hcclit.quantity import WORD_NUMBER, parse_number

DurationForm = Literal["length", "point"]


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time at a place.

    `iso` is its value, of a range (`6-8 weeks`) the low end, with `iso_high` the other. `form` is `point` where
    the text counts to a point in time (`day 5`, `the third week`), else `length`. `comparator` is the sign or
    word of a bound before it (`less than`), in small letters and outside the span; "about" is none.
    """

    start: int
    end: int
    iso: str
    iso_high: str | None = None
    form: DurationForm = "length"
    comparator: str | None = None


_CODES = "YMWDH"  # from the largest to the smallest
_UNITS = {
    "hour": "H", "hr": "H", "h": "H", "day": "D", "d": "D", "week": "W", "wk": "W", "month": "M", "mo": "M",
    "mth": "M", "mon": "M", "year": "Y", "yr": "Y", "y": "Y",
}  # fmt: skip
_SMALLER = {"Y": ("M", 12), "M": ("W", 4), "W": ("D", 7), "D": ("H", 24)}
_UNIT = (
    r"(?P<{0}>hours?|hrs?|days?|weeks?|wks?|months?|mos|mo|mths?|mon|years?|yrs?|decades?|h|d|y)"
    r"(?![A-Za-z])(?!/)"
)
_NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|{WORD_NUMBER})"
_HALF = r"(?:[\s-]and[\s-](?:a|one)[\s-]half|\s?½|\s1/2)"
_LENGTH = re.compile(
    r"(?:(?P<cmp>[<>≤≥]|\b(?:less|more|longer|shorter|fewer|greater)\sthan|\bover|\bwithin|\bat\sleast|\bup\sto"
    r"|\bunder)\s?)?"
    rf"(?<![\w.,/^-])(?:(?P<number>{_NUMBER})(?P<half>{_HALF})?"
    rf"(?:\s?(?:-|to|or)\s?(?P<high>{_NUMBER})(?P<half_high>{_HALF})?)?"
    r"[\s-]?(?:(?:full|whole|consecutive|more|additional|further|calendar|long)\s)?"
    rf"{_UNIT.format('unit')}(?P<late_half>\sand\sa\shalf)?"
    rf"|(?P<only_half>\b(?:one\s)?half|\ba\shalf)[\s-](?:an?\s|of\sa\s)?{_UNIT.format('half_unit')}"
    rf"|(?P<article>\ban?)\s(?:full\s|whole\s)?{_UNIT.format('one_unit')}(?P<one_half>\sand\sa\shalf)?)",
    re.IGNORECASE | re.ASCII,
)
_NEXT = re.compile(
    rf"\s?(?:,|and|,\sand)?\s?(?P<number>{_NUMBER})[\s-]?{_UNIT.format('unit')}", re.IGNORECASE | re.ASCII
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_POINT = re.compile(
    r"\b(?P<unit>day|week|month|year)s?[\s-]?(?P<count>\d{1,3})(?![\w.-])"
    rf"|\b(?P<ordinal>{'|'.join(_ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))\s(?:post-?operative\s)?"
    r"(?P<ordinal_unit>day|week|month|year)\b",
    re.IGNORECASE | re.ASCII,
)


def find_durations(text: str) -> list[Duration]:
    """Find the lengths of time of a cleaned text, in order, not overlapping. Linear in the text's length."""
    found = sorted([*_lengths(text), *_points(text)], key=lambda d: (d.start, -d.end))
    out: list[Duration] = []
    for duration in found:
        if not out or duration.start >= out[-1].end:
            out.append(duration)
    return out


def _lengths(text: str) -> Iterator[Duration]:
    at = 0
    while match := _LENGTH.search(text, at):
        at = match.end()
        duration = _length(text, match)
        if duration is not None:
            at = max(at, duration.end)
            yield duration


def _length(text: str, match: re.Match[str]) -> Duration | None:
    comparator = match["cmp"].lower() if match["cmp"] else None
    low, high, unit = _stated(match)
    start = match.start(next(group for group in ("number", "only_half", "article") if match[group]))
    iso, iso_high = _iso(low, unit), _iso(high, unit) if high is not None else None
    if iso is None or (match["article"] and len(unit) <= 3):  # "a d" is no day
        return None
    end = match.end()
    if iso_high is None and low.denominator == 1 and not match["half"]:
        iso, end = _with_smaller(text, (iso, end), _code(unit))
    return Duration(start, end, iso, iso_high, "length", comparator)


def _stated(match: re.Match[str]) -> tuple[Fraction, Fraction | None, str]:
    """The number, the second of a range, and the unit, as words."""
    if match["half_unit"]:
        return Fraction(1, 2), None, match["half_unit"]
    if match["one_unit"]:
        return Fraction(3 if match["one_half"] else 2, 2), None, match["one_unit"]
    late = bool(match["late_half"])
    high = _amount(match["high"], late or bool(match["half_high"])) if match["high"] else None
    return _amount(match["number"], bool(match["half"]) or (late and high is None)), high, match["unit"]


def _amount(number: str, half: bool) -> Fraction:
    value = Fraction(number) if number[0].isdigit() else Fraction(int(parse_number(number)))
    return value + Fraction(1, 2) if half else value


def _with_smaller(text: str, stated: tuple[str, int], code: str) -> tuple[str, int]:
    """`one year and six months`, `2 years 3 months`: one length in two units."""
    iso, end = stated
    following = _NEXT.match(text, end)
    if following is None or code not in _SMALLER:
        return stated
    smaller = _code(following["unit"])
    more = _iso(_amount(following["number"], half=False), following["unit"])
    if more is None or smaller == "H" or _CODES.index(smaller) <= _CODES.index(code):
        return stated
    return iso + more[1:], following.end()


def _code(unit: str) -> str:
    word = unit.lower()
    return "Y" if word.startswith("decade") else _UNITS.get(word) or _UNITS[word.rstrip("s")]


def _iso(amount: Fraction, unit: str) -> str | None:
    """`1.5` `years` → `P1Y6M`, in whole numbers of the next smaller unit; none for a part of an hour."""
    code = _code(unit)
    if unit.lower().startswith("decade"):
        amount *= 10
    whole, rest = divmod(amount, 1)
    if not rest:
        return _written(int(whole), code)
    if code not in _SMALLER:
        return None
    smaller, count = _SMALLER[code]
    parts = round(rest * count)
    if parts == count:
        whole, parts = whole + 1, 0
    head = _written(int(whole), code) if whole else "P"
    return head + _written(parts, smaller)[1:] if parts else (head if whole else None)


def _written(count: int, code: str) -> str:
    return f"PT{count}H" if code == "H" else f"P{count}{code}"


def _points(text: str) -> Iterator[Duration]:
    for match in _POINT.finditer(text):
        if match["count"]:
            count, unit = int(match["count"]), match["unit"]
        else:
            written, unit = match["ordinal"].lower(), match["ordinal_unit"]
            count = _ORDINALS.index(written) + 1 if written in _ORDINALS else int(re.sub(r"\D", "", written))
        yield Duration(match.start(), match.end(), _written(count, _code(unit)), None, "point")
