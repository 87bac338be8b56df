"""Dates, times and patients that a list of values shares out: `12 and 98 ng/mL in May and August 2010`.

Only what the list itself says; all else is for linking.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hcclit.extractors.marker.values import Value
from hcclit.language import Analysis, Sentence

_PATIENTS = re.compile(
    r"\b(?:patients?|cases?)\s(?:nos?\.?\s|numbers?\s)?(?P<ids>\d{1,2}(?:(?:,\s?and\s|,\s?"
    r"|\sand\s)\d{1,2})+)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:at\s)?(?P<counts>\d{1,2}(?:(?:,\s?and\s|,\s?|\sand\s)\d{1,2})+)\s(?P<unit>days|weeks"
    r"|months|years)\b(?!\s(?:ago|old))",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:at|on|in)\s(?P<unit>days|weeks|months|years)\s(?P<counts>\d{1,3}(?:(?:,\s?and\s|,\s?|\sand\s)\d{1,3})+)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\s?[(\[]\s?(?:on\s|in\s)?")
_ON = re.compile(r"\s(?:on|in)\s")
_ANOTHER = re.compile(r"(?:[\s,;-]|and|or|to|in|on)*")
_NEAR = 60
_REACH = 160


def shared_fields(analysis: Analysis, sentence: Sentence, group: Sequence[Value]) -> list[dict[str, Any]]:
    """What a list of values of one marker says of each: `when`, `elapsed` or `patient_id`, else nothing."""
    dated = [_own_date(analysis, sentence, value) for value in group]
    if len(group) < 2 or all(dated):
        return dated
    for key, shared in (("when", _dates(analysis, sentence, group)), *_numbered(sentence.text, group)):
        if len(shared) == len(group):
            return [{key: value} for value in shared]
    return dated


def _own_date(analysis: Analysis, sentence: Sentence, value: Value) -> dict[str, Any]:
    """A date right after a value is its own: `3.6 ug/L (May 08, 2009)`, `33 ng/mL on July 9, 2010`."""
    end = sentence.start + value.end
    following = analysis.dates_in(end, min(end + _NEAR, sentence.end))
    if not following:
        return {}
    date, text = following[0], analysis.text
    bracketed = _OPENS.fullmatch(text[end : date.start]) and text[date.end : date.end + 1] in (")", "]")
    follows = _ON.fullmatch(text[end : date.start]) and not (
        len(following) > 1 and _ANOTHER.fullmatch(text[date.end : following[1].start])
    )
    return {"when": date.value} if bracketed or follows else {}


def _dates(analysis: Analysis, sentence: Sentence, group: Sequence[Value]) -> list[str]:
    after = analysis.dates_in(
        sentence.start + group[-1].end, min(sentence.end, sentence.start + group[-1].end + _REACH)
    )
    if len(after) == len(group):
        return [date.value for date in after]
    before = analysis.dates_in(
        max(sentence.start, sentence.start + group[0].start - _REACH), sentence.start + group[0].start
    )
    if not after and len(before) == len(group) and "respectively" in sentence.text:
        return [date.value for date in before]
    return []


def _numbered(text: str, group: Sequence[Value]) -> list[tuple[str, list[str]]]:
    out = []
    around = text[max(0, group[0].start - _REACH) : group[-1].end + _REACH]
    patients = _PATIENTS.search(around)
    times = _TIMES.search(text, group[-1].end, group[-1].end + _REACH) or _POINTS.search(
        text, group[-1].end, group[-1].end + _REACH
    )
    if times is None and "respectively" in text[group[-1].end :]:
        times = _TIMES.search(text, max(0, group[0].start - _REACH), group[0].start)
    if patients:
        out.append(("patient_id", re.findall(r"\d+", patients["ids"])))
    if times:
        unit = times["unit"][0].upper()
        out.append(("elapsed", [f"P{count}{unit}" for count in re.findall(r"\d+", times["counts"])]))
    return out
