"""Every miss, false alarm and wrong field of an evaluation, each with the sentence that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from hcclit.evaluation.levels import (
    CORE_FIELDS,
    FULL_FIELDS,
    Line,
    wrong_fields,
    wrong_groups,
    wrong_times,
)
from hcclit.evaluation.scores import Evaluation
from hcclit.records import Record

MistakeKind = Literal["miss", "false_alarm", "wrong_field"]
MistakeLevel = Literal["span", "core", "full", "when", "group"]

_NOT_SHOWN = {"codes", "origin", "page", "bbox", "xpath"}
_WINDOW = 300
"""Characters on either side of a mention that are looked at for its sentence."""
_SENTENCE_BREAK = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n")


@dataclass(frozen=True)
class Mistake:
    """One thing that costs a score.

    A miss and a false alarm cost the level `span` and so all levels. A wrong field costs the level or side
    line that it belongs to; a pair has one such mistake for each of its wrong fields.
    """

    kind: MistakeKind
    level: MistakeLevel
    line: Line
    doc_id: str
    gold: Record | None
    predicted: Record | None
    context: str
    """The sentence with the mention in double brackets: the gold's, or the false alarm's."""
    field: str | None = None
    gold_value: object = None
    predicted_value: object = None

    def to_dict(self) -> dict[str, Any]:
        """Give plain values for JSON."""
        records = {
            side: record and record.model_dump(mode="json", exclude_none=True, exclude=_NOT_SHOWN)
            for side, record in (("gold", self.gold), ("predicted", self.predicted))
        }
        return {name: records.get(name, getattr(self, name)) for name in self.__dataclass_fields__}

    def describe(self) -> str:
        """Give one line for a person: what is wrong, where, and the sentence."""
        what = self.kind.replace("_", " ")
        if self.field:
            what += f" {self.field} ({self.level}): {self.gold_value!r} read as {self.predicted_value!r}"
        return f"{self.doc_id} {self.line}: {what} | {self.context}"


def list_mistakes(evaluation: Evaluation, texts: Mapping[str, str]) -> list[Mistake]:
    """List all mistakes by document, line and place.

    Args:
        evaluation: what `evaluate` gave.
        texts: the documents' texts by id; where one is not there, the context is the mention alone.
    """
    found: list[Mistake] = []
    for doc_id, lines in evaluation.matchings.items():
        text = texts.get(doc_id)
        for line, matching in lines.items():
            mistakes = [_one_sided("miss", line, gold, text) for gold in matching.missed]
            mistakes += [_one_sided("false_alarm", line, false, text) for false in matching.false_alarms]
            for gold, predicted in matching.pairs:
                mistakes += _pair_mistakes(gold, predicted, line, text)
            found += sorted(mistakes, key=_place)
    return found


def sentence(text: str, start: int, end: int) -> str:
    """Cut the sentence around a mention, on one line, with the mention in double brackets; see `around`."""
    left, mention, right = around(text, start, end)
    return " ".join(f"{left}[[{mention}]]{right}".split())


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Cut what stands before a mention in its sentence, the mention, and what stands after it.

    A sentence ends where a full stop comes before a capital, at an empty line, or after 300 characters; then
    `…` stands for the rest. Good enough to read by, not to calculate with.
    """
    first, last = max(0, start - _WINDOW), min(len(text), end + _WINDOW)
    # One character of the mention is let in, as a break is known by the capital after it.
    breaks_before = [found.end() for found in _SENTENCE_BREAK.finditer(text, first, start + 1)]
    before = max((at for at in breaks_before if at <= start), default=None)
    after = _SENTENCE_BREAK.search(text, end, last)
    left = text[first if before is None else before : start]
    right = text[end : after.start() if after else last]
    head = "…" if before is None and first > 0 else ""
    tail = "…" if after is None and last < len(text) else ""
    return f"{head}{left}", text[start:end], f"{right}{tail}"


def _one_sided(kind: MistakeKind, line: Line, record: Record, text: str | None) -> Mistake:
    gold, predicted = (record, None) if kind == "miss" else (None, record)
    return Mistake(kind, "span", line, record.doc_id, gold, predicted, _context(record, text))


def _pair_mistakes(gold: Record, predicted: Record, line: Line, text: str | None) -> list[Mistake]:
    return [
        Mistake(
            "wrong_field", level, line, gold.doc_id, gold, predicted, _context(gold, text),
            field=name, gold_value=getattr(gold, name), predicted_value=getattr(predicted, name),
        )
        for level, name in _wrong(gold, predicted)
    ]  # fmt: skip


def _wrong(gold: Record, predicted: Record) -> Iterator[tuple[MistakeLevel, str]]:
    core = wrong_fields(gold, predicted, CORE_FIELDS[gold.type])
    yield from (("core", name) for name in core)
    yield from (("full", name) for name in wrong_fields(gold, predicted, FULL_FIELDS[gold.type]))
    if not core:  # the side lines look at core matches only
        yield from (("when", name) for name in wrong_times(gold, predicted) or ())
        yield from (("group", name) for name in wrong_groups(gold, predicted) or ())


def _context(record: Record, text: str | None) -> str:
    if text is None:
        return f"[[{' '.join(record.text.split())}]]"
    return sentence(text, record.start, record.end)


def _place(mistake: Mistake) -> tuple[int, int]:
    records = [record for record in (mistake.gold, mistake.predicted) if record is not None]
    return records[0].start, records[0].end
