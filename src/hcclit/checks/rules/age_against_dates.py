"""A patient's age at one date against the age, or the birth, at another.

Formula: who is n years old on day d was born after d - (n + 1) years and not after d - n years; the days of birth that
follow from each pair of age and date have one in common, a year more or less.

Source: by the calendar; the year to either side is our own allowance, for ages counted at the time of writing.

Left alone: papers that state the ages of several patients; dates that do not stand in one phrase with the age.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from hcclit.checks.intervals import Interval
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.timeline import days
from hcclit.dates import DateMention

NAME = __name__.rpartition(".")[2]
_YEAR = 365.25
_MOST = 100
"""Ages of one patient: more make no case report, and each is compared with each."""
_OLD = re.compile(r"\b(\d{1,3})[- ]year[- ]old\b|\baged (\d{1,3})\b(?! ?(?:-|to|or|and)\b)")
_COMES = r"(?:admitted|presented|referred|visited|diagnosed|seen|hospitali[sz]ed|consulted)"
_FORMS = (
    re.compile(rf"\b(?P<age>\d{{1,3}})[- ]year[- ]old\b[^.;\d]{{0,80}}\b{_COMES}\b[^.;\d]{{0,60}}\b(?:in|on)\s\Z"),
    re.compile(r"\bat (?:the )?age (?:of )?(?P<age>\d{1,3})(?: years)?\s?[,(]?\s?(?:in |on )?\(?\Z"),
    re.compile(r"\b(?P<born>born) (?:in|on)\s\Z"),
)
_AFTER = re.compile(
    r"\s?[,)]?\s(?:a|an|the|this|our) (?P<age>\d{1,3})[- ]year[- ]old\b"
    r"|\s?[,(]?\s?at (?:the )?age (?:of )?(?P<later>\d{1,3})\b"
)
_PRINTED_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Stated:
    """An age at a date: where both stand in the view, and the days of birth that follow."""

    start: int
    end: int
    said: str
    birth: Interval


def check(paper: Paper) -> Iterator[Finding]:
    """Find ages that two dates contradict."""
    text = paper.analysis.text
    if len({match[1] or match[2] for match in _OLD.finditer(text)}) > 1:
        return
    found = [stated for each in paper.analysis.dates if (stated := _stated(text, each))][:_MOST]
    for first, second in combinations(found, 2):
        gap = max(first.birth.low - second.birth.high, second.birth.low - first.birth.high)
        if gap > _YEAR:
            spans = tuple(paper.view_span(each.start, each.end) for each in (second, first))
            yield Finding(
                doc_id=paper.document.doc_id,
                check=NAME,
                severity="warning",
                message=f"{second.said} does not go with {first.said}.",
                stated=second.said,
                expected=f"{_shown(first)}, from {first.said}",
                spans=spans,
                computed=f"{first.said}: {_shown(first)}; {second.said}: {_shown(second)}",
                records=tuple(paper.records_at(*spans)),
            )


def _stated(text: str, at: DateMention) -> _Stated | None:
    """The age that one phrase gives for a date."""
    when = days(at.value)
    if when is None or not _PRINTED_YEAR.search(text[at.start : at.end]):
        return None
    for form in _FORMS:
        if match := form.search(text, max(0, at.start - 180), at.start):
            age = 0 if "born" in form.groupindex else int(match["age"])
            said = f"born {at.value}" if not age else f"age {age} in {at.value}"
            return _Stated(match.start(), at.end, said, when if not age else _birth(when, age))
    if match := _AFTER.match(text, at.end):
        age = int(match["age"] or match["later"])
        return _Stated(at.start, match.end(), f"age {age} in {at.value}", _birth(when, age))
    return None


def _birth(when: Interval, age: int) -> Interval:
    return Interval(when.low - (age + 1) * _YEAR, when.high - age * _YEAR)


def _shown(stated: _Stated) -> str:
    low, high = (date.fromordinal(round(day)).year for day in stated.birth.ends)
    return f"born in {low}" if low == high else f"born {low} to {high}"
