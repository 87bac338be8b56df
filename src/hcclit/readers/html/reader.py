"""A page as a document: its article's blocks with sections, its tables with captions and notes, its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from hcclit.document import Block, Document
from hcclit.readers.formats import FormatError
from hcclit.readers.front_matter import before_sections
from hcclit.readers.html.flow import Flow
from hcclit.readers.html.outside import Article
from hcclit.readers.html.page import parse_page
from hcclit.readers.jats.tables import read_tables
from hcclit.readers.section_tracker import SectionTracker
from hcclit.readers.sections import section_of
from hcclit.readers.table_titles import attach_titles

_META = {
    "citation_title": "title", "citation_doi": "doi", "citation_journal_title": "journal", "citation_pmid": "pmid",
    "citation_publication_date": "year", "citation_date": "year", "citation_year": "year",
    "citation_online_date": "year", "dc.title": "title", "dc.date": "year", "prism.doi": "doi",
}  # fmt: skip
"""Names of `meta` elements that publishers give for Google Scholar (Highwire tags), and those of Dublin Core."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_TITLE = re.compile(r"/h1(?:\[\d+\])?$")
_TEXT = 300  # signs of a paragraph that is more than names, addresses or a kind of paper


def read_html(data: bytes, doc_id: str) -> Document:
    """Read a page. Scripts are not run, nothing is fetched.

    Raises:
        FormatError: the page cannot be read to its end, or has no text.
    """
    root = parse_page(data)
    article = Article(root)
    flow = Flow(article.leaves_out)
    flow.read(article.root)
    text = flow.writer.text
    if not text.strip():
        raise FormatError("a page without text (is it made by scripts? save it from a browser)")
    blocks = flow.writer.blocks
    attach_titles(text, blocks, flow.tables)
    title = _title(text, blocks)
    metadata = {"title": text[blocks[title].start : blocks[title].end]} if title is not None else {}
    sectioned = before_sections(list(_with_sections(text, blocks, title)))
    tables = read_tables(text, [parts for _, parts in flow.tables])
    return Document(doc_id, text, tuple(sectioned), tuple(tables), metadata | _metadata(root))


def _title(text: str, blocks: list[Block]) -> int | None:
    """Which block is the paper's title: the first heading of the highest rank, above all text, and no section's."""
    for index, block in enumerate(blocks):
        if block.kind == "heading" and _TITLE.search(block.path or ""):
            return None if section_of(text[block.start : block.end]) else index
        if block.kind == "paragraph" and block.end - block.start > _TEXT:
            return None
    return None


def _with_sections(text: str, blocks: list[Block], title: int | None) -> Iterator[Block]:
    """Give each block its section; what stands above the paper's title is front matter, whatever it says."""
    contents = [text[block.start : block.end] for block in blocks]
    last = -1 if title is None else title
    tracker = SectionTracker(c for i, c in enumerate(contents) if blocks[i].kind == "heading" and i > last)
    for index, (block, content) in enumerate(zip(blocks, contents, strict=True)):
        if index <= last or block.kind == "furniture":
            yield replace(block, section="front")
            continue
        tracker.follow(block.kind, content)
        if block.kind == "reference" or (tracker.in_references and block.kind == "paragraph"):
            yield replace(block, kind="reference", section="back")
        else:
            yield replace(block, section=block.section or tracker.section)


def _metadata(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = _META.get((meta.get("name") or "").lower())
        content = " ".join((meta.get("content") or "").split())
        if name == "year":
            year = _YEAR.search(content)
            content = year.group() if year else ""
        if name and content:
            found.setdefault(name, content)
    return found
