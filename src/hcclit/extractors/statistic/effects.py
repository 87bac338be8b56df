"""Hazard ratios, odds ratios and relative risks: `hazard ratio for death, 0.66`, `HR 0·72`, `OR = 2.9`.

A rate ratio is a relative risk. What the words after the cue name (`for disease progression or death`) says the
endpoint where the sentence has no other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hcclit.extractors.statistic.intervals import Interval
from hcclit.extractors.statistic.lexicon import short_forms
from hcclit.extractors.statistic.scene import Figure, Scene, mark

Measure = Literal["HR", "OR", "RR"]

_WORDS: dict[str, Measure] = {
    "hazard": "HR",
    "hazards": "HR",
    "odds": "OR",
    "risk": "RR",
    "rate": "RR",
    "relative": "RR",
    "incidence": "RR",
}
_CUE = re.compile(
    r"(?<![\w-])(?:[Ss]ub-?)?(?:(?P<word>[Hh]azards?|[Oo]dds?|[Rr]isk|(?:[Ii]ncidence )?[Rr]ate)[- ]ratios?"
    r"|(?P<relative>[Rr]elative (?:[Rr]isk|[Rr]ate|[Hh]azard|[Oo]dds)s?)"
    r"|(?P<short>a?s?HR|a?OR|a?RR|IRR|HzR)s?(?![\w+]|-(?!\d)|[ -]?positiv|[ -]?negativ))"
    r"(?:\s?[(\[](?:a?HR|a?OR|a?RR|IRR|HRs)\b[^)\]\d]{0,60}[)\]])?"
    r"(?:[;,]?\s?[(\[]?\s?\d{2}(?:\.\d+)?\s?%\s?(?:CI"
    r"|[Cc]onfidence [Ii]ntervals?)(?:\s?[(\[]CI[)\]])?\s?[)\]](?=[\s,:=]))?"
)
_BLOCK = re.compile(
    r"(?:(?<!vs)[.;]\s|\b(?:non-?inferiority margin|upper (?:limit|bound|boundary)|"
    r"(?:target|assumed|predefined|prespecified) \w+"
    r"|less than 1|reduction|decrease|increase)\b)"
)
_JOINS = re.compile(
    r"[\s,;]*(?:and\s)?(?:(?:for|in|with|among)\s(?:[^,;()\d]|(?<=[A-Za-z-])\d+|[<>≤≥]\s?\d+){1,70})?[\s,:]*(?:and|vs?\.?|versus|or)?\s*"
    r"(?:(?:for|in|with|beyond|after)\s(?:[^,;()\d]|\d+(?:-\d+)?(?=\smonths|\syears|-)|(?<=-)\d){3,90}\s(?:was|were)\s)?"
)
_FOR_ENDPOINT = re.compile(r"\s(?:for|of|in)\s[^.;:,()\d]{2,80}")
_OTHER_VALUE = re.compile(r"median|mean|surviv|rate")
_EVENNESS = 0.1
_REACH = 170
"""How far behind its cue a ratio may stand."""


@dataclass(slots=True)
class Effect:
    """A ratio at a place: `cue_start` and `cue_end` enclose its name, `figure` is its number."""

    cue_start: int
    cue_end: int
    figure: Figure
    measure: Measure

    @property
    def is_named(self) -> bool:
        """Whether the sentence says what ratio it is."""
        return self.cue_end > self.cue_start

    def words(self, text: str) -> str:
        """What stands between the name and the number."""
        return text[self.cue_end : self.figure.start]


def find_effects(scene: Scene) -> list[Effect]:
    """Find the ratios of a sentence and mark their figures."""
    found: list[Effect] = []
    cues = [m for m in _CUE.finditer(scene.text) if not _is_response_rate(scene, m)]
    for cue, limit in zip(cues, [c.start() for c in cues[1:]] + [len(scene.text)], strict=False):
        for figure in _figures(scene, cue, min(limit, cue.end() + _REACH)):
            mark([figure], "effect")
            scene.asides.append((cue.start(), figure.end))
            found.append(Effect(cue.start(), cue.end(), figure, _measure(cue)))
    return found


def bare_effects(scene: Scene, intervals: list[Interval]) -> Iterator[Effect]:
    """`(0.96, 0.80-1.16; p=0.67)` in a paper that has named its ratios before: a number amid its interval.

    A ratio's interval is even on a logarithmic scale.
    """
    for interval in intervals:
        figure = interval.owner
        if figure is None or figure.role or interval.kind not in ("ci", "unlabelled") or not figure.is_decimal:
            continue
        opens = re.search(r"[(\[]$|[,;]\s$", scene.before(figure.start, 2))
        if not _is_ratio(figure) or figure.kind is not None or not opens:
            continue
        last = _last_cue(scene, figure)
        if last is not None and _is_even(figure.value, interval):
            mark([figure], "effect")
            yield Effect(figure.start, figure.start, figure, last)


def _last_cue(scene: Scene, figure: Figure) -> Measure | None:
    """What the paper last called a ratio, in the thousand characters before."""
    end = scene.sentence.start + figure.start
    cues = list(_CUE.finditer(scene.analysis.text, max(0, end - 1000), end))
    return _measure(cues[-1]) if cues else None


def _is_even(value: float, interval: Interval) -> bool:
    if not interval.low or not interval.high or not interval.low < value < interval.high:
        return False
    return abs(math.log(value * value / (interval.low * interval.high))) < _EVENNESS


def _measure(cue: re.Match[str]) -> Measure:
    if cue["short"]:
        short = cue["short"].lstrip("as")
        return "OR" if short == "OR" else "RR" if short in ("RR", "IRR") else "HR"
    if cue["relative"]:
        word = cue["relative"].lower().split()[1].rstrip("s")
        return "HR" if word == "hazard" else "OR" if word == "odd" else "RR"
    return _WORDS[cue["word"].lower().split()[0]]


def _is_response_rate(scene: Scene, cue: re.Match[str]) -> bool:
    """`RR` that the paper defines as response rate, `OR` as objective response; the number cannot tell them apart."""
    short = cue["short"]
    long = short_forms(scene.analysis).get(short or "", "").lower()
    return bool(short) and bool(re.search(r"respon|recept|remission", long))


def _figures(scene: Scene, cue: re.Match[str], limit: int) -> Iterator[Figure]:
    """The number of a cue, and those that a list joins to it (`hazard ratios of 0.8 and 0.7`)."""
    free = (f for f in scene.between(cue.end(), limit) if f.role is None and f.kind != "time")
    first = next((f for f in free if not _is_name(scene, f)), None)
    if first is None or not _is_ratio(first) or not _reaches(scene, cue, first):
        return
    yield first
    previous = first
    for figure in scene.between(first.end, min(limit, first.end + _REACH)):
        if figure.role in ("interval", "p", "level") or figure.is_bound or figure.kind == "time":
            continue
        gap = scene.skeleton(previous.end, figure.start)
        if figure.role or not _is_ratio(figure) or _OTHER_VALUE.search(gap) or not _JOINS.fullmatch(gap):
            return
        yield figure
        previous = figure


def _is_name(scene: Scene, figure: Figure) -> bool:
    """A digit that belongs to a name: `grade 3`, `arm 2`, `stage 4`, `PS 1`, `p16`."""
    return bool(
        re.search(
            r"(?:grades?|arms?|stage|PS|group|cohort|class|per|each|every|type|HER|CD|score(?: of)?|[≥≤<>]|age)\s?$",
            scene.text[max(0, figure.left - 9) : figure.left],
        )
    )


def _is_ratio(figure: Figure) -> bool:
    return figure.is_plain and not figure.is_word and not figure.is_bound and figure.value < 1000


def _reaches(scene: Scene, cue: re.Match[str], figure: Figure) -> bool:
    """Whether the words between a cue and a number lead to it."""
    words = scene.skeleton(cue.end(), figure.start)
    if _BLOCK.search(words):
        return False
    if figure.is_decimal and _FOR_ENDPOINT.fullmatch(words):
        return True
    if cue["short"] and len(words) > 6:
        return bool(re.search(r"(?:,|:|=|\b(?:was|were|is|of|as|being))\s*[(\[]?\s*$", words))
    return (
        bool(
            re.search(
                r"(?:,|:|;|=|\(|\[|~|\b(?:was|were|is|are|of|as|being|at|to be|equal to|about|reached))\s*[(\[]?\s*$",
                words,
            )
        )
        or not words.strip()
    )
