"""A stated length of time against the two dates that it lies between.

Formula: with the days that each date may mean, d2 - d1 is near the stated length for some days; near: within one of its
unit or a quarter of it, whichever is more, since authors round.

Source: by the calendar; the allowance is our own.

A day that is counted (`day 5 after the treatment on June 6`) counts from the date before in the paragraph.

Read are: `from May 2009 to July 2010 (14 months)`; `on 3 May 2010 ..., and two weeks later, on 17 May 2010`; and
`in July 2010, 14 months after surgery`, where the paper dates that event once. Left alone: dates that took their year
from another, papers that report several patients (for events), lengths that count from something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.timeline import days, span_of_days
from hcclit.dates import DateMention, Duration, find_durations
from hcclit.language import Sentence

NAME = __name__.rpartition(".")[2]
_EVENT = (
    r"(?P<event>surgery|operation|hepatectomy|resection|transplantation|diagnosis|admission|discharge|TACE|RFA"
    r"|radiotherapy)"
)
_AFTER = re.compile(rf"\s?(?:after|following|from)\s(?:the\s|his\s|her\s|initial\s|first\s)*{_EVENT}\b", re.IGNORECASE)
_LATER = re.compile(r"\s?(?:later|afterwards?|thereafter)\b", re.IGNORECASE)
_TO_DATE = re.compile(r"\s?[,(]?\s?(?:on|in|at|i\.e\.,?)?\s?(?:early |mid |late )?\(?\Z", re.IGNORECASE)
_DATED = re.compile(rf"\b{_EVENT}\b(?:\s(?:was|were)(?:\s\w+)?)?\s?[,(]?\s?(?:on|in)?\s?\Z", re.IGNORECASE)
_COUNTING = re.compile(r"\b(?:after|following|from|before|since)\s(?:\w+\s)?\Z", re.IGNORECASE)
_BRACKET = re.compile(r"\s?[,(]\s?(?:a period of |a total of |for |i\.e\.,? |approximately |about )*\Z")
_COUNTED_FROM = re.compile(
    r"\s(?:after|of|following)\s(?:the\s)?(?:treatment|procedure|operation|surgery|therapy|TACE|RFA|infusion)\s?,?\s?"
    r"(?:on|\()\s?",
    re.IGNORECASE,
)
_NEAR = 500
_YEAR = re.compile(r"(?:19|20)\d\d")


def check(paper: Paper) -> Iterator[Finding]:
    """Find lengths of time that the dates contradict."""
    events = _events(paper)
    for sentence in paper.analysis.sentences:
        dates = paper.analysis.dates_in(sentence.start, sentence.end)
        if not dates:
            continue
        for duration in find_durations(sentence.text):
            pair = (
                _pair(sentence, dates, duration, events)
                if duration.form == "length"
                else _pair_of_point(paper, sentence, dates, duration)
            )
            if pair:
                yield from _compare(paper, sentence, duration, pair)


def _pair(
    sentence: Sentence, dates: list[DateMention], duration: Duration, events: dict[str, DateMention]
) -> tuple[DateMention, DateMention] | None:
    """The two dates that a length lies between, as far as the words say so."""
    text, at = sentence.text, sentence.start
    before = [each for each in dates if each.end - at <= duration.start]
    following = [each for each in dates if each.start - at >= duration.end]
    if len(before) >= 2 and before[-2].bound == "from" and before[-1].bound == "to":
        is_bracket = _BRACKET.fullmatch(text, before[-1].end - at, duration.start)
        return (before[-2], before[-1]) if is_bracket else None
    later = _LATER.match(text, duration.end)
    if later and len(before) == 1 and following and _TO_DATE.fullmatch(text, later.end(), following[0].start - at):
        return before[0], following[0]
    after = _AFTER.match(text, duration.end)
    known = after and events.get(after["event"].lower())
    if not after or not known or len(dates) != 1 or known == dates[0]:
        return None
    stands_before = before and re.fullmatch(r"\s?[,(]\s?", text[before[0].end - at : duration.start])
    stands_after = following and _TO_DATE.fullmatch(text, after.end(), following[0].start - at)
    return (known, dates[0]) if stands_before or stands_after else None


def _pair_of_point(
    paper: Paper, sentence: Sentence, dates: list[DateMention], duration: Duration
) -> tuple[DateMention, DateMention] | None:
    """The treatment's date, which is the one before in the paragraph, and that of the day counted from it."""
    following = [each for each in dates if each.start - sentence.start >= duration.end]
    if not duration.iso.endswith("D") or len(following) != 1:
        return None
    if not _COUNTED_FROM.fullmatch(sentence.text, duration.end, following[0].start - sentence.start):
        return None
    passage = paper.analysis.dates_in(max(0, sentence.start - _NEAR), sentence.start + duration.start)
    if not passage or paper.analysis.sentence_at(passage[-1].start).passage != sentence.passage:
        return None
    return None if passage[-1].value == following[0].value else (passage[-1], following[0])


def _events(paper: Paper) -> dict[str, DateMention]:
    """Events that the paper dates once, by name; none where it numbers its patients."""
    if len({record.patient_id for record in paper.records}) > 1:
        return {}
    found: dict[str, list[DateMention]] = {}
    text = paper.analysis.text
    for each in paper.analysis.dates:
        match = _DATED.search(text, max(0, each.start - 50), each.start)
        if match and not _COUNTING.search(text, max(0, match.start() - 30), match.start()):
            found.setdefault(match["event"].lower(), []).append(each)
    return {event: dates[0] for event, dates in found.items() if len(dates) == 1}


def _compare(
    paper: Paper, sentence: Sentence, duration: Duration, pair: tuple[DateMention, DateMention]
) -> Iterator[Finding]:
    spans = [paper.view_span(sentence.start + duration.start, sentence.start + duration.end)]
    spans += [paper.view_span(each.start, each.end) for each in pair]
    first, second, stated = days(pair[0].value), days(pair[1].value), span_of_days(duration)
    if first is None or second is None or stated is None or not all(_YEAR.search(span.text) for span in spans[1:]):
        return
    between = second - first
    if between.meets(stated):
        return
    shown = f"{between.low:g}" if between.low == between.high else f"{between.low:g} to {between.high:g}"
    yield Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning",
        message=f"{spans[0].text} is not the time from {pair[0].value} to {pair[1].value}.",
        stated=spans[0].text,
        expected=f"{shown} days",
        spans=tuple(spans),
        computed=f"{pair[1].value} - {pair[0].value} = {shown} days",
        records=tuple(paper.records_at(*spans)),
    )
