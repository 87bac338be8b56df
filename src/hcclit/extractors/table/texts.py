"""The texts of a paper's tables, cleaned as running text is, with the way back to the document.

Cells have offsets; heads and row labels have none. They stand in the gaps before the rows, so a gap is a text of
its own in which a number of a head (`(n=64)`) or a bound of a label (`≤400`) can be found again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from hcclit.document import Block, Cell, Document, Table
from hcclit.language import Analysis
from hcclit.view import View, make_view


@dataclass(frozen=True, slots=True)
class Piece:
    """A cleaned stretch of the document: its text and where that begins in the view of all pieces."""

    text: str
    begin: int
    view: View

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The document's offsets of a span of the piece's text."""
        return self.view.to_source(self.begin + start, self.begin + end)


class Texts:
    """Cells, gaps, captions and notes of all tables of a document as cleaned pieces."""

    def __init__(self, document: Document) -> None:
        flowing = [b for b in document.blocks if b.kind in ("caption", "note", "heading")]
        ends = sorted(b.end for b in flowing)
        self._gaps = {_key(table): _gaps(table, ends) for table in document.tables}
        self._flowing = {_key(table): _inside(table, flowing) for table in document.tables}
        spans = {(cell.start, cell.end) for table in document.tables for cell in table.values}
        spans |= {span for gaps in self._gaps.values() for span in gaps.values()}
        spans |= {(b.start, b.end) for blocks in self._flowing.values() for b in blocks}
        ordered = sorted(span for span in spans if span[1] > span[0])
        view = make_view(replace(document, blocks=tuple(Block("paragraph", *span) for span in ordered)))
        self._pieces = {
            span: Piece(view.text[p.start : p.end], p.start, view)
            for span, p in zip(ordered, view.passages, strict=True)
        }
        self._empty = Piece("", 0, view)

    def cell(self, cell: Cell) -> Piece:
        """The text of a cell."""
        return self._pieces.get((cell.start, cell.end), self._empty)

    def gaps(self, table: Table) -> dict[int, Piece]:
        """For each row of a table the text before its first cell: heads above it and its own label."""
        spans = self._gaps.get(_key(table), {})
        return {row: self._pieces[span] for row, span in spans.items() if span in self._pieces}

    def flowing(self, table: Table, kind: str) -> list[Piece]:
        """The caption (the notes) of a table as pieces."""
        spans = [(b.start, b.end) for b in self._flowing.get(_key(table), []) if b.kind == kind]
        return [self._pieces[span] for span in spans if span in self._pieces]


def texts_of(analysis: Analysis) -> Texts:
    """The texts of a paper's tables, made once per paper."""
    if "table_texts" not in analysis.cache:
        analysis.cache["table_texts"] = Texts(analysis.document)
    texts: Texts = analysis.cache["table_texts"]
    return texts


def _key(table: Table) -> tuple[int, int]:
    """What tells a table from others, some of which may share its caption, and so begin where it does."""
    return table.start, table.values[0].start if table.values else table.end


def _inside(table: Table, blocks: list[Block]) -> list[Block]:
    first = bisect_left(blocks, table.start, key=lambda block: block.start)
    last = bisect_left(blocks, table.end, key=lambda block: block.start)
    return [block for block in blocks[first:last] if block.end <= table.end]


def _gaps(table: Table, caption_ends: list[int]) -> dict[int, tuple[int, int]]:
    """Where the gap before each row stands: from the last cell or caption before its first cell."""
    gaps: dict[int, tuple[int, int]] = {}
    reach = table.start
    for cell in sorted(table.values, key=lambda c: c.start):
        if cell.row not in gaps and cell.start >= reach:
            caption = bisect_right(caption_ends, cell.start) - 1
            begin = caption_ends[caption] if caption >= 0 else reach
            gaps[cell.row] = (max(reach, begin), cell.start)
        reach = max(reach, cell.end)
    return gaps


def place_of(piece: Piece, written: str, after: int = 0) -> tuple[int, int] | None:
    """Where a label stands in a gap: its last place after an offset, white space counting as one blank."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in written.split()))
    found = None
    for match in pattern.finditer(piece.text, after):
        found = match.span()
    return found
