"""Medians and means with the range, the quartiles or the SD that are printed beside them.

Forms that are read: `median 62 years (range 34-81)`, `median (IQR) 62 (55-70)`, `median, 10.7 months [8.7-12.3]`,
`mean 62.3 ± 11.2 years (range 34-81)`, `(3.5-13 cm, median: 5.3 cm)`, and cells `62 (34-81)` under a head that says
`median (range)`. Two medians that share a range, limits with another unit than the number's, and powers of ten are
left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from hcclit.checks import effect_patterns as patterns
from hcclit.checks.effect import Place
from hcclit.checks.effect_cells import places_in_cell
from hcclit.checks.paper import Paper
from hcclit.document import Cell
from hcclit.language import Sentence
from hcclit.view import clean

_KEY = "medians and means with their limits"
Average = Literal["median", "mean"]
Form = Literal["range", "iqr", "other"]

_WORDS = (
    r"(?P<form>inter-?\s?quartile[- ]ranges?(?:\s?[(\[]IQR[)\]])?|IQRs?|quartiles?|Q1\s?-\s?Q3|ranges?"
    r"|min(?:imum)?\s?-\s?max(?:imum)?)"
)
_OPEN = r"\s?[,;:]?\s?[(\[]?\s?"
_SPREAD = re.compile(
    rf"(?:(?P<opening>[(\[]\s?)|[,;:)\]]\s?[(\[]?\s?)(?:(?:age\s)?{_WORDS}\s?(?:of|was|from|between)?\s?[,:;=]?\s?[(\[]?\s?)?{patterns.LIMITS}"
)
_UNIT = (
    r"(?P<unit>\s?-?(?:%|[A-Za-z\u00b5\u00b0][^\d\s()\[\],;]{0,12}(?:/mm3|/m2)?)(?:\s(?:old|of age|points|cycles))?)"
)
_NUMBER = re.compile(
    rf"(?P<estimate>{patterns.NUMBER})(?:\s?(?:±|\+/-)\s?(?P<sd>\d+(?:\.\d+)?))?{_UNIT}?\s?\Z"
)  # fmt: skip
_AVERAGE = re.compile(
    r"\b(?P<name>[Mm]edian|MEDIAN|[Mm]ean|[Aa]verage)s?\b"
    r"(?P<between>(?:[^\d.;()\[\]]|(?<=[A-Za-z-])\d|[(\[](?:[^\d()\[\]]{0,40}|\s?[nN]\s?=\s?\d+\s?)[)\]]){0,120})\Z"
)
_TURNED = re.compile(
    rf"(?<![\w.,/-]){patterns.LIMITS}(?P<unit>\s?-?[A-Za-z%\u00b5][^\d\s()\[\],;]{{0,12}})?\s?[,(]\s?(?P<name>median|mean)\s?"
    rf"(?:of|was|is|[:=,])?\s?(?P<estimate>{patterns.NUMBER})(?![\d.-])\s?(?P<after>[A-Za-z%\u00b5]\S{{0,12}})?"
)
"""`(2-6 months, median: 3 months)`."""
_SEVERAL = re.compile(r"[^()]{0,20}\b(?:v|vs\.?|versus|and)\s\d")
_FORM = re.compile(r"\b(?:range|IQR|inter-?\s?quartile range)\b(?=\s?[)\]])", re.IGNORECASE)
_SECOND = re.compile(r"\b(?:mean|average|median|vs|versus)\b|[<>±]|\b(?:than|after|within)\s?\Z", re.IGNORECASE)
_PART = re.compile(r"[\w.,/^<>]\Z|[<>]\s?\Z|\d\s?[-/]\s?\Z")
"""What makes a number that follows part of another, or a bound."""
_POWER = re.compile(r"\s?[x\u00d7*\u00b7]\s?10|\s?\^")
_TIMES = {"day": "d", "days": "d", "week": "wk", "weeks": "wk", "month": "mo", "months": "mo", "mo": "mo", "mos": "mo",
          "m": "mo", "year": "a", "years": "a", "yr": "a", "yrs": "a", "y": "a", "hour": "h", "hours": "h", "h": "h",
          "d": "d", "wk": "wk", "wks": "wk", "min": "min", "minutes": "min"}  # fmt: skip


_CITED = 5
"""References in one bracket are so far apart at most, unless they are listed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Two printed limits; `other` is a form that isn't named."""

    form: Form
    low: Place
    high: Place

    @property
    def shown(self) -> str:
        """The limits as a finding shows them."""
        name = {"iqr": "IQR ", "range": "range ", "other": ""}[self.form]
        return f"{name}{self.low.stated} to {self.high.stated}"


@dataclass(frozen=True, slots=True)
class Spread:
    """A median or mean with what is printed of its spread; `sentence` is what it stands in."""

    average: Average
    value: Place
    limits: tuple[Limits, ...]
    sd: Place | None = None
    unit: str = ""
    sentence: str = field(default="", compare=False)


def spreads(paper: Paper) -> list[Spread]:
    """All medians and means with limits, those of running text first; found once."""
    cache = paper.analysis.cache
    if _KEY not in cache:
        cache[_KEY] = list(_all(paper))
    found: list[Spread] = cache[_KEY]
    return found


def _all(paper: Paper) -> Iterator[Spread]:
    for sentence in paper.analysis.sentences:
        yield from _in_sentence(paper, sentence)
    for table in paper.document.tables:
        for cell in table.cells:
            if cell.role == "value" and (found := _in_cell(paper, cell)):
                yield found


def _in_sentence(paper: Paper, sentence: Sentence) -> Iterator[Spread]:
    """The spreads of a sentence; limits that follow limits directly (`IQR 55-70; range 34-81`) have one number."""
    text = sentence.text
    if "edian" not in text and "ean" not in text and "verage" not in text:
        return
    yield from (found for match in _TURNED.finditer(text) if (found := _turned(paper, sentence, match)))
    held: Spread | None = None
    end = 0
    for match in _SPREAD.finditer(text):
        follows = held is not None and match.start() - end <= 2 and match["form"] is not None
        if held is not None and follows:
            held = _with(held, _limits(paper, sentence, match))
        else:
            if held:
                yield held
            held = _spread(paper, sentence, match)
        end = match.end()
    if held:
        yield held


def _turned(paper: Paper, sentence: Sentence, match: re.Match[str]) -> Spread | None:
    units = {_TIMES.get((match[name] or "").strip(" -.,;)").lower(), "") for name in ("unit", "after")} - {""}
    before = match.string[max(0, match.start() - 30) : match.start()]
    if re.search(rf"{patterns.INTERVAL_WORDS}|\bCI", before) or _SEVERAL.match(match.string, match.end("estimate")):
        return None
    if len(units) > 1 or _goes_on(match.string, match) or _POWER.match(match.string, match.end("high")):
        return None
    average: Average = "median" if match["name"] == "median" else "mean"
    limits = Limits("range", _place(paper, sentence, match, "low"), _place(paper, sentence, match, "high"))
    value = _place(paper, sentence, match, "estimate")
    return Spread(average, value, (limits,), None, (match["unit"] or "").strip(" -"), sentence.text)


def _with(spread: Spread, more: Limits) -> Spread:
    return Spread(spread.average, spread.value, (*spread.limits, more), spread.sd, spread.unit, spread.sentence)


def _spread(paper: Paper, sentence: Sentence, match: re.Match[str]) -> Spread | None:
    text = sentence.text
    number = _NUMBER.search(text, max(0, match.start() - 60), match.start())
    if number is None or not (match["form"] or match["opening"]) or _goes_on(text, match):
        return None
    start = number.start("estimate")
    average = _AVERAGE.search(text, max(0, start - 170), start)
    if average is None or _PART.search(text[max(0, start - 3) : start]):
        return None
    unit = (number["unit"] or "").strip(" -")
    if _SECOND.search(average["between"]) or _is_other_unit(text, unit, match) or _POWER.match(text, number.end()):
        return None
    if match["form"] is None and re.search(patterns.INTERVAL_WORDS, text[match.start() : match.end()]):
        return None
    name: Average = "median" if average["name"].lower() == "median" else "mean"
    sd = _place(paper, sentence, number, "sd") if number["sd"] else None
    named = _FORM.search(average["between"])
    if not (match["form"] or named) and _may_be_citations(match):
        return None
    limits = (_limits(paper, sentence, match, named[0] if named else ""),)
    return Spread(name, _place(paper, sentence, number, "estimate"), limits, sd, unit, text)


def _may_be_citations(match: re.Match[str]) -> bool:
    """Whether limits may be the numbers of references: whole, in square brackets, few apart."""
    low, high = match["low"], match["high"]
    is_whole = low.isdigit() and high.isdigit() and (match["opening"] or "").strip() == "["
    return is_whole and (match["between"] == "," or 0 < int(high) - int(low) <= _CITED)


def _goes_on(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 8]
    return bool(re.match(r"\s?(?:-|to\b|/)\s?[-+]?\.?\d", after) or _POWER.match(after))


def _is_other_unit(text: str, unit: str, match: re.Match[str]) -> bool:
    """Whether the limits have a unit of time that is not the number's: `2 years (range 3-40 months)`."""
    after = re.match(r"\s?-?([A-Za-z]+)", text[match.end() : match.end() + 12])
    theirs = _TIMES.get(after[1].lower()) if after else None
    return theirs is not None and theirs != _TIMES.get(unit.lower().split(" ")[0], theirs)


def _limits(paper: Paper, sentence: Sentence, match: re.Match[str], named: str = "") -> Limits:
    """The limits, with the form that is named beside them or, as `named`, before the number: `median (range)`."""
    words = (match["form"] or named).lower()
    form: Form = "other" if not words else "iqr" if re.match(r"i|q", words) else "range"
    return Limits(form, _place(paper, sentence, match, "low"), _place(paper, sentence, match, "high"))


def _place(paper: Paper, sentence: Sentence, match: re.Match[str], group: str) -> Place:
    start, end = paper.analysis.view.to_source(sentence.start + match.start(group), sentence.start + match.end(group))
    return Place(start, end, patterns.read_number(match[group]))


_CELL = re.compile(
    rf"(?P<estimate>{patterns.NUMBER})(?:\s?±\s?(?P<sd>\d+(?:\.\d+)?))?\s?[(\[]\s?{patterns.LIMITS}\s?[)\]]"
)
_CELL_HEAD = re.compile(
    r"\b(?P<name>median|mean)\b[^|]{0,20}(?P<form>range|iqr|inter-?\s?quartile|min|quartile|q1|(?P<ci>\bci\b|confidence))",
    re.IGNORECASE,
)


def _in_cell(paper: Paper, cell: Cell) -> Spread | None:
    """A cell under heads that say once what its number and its brackets are."""
    text = clean(cell.text)
    match = _CELL.fullmatch(text)
    heads = " | ".join((*cell.row_heads, *cell.column_heads))
    names = list(_CELL_HEAD.finditer(heads)) if match else []
    if match is None or len(names) != 1 or len(re.findall(r"\b(?:median|mean)\b", heads, re.IGNORECASE)) != 1:
        return None
    found = places_in_cell(paper, cell, [match[name] for name in ("estimate", "sd", "low", "high") if match[name]])
    if found is None:
        return None
    words = names[0]["form"].lower()
    form: Form = "other" if names[0]["ci"] else "range" if re.match(r"range|min", words) else "iqr"
    average: Average = "median" if names[0]["name"].lower() == "median" else "mean"
    sd = found[1] if match["sd"] else None
    return Spread(average, found[0], (Limits(form, found[-2], found[-1]),), sd, "", heads)
