"""Doses in a table's cells and heads.

A cell and its heads are written as a phrase of running text (`sorafenib 800 mg/day` for `800` under `Sorafenib dose
(mg/day)`), which the extractor of running text reads; what it finds is cut back to the cell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.document import Block, Cell, Document
from hcclit.extractors import dose
from hcclit.extractors.table.heads import Head
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.texts import Piece, place_of
from hcclit.extractors.table.words import words
from hcclit.language import analyse, entities_of
from hcclit.mention import Mention
from hcclit.quantity import scan
from hcclit.records import Action

_PER = re.compile(
    r"/ ?(?:d(?:ay)?|body)\b|\bper (?:day|body)\b|\bdaily\b|\b(?:b\.?i\.?d|q\.?d|t\.?i\.?d)\b\.?"
    r"|\b(?:once|twice) (?:a day|daily)\b",
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
    """A phrase to read: `before` and `after` are lent by heads, `text` stands in the table at `piece` and `begin`."""

    before: str
    text: str
    after: str
    piece: Piece
    begin: int
    cell: Cell
    action: Action | None = None

    @property
    def whole(self) -> str:
        return f"{self.before}{self.text}{self.after}"

    def source(self, start: int, end: int) -> tuple[int, int] | None:
        """The document's offsets of a span of the phrase, cut to what stands in the table."""
        low = len(self.before)
        start, end = max(start - low, 0), min(end - low, len(self.text))
        return self.piece.source(self.begin + start, self.begin + end) if start < end else None


def doses(layout: Layout) -> Iterator[Mention]:
    """The doses of a table."""
    phrases = [*_cells(layout), *_heads(layout)]
    if not phrases:
        return
    blocks: list[Block] = []
    begin = 0
    for phrase in phrases:
        blocks.append(Block("paragraph", begin, begin + len(phrase.whole), "results"))
        begin += len(phrase.whole) + 2
    phrased = Document("phrases", "\n\n".join(p.whole for p in phrases), tuple(blocks))
    read = analyse(phrased, layout.analysis.settings)
    starts = [block.start for block in blocks]
    for mention in dose.extract(read):
        start, end = read.view.to_source(mention.start, mention.end)
        index = bisect_right(starts, start) - 1
        phrase = phrases[index]
        place = phrase.source(start - starts[index], end - starts[index])
        if place is not None:
            fields = mention.fields | {"action": mention.fields.get("action") or phrase.action}
            yield Mention("dose", *place, fields, phrase.cell, layout.table)


def _cells(layout: Layout) -> Iterator[_Phrase]:
    for row in layout.rows:
        for slot in row.slots:
            if slot.reading.kind == "empty" or any(words("no_dose").search(text) for text in slot.head_texts):
                continue
            lent = _stated(layout, row, slot) or _numeric(layout, slot)
            if lent is not None:
                heads = " ".join(slot.head_texts)
                action = next((action for pattern, action in _ACTIONS if pattern.search(heads)), None)
                yield _Phrase(lent[0], slot.piece.text, lent[1], slot.piece, 0, slot.cell, action)


def _amounts(text: str) -> bool:
    return any(q.unit is not None and q.unit.kind == "dose" and q.comparator is None for q in scan(text))


def _stated(layout: Layout, row: Row, slot: Slot) -> tuple[str, str] | None:
    """What heads lend a cell that states amount and unit: `400 mg, bid`, `doxorubicin 50 mg`."""
    text = slot.piece.text
    if not _amounts(text):
        return None
    frequency = "" if _PER.search(text) else _schedule(row, slot)
    if _drugs(text, layout):
        return "", frequency
    drug = _drug_of(layout, slot)
    return (f"{drug} ", frequency) if drug is not None else None


def _schedule(row: Row, slot: Slot) -> str:
    """The frequency that the heads (`Daily dose`) or a column of schedules give for the row."""
    if any(re.search(r"\bdaily\b|\bper day\b", text, re.IGNORECASE) for text in slot.head_texts):
        return " daily"
    for other in row.slots:
        inner = other.column.inner
        if other is not slot and inner is not None and words("schedule").fullmatch(inner.name):
            return f" {other.piece.text.strip()}"
    return ""


def _numeric(layout: Layout, slot: Slot) -> tuple[str, str] | None:
    """What heads lend a bare number under a dose's unit: `800` under `Dosage of sorafenib (mg)`."""
    head = _dose_head(layout, slot)
    if head is None or head.unit is None or slot.reading.kind not in ("single", "range"):
        return None
    drug = _drug_of(layout, slot)
    if drug is None or slot.reading.first.unit is not None or slot.reading.first.comparator is not None:
        return None
    per = _PER.search(head.text)
    frequency = "" if per is None else per.group() if per.group().startswith("/") else f" {per.group()}"
    return f"{drug} ", f" {head.unit.code.strip('{}')}{frequency}"


def _dose_head(layout: Layout, slot: Slot) -> Head | None:
    """The head (or the caption) that makes a number a dose: a unit of doses, and the word or a drug's name."""
    for axis in (slot.column, slot.row):
        for head in reversed(axis.heads):
            if _has_dose_unit(head):
                named = any(words("dose").search(h.text) for h in axis.heads) or bool(_drugs(head.name, layout))
                return head if named else None
    caption = layout.caption_head
    if any(h.unit or h.forms for h in (*slot.column.heads, *slot.row.heads)):
        return None
    return caption if _has_dose_unit(caption) and words("dose").search(caption.text) else None


def _has_dose_unit(head: Head) -> bool:
    return head.unit is not None and head.unit.kind == "dose"


def _drug_of(layout: Layout, slot: Slot) -> str | None:
    """The one drug that the heads of a cell, or else the caption, name."""
    rows, columns = [h.text for h in slot.row.heads], [h.text for h in slot.column.heads]
    for text in (*reversed(rows), *reversed(columns), layout.table.caption):
        drugs = _drugs(text, layout)
        if drugs:
            return drugs.pop() if len(drugs) == 1 else None
    return None


def _drugs(text: str, layout: Layout) -> set[str]:
    return {e.name for e in entities_of(text, layout.analysis) if e.label == "DRUG" and not e.ambiguous}


def _heads(layout: Layout) -> Iterator[_Phrase]:
    """Arms that a head names by their dose: `Sorafenib 400 mg bid (n=64)`."""
    piece = layout.gaps.get(layout.rows[0].index) if layout.rows else None
    if piece is None:
        return
    cells = {head.text: slot.cell for slot in layout.rows[0].slots for head in slot.column.heads}
    for text, cell in cells.items():
        place = place_of(piece, text) if _amounts(text) and _drugs(text, layout) else None
        if place is not None:
            yield _Phrase("", piece.text[slice(*place)], "", piece, place[0], cell)
