"""What stands around a record: the words before and after it in its paragraph, or the heads of its cell."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from hcclit.document import Cell, Document
from hcclit.records import Record
from hcclit.view import make_view

_WORD = re.compile(r"[^\W_]+")
_EVERYWHERE = frozenset({
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "that", "the", "this", "to",
    "was", "were", "with",
})  # fmt: skip
_WORDS, _FEWEST = 10, 3
_REACH = 160  # signs in which that many words are looked for


class Context:
    """Two sides of a record: words before and after it, nearest first, or those of its cell's row and column heads.

    A label or a head is its own.
    """

    def __init__(self, in_cell: bool, sides: tuple[list[str], list[str]]) -> None:
        self.in_cell = in_cell
        self._sides = tuple(frozenset(side) for side in sides)
        self._all = self._sides[0] | self._sides[1]
        # of running text the nearest one, two, three words and so on
        self._nearest = tuple([frozenset(side[:k]) for k in range(len(side) + 1)] for side in sides)

    def likeness(self, other: Context) -> float:
        """How much two contexts have in common, from 0 to 1; a side that is empty in one of them says nothing."""
        shares = [self._share(other, side) for side in (0, 1) if self._sides[side] and other._sides[side]]
        if self.in_cell != other.in_cell or not shares:
            return _dice(self._all, other._all)
        return sum(shares) / len(shares)

    def _share(self, other: Context, side: int) -> float:
        if self.in_cell:
            return _dice(self._sides[side], other._sides[side])
        ours, others = self._nearest[side], other._nearest[side]
        reach = max(_FEWEST, min(len(ours), len(others)) - 1)  # a paragraph may begin or end earlier in one of them
        return _dice(ours[min(reach, len(ours) - 1)], others[min(reach, len(others) - 1)])


def contexts_of(document: Document, records: Sequence[Record]) -> list[Context]:
    """The contexts of a document's records, in their order. Linear in the length of the text."""
    cells = sorted((cell for table in document.tables for cell in table.cells), key=lambda cell: cell.start)
    view = make_view(document)
    places = view.from_source({place for record in records for place in (record.start, record.end - 1)})
    out = []
    for record in records:
        if cell := _cell_at(cells, record):
            out.append(_in_cell(cell))
        elif record.start in places:
            start, end = places[record.start], places[record.end - 1] + 1
            passage = view.passages[bisect_right(view.passages, start, key=lambda passage: passage.start) - 1]
            out.append(_around(view.text, (start, end), (passage.start, passage.end)))
        else:  # beside the running text
            block = document.blocks[bisect_right(document.blocks, record.start, key=lambda block: block.start) - 1]
            out.append(_around(document.text, (record.start, record.end), (block.start, block.end)))
    return out


def words_of(text: str) -> frozenset[str]:
    """The words and numbers of a text, written in one way."""
    return frozenset(_words(text))


def _cell_at(cells: list[Cell], record: Record) -> Cell | None:
    at = bisect_right(cells, record.start, key=lambda cell: cell.start) - 1
    return cells[at] if at >= 0 and record.start < cells[at].end else None


def _in_cell(cell: Cell) -> Context:
    own = (cell.text,)
    rows = own if cell.role == "label" else cell.row_heads
    columns = own if cell.role == "head" else cell.column_heads
    return Context(True, (_words(" ".join(rows)), _words(" ".join(columns))))


def _around(text: str, span: tuple[int, int], within: tuple[int, int]) -> Context:
    before = _words(text[max(within[0], span[0] - _REACH) : span[0]])[::-1][:_WORDS]
    after = _words(text[span[1] : min(within[1], span[1] + _REACH)])[:_WORDS]
    return Context(False, (before, after))


def _words(text: str) -> list[str]:
    found: list[str] = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [word for word in found if word not in _EVERYWHERE]


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0
