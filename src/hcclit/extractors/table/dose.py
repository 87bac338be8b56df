"""Doses in a table's cells and heads.

A cell and its heads are written as a phrase of running text (`sorafenib 800 mg/day` for `800` under `Sorafenib dose
(mg/day)`), which the extractor of running text reads; what it finds is cut back to the cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hcclit.document import Block, Cell, Document
from hcclit.extractors import dose
from hcclit.extractors.table.heads import Head
from hcclit.extractors.table.layout import Layout, Row, Slot
from hcclit.extractors.table.texts import place_of
from hcclit.language import analyse, matcher
from hcclit.mention import Mention
from hcclit.quantity import scan
from hcclit.records import Action

_DOSE = re.compile(r"\b(?:dos(?:es?|ages?|ing)|amounts? of|administered)\b", re.IGNORECASE)
_NO_DOSE = re.compile(
    r"\b(?:intensity|mean|median|average|cumulative|concentrations?|levels? \(|AUC\b|C ?max"
    r"|clearance|limiting|toxicit\w+|reductions? n|interruptions?|modifications?|number of"
    r"|response|per-?cent|threshold|tolerance|V\d+|D\d+|organ)",
    re.IGNORECASE,
)
_SCHEDULE = re.compile(
    r"(?:dosing )?(?:schedules?|frequency|days?|timing|interval|administration)(?: .*)?|days? of administration",
    re.IGNORECASE,
)
_PER = re.compile(
    r"/ ?(?:d(?:ay)?|body)\b|\bper (?:day|body)\b|\bdaily\b|\b(?:b\.?i\.?d|q\.?d"
    r"|t\.?i\.?d)\b\.?|\btwice (?:a day|daily)\b|\bonce (?:a day|daily)\b",
    re.IGNORECASE,
)
_ACTIONS: tuple[tuple[re.Pattern[str], Action], ...] = (
    (re.compile(r"\b(?:maint\w+|continu\w+)", re.IGNORECASE), "continue"),
    (re.compile(r"\b(?:reduc\w+|de-?escalat\w+)", re.IGNORECASE), "reduce"),
    (re.compile(r"\b(?:initial|start\w*)\b", re.IGNORECASE), "start"),
    (re.compile(r"\b(?:re-?start\w*|resum\w+)", re.IGNORECASE), "restart"),
    (re.compile(r"\b(?:increas\w+|escalat\w+)", re.IGNORECASE), "increase"),
)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase to read; `inside` is where its part of the table stands in it, `source` gives the document's offsets."""

    text: str
    inside: tuple[int, int]
    cell: Cell
    source: Callable[[int, int], tuple[int, int]]
    action: Action | None = None


def doses(layout: Layout) -> Iterator[Mention]:
    """The doses of a table."""
    phrases = [*_cells(layout), *_heads(layout)]
    if not phrases:
        return
    text, starts, blocks = "", [], []
    for phrase in phrases:
        starts.append(len(text))
        blocks.append(Block("paragraph", len(text), len(text) + len(phrase.text), "results"))
        text += phrase.text + "\n\n"
    read = analyse(Document("phrases", text, tuple(blocks)))
    read.abbreviations.update(layout.analysis.abbreviations)
    for mention in dose.extract(read):
        start, end = read.view.to_source(mention.start, mention.end)
        index = bisect_right(starts, start) - 1
        found = _within(phrases[index], start - starts[index], end - starts[index])
        if found is not None:
            phrase = phrases[index]
            action = {"action": phrase.action} if phrase.action and not mention.fields.get("action") else {}
            yield Mention("dose", *found, mention.fields | action, phrase.cell, layout.table)


def _within(phrase: _Phrase, start: int, end: int) -> tuple[int, int] | None:
    """A span of a phrase cut to its part of the table."""
    low, high = phrase.inside
    start, end = max(start, low), min(end, high)
    return phrase.source(start - low, end - low) if start < end else None


def _cells(layout: Layout) -> Iterator[_Phrase]:
    for row in layout.rows:
        for slot in row.slots:
            heads = (*slot.row.heads, *slot.column.heads)
            if slot.reading.kind == "empty" or any(_NO_DOSE.search(h.text) for h in heads):
                continue
            phrase = _stated(layout, row, slot) or _numeric(layout, slot)
            if phrase is not None:
                yield phrase


def _stated(layout: Layout, row: Row, slot: Slot) -> _Phrase | None:
    """A cell that states amount and unit: `400 mg, bid`, `doxorubicin 50 mg`."""
    raw = slot.cell.text
    if not any(q.unit is not None and q.unit.kind == "dose" and q.comparator is None for q in scan(slot.piece.text)):
        return None
    drug = "" if _drugs(raw, layout) else _drug_of(layout, slot)
    if drug is None:
        return None
    lead = f"{drug} " if drug else ""
    return _phrase(layout, slot, (lead, raw, _schedule(row, slot)))


def _schedule(row: Row, slot: Slot) -> str:
    """The frequency that a column of schedules gives for the row."""
    for other in row.slots:
        inner = other.column.inner
        if other is not slot and inner is not None and _SCHEDULE.fullmatch(inner.name):
            return f" {other.piece.text.strip()}"
    return ""


def _numeric(layout: Layout, slot: Slot) -> _Phrase | None:
    """A bare number under a head with a dose's unit: `800` under `Dosage of sorafenib (mg)`."""
    head = _dose_head(layout, slot)
    if head is None or head.unit is None or slot.reading.kind not in ("single", "range"):
        return None
    if slot.reading.first.unit is not None or slot.reading.first.comparator is not None:
        return None
    drug = _drug_of(layout, slot)
    if drug is None:
        return None
    unit = head.text[head.unit.start : head.unit.end] if head.unit.end <= len(head.text) else head.unit.code
    per = _PER.search(head.text)
    return _phrase(
        layout,
        slot,
        (
            f"{drug} ",
            slot.cell.text,
            f" {unit}{' ' if per and per.group()[0] != '/' else ''}{per.group() if per else ''}",
        ),
    )


def _dose_head(layout: Layout, slot: Slot) -> Head | None:
    """The head (or the caption) that makes a number a dose: a unit of doses, and the word or a drug's name."""
    for axis in (slot.column, slot.row):
        for head in reversed(axis.heads):
            if head.unit is not None and head.unit.kind == "dose":
                named = any(_DOSE.search(h.text) for h in axis.heads) or bool(_drugs(head.name, layout))
                return head if named else None
    caption = layout.caption_head
    told = caption.unit is not None and caption.unit.kind == "dose" and _DOSE.search(caption.text)
    return caption if told and not any(h.unit or h.forms for h in (*slot.column.heads, *slot.row.heads)) else None


def _phrase(layout: Layout, slot: Slot, parts: tuple[str, str, str]) -> _Phrase:
    lead, raw, rest = parts
    heads = " ".join(h.text for h in (*slot.row.heads, *slot.column.heads))
    action = next((action for pattern, action in _ACTIONS if pattern.search(heads)), None)

    def source(start: int, end: int) -> tuple[int, int]:
        return slot.cell.start + start, slot.cell.start + end

    return _Phrase(lead + raw + rest, (len(lead), len(lead) + len(raw)), slot.cell, source, action)


def _drug_of(layout: Layout, slot: Slot) -> str | None:
    """The one drug that the heads of a cell, or else the caption, name."""
    for text in (
        *(h.text for h in reversed(slot.row.heads)),
        *(h.text for h in reversed(slot.column.heads)),
        layout.table.caption,
    ):
        drugs = _drugs(text, layout)
        if drugs:
            return drugs.pop() if len(drugs) == 1 else None
    return None


def _drugs(text: str, layout: Layout) -> set[str]:
    found = matcher()(text, layout.analysis.abbreviations)
    return {e.name for e in found if e.label == "DRUG" and not e.ambiguous}


def _heads(layout: Layout) -> Iterator[_Phrase]:
    """Arms that a head names by their dose: `Sorafenib 400 mg bid (n=64)`."""
    if not layout.rows:
        return
    piece = layout.gaps.get(layout.rows[0].index)
    seen: set[str] = set()
    for slot in layout.rows[0].slots if piece is not None else []:
        for head in slot.column.heads:
            amounts = [
                q for q in scan(head.text) if q.unit is not None and q.unit.kind == "dose" and q.comparator is None
            ]
            place = place_of(piece, head.text) if piece is not None and amounts and head.text not in seen else None
            if place is None or piece is None or not _drugs(head.text, layout):
                continue
            seen.add(head.text)
            begin, known = place[0], piece

            def source(start: int, end: int, begin: int = begin, known: object = known) -> tuple[int, int]:
                assert hasattr(known, "source")
                return known.source(begin + start, begin + end)  # type: ignore[no-any-return]

            yield _Phrase(head.text, (0, len(head.text)), slot.cell, source)
