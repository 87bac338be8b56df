"""Responses of single patients in a table: `PR` under `Best response`, `†Died 3 months after PR` in the notes.

A note is about the patient in whose row its mark stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hcclit.extractors.response.categories import Named, aliases, codes, find_named, is_candidate
from hcclit.extractors.response.criteria import find_criteria, joined, paper_criteria
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.rows import Slot
from hcclit.extractors.table.words import words
from hcclit.language import Analysis
from hcclit.mention import Mention

# what may stand beside a category in a cell without making it a sentence of its own
_BESIDE = re.compile(
    r"(?:\s|[()\[\],;:*†‡§/.>-]|→|\d+(?:\.\d+)?\s?(?:%|months?|mo|weeks?|wks?|years?|days?|cycles?|courses?|sessions?)?"
    r"|\b(?:after|at|for|in|by|to|then|and|with|the|of|later|lasting|m?RECIST|(?:un)?confirmed|alive|dead|died)\b)*",
    re.IGNORECASE,
)
_MARK = "*†‡§¶#∥‖"
_NOTE = re.compile(rf"(?<!\S)(?P<mark>[{_MARK}])\s?(?P<text>[^{_MARK}]+?)(?=[.;]\s|[.;]?\s*(?:[{_MARK}]|$))")
_TELLS = re.compile(r"\b(?:was|were|had|has|is|died|achieved|received|showed|underwent|developed|[a-z]{3,}ed)\b")
_DENIES = re.compile(r"\b(?:[Nn]o|[Nn]ot|[Nn]ever|[Ww]ithout)\b|\b[A-Z]{2,}\b\s?[,:=]\s?[a-z]")


def responses(layout: Layout) -> Iterator[Mention]:
    """The responses of a table of patients."""
    if layout.individual:
        yield from _in_cells(layout)
    if layout.rows_are_patients:
        yield from _in_notes(layout)


def _in_cells(layout: Layout) -> Iterator[Mention]:
    short_forms = aliases(layout.analysis)
    for slot in layout.slots:
        text = slot.piece.text
        if slot.reading.kind == "empty" or not is_candidate(text) or not _asks(slot) or _DENIES.search(text):
            continue
        named = [n for n in find_named(text, 0, short_forms) if n.form != "other" and not n.plural]
        rest = text
        for place in reversed(named):
            rest = f"{rest[: place.start]} {rest[place.end :]}"
        for place in named if _BESIDE.fullmatch(rest) else []:
            span = slot.piece.source(place.start, place.end)
            yield Mention("response", *span, _fields(place, _criteria(layout, slot)), slot.cell, layout.table)


def _fields(place: Named, criteria: str | None) -> dict[str, Any]:
    code = codes().get(place.category)
    return {
        "category": place.category,
        "assertion": "affirmed",
        "criteria": criteria,
        "codes": {"ncit": code} if code else {},
    }


def _in_notes(layout: Layout) -> Iterator[Mention]:
    """Responses that marked notes presuppose or tell of the patient in whose row the mark stands."""
    short_forms = aliases(layout.analysis)
    for piece in layout.texts.flowing(layout.table, "note"):
        for note in _NOTE.finditer(piece.text):
            slot = _marked(layout, note["mark"])
            if slot is None or not _TELLS.search(note["text"]) or _DENIES.search(note["text"]):
                continue
            for place in find_named(note["text"], note.start("text"), short_forms):
                if place.form != "other" and not place.plural:
                    fields = _fields(place, _habit(layout.analysis)) | {"subject": "patient"}
                    yield Mention("response", *piece.source(place.start, place.end), fields, slot.cell, layout.table)


def _marked(layout: Layout, mark: str) -> Slot | None:
    """A cell of the one row in which a footnote's mark stands."""
    text = layout.analysis.document.text
    found = [s for s in layout.slots if text[s.cell.end : s.cell.end + 2].lstrip(" ").startswith(mark)]
    return found[0] if len({slot.cell.row for slot in found}) == 1 else None


def _asks(slot: Slot) -> bool:
    """Whether a head asks for the response, and for nothing else about it."""
    heads = [h.text for h in (*slot.row.heads[-1:], *slot.column.heads) if words("asks_response").search(h.text)]
    return bool(heads) and not any(words("asks_other").search(text) for text in heads)


def _criteria(layout: Layout, slot: Slot) -> str | None:
    """The criteria that the cell, its heads, caption or notes name, else those of the paper."""
    heads = " ; ".join(slot.head_texts)
    for text in (slot.piece.text, heads, layout.table.caption, layout.table.notes):
        stated = joined(c.name for c in find_criteria(text, 0))
        if stated is not None:
            return stated
    return _habit(layout.analysis)


def _habit(analysis: Analysis) -> str | None:
    """The paper's way of assessing; sentences that tell a response may tell of one evaluation only."""
    if "table_criteria" not in analysis.cache:
        told = {s.index for s in analysis.sentences if is_candidate(s.text) and find_named(s.text, s.start, {})}
        analysis.cache["table_criteria"] = paper_criteria(analysis, told)
    habit: str | None = analysis.cache["table_criteria"]
    return habit
