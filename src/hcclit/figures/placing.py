"""Where the facts of a patient stand in time, and why some stand nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hcclit.dates import find_dates
from hcclit.document import Cell
from hcclit.figures.events import START, Event
from hcclit.figures.story import Story, Time
from hcclit.figures.times import parts_of, span_of_date
from hcclit.language import Analysis
from hcclit.linking.when import is_starting_value
from hcclit.mention import Mention
from hcclit.records import Dose, Marker, Record, Response

Fact = Dose | Marker | Response
NO_TIME = "no time is stated"
UNNAMED = "stated {} after an event that the text does not name"
STARTING = "stated as the value before a change, without its time"


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact and when it was; where it has no place, `time` is None and `reason` says why."""

    fact: Fact
    time: Time | None
    reason: str = ""


def place_facts(analysis: Analysis, records: Sequence[Record]) -> list[Placed]:
    """Place what is said of this paper's own patients, in the order of the text."""
    facts = [r for r in records if isinstance(r, Fact) and r.subject == "patient"]
    return _Placing(analysis, facts).all()


class _Placing:
    def __init__(self, analysis: Analysis, facts: Sequence[Fact]) -> None:
        self._facts = facts
        self._analysis = analysis
        self._cells = {cell.start: cell for table in analysis.document.tables for cell in table.values}
        self._places = self._analysis.view.from_source({fact.start for fact in facts})
        starts = {f.id: e for f in facts if (e := self._started(f)) is not None}
        self._starts = starts
        self._story = Story(self._analysis, list(starts.values()))

    def _started(self, fact: Fact) -> Event | None:
        place = self._places.get(fact.start)
        if not isinstance(fact, Dose) or fact.action not in ("start", "restart") or place is None:
            return None
        end = max(place + 1, min(place + len(fact.text), len(self._analysis.text)))
        return Event(START, fact.drug, place, end, self._analysis.sentence_at(place).index)

    def all(self) -> list[Placed]:
        return [self._placed(fact) for fact in self._facts]

    def _placed(self, fact: Fact) -> Placed:
        place = self._places.get(fact.start)
        if place is None or fact.start in self._cells:
            return self._of_cell(fact)
        if fact.when:
            return Placed(fact, self._story.at(place, fact.when))
        if fact.id in self._starts:
            return Placed(fact, self._story.time_of(self._starts[fact.id]))
        if fact.elapsed:
            time = self._story.after(place, fact.elapsed)
            return Placed(fact, time, "" if time else UNNAMED.format(in_words(fact.elapsed)))
        single = isinstance(fact, Marker) and fact.kind == "measurement"
        before = single and is_starting_value(self._analysis, Mention(fact.type, place, place + 1))
        return Placed(fact, None, STARTING if before else NO_TIME)

    def _of_cell(self, fact: Fact) -> Placed:
        """A value of a table has the date that its column or its row is headed by."""
        if fact.when:
            return Placed(fact, Time(span_of_date(fact.when)))
        cell: Cell | None = self._cells.get(fact.start)
        heads = (*cell.column_heads, *cell.row_heads) if cell is not None else ()
        dates = {date.value for head in heads for date in find_dates(head)}
        return Placed(fact, Time(span_of_date(dates.pop()))) if len(dates) == 1 else Placed(fact, None, NO_TIME)


_WORDS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}


def in_words(length: str) -> str:
    """`P1Y6M` as `1 year 6 months`."""
    parts = [f"{number} {_WORDS[unit]}{'' if number == '1' else 's'}" for number, unit in parts_of(length)]
    return " ".join(parts)
