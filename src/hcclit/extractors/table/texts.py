"""The texts of a paper's tables, cleaned as running text is, with the way back to the document.

Cells have offsets; heads and row labels have none. They stand in the gaps before the rows, so a gap is a text of
its own in which a number of a head (`(n=64)`) or a bound of a label (`≤400`) can be found again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from hcclit.document import Block, Cell, Document, Table
from hcclit.language import Analysis
from hcclit.view import View, make_view

_CAPTIONS = ("caption", "heading", "note")


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
    """Cells and gaps of all tables of a document as cleaned pieces."""

    def __init__(self, document: Document) -> None:
        captions = [(b.start, b.end) for b in document.blocks if b.kind in _CAPTIONS]
        spans: list[tuple[int, int]] = []
        for table in document.tables:
            spans += [(cell.start, cell.end) for cell in table.cells]
            spans += list(_gaps(table, captions).values())
            spans += _inside(table, _flowing(document))
        ordered = sorted({span for span in spans if span[1] > span[0]})
        view = make_view(replace(document, blocks=tuple(Block("paragraph", *span) for span in ordered)))
        self._pieces = {
            span: Piece(view.text[p.start : p.end], p.start, view)
            for span, p in zip(ordered, view.passages, strict=True)
        }
        self._captions = captions
        self._document = document
        self._empty = Piece("", 0, view)

    def cell(self, cell: Cell) -> Piece:
        """The text of a cell."""
        return self._pieces.get((cell.start, cell.end), self._empty)

    def gaps(self, table: Table) -> dict[int, Piece]:
        """For each row of a table the text before its first cell: heads above it and its own label."""
        return {row: self._pieces[span] for row, span in _gaps(table, self._captions).items() if span in self._pieces}

    def flowing(self, table: Table, kind: str) -> list[Piece]:
        """The caption (the notes) of a table as pieces."""
        spans = _inside(table, [b for b in _flowing(self._document) if b.kind == kind])
        return [self._pieces[span] for span in spans if span in self._pieces]


def texts_of(analysis: Analysis) -> Texts:
    """The texts of a paper's tables, made once per paper."""
    if "table_texts" not in analysis.cache:
        analysis.cache["table_texts"] = Texts(analysis.document)
    texts: Texts = analysis.cache["table_texts"]
    return texts


def _flowing(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind in ("caption", "note")]


def _inside(table: Table, blocks: list[Block]) -> list[tuple[int, int]]:
    return [(b.start, b.end) for b in blocks if table.start <= b.start and b.end <= table.end]


def _gaps(table: Table, captions: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    gaps: dict[int, tuple[int, int]] = {}
    ends = sorted(cell.end for cell in table.cells)
    starts = sorted(cell.start for cell in table.cells)
    for cell in sorted(table.cells, key=lambda c: c.start):
        if cell.row in gaps:
            continue
        index = bisect_right(ends, cell.start)
        if index < bisect_right(starts, cell.start) - 1:
            continue  # cells overlap or stand out of order: no gap to trust
        begin = ends[index - 1] if index else table.start
        inside = [end for start, end in captions if begin <= start and end <= cell.start]
        gaps[cell.row] = (max([begin, *inside]), cell.start)
    return gaps


def place_of(piece: Piece, written: str, after: int = 0) -> tuple[int, int] | None:
    """Where a label stands in a gap: its last place after an offset, white space counting as one blank."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in written.split()))
    found = None
    for match in pattern.finditer(piece.text, after):
        found = match.span()
    return found
