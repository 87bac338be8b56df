"""What is read from a paper in one of its formats: records, with what stands around each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from hcclit.comparison.contexts import Context, contexts_of
from hcclit.document import Document
from hcclit.records import Record


@dataclass(frozen=True)
class Reading:
    """The text of a document, its records, and the context of each by its span."""

    text: str
    records: Sequence[Record]
    contexts: Mapping[tuple[int, int], Context]

    @classmethod
    def of(cls, document: Document, records: Sequence[Record]) -> Self:
        """The reading that a document and its records make."""
        contexts = contexts_of(document, records)
        spans = ((record.start, record.end) for record in records)
        return cls(document.text, records, dict(zip(spans, contexts, strict=True)))

    def outside_tables(self) -> Reading:
        """The reading without the records of tables and of their captions and notes."""
        return replace(self, records=[record for record in self.records if record.section != "table"])
