"""Frequencies that a neighbouring sentence gives (`Infusions were repeated every 3 weeks`)."""

from __future__ import annotations

import re

from hcclit.extractors.dose.cues import any_of
from hcclit.extractors.dose.frequency import find_marks
from hcclit.extractors.dose.model import Amount, Mark
from hcclit.extractors.dose.resolve import days_of, is_open, over_length, resolve
from hcclit.language import Analysis, Sentence

_REGIMEN = re.compile(rf"\b{any_of('regimen')}\b", re.I)
_OTHER_MATTER = re.compile(rf"\b{any_of('examination', 'other course')}\b", re.I)
_EACH = re.compile(r" of (?:each|every|the)\b", re.I)
_MAXIMUM, _LONGEST, _BEFORE = 250, 800, 60


def from_neighbours(analysis: Analysis, sentence: Sentence, amounts: list[Amount]) -> None:
    """Give the amounts that have no frequency the one that a neighbouring sentence states for them."""
    waiting = [a for a in amounts if is_open(a) and not a.is_radiation]
    if not waiting:
        return
    for neighbour in sorted(analysis.neighbours(sentence), key=lambda s: -s.index):
        marks = _regimen_marks(analysis, neighbour, waiting)
        for amount in waiting if marks else ():
            if amount.per_day is None:
                own = [m for m in amount.marks if m.kind in ("days", "rest")]
                amount.per_day = resolve([*own, *marks])[0]
        _over_cycle(neighbour, [a for a in waiting if a.per_day is None and _has_bare_days(sentence, a)])


def _over_cycle(neighbour: Sentence, amounts: list[Amount]) -> None:
    """Days of a cycle whose length a neighbouring sentence gives, where it gives only one."""
    text = neighbour.text
    if not amounts or len(text) > _LONGEST:
        return
    marks = [m for m in find_marks(text, neighbour.start) if m.days and m.kind in ("interval", "length", "days")]
    lengths = [m for m in marks if not _OTHER_MATTER.search(text[: m.start - neighbour.start][-_BEFORE:])]
    if len({m.days for m in lengths}) == 1:
        for amount in amounts:
            amount.per_day = over_length(amount, lengths[0])


def _has_bare_days(sentence: Sentence, amount: Amount) -> bool:
    """Whether an amount has days of a cycle, and not just those of `each cycle`."""
    days = days_of(amount)
    return days is not None and not _EACH.match(sentence.text, days.end - sentence.start)


def _regimen_marks(analysis: Analysis, sentence: Sentence, waiting: list[Amount]) -> list[Mark]:
    text = sentence.text
    if len(text) > _MAXIMUM or not _REGIMEN.search(text) or _OTHER_MATTER.search(text):
        return []
    quantities = analysis.quantities_in(sentence.start, sentence.end)
    if any(q.unit is not None and q.unit.kind == "dose" for q in quantities):
        return []
    named = {e.name for e in analysis.entities_in(sentence.start, sentence.end, "DRUG") if not e.ambiguous}
    known = {a.agent.name for a in waiting if a.agent} | {"chemotherapy"}
    if named and not named & known:
        return []
    marks = find_marks(text, sentence.start)
    return marks if all(m.kind != "unclear" for m in marks) else []
