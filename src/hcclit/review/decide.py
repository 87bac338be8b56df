"""From what the page asks for to a decision that the journal keeps."""

from __future__ import annotations

from hcclit.records import Record
from hcclit.review.asked import Asked, AskedForm, AskedMove, AskedSilence, AskedVerdict
from hcclit.review.desk import Desk, Paper
from hcclit.review.forms import FormError, filled
from hcclit.review.standing import RefusedError
from hcclit.review.steps import (
    Accepted,
    Added,
    Corrected,
    Decision,
    Finished,
    Rejected,
    Resumed,
    Silenced,
    Undone,
)

_MOVES: dict[str, type[Undone] | type[Finished] | type[Resumed]] = {
    "undo": Undone,
    "finish": Finished,
    "resume": Resumed,
}


class OutdatedError(Exception):
    """The page does not know of all steps: another window has taken some."""


def decide(desk: Desk, paper: Paper, asked: Asked) -> str | None:
    """Take the decision that the page asks for; the key of the record that it was about, if of one.

    Raises:
        OutdatedError: the page shows an older state.
        FormError: a form is filled in wrong.
        RefusedError: the decision makes no sense.
        JournalError: it cannot be saved.
    """
    if asked.seen != paper.journal.steps:
        raise OutdatedError("this paper was changed in another window; it is shown anew")
    last = paper.journal.standing.taken[-1:]
    decision = _decision(desk, paper, asked)
    desk.take(paper, decision)
    # after an undo the page goes back to what the step was about that holds no longer
    return next((getattr(d, "key", None) for d in (last if isinstance(decision, Undone) else [decision])), None)


def _decision(desk: Desk, paper: Paper, asked: Asked) -> Decision:
    by = desk.signature()
    match asked:
        case AskedVerdict():
            return (Accepted if asked.do == "accept" else Rejected)(key=asked.key, **by)
        case AskedForm(do="add"):
            return Added(key=f"added-{paper.journal.steps}", record=_record(paper, asked), **by)
        case AskedForm():
            return Corrected(key=asked.key or "", record=_record(paper, asked), **by)
        case AskedSilence():
            if not asked.reason.strip():
                raise FormError({"reason": "is needed"})
            if all(finding.id != asked.finding for finding in paper.reading.findings):
                raise RefusedError("there is no such finding in this paper")
            return Silenced(finding=asked.finding, reason=asked.reason.strip(), **by)
        case AskedMove():
            return _MOVES[asked.do](**by)


def _record(paper: Paper, asked: AskedForm) -> Record:
    """The record of a filled-in form, on the span without outer white space."""
    text = paper.reading.document.text
    start, end = asked.start, min(asked.end, len(text))
    if asked.quote is not None and text[start:end] != asked.quote:
        raise RefusedError("the page shows another text than the paper has there; load it anew and select again")
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        raise FormError({"span": "no text is selected"})
    return filled(asked.type, asked.values, paper.contexts.place(start, end))
