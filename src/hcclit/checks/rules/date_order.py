"""Dates in an order that cannot be.

Formula: with each date the days that it may mean (`May 2010`: the 1st to the 31st), some day of the earlier event is
not after some day of the later one: received, revised, accepted, published; from, to; admission, discharge.

Source: by the calendar; received and accepted dates are those that ICMJE asks journals to print.

Left alone: dates of which one took its year from the other; events in different sentences; several dates for one event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product

from hcclit.checks.model import Finding, Span
from hcclit.checks.paper import Paper
from hcclit.checks.timeline import days
from hcclit.dates import find_dates
from hcclit.records import Date
from hcclit.view import clean

NAME = __name__.rpartition(".")[2]
_STAGES = ("received", "revised", "accepted", "published")
_STAGE = re.compile(
    r"\b(?P<stage>[Rr]eceived|[Rr]evised|[Aa]ccepted|[Pp]ublished(?: online)?)\b[:\s,]{0,3}"
    r"(?:(?:for publication|in (?:final )?(?:revised )?form|on|in)[:\s,]{0,3})?(?P<rest>[^;/|\n]{4,24})"
)
_NEAR = 300
_FEW = 6
"""Dates of publication that may follow one another."""
_IN = re.compile(r"\b(?:admitted|admission|hospitali[sz]ed)\b", re.IGNORECASE)
_OUT = re.compile(r"\bdischarged?\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH = 45


def check(paper: Paper) -> Iterator[Finding]:
    """Find dates out of order."""
    yield from _of_publication(paper)
    yield from _of_intervals(paper)
    yield from _of_stays(paper)


def _of_publication(paper: Paper) -> Iterator[Finding]:
    found: list[tuple[str, str, Span]] = []
    for match in _STAGE.finditer(paper.document.text):
        read = find_dates(clean(match["rest"]))
        if read and len(read[0].value) == len("2010-05-14") and read[0].start <= 1:
            stage = match["stage"].lower().split()[0]
            found.append((stage, read[0].value, paper.span(*match.span("rest"))))
    for first, second in (pair for i, one in enumerate(found) for pair in product([one], found[i + 1 : i + _FEW])):
        if 0 < second[2].start - first[2].start < _NEAR and first[0] != second[0]:
            early, late = sorted((first, second), key=lambda each: _STAGES.index(each[0]))
            if _is_after(early[1], late[1]):
                yield _finding(paper, (late[2], early[2]), (late[0], late[1], early[0], early[1]))


def _of_intervals(paper: Paper) -> Iterator[Finding]:
    for first, second in pairwise(paper.of(Date)):
        is_pair = first.bound == "from" and second.bound == "to" and 0 < second.start - first.end < _REACH
        if is_pair and _have_years(first, second) and _is_after(first.value, second.value):
            spans = (paper.span_of(second), paper.span_of(first))
            yield _finding(paper, spans, ("the end", second.value, "the beginning", first.value))


def _of_stays(paper: Paper) -> Iterator[Finding]:
    for sentence in paper.analysis.sentences:
        came, went = list(_IN.finditer(sentence.text)), list(_OUT.finditer(sentence.text))
        if len(came) != 1 or len(went) != 1:
            continue
        dates = paper.analysis.dates_in(sentence.start, sentence.end)
        pair = [
            next((each for each in dates if 0 <= each.start - sentence.start - match[0].end() < _REACH), None)
            for match in (came, went)
        ]
        early, late = pair
        if early is None or late is None or early == late or len(dates) != 2:
            continue
        spans = tuple(paper.view_span(each.start, each.end) for each in (late, early))
        if all(_YEAR.search(span.text) for span in spans) and _is_after(early.value, late.value):
            yield _finding(paper, spans, ("discharge", late.value, "admission", early.value))


def _have_years(*records: Date) -> bool:
    return all(_YEAR.search(record.text) for record in records)


def _is_after(first: str, second: str) -> bool:
    """Whether a date is after another, whatever days they mean."""
    one, other = days(first), days(second)
    return one is not None and other is not None and one.low > other.high


def _finding(paper: Paper, spans: tuple[Span, ...], said: tuple[str, str, str, str]) -> Finding:
    late, late_date, early, early_date = said
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="error",
        message=f"The date of {late} ({late_date}) is before that of {early} ({early_date}).",
        stated=late_date,
        expected=f"{early_date} or later",
        spans=spans,
        computed=f"{late_date} < {early_date}",
        records=tuple(paper.records_at(*spans)),
    )
