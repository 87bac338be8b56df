"""Frequencies that a neighbouring sentence gives: `Infusions were repeated every 3 weeks.`"""

from __future__ import annotations

import re

from hcclit.extractors.dose.frequency import find_marks
from hcclit.extractors.dose.model import Amount, Mark
from hcclit.extractors.dose.schedule import resolve
from hcclit.language import Analysis, Sentence

_REGIMEN = re.compile(
    r"\b(?:cycles?|courses?|treatments?|therapy|regimens?|chemotherapy|infusions?|injections?|repeated|administ\w+|given|drugs?|schedule|procedures?|sessions?|TACE|HAIC"
    r"|doses?|it|they|tablets?|capsules?|medication|taken)\b",
    re.I,
)
_OTHER_MATTER = re.compile(
    r"\b(?:CT|MRI|imaging|scans?|tomography|radiograph\w*|ultraso\w+|assess\w*|evaluat\w+|visits?|seen|follow-up|followed up|monitor\w*|measure\w*|examin\w+|tests?|laborator\w+"
    r"|questionnaires?|reviewed|sampl\w+|blood|biops\w+|surveillance|radiotherapy|fractions?|irradiation|recur\w+|toxicity|reduc\w+|delay\w*|modif\w+|interrupt\w+|response|progression was|survival)\b",
    re.I,
)
_MAXIMUM = 250


def from_neighbours(analysis: Analysis, sentence: Sentence, amounts: list[Amount]) -> None:
    """Give the amounts of a sentence that have no frequency the one that a neighbouring sentence states for them."""
    waiting = [a for a in amounts if _waits(a)]
    if not waiting:
        return
    for neighbour in sorted(analysis.neighbours(sentence), key=lambda s: -s.index):
        marks = _regimen_marks(analysis, neighbour, waiting)
        for amount in waiting:
            if amount.per_day is None and marks:
                own = [m for m in amount.marks if m.kind in ("days", "rest")]
                amount.per_day = resolve([*own, *marks])[0]


def _waits(amount: Amount) -> bool:
    return (
        amount.per_day is None
        and not amount.is_radiation
        and all(m.kind in ("days", "rest") for m in amount.marks)
    )


def _regimen_marks(analysis: Analysis, sentence: Sentence, waiting: list[Amount]) -> list[Mark]:
    if (
        len(sentence.text) > _MAXIMUM
        or not _REGIMEN.search(sentence.text)
        or _OTHER_MATTER.search(sentence.text)
    ):
        return []
    if any(
        q.unit is not None and q.unit.kind == "dose"
        for q in analysis.quantities_in(sentence.start, sentence.end)
    ):
        return []
    named = {e.name for e in analysis.entities_in(sentence.start, sentence.end, "DRUG") if not e.ambiguous}
    known = {a.agent.name for a in waiting if a.agent}
    if named and not named & known and not named <= {"chemotherapy"}:
        return []
    marks = find_marks(sentence.text, sentence.start)
    return marks if marks and all(m.kind != "unclear" for m in marks) else []
