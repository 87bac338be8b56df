"""A JATS article as a document: front matter, abstract, sections, figures' captions and tables in their order."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from hcclit.document import Document
from hcclit.readers.jats.inline import BLOCKS, inline_text, local_name
from hcclit.readers.jats.metadata import front_lines, metadata_of
from hcclit.readers.jats.tables import read_tables, write_rows, write_table
from hcclit.readers.jats.writer import Writer
from hcclit.readers.sections import ASIDES, normal_title, section_of
from hcclit.readers.table_parts import Parts
from hcclit.records import Section

_TYPES: dict[str, Section] = {
    "intro": "introduction", "introduction": "introduction", "cases": "case", "case-report": "case",
    "methods": "methods", "materials": "methods", "materials|methods": "methods", "subjects": "methods",
    "results": "results", "discussion": "discussion", "conclusions": "conclusion", "conclusion": "conclusion",
    "supplementary-material": "back",
}  # fmt: skip
"""JATS's suggested values of `sec-type`."""
_TEXTS = frozenset({"p", "verse-group", "disp-formula", "term", "preformat", "code", "array", "speaker"})
_LEFT_OUT = frozenset({
    "label", "ref-list", "graphic", "media", "object-id", "alt-text", "long-desc", "permissions", "sec-meta",
    "supplementary-material", "attrib", "sub-article", "response", "sig-block", "kwd-group",
})  # fmt: skip
"""What stands in a text and is no part of what it says, repeats it, or is read with what it belongs to."""


def read_jats(article: etree._Element, doc_id: str) -> Document:
    """Make a document of a JATS article. Linear in its length."""
    reader = _Reader()
    for element, text in front_lines(article):
        reader.writer.block("paragraph", text, "front", element)
    for abstract in _children(article, "front", "article-meta", "abstract"):
        if abstract.get("abstract-type") in (None, "", "summary", "executive-summary"):
            reader.abstract(abstract)
    for name in ("body", "floats-group", "back"):
        for element in _children(article, name):
            reader.section = None if name != "back" else "back"
            reader.walk(element)
    text = reader.writer.text
    tables = tuple(read_tables(text, reader.tables))
    return Document(doc_id, text, tuple(reader.writer.blocks), tables, metadata_of(article))


class _Reader:
    """Walks an article; `section` is that of the element it is in."""

    def __init__(self) -> None:
        self.writer = Writer()
        self.tables: list[Parts] = []
        self.section: Section | None = None

    def abstract(self, element: etree._Element) -> None:
        self.section = "abstract"
        if not any(section_of(inline_text(child)) == "abstract" for child in element if local_name(child) == "title"):
            self.writer.block("heading", "Abstract", "abstract", None)
        self.walk(element)

    def walk(self, element: etree._Element) -> None:
        """Write an element's content. Depth is that of the document; the parser bounds it."""
        for child in element:
            name = local_name(child)
            if name == "title":
                self._title(element, child)
            elif name in _TEXTS:
                self._paragraph(child)
            elif name is not None:
                self._apart(child, name)

    def _apart(self, element: etree._Element, name: str | None) -> None:
        if name == "table-wrap":
            self.tables += write_table(self.writer, element)
        elif name == "table":
            self.tables += filter(None, [write_rows(self.writer, element)])
        elif name == "fig":
            self._figure(element)
        elif name not in _LEFT_OUT:
            self._box(element)

    def _box(self, element: etree._Element) -> None:
        before = self.section
        if before not in ("abstract", "back"):
            self.section = _TYPES.get(element.get("sec-type", "").split("|")[0].lower(), before)
        self.walk(element)
        parent = element.getparent()
        if parent is None or local_name(parent) != "body":  # there, as in a text, a title that is not known goes on
            self.section = before

    def _title(self, parent: etree._Element, title: etree._Element) -> None:
        text = inline_text(title)
        aside = self.section == "methods" and normal_title(text) in ASIDES
        if self.section not in ("abstract", "back") and not aside:
            self.section = section_of(text) or self.section
        self.writer.block("heading", text, self.section, title)

    def _paragraph(self, element: etree._Element) -> None:
        self.writer.block("paragraph", inline_text(element), self.section, element)
        for inner in element:  # what is set apart inside a paragraph comes after it
            if (name := local_name(inner)) in BLOCKS:
                self._apart(inner, name)

    def _figure(self, element: etree._Element) -> None:
        parts = [inline_text(child) for child in element if local_name(child) in ("label", "caption")]
        self.writer.block("caption", " ".join(filter(None, parts)), "figure", element)


def _children(article: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Elements that a path of names leads to."""
    found = [article]
    for name in names:
        found = [child for element in found for child in element if local_name(child) == name]
    yield from found
