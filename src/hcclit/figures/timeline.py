"""A patient's course as plain data: which dose, value and response stands when, and what could not be placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hcclit.document import Document
from hcclit.figures.doses import Lane, lanes_of
from hcclit.figures.placing import STARTING, Placed, place_facts
from hcclit.figures.ranges import Ranges
from hcclit.figures.story import Origin
from hcclit.figures.times import Span
from hcclit.figures.values import MarkerPanel, panels_of
from hcclit.figures.wording import fact_label, response_label
from hcclit.language import analyse
from hcclit.records import Category, Dose, Marker, Record, Response

WHICH = "which of the patients is not stated"
FULL = "too much for one figure"
_MOST_DRUGS, _MOST_FACTS = 30, 200
_RETOLD = ("front", "abstract", "introduction", "discussion", "conclusion", "back", "figure")
"""Sections that tell again what the case says."""


@dataclass(frozen=True, slots=True, order=True)
class ResponseMark:
    """A response category at a time, or that it was `denied`."""

    span: Span
    category: Category
    denied: bool
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """One patient on one axis: of the calendar, or of the days since `origin`.

    `patient` is the paper's number of the patient, where it numbers several.
    """

    doc_id: str
    patient: str | None
    origin: str | None
    lanes: tuple[Lane, ...]
    panels: tuple[MarkerPanel, ...]
    responses: tuple[ResponseMark, ...]
    unplaced: tuple[str, ...] = ()

    @property
    def spans(self) -> list[Span]:
        """Every time on the axis."""
        values = [point.span for panel in self.panels for point in panel.points]
        return [s for lane in self.lanes for s in lane.spans] + values + [mark.span for mark in self.responses]


def timelines_of(document: Document, records: Sequence[Record]) -> tuple[list[Timeline], list[str]]:
    """The time axes of a paper's patients, and a line for each fact of patients who have none.

    A patient has one axis of the calendar, and one for each event without a date, if it has facts of several times.
    """
    if not any(isinstance(r, Dose | Marker | Response) and r.subject == "patient" for r in records):
        return [], []
    analysis = analyse(document)
    ranges = Ranges(analysis, records)
    timelines: list[Timeline] = []
    without: list[str] = []
    for patient, placed in _by_patient(place_facts(analysis, records)).items():
        axes = _axes(placed)
        rest = unplaced_lines(placed, {p.fact.id for axis in axes.values() for p in axis})
        if not axes:
            without += [f"{f'patient {patient}' if patient else 'patient'}: not placed: {line}" for line in rest]
        for origin, axis in axes.items():
            parts = _parts(axis, placed, ranges)
            timelines.append(Timeline(document.doc_id, patient, origin.label if origin else None, *parts, rest))
            rest = ()  # listed once
    return timelines, without


def _by_patient(placed: Sequence[Placed]) -> dict[str | None, list[Placed]]:
    """The facts of each patient; what is said of none by number belongs to the only one there is."""
    numbers = sorted({p.fact.patient_id for p in placed if p.fact.patient_id is not None}, key=lambda n: (len(n), n))
    if len(numbers) <= 1:
        return {None: list(placed)} if placed else {}
    groups: dict[str | None, list[Placed]] = {number: [] for number in numbers}
    for each in placed:
        groups.setdefault(each.fact.patient_id, []).append(each)
    if None in groups:  # of one of them, but of which?
        groups[None] = [Placed(each.fact, None, WHICH) for each in groups[None]]
    return groups


def _axes(placed: Sequence[Placed]) -> dict[Origin | None, list[Placed]]:
    axes: dict[Origin | None, list[Placed]] = {}
    for each in placed:
        if each.time is not None:
            axes.setdefault(each.time.origin, []).append(each)
    kept = {o: _fitting(axis) for o, axis in axes.items() if o is None or len({p.time for p in axis}) > 1}
    return dict(sorted(kept.items(), key=lambda item: (item[0] is not None, item[0].place if item[0] else 0)))


def _fitting(axis: Sequence[Placed]) -> list[Placed]:
    """What one figure holds of an axis, in the order of the text."""
    told = _without_retold(axis)
    drugs = list(dict.fromkeys(p.fact.drug for p in told if isinstance(p.fact, Dose)))[:_MOST_DRUGS]
    return [p for p in told if not isinstance(p.fact, Dose) or p.fact.drug in drugs][:_MOST_FACTS]


def _without_retold(axis: Sequence[Placed]) -> list[Placed]:
    """Without what other sections tell again of a fact of the case with a vaguer time (`in 2010`, `on 4 May 2010`)."""
    sure: dict[str, list[Span]] = {}
    for each in axis:
        if each.time is not None and each.fact.section not in _RETOLD:
            sure.setdefault(fact_label(each.fact), []).append(each.time.span)

    def is_new(placed: Placed) -> bool:
        if placed.time is None or placed.fact.section not in _RETOLD:
            return True
        span = placed.time.span
        return not any(span.low <= s.low and s.high <= span.high for s in sure.get(fact_label(placed.fact), []))

    return [each for each in axis if is_new(each)]


def unplaced_lines(placed: Sequence[Placed], shown: set[str]) -> tuple[str, ...]:
    """What stands on no axis, each fact once with its reason; what other sections only tell again is left out."""
    told = {fact_label(p.fact) for p in placed if p.fact.section not in _RETOLD}
    drawn = {fact_label(p.fact) for p in placed if p.fact.id in shown}
    lines: Counter[tuple[str, str]] = Counter()
    for each in placed:
        label = fact_label(each.fact)
        again = label in told if each.fact.section in _RETOLD else each.reason == STARTING and label in drawn
        if each.fact.id in shown or again:
            continue
        lines[label, _reason(each)] += 1
    return tuple(f"{fact}{_times(count)}: {reason}" for (fact, reason), count in lines.items())


def _times(count: int) -> str:
    return f" (stated {count} times)" if count > 1 else ""


def _reason(placed: Placed) -> str:
    if placed.time is None:
        return placed.reason
    return f"the {placed.time.origin.label} has no date" if placed.time.origin is not None else FULL


def _parts(
    axis: Sequence[Placed], placed: Sequence[Placed], ranges: Ranges
) -> tuple[tuple[Lane, ...], tuple[MarkerPanel, ...], tuple[ResponseMark, ...]]:
    """Lanes, panels and responses of one axis."""
    timed = [(p.fact, p.time.span) for p in axis if p.time is not None]
    shown = {fact.id for fact, _ in timed}
    lanes = lanes_of(
        [(fact, span) for fact, span in timed if isinstance(fact, Dose)],
        [p.fact for p in placed if isinstance(p.fact, Dose) and p.fact.id not in shown],
    )
    panels = panels_of([(fact, span) for fact, span in timed if isinstance(fact, Marker)], ranges)
    marks = {
        ResponseMark(span, fact.category, fact.assertion == "negated", response_label(fact))
        for fact, span in timed
        if isinstance(fact, Response)
    }
    return lanes, panels, tuple(sorted(marks))
