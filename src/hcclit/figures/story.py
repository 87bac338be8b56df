"""When the events of a case took place, and when a fact did that was stated so long after one of them.

Nothing is guessed: a length of time has a place only if the text says what it counts from and tells that event before.
Without a date of the event, time is counted from the event itself (`Time.origin`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from hcclit.dates import DateMention, Duration, find_durations
from hcclit.figures.anchors import Anchor, anchor_of
from hcclit.figures.events import START, TREATMENT, Event, find_events
from hcclit.figures.times import Span, span_of_date, span_of_length
from hcclit.language import Analysis, Sentence
from hcclit.linking.elapsed import elapsed_of, lapses_of
from hcclit.linking.visit import moves_on, sentences_of_visit
from hcclit.linking.when import when_of
from hcclit.mention import Mention

_ONE_BY_ONE = re.compile(r"\b(?:then|followed by|subsequently|after which|later|before)\b", re.IGNORECASE)
_FEW = 20
_LONGEST_CHAIN = 50
"""Lengths of time that may count from one another."""
_BACK = 4
"""Sentences over which `two weeks later` may look back for what was told last."""


@dataclass(frozen=True, slots=True)
class Origin:
    """An event without a date that times are counted from; `place` tells apart two of one label."""

    label: str
    place: int


@dataclass(frozen=True, slots=True)
class Time:
    """When something was: days of the calendar, or days since `origin`."""

    span: Span
    origin: Origin | None = None

    def plus(self, length: str) -> Time:
        """The time that a length of time after this one leads to."""
        return Time(self.span.plus(span_of_length(length)), self.origin)


def _label(kind: str, what: str) -> str:
    return f"start of {what}" if kind == START else kind


class Story:
    """The told events of one paper, and the times that follow from them."""

    def __init__(self, analysis: Analysis, more: Sequence[Event] = ()) -> None:
        """Find the events.

        Args:
            analysis: of the paper.
            more: events that are known already (doses that were started); they hold against those found beside them.
        """
        self._analysis = analysis
        known = {(event.sentence, event.what) for event in more}
        found = [e for e in find_events(analysis) if (e.sentence, e.what) not in known]
        self._events = sorted([*more, *found], key=lambda event: (event.start, event.what))
        self._starts = [event.start for event in self._events]
        self._alike: dict[tuple[str, str | None], list[Event]] = {}
        for event in self._events:
            for what in (None, event.what):
                self._alike.setdefault((event.kind, what), []).append(event)
        self._dated: dict[str, list[DateMention]] = {}
        for date in analysis.dates:
            self._dated.setdefault(date.value, []).append(date)
        self._times: dict[Event, Time] = {}
        self._resolved: dict[int, Time] = {}
        self._asked: set[int | Event] = set()

    def time_of(self, event: Event) -> Time:
        """When an event took place; without a date, it is itself where time begins."""
        if event not in self._times:
            self._asked.add(event)  # it does not count from itself
            told = self._told_time(event)
            self._asked.discard(event)
            self._times[event] = told or Time(Span(0, 0), self._origin(event))
        return self._times[event]

    def at(self, place: int, when: str) -> Time:
        """The time of a fact whose date is known; `at the end of 2008` is the last third of that year."""
        told = self._dated.get(when, [])
        last = bisect_left(told, self._analysis.sentence_at(place).end, key=lambda date: date.start)
        return Time(span_of_date(when, told[last - 1].bound if last else None))

    def _told_time(self, event: Event) -> Time | None:
        mention = Mention("dose", event.start, event.end)
        if when := when_of(self._analysis, mention):
            return self.at(event.start, when)
        if elapsed := elapsed_of(self._analysis, mention):
            return self.after(event.start, elapsed)
        sentence = self._analysis.sentences[event.sentence]
        begins = [d for d in self._analysis.dates_in(sentence.start, sentence.end) if d.bound == "from"]
        return Time(span_of_date(begins[0].value)) if event.kind == START and len(begins) == 1 else None

    def _origin(self, event: Event) -> Origin:
        """The event as what time counts from; drugs that a sentence starts together have one start."""
        sentence = self._analysis.sentences[event.sentence]
        together = [event]
        if not self._has_times(sentence) and not _ONE_BY_ONE.search(sentence.text):
            together = [e for e in self._between(sentence.start, sentence.end) if e.kind == event.kind]
        what = list(dict.fromkeys(e.what for e in together))
        named = " and ".join(what[:2]) + (" and others" if len(what) > 2 else "")
        return Origin(_label(event.kind, named), together[0].start)

    def after(self, place: int, length: str) -> Time | None:
        """When a fact at a place of the view was that the text puts at a length of time after an event."""
        found = self._stated(place, length)
        return self._resolve(*found) if found is not None else None

    def _stated(self, place: int, length: str) -> tuple[Sentence, Duration] | None:
        """Where the length of time stands: beside the fact, or where the visit is told that it belongs to."""
        own = self._analysis.sentence_at(place)
        for sentence in (own, *sentences_of_visit(self._analysis, own)):
            same = [d for d in find_durations(sentence.text) if d.iso == length]
            if same:
                here = place - sentence.start
                return sentence, min(
                    same, key=lambda d: (d not in lapses_of(self._analysis, sentence), abs(d.start - here))
                )
        return None

    def _resolve(self, sentence: Sentence, lapse: Duration) -> Time | None:
        place = sentence.start + lapse.start
        if place in self._resolved:
            return self._resolved[place]
        anchor = anchor_of(self._analysis, sentence, lapse)
        if anchor is None or place in self._asked or len(self._asked) > _LONGEST_CHAIN:
            return None
        self._asked.add(place)  # two lapses that count from one another count from nothing
        base = self._base(anchor, sentence, place)
        self._asked.discard(place)
        if base is not None:
            self._resolved[place] = base.plus(lapse.iso)
        return self._resolved.get(place)

    def _base(self, anchor: Anchor, sentence: Sentence, place: int) -> Time | None:
        if anchor.kind == "event":
            event = self._told_last(anchor, sentence, place)
            if event is not None:
                return self.time_of(event)
            named = Origin(_label(anchor.event, anchor.what or TREATMENT), -1)
            return Time(Span(0, 0), named) if not self._matching(anchor) else None
        last = self._last_time(sentence, place)
        if anchor.kind == "later" or last is None:
            return last if anchor.kind == "later" else None
        return self._hull(last, self._told_last(Anchor("event", START), sentence, place))

    def _hull(self, last: Time, start: Event | None) -> Time | None:
        """`After two months, ...` counts from what was told last or from the start of the treatment: either."""
        if start is None:
            return None
        other = self.time_of(start)
        return Time(last.span.hull(other.span), last.origin) if other.origin == last.origin else None

    def _matching(self, anchor: Anchor) -> list[Event]:
        return self._alike.get((anchor.event, anchor.what), [])

    def _told_last(self, anchor: Anchor, sentence: Sentence, place: int) -> Event | None:
        """The event of a kind that was told last before a place of the same telling, else the only one."""
        matching = self._matching(anchor)
        before = bisect_left(matching, place, key=lambda event: event.start)
        last = [e for e in matching[max(0, before - _FEW) : before] if self._may_anchor(e, sentence)]
        if last and sentence.kind != "caption":
            return last[-1]
        return matching[0] if len(matching) == 1 and matching[0] not in self._asked else None

    def _may_anchor(self, event: Event, sentence: Sentence) -> bool:
        """Whether an event is told in the same run of the story, and is not just being asked for its own time."""
        told = self._analysis.sentences[event.sentence]
        same = (told.section == "abstract") == (sentence.section == "abstract") and told.kind != "caption"
        return same and event not in self._asked

    def _last_time(self, sentence: Sentence, place: int) -> Time | None:
        """The time of what is told last before a place; None where something without a time came between."""
        if (time := self._only_time(sentence, place)) is not None:
            return time
        for earlier in self._analysis.sentences[max(0, sentence.index - _BACK) : sentence.index][::-1]:
            if (earlier.section, earlier.kind) != (sentence.section, sentence.kind):
                return None
            if (time := self._only_time(earlier, earlier.end)) is not None:
                return time
            if moves_on(self._analysis, earlier) or self._has_times(earlier):
                return None
        return None

    def _has_times(self, sentence: Sentence) -> bool:
        dates = self._analysis.dates_in(sentence.start, sentence.end)
        return bool(dates or lapses_of(self._analysis, sentence))

    def _only_time(self, sentence: Sentence, before: int) -> Time | None:
        """The time of a sentence up to a place, if it is only one: a date, a length of time, or an event told."""
        dates = [d for d in self._analysis.dates_in(sentence.start, before) if d.end <= before]
        lapses = [d for d in lapses_of(self._analysis, sentence) if sentence.start + d.end <= before]
        if len(dates) + len(lapses) > 1:
            return None
        if dates:
            return Time(span_of_date(dates[0].value)) if dates[0].bound not in ("from", "to") else None
        if lapses:
            return self._resolve(sentence, lapses[0])
        times = {self.time_of(event) for event in self._between(sentence.start, before) if event not in self._asked}
        return times.pop() if len(times) == 1 else None

    def _between(self, start: int, end: int) -> list[Event]:
        return self._events[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
