"""Events that a case report tells of and that lengths of time count from: the start of a drug, an operation.

An event is told where a sentence says that it took place (`sorafenib was started`, `underwent hepatectomy`), not where
it is only named (`two weeks after the start of sorafenib`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.language import Analysis, Sentence

START = "start"
TREATMENT = "treatment"
"""Stands for the drug where a sentence names none."""

_LIVER = r"(?:liver |hepatic |partial |surgical |curative |radical |tumou?r |left |right |extended )*"
_KINDS = {
    "operation": rf"{_LIVER}(?:surgery|operation|resection|hepatectomy|lobectomy|[a-z]*segmentectomy)",
    "transplantation": r"(?:orthotopic |liver |living[- ]donor |deceased[- ]donor )*(?:transplantation|transplant)",
    "TACE": r"TACE|TAE|(?:trans(?:catheter )?arterial )?(?:chemo-?)?emboli[sz]ation",
    "ablation": r"(?:radio-?frequency |microwave )?ablation|RFA",
    "radioembolisation": r"radio-?emboli[sz]ation|SIRT|TARE",
    "admission": r"admission|presentation|hospitali[sz]ation",
    "discharge": r"discharge",
}
EVENT = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items())
"""The nouns that name an event, each kind a group of its own name."""
_NAMED = re.compile(rf"\b(?:{EVENT})\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:underwent|undergone|received|performed|carried out|was done|were done|treated (?:with|by)|resected"
    r"|submitted to|subjected to|transplanted|repeated|given)\b",
    re.IGNORECASE,
)
_CAME = re.compile(r"\b(?:was (?:re)?admitted|presented (?:to|with|at)|was hospitali[sz]ed)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:was|were) discharged\b", re.IGNORECASE)
_STARTED = re.compile(
    r"\b(?:(?:was|were|been|being) (?:\w+ly |then |again |also |first )*"
    r"(?:(?:re-?)?started|(?:re-?)?initiated|begun|(?:re)?commenced|introduced|resumed)"
    r"|(?<!not )(?:re-?)?(?:started|began|commenced|initiated|resumed)(?! to\b))\b",
    re.IGNORECASE,
)
_THERAPY = re.compile(r"\b(?:treatment|therapy|chemotherapy|medication)\b", re.IGNORECASE)
_NOT_TOLD = ("introduction", "discussion", "conclusion", "front", "back")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that took place, at the words that tell it (offsets of the view)."""

    kind: str
    what: str
    start: int
    end: int
    sentence: int


def find_events(analysis: Analysis) -> list[Event]:
    """The events that the sentences of a paper tell, in order."""
    told = (s for s in analysis.sentences if s.section not in _NOT_TOLD)
    return [event for sentence in told for event in _of_sentence(analysis, sentence)]


def _of_sentence(analysis: Analysis, sentence: Sentence) -> Iterator[Event]:
    for match in _STARTED.finditer(sentence.text):
        what = _started_drug(analysis, sentence, match)
        if what is not None:
            yield Event(START, what, sentence.start + match.start(), sentence.start + match.end(), sentence.index)
    if _DONE.search(sentence.text):
        for match in _NAMED.finditer(sentence.text):
            if match.lastgroup not in ("admission", "discharge", None) and not _is_reference(sentence.text, match):
                kind = str(match.lastgroup)
                yield Event(kind, kind, sentence.start + match.start(), sentence.start + match.end(), sentence.index)
    for kind, pattern in (("admission", _CAME), ("discharge", _LEFT)):
        if said := pattern.search(sentence.text):
            yield Event(kind, kind, sentence.start + said.start(), sentence.start + said.end(), sentence.index)


_REFERS = re.compile(r"\b(?:after|following|before|since|post|prior to|from|until)(?: \w+){0,3} $", re.IGNORECASE)


def _is_reference(text: str, match: re.Match[str]) -> bool:
    """`after the resection`: another event is told."""
    return bool(_REFERS.search(text, max(0, match.start() - 60), match.start()))


def _started_drug(analysis: Analysis, sentence: Sentence, verb: re.Match[str]) -> str | None:
    """The drug whose start is told: the nearest before the verb in its clause, else the first after it."""
    drugs = analysis.entities_in(sentence.start, sentence.end, "DRUG")
    at = sentence.start + verb.start()
    before = [d for d in drugs if d.end <= at and ";" not in analysis.text[d.end : at]]
    after = [d for d in drugs if d.start >= at + len(verb[0]) and ";" not in analysis.text[at : d.start]]
    if before or after:
        return (before[-1] if before else after[0]).name
    return TREATMENT if _THERAPY.search(sentence.text) else None
