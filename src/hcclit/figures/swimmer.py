"""The patients of several papers beside one another, as plain data: from the first known time to the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from hcclit.figures.timeline import ResponseMark, Timeline
from hcclit.figures.times import Span


@dataclass(frozen=True, slots=True)
class Swimmer:
    """One patient; all times are days since the middle of the first known one.

    `start` and `end` are as wide as the text leaves them; `since` says what the first known time is.
    """

    label: str
    since: str
    start: Span
    end: Span
    responses: tuple[ResponseMark, ...]


def swimmers_of(timelines: Sequence[Timeline]) -> list[Swimmer]:
    """A swimmer for each patient, the longest first; of a patient with several axes the one with most facts counts."""
    best: dict[tuple[str, str | None], Timeline] = {}
    for timeline in timelines:
        key = (timeline.doc_id, timeline.patient)
        if key not in best or len(timeline.spans) > len(best[key].spans):
            best[key] = timeline
    swimmers = [_swimmer(timeline) for timeline in best.values()]
    return sorted(swimmers, key=lambda s: (-s.end.middle, s.label))


def _swimmer(timeline: Timeline) -> Swimmer:
    first = min(timeline.spans, key=lambda s: (s.middle, s.width))
    last = max(timeline.spans, key=lambda s: (s.middle, -s.width))
    zero = first.middle
    marks = tuple(replace(mark, span=_moved(mark.span, zero)) for mark in timeline.responses)
    label = timeline.doc_id + (f", patient {timeline.patient}" if timeline.patient else "")
    return Swimmer(label, _since(timeline, first), _moved(first, zero), _moved(last, zero), marks)


def _moved(span: Span, zero: float) -> Span:
    return Span(span.low - zero, span.high - zero)


def _since(timeline: Timeline, first: Span) -> str:
    if timeline.origin is not None:
        return f"from the {timeline.origin}" if first.middle == 0 else f"after the {timeline.origin}"
    day = date.fromordinal(int(first.low))
    if first.width > 300:
        return f"from {day.year}"
    return f"from {day:%Y-%m}" if first.width > 1 else f"from {day.isoformat()}"
