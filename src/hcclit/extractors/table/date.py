"""Dates in a table's cells and heads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.dates import find_dates
from hcclit.extractors.table.groups import study_in
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.rows import Slot
from hcclit.extractors.table.texts import Piece, place_of
from hcclit.extractors.table.words import words
from hcclit.mention import Mention

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def dates(layout: Layout) -> Iterator[Mention]:
    """The dates of a table; a bare year counts only under a head that asks for one."""
    for slot in layout.slots:
        if _YEAR.search(slot.piece.text) and not study_in(slot.piece.text):
            asked = any(words("dated").search(text) for text in slot.head_texts)
            yield from _found(layout, slot, slot.piece, (0, len(slot.piece.text)), asked)
    yield from _heads(layout)


def _heads(layout: Layout) -> Iterator[Mention]:
    """Dates that are heads: of columns, or row labels."""
    for row in layout.rows:
        piece = layout.gaps.get(row.index)
        if piece is None or not _YEAR.search(piece.text):
            continue
        heads = [h.text for h in row.axis.heads]
        if row is layout.rows[0]:
            heads += list(dict.fromkeys(h.text for axis in layout.columns.values() for h in axis.heads))
        for head in heads:
            place = place_of(piece, head) if _YEAR.search(head) and not study_in(head) else None
            if place is not None:
                yield from _found(
                    layout, row.slots[0], piece, place, bool(words("dated").search(layout.table.stub_head))
                )


def _found(layout: Layout, slot: Slot, piece: Piece, span: tuple[int, int], years: bool) -> Iterator[Mention]:
    text = piece.text[span[0] : span[1]]
    for date in find_dates(text):
        if len(date.value) > 4 or years:
            start, end = piece.source(span[0] + date.start, span[0] + date.end)
            yield Mention("date", start, end, {"value": date.value, "bound": date.bound}, slot.cell, layout.table)
