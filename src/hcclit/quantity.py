"""Numbers, comparators, ranges, ± and units, parsed in one place for every extractor.

Works on the cleaned text of a view (`hcclit.view`). `scan` reads a text once and gives every quantity that it
states, in order: `<10 ng/ml`, `10-20 ml`, `3.4±0.8`, `1.2 x 10^4`, `.014`, `13,913`, `Sixty-two`, `97.5%`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import get_args

from hcclit.alternatives import one_of
from hcclit.records import Comparator
from hcclit.vocabulary import rows


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its place. `is_word`: written as a word (`Sixty-two`)."""

    start: int
    end: int
    value: float
    is_word: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit at a place: its UCUM form as the contract lists it, and what it measures (`dose`, `time`, `marker`)."""

    start: int
    end: int
    code: str
    kind: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """One stated quantity. `high` is the second number of a range, `sd` the number after ±.

    `start` is where the comparator begins (or the number without one), `end` where the unit ends (or the
    number, or the comparator that follows it: `400 ng/ml or more`).
    """

    start: int
    end: int
    number: Number
    high: Number | None = None
    sd: Number | None = None
    comparator: Comparator | None = None
    comparator_is_word: bool = False
    unit: Unit | None = None

    @property
    def value(self) -> float:
        """The number, or the low end of a range."""
        return self.number.value

    @property
    def is_sound(self) -> bool:
        """Whether its numbers can be meant: a long row of digits is a code, and no table could hold its value."""
        return all(each.value < _TOO_LARGE for each in (self.number, self.high, self.sd) if each is not None)

    @property
    def number_end(self) -> int:
        """Where the numbers end: after the range or ±, before the unit."""
        return (self.sd or self.high or self.number).end


_TOO_LARGE = 1e15
_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORD_VALUES = {w: i + 1 for i, w in enumerate(_ONES)} | {w: 10 * (i + 2) for i, w in enumerate(_TENS)}
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES))})"
_BELOW_THOUSAND = rf"(?:{_SMALL} hundred(?:(?: and)? {_SMALL})?|{_SMALL})"
WORD_NUMBER = (
    rf"\b(?:{_SMALL} thousand(?:,? (?:and )?{_BELOW_THOUSAND})?|{_SMALL} hundred(?:(?: and)? {_SMALL})?"
    rf"|a hundred(?: and {_SMALL})?|{_SMALL})\b"
    r"(?![- ](?:thirds?|half|halves|quarters?|fifths?|fourths?|tenths?)\b)"
)
_DIGITS = (
    r"(?:0,\d{2,4}(?![\d,])"  # 0,022
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)"  # 13,913
    r"|\d{1,3}(?: \d{3})+(?![\d.,]*\d)"  # 13 913
    r"|\d+,\d{1,2}(?=\s?(?:%|[mnuµ]g\b|m[lL]\b|months\b|cm\b|g/|[km]?I?U/|mAU/))"  # 6,5 months
    r"|\d+(?:\.\d+)?|\.\d+)"
)
# the power sign may be lost (`50x109/l`, `1.2 x 104 ng/mL`); then what follows tells a power from a product
_POWER = (
    r"(?:\s?[x×*·]\s?10(?:\s?\^\s?|\((?=\d{{1,2}}\))|(?=\d{{1,2}}\s?/)|(?=[3-9]\s?(?:[nuµ]g/|m?I?U/|mAU/|copies|cells)))"
    r"(?P<{0}>-?\d{{1,2}})(?!\d)(?:(?<=\(\d)\)|(?<=\(\d\d)\))?)?"
)


def _comparators(place: str) -> dict[str, Comparator]:
    """Signs, words before a number, or words after `or`, with the contract's sign for each."""
    signs: tuple[Comparator, ...] = get_args(Comparator)
    return {
        row["written"]: signs[signs.index(row["comparator"])] for row in rows("comparators") if row["place"] == place
    }


_SIGN_COMPARATORS, _WORD_COMPARATORS, _AFTER = map(_comparators, ("sign", "word", "after"))


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_FIRST_SIGNS = "".join(sorted({re.escape(sign[0]) for sign in _SIGN_COMPARATORS}))
# without ASCII, letters that fold to one of ours ("ſ" to "s") would match words that no table has
_FLAGS = re.IGNORECASE | re.ASCII
_QUANTITY = re.compile(
    rf"(?=[{_FIRST_SIGNS}\d.]|\b[a-z])"  # at most places this tells that no quantity begins there
    rf"(?:(?P<sign>{_alternatives(_SIGN_COMPARATORS)})\s*|\b(?P<cmp>{one_of(_WORD_COMPARATORS)})\s+)?"
    rf"(?:(?<![\w.,^\u0370-\u03ff])(?<![A-Za-z]/)(?P<digits>{_DIGITS}){_POWER.format('power')}|(?P<word>{WORD_NUMBER}))"
    rf"(?:\s?(?:±|\+/-|\+-)\s?(?P<sd>{_DIGITS}))?"
    r"(?:\s?%?(?P<joiner>\s?-\s?|\s?~\s?|\s+to\s+(?:<|>)?)"
    rf"(?P<high>{_DIGITS}){_POWER.format('power_high')}(?![\d-]))?",
    _FLAGS,
)
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}|0,\d{2,4}")
_AFTER_WORDS = re.compile(rf"\s+or\s+(?P<after>{_alternatives(_AFTER)})\b", _FLAGS)


@cache
def _units() -> dict[str, tuple[str, str]]:
    return {row["written"]: (row["unit"], row["kind"]) for row in reversed(list(rows("units")))}


@cache
def _unit_pattern() -> re.Pattern[str]:
    """A unit right after its number, not the beginning of a longer word or of an unknown ratio (`mg/xyz`)."""
    words = [re.escape(w).replace(r"\ ", r"\s") for w in sorted(_units(), key=len, reverse=True)]
    words = [re.sub(r"(?<=.)/", r"\\s?/\\s?", word) for word in words]  # `ng / mL`
    # `mg/day` and `mg/d` are a unit and a frequency; any other slash makes a unit that is not in the table
    per = (
        r"(?:day|daily|d|j|dose|pulse|course|week|weekly|wk|w|month|cycle|time|night|body|session|infusion"
        r"|injection)\b|\d"
    )
    route = r"(?<=mg)(?=(?:iv|po|im|sc|bid|tid|qid|qd|daily|orally|per|every)\b)"  # run together: `80 mgiv`
    return re.compile(
        rf"(?:\s?-?\s?)(?P<unit>{'|'.join(words)})(?:{route}|(?![A-Za-z0-9\u00c0-\u024f^])(?!/ ?(?!{per})))",
        _FLAGS,
    )


def parse_number(text: str) -> float:
    """The value of one number as printed: `13,913`, `13 913`, `.014`, `6,5`, `Sixty-two`.

    Raises:
        ValueError: the text is no number.
    """
    plain = text.strip().lower()
    if plain[:1].isalpha():
        return float(_word_value(plain))
    if _DECIMAL_COMMA.fullmatch(plain):
        return float(plain.replace(",", "."))
    return float(plain.replace(",", "").replace(" ", ""))


def _word_value(text: str) -> int:
    thousands = total = 0
    for word in re.split(r",? |-", text):
        if word == "thousand":
            thousands, total = total * 1000, 0
        elif word == "hundred":
            total *= 100
        elif word == "a":
            total = 1
        elif word != "and":
            total += _WORD_VALUES[word]
    return thousands + total


def scan(text: str, skip: Iterable[tuple[int, int]] = ()) -> list[Quantity]:
    """Find every quantity of a text, in order, not overlapping.

    Args:
        text: cleaned text.
        skip: spans, sorted, in which digits mean something else (citations, dates); no quantity overlaps one.
    """
    skipped = list(skip)
    starts = [start for start, _ in skipped]
    out: list[Quantity] = []
    at = 0
    while match := _QUANTITY.search(text, at):
        number_start = match.start("digits") if match["digits"] else match.start("word")
        blocked = _overlapping(skipped, starts, number_start, match.end())
        if blocked is not None and blocked[0] > number_start:
            match = _QUANTITY.match(text, match.start(), blocked[0]) or match
            blocked = _overlapping(skipped, starts, number_start, match.end())
        if blocked is not None:
            at = blocked[1]  # what follows may be a number of its own: `CA 19-9 856 U/mL`
            continue
        quantity = _quantity(text, match)
        if quantity.is_sound:
            out.append(quantity)
        at = max(quantity.end, match.end())
    return out


def _overlapping(spans: list[tuple[int, int]], starts: list[int], start: int, end: int) -> tuple[int, int] | None:
    index = bisect_left(starts, end) - 1
    while index >= 0 and spans[index][1] > start:
        if index == 0 or spans[index - 1][1] <= start:
            return spans[index]
        index -= 1
    return None


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    number, high = _number(match), _high(match)
    sign, word = match["sign"], match["cmp"]
    comparator = _SIGN_COMPARATORS[sign.lower()] if sign else _WORD_COMPARATORS[word.lower()] if word else None
    sd = Number(*match.span("sd"), parse_number(match["sd"])) if match["sd"] else None
    unit = unit_at(text, match.end())
    end = unit.end if unit else match.end()
    after = _AFTER_WORDS.match(text, end)
    if after and comparator is None:
        comparator, end = _AFTER[after["after"].lower()], after.end()
    start = match.start() if comparator and not after else number.start
    return Quantity(start, end, number, high, sd, comparator, bool(word), unit)


def unit_at(text: str, at: int) -> Unit | None:
    """The unit that stands at a place, after at most a space and a hyphen (`5-month`)."""
    match = _unit_pattern().match(text, at)
    if match is None:
        return None
    written = re.sub(r"\s?/\s?", "/", re.sub(r"\s", " ", match["unit"].lower()))
    code, kind = _units()[written]
    return Unit(*match.span("unit"), code, kind)


def _number(match: re.Match[str]) -> Number:
    if match["word"]:
        return Number(*match.span("word"), parse_number(match["word"]), is_word=True)
    end = match.end("power") if match["power"] else match.end("digits")
    return Number(match.start("digits"), end, _scaled(match["digits"], match["power"]))


def _high(match: re.Match[str]) -> Number | None:
    if not match["high"]:
        return None
    end = match.end("power_high") if match["power_high"] else match.end("high")
    return Number(match.start("high"), end, _scaled(match["high"], match["power_high"]))


def _scaled(digits: str, power: str | None) -> float:
    # by way of text: 1.2e4 is the nearest float to 12000, 1.2 * 10**4 need not be
    return float(f"{re.sub('[, ]', '', digits)}e{power}") if power else parse_number(digits)
