"""The same length of time counted from two events that are not at one time.

Formula: none; `eight months after the diagnosis of progression` and `eight months after restarting sorafenib` date one
change of the tumour only if the drug was restarted on the day of the diagnosis.

Source: CARE 2013, item 7: a case report gives its dates in one timeline.

Only lengths of two months or more, about the tumour's response, of a paper on a single patient: progression against a
restart, and a start against a restart. A note: the two may have been days apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.model import Finding, Span
from hcclit.checks.paper import Paper
from hcclit.dates import find_durations

NAME = __name__.rpartition(".")[2]
_FROM = re.compile(
    r"\s(?:after|beyond|from|following|since)\s(?:the\s)?(?:"
    r"(?P<progression>(?:diagnosis of\s)?(?:PD\b|progressive disease|(?:disease\s)?progression))"
    r"|(?P<restart>(?:restart|resum|re-?initiat|re-?introduc|re-?administ)\w*)"
    r"|(?P<start>(?:start|initiation|beginning|introduction)\w*))(?:\s(?:of\s)?(?:the\s)?[a-z-]{4,}(?:ib|treatment|therapy)\b)?",
    re.IGNORECASE,
)
_RESPONSE = re.compile(
    r"shr[iu]nk|shrank|disappear|\b[CP]R\b|(?:partial|complete) (?:response|remission)|tomograph|\bCT\b|regress|respon"
    r"|decreas|reduc",
    re.IGNORECASE,
)
_OTHERS = {"restart": ("progression", "start")}
_LONG = re.compile(r"P(?:[2-9]|\d\d+)M|P\d+Y.*")


def check(paper: Paper) -> Iterator[Finding]:
    """Find times that are counted from two events."""
    if len({record.patient_id for record in paper.records} - {None}) > 1 or not _is_case(paper):
        return
    found: dict[str, dict[str, list[Span]]] = {}
    for sentence in paper.analysis.sentences:
        if not _RESPONSE.search(sentence.text):
            continue
        for duration in find_durations(sentence.text):
            start = _FROM.match(sentence.text, duration.end)
            if start and start.lastgroup and _LONG.fullmatch(duration.iso):
                span = paper.view_span(sentence.start + duration.start, sentence.start + start.end())
                found.setdefault(duration.iso, {}).setdefault(start.lastgroup, []).append(span)
    for by_event in found.values():
        for event, others in _OTHERS.items():
            for other in others:
                if event in by_event and other in by_event:
                    yield _finding(paper, by_event[event][0], by_event[other][0])


def _is_case(paper: Paper) -> bool:
    return any(record.subject == "patient" for record in paper.records)


def _finding(paper: Paper, first: Span, second: Span) -> Finding:
    one, other = (" ".join(span.text.split()) for span in (first, second))
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="note",
        message=f"The same time is counted from two events: {one!r} and {other!r}.",
        stated=f"{one}; {other}",
        expected="one event that the time is counted from",
        spans=(first, second),
        computed="both lengths are equal, the events are not",
        records=tuple(paper.records_at(first, second)),
    )
