"""BioC-JSON as the PMC service returns it: passages of a document, each with its section and kind.

Source: Comeau et al., PMC text mining subset in BioC, Bioinformatics 2019 (doi:10.1093/bioinformatics/btz070): a
collection of documents with `passages`, whose `infons` hold `section_type` (TITLE, ABSTRACT, INTRO, CASE, METHODS,
RESULTS, DISCUSS, CONCL, TABLE, FIG, REF, ...) and `type` (paragraph, title_1, abstract, table, fig_caption, ref, ...).
"""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from hcclit.document import BlockKind, Document
from hcclit.readers.formats import FormatError
from hcclit.readers.jats.tables import read_tables, write_rows
from hcclit.readers.jats.writer import Writer
from hcclit.readers.table_parts import Parts
from hcclit.records import Section

_SECTIONS: dict[str, Section] = {
    "TITLE": "front", "ABSTRACT": "abstract", "INTRO": "introduction", "CASE": "case", "METHODS": "methods",
    "RESULTS": "results", "DISCUSS": "discussion", "CONCL": "conclusion", "TABLE": "table", "FIG": "figure",
    "REF": "back", "ACK_FUND": "back", "AUTH_CONT": "back", "COMP_INT": "back", "ABBR": "back", "SUPPL": "back",
    "APPENDIX": "back", "REVIEW_INFO": "back", "KEYWORD": "back",
}  # fmt: skip


def read_bioc(data: bytes, doc_id: str) -> Document:
    """Read the first document of a BioC-JSON collection.

    Raises:
        FormatError: no JSON, or not as BioC has it.
    """
    try:
        passages = _passages(json.loads(data))
        writer, tables, metadata = _written(passages)
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError) as error:
        raise FormatError(f"JSON, but no BioC document ({error})") from error
    text = writer.text
    return Document(doc_id, text, tuple(writer.blocks), tuple(read_tables(text, tables)), metadata)


def _passages(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401  # JSON as it comes
    collection = found[0] if isinstance(found, list) else found
    documents = collection.get("documents", [collection])
    passages = documents[0]["passages"]
    if not isinstance(passages, list):
        raise ValueError("passages is no list")
    return passages


def _written(passages: list[dict[str, Any]]) -> tuple[Writer, list[Parts], dict[str, str]]:
    writer = Writer()
    tables: list[Parts] = []
    metadata: dict[str, str] = {}
    for passage in passages:
        infons = passage.get("infons", {})
        section, kind = _SECTIONS.get(str(infons.get("section_type", "")).upper()), str(infons.get("type", ""))
        text = " ".join(str(passage.get("text") or "").split())
        if kind == "table" and infons.get("xml"):
            tables += _table(writer, str(infons["xml"]))
        else:
            writer.block(_kind(kind, section), text, section, None)
        if section == "front" and kind in ("front", "title"):
            metadata |= _metadata(infons, text)
    return writer, tables, metadata


def _kind(kind: str, section: Section | None) -> BlockKind:
    if kind == "ref":
        return "reference"
    if (kind.startswith("title") and section != "front") or kind == "abstract_title_1":
        return "heading"
    if kind in ("fig_caption", "table_caption", "fig_title_caption", "table_title_caption"):
        return "caption"
    return "note" if kind == "table_foot" else "table" if kind == "table" else "paragraph"


def _table(writer: Writer, xml: str) -> list[Parts]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(xml.encode(), parser)
    if root is None:
        return []
    return write_rows(writer, ("", root), [e for e in root.iter() if etree.QName(e).localname == "table"], [])


def _metadata(infons: dict[str, Any], title: str) -> dict[str, str]:
    names = {
        "article-id_doi": "doi", "article-id_pmid": "pmid", "article-id_pmc": "pmcid", "year": "year",
        "journal-title": "journal",
    }  # fmt: skip
    return {"title": title} | {new: str(infons[old]) for old, new in names.items() if infons.get(old)}
