"""BioC-JSON as the PMC service returns it: passages of a document, each with its section and kind.

Source: Comeau et al., PMC text mining subset in BioC, Bioinformatics 2019 (doi:10.1093/bioinformatics/btz070): a
collection of documents with `passages`, whose `infons` hold `section_type` (TITLE, ABSTRACT, INTRO, CASE, METHODS,
RESULTS, DISCUSS, CONCL, TABLE, FIG, REF, ...) and `type` (paragraph, title_1, abstract, table, fig_caption, ref, ...).
The service wraps the collection in a list.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from hcclit.document import Block, BlockKind, Document
from hcclit.readers.formats import FormatError, in_short, one_paper
from hcclit.readers.jats.tables import read_tables, write_rows
from hcclit.readers.jats.writer import Writer
from hcclit.readers.source_grid import SourceField, grid_text
from hcclit.readers.table_parts import Parts, Span
from hcclit.records import Section

_SECTIONS: dict[str, Section] = {
    "TITLE": "front", "ABSTRACT": "abstract", "INTRO": "introduction", "CASE": "case", "METHODS": "methods",
    "RESULTS": "results", "DISCUSS": "discussion", "CONCL": "conclusion", "TABLE": "table", "FIG": "figure",
    "REF": "back", "ACK_FUND": "back", "AUTH_CONT": "back", "COMP_INT": "back", "ABBR": "back", "SUPPL": "back",
    "APPENDIX": "back", "REVIEW_INFO": "back", "KEYWORD": "back",
}  # fmt: skip


def read_bioc(data: bytes, doc_id: str) -> Document:
    """Read a BioC-JSON collection of one document.

    Raises:
        FormatError: no JSON, not as BioC has it, or several documents.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FormatError(
            f"JSON that is damaged, no BioC document ({in_short(error)}); fetch the file again"
        ) from error
    reader = _Reader()
    for passage in _passages(found):
        reader.passage(passage)
    text = reader.writer.text
    if not text:
        raise FormatError("a BioC document without text")
    tables = [parts for group in reader.groups.values() for parts in group.whole()]
    return Document(doc_id, text, tuple(reader.writer.blocks), tuple(read_tables(text, tables)), reader.metadata)


def _passages(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # JSON as it comes
    documents: list[Any] = []
    for collection in found if isinstance(found, list) else [found]:
        inner = collection.get("documents", [collection]) if isinstance(collection, dict) else [None]
        documents += inner if isinstance(inner, list) else [None]
    one_paper(len(documents), "documents")
    passages = documents[0].get("passages") if documents and isinstance(documents[0], dict) else None
    if not isinstance(passages, list) or not all(isinstance(passage, dict) for passage in passages):
        raise FormatError("JSON, but no BioC document (it has no list of passages)")
    return passages


@dataclass(slots=True)
class _Group:
    """The passages of one table: spans of its captions and notes, its grids."""

    captions: list[Span] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    tables: list[Parts] = field(default_factory=list)

    def whole(self) -> list[Parts]:
        """The grids with the captions and notes that they share."""
        for parts in self.tables:
            parts.caption, parts.notes = self.captions, self.notes
        return self.tables


class _Reader:
    """Writes passages one after the other; `groups` are those of tables by their id."""

    def __init__(self) -> None:
        self.writer = Writer()
        self.groups: dict[str, _Group] = {}
        self.metadata: dict[str, str] = {}

    def passage(self, passage: dict[str, Any]) -> None:
        """Write a passage."""
        infons = passage.get("infons")
        infons = infons if isinstance(infons, dict) else {}
        section, kind = _SECTIONS.get(str(infons.get("section_type", "")).upper()), str(infons.get("type", ""))
        text = _text(passage)
        if section == "front" and kind in ("front", "title"):
            self.metadata |= _metadata(infons, " ".join(text.split()))
        if section == "table":
            self._of_table(self.groups.setdefault(str(infons.get("id")), _Group()), kind, text, infons)
        else:
            self._block(_kind(kind, section), text, section)

    def _of_table(self, group: _Group, kind: str, text: str, infons: dict[str, Any]) -> None:
        if kind == "table":
            tables = _tables(self.writer, str(infons.get("xml") or "")) or _flat(self.writer, text)
            group.tables += tables
            if not tables:
                self._block("table", text, "table")
        elif "foot" in kind:
            group.notes += self._block("note", text, "table")
        else:
            group.captions += self._block("caption", text, "table")

    def _block(self, kind: BlockKind, text: str, section: Section | None) -> list[Span]:
        before = len(self.writer.blocks)
        self.writer.block(kind, " ".join(text.split()), section, None)
        return [(block.start, block.end) for block in self.writer.blocks[before:]]


def _text(passage: dict[str, Any]) -> str:
    """A passage's text, or that of its sentences where it is given so."""
    if passage.get("text"):
        return _sound(passage["text"])
    sentences = passage.get("sentences")
    inner = sentences if isinstance(sentences, list) else []
    return " ".join(_sound(each.get("text") or "") for each in inner if isinstance(each, dict))


def _sound(value: object) -> str:
    """A value as text that can be written: JSON may hold halves of signs, as in UTF-16."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def _kind(kind: str, section: Section | None) -> BlockKind:
    if kind == "ref":
        return "reference"
    if (kind.startswith("title") and section != "front") or kind == "abstract_title_1":
        return "heading"
    return "caption" if section == "figure" else "paragraph"


def _tables(writer: Writer, xml: str) -> list[Parts]:
    """The tables of a passage's markup; none where it has none that can be parsed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(xml.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return []
    return [parts for table in root.iter("{*}table") if (parts := write_rows(writer, table)) is not None]


def _flat(writer: Writer, text: str) -> list[Parts]:
    """The table of a passage's text, if it has tabs between its fields."""
    if "\t" not in text:
        return []
    start = writer.write("")
    lines, parts = grid_text([[SourceField(each) for each in row.split("\t")] for row in text.split("\n")], 0, start)
    writer.write(lines + "\n")
    writer.blocks.append(Block("table", start, start + len(lines) - 1, "table"))
    return [parts] if parts.body else []


def _metadata(infons: dict[str, Any], title: str) -> dict[str, str]:
    names = {
        "article-id_doi": "doi", "article-id_pmid": "pmid", "article-id_pmc": "pmcid", "year": "year",
        "journal-title": "journal",
    }  # fmt: skip
    return {"title": title} | {new: _sound(infons[old]) for old, new in names.items() if infons.get(old)}
