"""A paper as the checks see it: its document, its records, and what several checks ask of both, found once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from hcclit.checks.intervals import Stated
from hcclit.checks.model import Span
from hcclit.document import Cell, Document, Table
from hcclit.language import Analysis, Sentence, analyse
from hcclit.records import Record, RecordBase, Statistic

_NUMBER = re.compile(
    r"(?<![\d.,\u00b7])(?:\d{1,3}(?:[,\u2009\u202f\xa0]\d{3})+(?:\.\d+)?|\d*[.\u00b7]\d+|\d+(?:,\d{1,2}(?!\d))?)(?![\d])"
)
_LONG = 3000
_Value = TypeVar("_Value")
_Kind = TypeVar("_Kind", bound=RecordBase)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number where it stands in the document, with its decimals."""

    start: int
    end: int
    stated: Stated


class Paper:
    """A document with its records. All offsets are into the document's text unless it says otherwise."""

    def __init__(self, document: Document, records: Sequence[Record], analysis: Analysis | None = None) -> None:
        self.document = document
        self.records = records
        self._analysis = analysis
        self._cache: dict[str, Any] = {}

    @cached_property
    def analysis(self) -> Analysis:
        """What the language stage made of the document; its offsets are into its own cleaned text (the view)."""
        return self._analysis or analyse(self.document)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of a length that authors write; what is longer is no sentence, and pairs in it are too many."""
        return [sentence for sentence in self.analysis.sentences if sentence.end - sentence.start <= _LONG]

    def once(self, name: str, make: Callable[[], _Value]) -> _Value:
        """What several checks need of a paper, made when the first of them asks."""
        if name not in self._cache:
            self._cache[name] = make()
        value: _Value = self._cache[name]
        return value

    def of(self, kind: type[_Kind]) -> list[_Kind]:
        """The records of a type, in the order of the text."""
        return [record for record in self.records if isinstance(record, kind)]

    @cached_property
    def statistics(self) -> list[Statistic]:
        """The records of type statistic."""
        return self.of(Statistic)

    def span(self, start: int, end: int) -> Span:
        """A span of the document's text."""
        return Span(start=start, end=end, text=self.document.text[start:end])

    def view_span(self, start: int, end: int) -> Span:
        """A span of the document's text, given where it stands in the analysis' text."""
        return self.span(*self.analysis.view.to_source(start, end))

    def span_of(self, item: Record | Printed | Cell) -> Span:
        """The span of a record, a number or a cell."""
        return self.span(item.start, item.end)

    def records_at(self, *spans: Span) -> list[str]:
        """The ids of the records whose span overlaps one of these."""
        return [r.id for r in self.records if any(r.start < span.end and span.start < r.end for span in spans)]

    def cell_of(self, record: Record) -> tuple[Table, Cell] | None:
        """The table's cell that a record stands in."""
        index = bisect_right(self._cells, record.start, key=lambda pair: pair[1].start) - 1
        if index < 0 or record.start >= self._cells[index][1].end:
            return None
        return self._cells[index]

    def sentence_of(self, record: Record) -> Sentence | None:
        """The sentence that a record stands in; None for a table's cell."""
        at = self._in_view.get(record.start)
        return None if at is None or self.cell_of(record) else self.analysis.sentence_at(at)

    def in_sentence(self, sentence: Sentence) -> list[Record]:
        """The records of a sentence, in the order of the text."""
        return self._by_sentence.get(sentence.index, [])

    def in_table(self, table: Table) -> list[Record]:
        """The records in the cells of a table, in the order of the text."""
        return [record for record in self.records if (found := self.cell_of(record)) and found[0] is table]

    def printed(self, record: Record, value: float) -> Printed | None:
        """Where a number of a record's (its estimate, a limit, a count) is printed: the nearest of this value.

        It is looked for in the record's own text, in its cell, in the cells of its row, else in its sentence. None: it
        is not printed as a number there (a word, a power of ten), so that its decimals aren't known.
        """
        for start, end in self._places(record):
            found = [number for number in self.numbers(start, end) if number.stated.value == abs(value)]
            if found:
                return min(found, key=lambda number: (abs(number.start - record.start), number.start))
        return None

    def numbers(self, start: int, end: int) -> list[Printed]:
        """The numbers that are printed in digits in a stretch of the document, without their signs."""
        found = _NUMBER.finditer(self.document.text, start, end)
        return [Printed(match.start(), match.end(), Stated.read(match[0])) for match in found]

    def _places(self, record: Record) -> Iterator[tuple[int, int]]:
        yield record.start, record.end
        if found := self.cell_of(record):
            table, own = found
            yield own.start, own.end
            row = [cell for cell in table.cells if cell.row == own.row and cell.role == "value"]
            yield min(cell.start for cell in (own, *row)), max(cell.end for cell in (own, *row))
        elif sentence := self.sentence_of(record):
            yield self.analysis.view.to_source(sentence.start, sentence.end)

    @cached_property
    def _cells(self) -> list[tuple[Table, Cell]]:
        pairs = [(table, cell) for table in self.document.tables for cell in table.cells]
        return sorted(pairs, key=lambda pair: (pair[1].start, pair[1].end))

    @cached_property
    def _in_view(self) -> dict[int, int]:
        return self.analysis.view.from_source({record.start for record in self.records})

    @cached_property
    def _by_sentence(self) -> dict[int, list[Record]]:
        found: dict[int, list[Record]] = {}
        for record in self.records:
            if sentence := self.sentence_of(record):
                found.setdefault(sentence.index, []).append(record)
        return found
