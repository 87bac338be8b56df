"""Lengths of time as text states them: `two weeks`, `20 months`, `one and a half years`, `8 h`, `postoperative day 5`.

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
    the text counts to a point in time (`day 5`, `the third week`) and `length` otherwise. `comparator` is the
    sign or word of a bound before it (`less than`), in small letters; "about" is none.
    """

    start: int
    end: int
    iso: str
    iso_high: str | None = None
    form: DurationForm = "length"
    comparator: str | None = None


_UNITS = {"hour": "H", "hr": "H", "h": "H", "day": "D", "d": "D", "week": "W", "wk": "W", "month": "M", "mo": "M", "mth": "M",
          "mon": "M", "year": "Y", "yr": "Y", "y": "Y", "decade": "T"}  # fmt: skip
_SMALLER = {"Y": ("M", 12), "M": ("W", 4), "W": ("D", 7), "D": ("H", 24)}
_UNIT = r"(?P<unit>hours?|hrs?|days?|weeks?|wks?|months?|mos|mo|mths?|mon|years?|yrs?|decades?|h|d|y)(?![A-Za-z])(?!/)"
_NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|{WORD_NUMBER})"
_HALF = r"(?:\sand\s(?:a|one)[\s-]half|\s?½|\s1/2)"
_LENGTH = re.compile(
    rf"(?:(?P<cmp>[<>≤≥]|\b(?:less|more|longer|shorter|fewer|greater)\sthan|\bover|\bwithin|\bat\sleast|\bup\sto|\bunder)\s?)?"
    rf"(?<![\w.,/^-])(?:(?P<number>{_NUMBER})(?P<half>{_HALF})?(?:\s?(?:-|to|or)\s?(?P<high>{_NUMBER})(?P<half_high>{_HALF})?)?"
    rf"[\s-]?(?:(?:full|whole|consecutive|more|additional|further|calendar|long)\s)?{_UNIT}(?P<late_half>\sand\sa\shalf)?"
    rf"|(?P<some_half>\b(?:one\s)?half|\ba\shalf)[\s-](?:an?\s|of\sa\s)?{_UNIT.replace('<unit>', '<half_unit>')}"
    rf"|(?P<article>\ban?)\s(?:full\s|whole\s)?{_UNIT.replace('<unit>', '<one_unit>')}(?P<one_half>\sand\sa\shalf)?)",
    re.IGNORECASE,
)
_NEXT = re.compile(rf"\s?(?:,|and|,\sand)?\s?(?P<number>{_NUMBER})[\s-]?{_UNIT}", re.IGNORECASE)
_ORDINALS = {w: i + 1 for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split())}
_POINT = re.compile(
    rf"\b(?P<unit>day|week|month|year)s?[\s-]?(?P<count>\d{{1,3}})(?![\w.-])"
    rf"|\b(?P<ordinal>{'|'.join(_ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))\s(?:post-?operative\s)?(?P<ordinal_unit>day|week|month|year)\b",
    re.IGNORECASE,
)


def find_durations(text: str) -> list[Duration]:
    """Find the lengths of time of a text, in order, not overlapping. Linear in the length of the text."""
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
        if match["article"] and match["one_unit"].lower() in ("h", "d", "y", "mo", "mon", "wk", "hr", "yr"):
            continue
        duration = _length(text, match)
        if duration is not None:
            at = max(at, duration.end)
            yield duration


def _length(text: str, match: re.Match[str]) -> Duration | None:
    comparator = match["cmp"].lower() if match["cmp"] else None
    place = (match.start(_first_group(match)), match.end())
    if match["half_unit"]:
        return Duration(*place, _iso(Fraction(1, 2), match["half_unit"]), None, "length", comparator)
    if match["one_unit"]:
        amount = Fraction(3, 2) if match["one_half"] else Fraction(1)
        return Duration(*place, _iso(amount, match["one_unit"]), None, "length", comparator)
    amount = _amount(match["number"], bool(match["half"] or match["late_half"]))
    if match["high"]:
        high = _amount(match["high"], bool(match["half_high"] or match["late_half"]))
        return Duration(*place, _iso(amount, match["unit"]), _iso(high, match["unit"]), "length", comparator)
    iso, end = _iso(amount, match["unit"]), match.end()
    following = _NEXT.match(text, end)
    if following and amount.denominator == 1 and _code(match["unit"]) in _SMALLER:
        smaller = _code(following["unit"])
        if smaller in "YMWDH" and "YMWDH".index(smaller) > "YMWDH".index(_code(match["unit"])) and smaller != "H":
            iso, end = iso + _iso(_amount(following["number"], False), following["unit"])[1:], following.end()
    return Duration(place[0], end, iso, None, "length", comparator)


def _first_group(match: re.Match[str]) -> str:
    return next(group for group in ("number", "some_half", "article") if match[group])


def _amount(number: str, half: bool) -> Fraction:
    value = Fraction(number) if number[0].isdigit() else Fraction(int(parse_number(number)))
    return value + Fraction(1, 2) if half else value


def _code(unit: str) -> str:
    word = unit.lower()
    return _UNITS.get(word) or _UNITS[word.rstrip("s")]


def _iso(amount: Fraction, unit: str) -> str:
    """`one and a half` `years` → `P1Y6M`; a fraction that the smaller unit does not divide stays a decimal."""
    code = _code(unit)
    if code == "T":
        amount, code = amount * 10, "Y"
    whole, rest = divmod(amount, 1)
    if rest and code in _SMALLER:
        smaller, count = _SMALLER[code]
        parts = round(rest * count) if rest * count > Fraction(1, 2) else 1
        if parts == count:
            whole, parts = whole + 1, 0
        return _join([(int(whole), code), (parts, smaller)])
    return _join([(int(round(amount)), code)])


def _join(parts: list[tuple[int, str]]) -> str:
    days = "".join(f"{n}{code}" for n, code in parts if code != "H" and n)
    hours = "".join(f"T{n}H" for n, code in parts if code == "H" and n)
    return f"P{days}{hours}" if days or hours else f"P0{parts[0][1]}" if parts[0][1] != "H" else "PT0H"


def _points(text: str) -> Iterator[Duration]:
    for match in _POINT.finditer(text):
        if match["count"]:
            count, unit = int(match["count"]), match["unit"]
        else:
            written = match["ordinal"].lower()
            count, unit = _ORDINALS.get(written) or int(re.sub(r"\D", "", written)), match["ordinal_unit"]
        yield Duration(match.start(), match.end(), _iso(Fraction(count), unit), None, "point")
