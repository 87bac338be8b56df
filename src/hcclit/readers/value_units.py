"""The parts of a table row that single spaces set apart: words, and values that are one cell each.

`7 (2.3)`, `12.4 (8.1 to 15.0)`, `< 0.001`, `56.6 ± 12.7`, `400 mg, bid` and `Not checked` are one unit,
although spaces stand in them; `Age (years), median (range)` is two, none of them a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

UnitKind = Literal["word", "weak", "value"]
"""`weak` units (`Yes`, `A`, `PR`) are a value in one row and a part of the label in another."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that no column boundary can cut."""

    start: int
    end: int
    kind: UnitKind


_MAX_BRACKET = 12  # words that one pair of brackets may hold
_LOOK_BACK = 60  # signs of a growing unit that are looked at, so that long rows stay linear
_REMEMBERED = 10_000  # words that are not looked at again: a paper has few, and most come many times
_LINES = 2_000
_WORD = re.compile(r"[^\s\u00a0]+")
_NUMBER = re.compile(
    r"[<>≤≥⩽⩾=~≈∼±+−–$€£-]{0,3}(?:\d|[.·]\d)[\d.,·:/%±×x^~+−–-]*"
    r"(?:[(\[][<>≤≥=\d.,·:;/%±×+\s−–-]*[)\]]%?)?[*†‡§¶#∗‖ᵃ-ᶻ]*"
    r"(?:(?:(?<=[)%])|(?<=[.·]\d)|(?<=[.·]\d\d)|(?<=[.·]\d{3})|(?<=[.·]\d{4}))[a-h](?:,[a-h])*)?"
)
_GLUED_UNIT = re.compile(
    r"(\D*\d[\d.,·±×x/–-]*)(?:mg|g|ml|mL|cm|mm|kg|Gy|mo|yr|wk|h|d)(?:/(?:kg|day|d|m2|mL|ml|dL|dl|L|l))?"
)
_P_VALUE = re.compile(r"[Pp]\s*[<>=≤≥]\s*[.0]?[\d.,]+")
_MISSING = re.compile(
    r"N/?[ADREST]|n/?[ade]|[Nn]\.[SsAaDdRr]\.|[-−–—]{1,3}|\.{2,4}|…|[‐‑]|[Nn]il|\?|\([Rr]ef(?:erence)?\.?\)"
)
_COMPARATOR = frozenset(["<", ">", "≤", "≥", "⩽", "⩾", "=", "~", "≈", "∼"])
_JOINERS = frozenset(["±", "+/-", "+/−", "+/–", "×", "x", "/", "to", "vs", "vs.", "of"])
_UNITS = re.compile(
    r"(?:mg|g|µg|μg|ug|ng|ml|mL|L|l|cm|mm|kg|Gy|IU|U|mAU|kU|MBq|GBq|mo|mos|months?|yrs?|years?|y|wks?|weeks?|days?|d|h|hours?|min"
    r"|cycles?|courses?|times?|%)"
    r"(?:/(?:kg|g|day|d|m2|m²|mL|ml|dL|dl|L|l|w|week|wk))*(?:,?(?:bid|tid|qd|od|b\.i\.d\.|t\.i\.d\.|q\.d\.|daily))?[.,]?"
)
_FREQUENCY = re.compile(r"(?:bid|tid|qd|od|b\.i\.d\.?|t\.i\.d\.?|q\.d\.?|o\.d\.?|q\d+h|daily|weekly)")
_MARK = re.compile(r"[*†‡§¶#∗‖]+|[a-h](?:,[a-h])*")
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_WEAK = re.compile(
    r"(?:yes|no|neg|negative|pos|positive|none|unknown|male|female|alive|dead|died|left|right|both|present|absent|normal"
    r"|abnormal|multiple|single|low|high|mild|moderate|severe|stable)|[MFABC]|[ABC]\d{1,2}|[CPS]R|[SP]D|NE|I{1,3}[ABCabc]?|I?V[ABCabc]?"
    r"|\+{1,4}|[Rr]ef(?:erence)?\.?|HBV|HCV|NBNC|ns"
)
_DONE = re.compile(
    r"(?:yet|checked|available|reported|applicable|assessed|reached|done|evaluable|evaluated|tested|significant"
    r"|determined|examined|known|given|stated|estimable|calculated|detected|performed|measured|recorded|mentioned"
    r"|specified)\.?",
    re.I,
)


@lru_cache(_LINES)
def units_of(line: str) -> tuple[Unit, ...]:
    """The units of a line; each step of the reader asks for them anew."""
    return tuple(units(line, 0, len(line)))


def units(text: str, start: int, end: int) -> list[Unit]:
    """Cut a row (or several lines of one row) into units. Linear in its length."""
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    out: list[Unit] = []
    at = 0
    while at < len(words):
        unit, at = _unit(text, words, at)
        if out and _may_belong(text, out[-1], unit) and _belongs(text, out[-1], unit):
            unit = Unit(out[-1].start, unit.end, _joint_kind(text, out[-1], unit))
            out.pop()
        out.append(unit)
    return out


@lru_cache(_REMEMBERED)
def is_number(word: str) -> bool:
    """Whether a word without spaces is a number as tables print it, signs, ranges and brackets included."""
    return len(word) <= 60 and bool(_NUMBER.fullmatch(word) or _GLUED_UNIT.fullmatch(word) or _P_VALUE.fullmatch(word))


def is_missing(text: str) -> bool:
    """Whether a cell says that it has no value (`NA`, `-`, `Not checked`)."""
    words = text.split()
    not_done = len(words) > 1 and words[0].lower() == "not" and all(map(_DONE.fullmatch, words[1:]))
    return bool(_MISSING.fullmatch(text)) or not_done


def tail(row: Sequence[Unit]) -> int:
    """How many units at the row's end are values, leading weak ones (`Child-Pugh A 12 13`) not counted.

    A row whose values are all weak (`Cirrhosis Yes Neg`) counts them all.
    """
    first = len(row)
    while first and row[first - 1].kind != "word":
        first -= 1
    strong = next((i for i in range(first, len(row)) if row[i].kind == "value"), None)
    return len(row) - (first if strong is None else strong)


def _unit(text: str, words: list[tuple[int, int]], at: int) -> tuple[Unit, int]:
    """The unit that begins with word `at`, and the index of the word after it."""
    start, end = words[at]
    word = text[start:end]
    if word[0] in "([" and not is_number(word):
        stop = _bracket(text, words, at)
        inner = text[start + 1 : words[stop - 1][1]].rstrip(")],;")
        return Unit(start, words[stop - 1][1], "value" if is_number(inner.replace(" ", "")) else "word"), stop
    if word in _COMPARATOR and at + 1 < len(words) and is_number(text[slice(*words[at + 1])]):
        return Unit(start, words[at + 1][1], "word" if word == "=" else "value"), at + 2
    if word.lower() == "not" and (stop := _not_done(text, words, at)) > at + 1:
        return Unit(start, words[stop - 1][1], "value"), stop
    return Unit(start, end, _kind(word)), at + 1


@lru_cache(_REMEMBERED)
def _kind(word: str) -> UnitKind:
    """What a word is by itself."""
    if is_number(word) or _MISSING.fullmatch(word):
        return "value"
    bare = word.rstrip("*†‡§¶#∗‖")
    return "weak" if _WEAK.fullmatch(bare) or _WEAK.fullmatch(bare.lower()) else "word"


def _bracket(text: str, words: list[tuple[int, int]], at: int) -> int:
    """The index after the word that closes the bracket that word `at` opens."""
    depth = 0
    for index in range(at, min(at + _MAX_BRACKET, len(words))):
        word = text[slice(*words[index])]
        depth += word.count("(") + word.count("[") - word.count(")") - word.count("]")
        if depth <= 0:
            return index + 1
    return at + 1


def _not_done(text: str, words: list[tuple[int, int]], at: int) -> int:
    stop = at + 1
    while stop < min(at + 4, len(words)) and _DONE.fullmatch(text[slice(*words[stop])]):
        stop += 1
    return stop


def _may_belong(text: str, before: Unit, unit: Unit) -> bool:
    """A cheap look ahead of `_belongs`: most words go on with nothing."""
    return before.kind == "value" or text[unit.start] in "=([" or text[before.end - 1] == ","


def _belongs(text: str, before: Unit, unit: Unit) -> bool:
    """Whether a unit goes on with the one before it."""
    left = text[max(before.start, before.end - _LOOK_BACK) : before.end]
    right = text[unit.start : unit.end]
    if right[0] == "=":  # `n = 20`, `P = 0.03`
        return before.kind == "word"
    if right[0] in "([" and not left.endswith(","):
        if text[before.start] in "([":  # brackets side by side are heads or cells of their own
            return False
        return not _full(left) or not any(c.isdigit() for c in right) or before.kind == "word"
    if left.endswith(","):
        return _goes_on_list(before, unit, left, right)
    if before.kind == "value" and not is_missing(left):
        return _goes_on_value(left, right, unit)
    return False


def _full(left: str) -> bool:
    """A value that has its bracket already takes no second one with a number."""
    return left.endswith((")", "]"))


def _goes_on_list(before: Unit, unit: Unit, left: str, right: str) -> bool:
    """`Alcohol, HBV`, `S5, 6`, `400 mg, bid`, `Author, 2007` go on; a label not with a value (`Male, 53`)."""
    if unit.kind == "value":
        return _YEAR.match(right) is not None or (any(c.isdigit() for c in left) and before.kind != "value")
    return True


def _goes_on_value(left: str, right: str, unit: Unit) -> bool:
    joiner = left.rsplit(maxsplit=1)[-1]
    if joiner in _JOINERS:
        return unit.kind == "value"
    if right in _JOINERS or right == "%":
        return True
    if _UNITS.fullmatch(right) or _FREQUENCY.fullmatch(right) or _MARK.fullmatch(right):
        return left[-1].isalnum() or left[-1] in ")]%"
    return right[0] == "±" and unit.kind == "value"


def _joint_kind(text: str, before: Unit, unit: Unit) -> UnitKind:
    if text[unit.start] == "=":
        return "value" if text[before.start : before.end] in ("P", "p") else "word"
    return before.kind if before.kind in ("value", unit.kind) else "word"
