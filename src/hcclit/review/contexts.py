"""What stands around a place of a paper: its sentence, and in a table the heads of its cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hcclit.document import Block, Cell, Document, Table
from hcclit.records import Section
from hcclit.sentences import sentence_spans

_MOST = 400
"""Characters on either side of a mention that are shown."""


@dataclass(frozen=True, slots=True)
class Context:
    """The text before and after a mention, and for a cell its caption and heads."""

    before: str
    after: str
    caption: str | None = None
    row: tuple[str, ...] = ()
    column: tuple[str, ...] = ()


class Contexts:
    """Looks up places of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._starts = [block.start for block in document.blocks]
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def of(self, start: int, end: int) -> Context:
        """The context of a span: its sentence with the ones before and after, in a table its row and column."""
        text = self._document.text
        low, high = self._around(start, end)
        first, last = max(low, start - _MOST), min(high, end + _MOST)
        before = ("…" if first > low else "") + text[first:start]
        after = text[end:last] + ("…" if last < high else "")
        found = self._cell(start, end)
        if found is None:
            return Context(before, after)
        table, cell = found
        return Context(before, after, table.caption, cell.row_heads, cell.column_heads)

    def place(self, start: int, end: int) -> dict[str, Any]:
        """The fields of a record that say where it stands."""
        document = self._document
        return {
            "doc_id": document.doc_id,
            "start": start,
            "end": end,
            "text": document.text[start:end],
            "page": document.page_of(start),
            "bbox": document.layout.boxes(start, end) if document.layout is not None else None,
            "xpath": document.path_of(start),
        }

    def section(self, start: int) -> Section | None:
        """The section that a place is in."""
        block = self._block(start)
        if block is None:
            return None
        return "table" if block.kind == "table" else block.section

    def _block(self, offset: int) -> Block | None:
        index = bisect_right(self._starts, offset) - 1
        return self._document.blocks[index] if index >= 0 else None

    def _around(self, start: int, end: int) -> tuple[int, int]:
        """From the begin of the sentence before to the end of the one after, within the paragraph."""
        block = self._block(start)
        if block is None or end > block.end:
            return max(0, start - _MOST), min(len(self._document.text), end + _MOST)
        if block.kind == "table":
            return self._lines(block, start, end)
        spans = self._sentences.get(block.start)
        if spans is None:
            spans = self._sentences[block.start] = sentence_spans(self._document.text, block.start, block.end)
        if not spans:
            return start, end
        begins = [begin for begin, _ in spans]
        first, last = bisect_right(begins, start) - 1, bisect_right(begins, end - 1) - 1
        return min(start, spans[max(0, first - 1)][0]), max(end, spans[min(len(spans) - 1, last + 1)][1])

    def _lines(self, block: Block, start: int, end: int) -> tuple[int, int]:
        """A table's text has a row on each line."""
        text = self._document.text
        low = text.rfind("\n", block.start, start) + 1
        high = text.find("\n", end, block.end)
        return max(low, block.start), high if high >= 0 else block.end

    def _cell(self, start: int, end: int) -> tuple[Table, Cell] | None:
        return next(((t, c) for t, c in self._cells(start) if c.start <= start and end <= c.end), None)

    def _cells(self, offset: int) -> Iterator[tuple[Table, Cell]]:
        for table in self._document.tables:
            if table.start <= offset < table.end:
                yield from ((table, cell) for cell in table.values)
