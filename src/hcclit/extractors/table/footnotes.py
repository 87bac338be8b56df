"""P-values in the notes of a table, by marks: `* P = 0.046 versus B`, the mark on a cell of the row that it tests.

A mark on one cell of a row with two arms tests both; where the note names the other arm, it tests that one. A cell
that two notes test with different p-values (a control arm) has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.extractors.table.figures import Figure
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.rows import Row, Slot
from hcclit.quantity import Quantity, scan

Rows = list[tuple[Row, list[Figure]]]

_SIGNS = "*†‡§¶#∗‖"
_NOTE = re.compile(
    rf"(?:^|(?<=[;.,:\n])|\s)(?P<mark>[{_SIGNS}]{{1,4}}|(?<![\w-])[a-h](?=\s?[Pp]\b|\s?[χΧ]))"
    rf"\s?[:,]?\s?(?P<lead>[^;{_SIGNS}\n]{{0,70}}?)\b[Pp](?:[- ]?values?)?\s?(?P<op>[<>=≤≥]=?)\s?(?=0?\.\d)"
)
_VERSUS = re.compile(
    r"\b(?:versus|vs\.?|compared (?:with|to)|against|than)\s(?:the\s)?(?P<name>[A-Za-z][^;,.()\n]{0,40})", re.I
)
_MARK = re.compile(rf"\s?(?P<mark>[{_SIGNS}]{{1,4}}|(?<=[\d)%\]])[a-h](?:,[a-h])*)\s*$")
_UNLIKE = re.compile(r"\b(?:before|baseline|pre\w*|historical|previous|initial|day|week|month|normal)\b", re.I)
"""What a column is compared with that is no other column."""
_BEYOND = 8
"""How far behind a cell its mark may stand."""


@dataclass(frozen=True, slots=True)
class Note:
    """A p-value of a note, with the arm that it names as compared with."""

    p: Quantity
    against: str | None


def attach_footnotes(layout: Layout, rows: Rows) -> None:
    """Set `p` and `p_op` of the figures that the notes' p-values test."""
    notes = _notes(layout.table.notes)
    if not notes:
        return
    given: dict[int, set[tuple[float, str]]] = {}
    for row, figures in rows:
        for slot in row.slots:
            for note in (notes[mark] for mark in _marks(layout, slot) if mark in notes and slot.role != "p"):
                for figure in _tested(row, figures, slot, note) + _of_row(rows, row, slot, note):
                    given.setdefault(id(figure), set()).add((note.p.value, _operator(note.p)))
    for figure in (figure for _, figures in rows for figure in figures):
        found = given.get(id(figure), set())
        if len(found) == 1 and "p" not in figure.fields:
            value, operator = next(iter(found))
            figure.fields |= {"p": value, "p_op": operator}


def _notes(text: str) -> dict[str, Note]:
    """The p-values of a table's notes by their marks; a mark that has two says nothing."""
    found: dict[str, Note] = {}
    numbers = {q.number.start: q for q in scan(text)} if text else {}
    for match in _NOTE.finditer(text):
        p = numbers.get(match.end())
        if p is None or p.value > 1 or p.unit is not None:
            continue
        rest = re.split(rf"[;{_SIGNS}\n]", text[p.end : p.end + 80])[0]
        versus = _VERSUS.search(match["lead"]) or _VERSUS.search(rest)
        found.setdefault(match["mark"], Note(p, versus["name"].strip() if versus else None))
    return found


def _marks(layout: Layout, slot: Slot) -> list[str]:
    """The marks behind a cell's number, inside the cell or between it and the next."""
    text = layout.analysis.document.text
    beyond = re.split(r"[\t\n|]", text[slot.cell.end : slot.cell.end + _BEYOND])[0]
    match = _MARK.search(slot.cell.text + (beyond if not re.search(r"[\w(]", beyond) else ""))
    return match["mark"].split(",") if match else []


def _operator(p: Quantity) -> str:
    return p.comparator if p.comparator in ("<", "<=", ">", ">=") else "="


def _tested(row: Row, figures: list[Figure], slot: Slot, note: Note) -> list[Figure]:
    """The marked cell's figures, and those of the arm that it is compared with."""
    results = [f for f in figures if f.fields["endpoint"] != "sample_size"]
    own = [f for f in results if f.column == slot.cell.column]
    others = [s for s in row.slots if any(f.column == s.cell.column for f in results) and s is not slot]
    if not own:
        return []
    against = [s for s in others if note.against is not None and _is_named(note.against, s.column.names)]
    if len(others) == 1 and slot.column.topic is None and not _UNLIKE.search(note.against or ""):
        against = others
    return own + [f for f in results if len(against) == 1 and f.column == against[0].cell.column]


def _of_row(rows: Rows, row: Row, slot: Slot, note: Note) -> list[Figure]:
    """Where arms are rows: the cell of the same column in the row of the arm that a note names."""
    if note.against is None:
        return []
    named = [figures for other, figures in rows if other is not row and _is_named(note.against, other.axis.names)]
    return [f for f in named[0] if f.column == slot.cell.column] if len(named) == 1 else []


def _is_named(name: str, names: tuple[str, ...]) -> bool:
    """Whether a note's words for an arm are those of a head."""
    wanted, has = (
        {w for w in re.split(r"[^\w+]+", t.casefold()) if w} - {"group", "arm", "the"} for t in (name, " ".join(names))
    )
    return bool(wanted & has) and (wanted <= has or has <= wanted)
