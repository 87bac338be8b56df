"""The whole way in one short function: file -> document -> analysis -> mentions -> linked -> records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hcclit.confidence import load_model, signals_of
from hcclit.document import Document
from hcclit.extractors import EXTRACTORS
from hcclit.language import Analysis, analyse
from hcclit.linking import link
from hcclit.mention import Mention
from hcclit.readers import read
from hcclit.readers.text import read_text
from hcclit.records import Record, from_dict, sort_key
from hcclit.settings import Settings


def extract(path: Path | str) -> list[Record]:
    """Extract the records of a paper's file, sorted by place.

    Raises:
        hcclit.readers.UnreadableError: the file gives no document.
    """
    return extract_document(read(path))


def extract_text(text: str, doc_id: str = "text") -> list[Record]:
    """Extract the records of a text, sorted by place."""
    return extract_document(read_text(text, doc_id))


def extract_document(document: Document, settings: Settings | None = None) -> list[Record]:
    """Extract the records of a document, sorted by place; the same document gives the same records.

    Args:
        document: as a reader gives it.
        settings: instead of those of this process.

    Raises:
        hcclit.errors.SetupError: the settings or the entity model cannot be used.
    """
    return extraction(document, settings).records


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of a document: its records, sorted by place, and the analysis that they come from."""

    analysis: Analysis
    signals: list[tuple[Record, frozenset[str]]]
    """Each record with the signals that its confidence comes from."""

    @property
    def records(self) -> list[Record]:
        """The records alone."""
        return [record for record, _ in self.signals]


def extract_with_signals(document: Document, settings: Settings | None = None) -> list[tuple[Record, frozenset[str]]]:
    """Extract the records of a document, each with the signals that its confidence comes from."""
    return extraction(document, settings).signals


def extraction(document: Document, settings: Settings | None = None) -> Extraction:
    """Extract the records of a document, for those who need its analysis too: nothing is analysed twice."""
    analysis = analyse(document, settings)
    mentions = [mention for extractor in EXTRACTORS.values() for mention in extractor(analysis)]
    mentions = _without_doubles(analysis, mentions)
    link(analysis, mentions)
    unique = {record.id: (record, signals) for record, signals in (_record(analysis, m) for m in mentions)}
    # an id costs more than all else of the key
    found = [pair for _, pair in sorted(unique.items(), key=lambda item: sort_key(item[1][0], item[0]))]
    return Extraction(analysis, found)


def _without_doubles(analysis: Analysis, mentions: list[Mention]) -> list[Mention]:
    """Captions and notes are read as text and with their table, which knows more: its mention holds."""
    places = {(m.type, m.start, m.end) for m in mentions if m.table is not None}
    return [m for m in mentions if m.cell is not None or (m.type, *_source(analysis, m)) not in places]


def _source(analysis: Analysis, mention: Mention) -> tuple[int, int]:
    in_text = mention.cell is None
    return analysis.view.to_source(mention.start, mention.end) if in_text else (mention.start, mention.end)


def _record(analysis: Analysis, mention: Mention) -> tuple[Record, frozenset[str]]:
    document = analysis.document
    start, end = _source(analysis, mention)
    signals = signals_of(analysis, mention)
    place = {"doc_id": document.doc_id, "start": start, "end": end, "text": document.text[start:end]}
    sure = {"type": mention.type, "confidence": load_model().confidence(signals)}
    return from_dict({**mention.fields, **place, **sure, **_where(document, start, end)}), signals


def _where(document: Document, start: int, end: int) -> dict[str, Any]:
    """Page and boxes, or the element, that a span stands in, as far as the format has them."""
    boxes = document.layout.boxes(start, end) if document.layout is not None else None
    return {"page": document.page_of(start), "bbox": boxes, "xpath": document.path_of(start)}
