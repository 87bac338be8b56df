"""HTML pages of articles: the main text, its headings, tables and figures' captions; what surrounds it stays out."""

from __future__ import annotations

from lxml import etree
from lxml import html as lxml_html

from hcclit.document import BlockKind, Document
from hcclit.readers.formats import FormatError
from hcclit.readers.jats.inline import inline_text, local_name
from hcclit.readers.jats.tables import read_tables, write_rows
from hcclit.readers.jats.writer import Writer
from hcclit.readers.sections import REFERENCES, normal_title, section_of
from hcclit.readers.table_parts import Parts
from hcclit.records import Section

_OUTSIDE = frozenset({
    "script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "svg", "button", "select",
    "iframe", "object", "video", "audio", "head", "dialog", "menu",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEXTS = frozenset({"p", "li", "dd", "dt", "blockquote", "pre", "address"})
_BLOCKS = (
    _HEADINGS
    | _TEXTS
    | {"div", "section", "article", "main", "table", "figure", "figcaption", "ul", "ol", "dl", "center", "td"}
)
_LEAST = 500
"""Signs that an article has at least; a smaller `article` is a teaser."""
_META = {
    "citation_title": "title", "citation_doi": "doi", "citation_journal_title": "journal", "citation_pmid": "pmid",
    "citation_publication_date": "year", "citation_date": "year", "dc.title": "title",
}  # fmt: skip
"""Names of `meta` elements that publishers give for Google Scholar (Highwire tags), and Dublin Core's title."""


def read_html(data: bytes, doc_id: str) -> Document:
    """Read a page. Scripts are not run, nothing is fetched.

    Raises:
        FormatError: there is no text in the page.
    """
    parser = lxml_html.HTMLParser(encoding=_encoding(data), huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise FormatError(f"no page that can be read ({error})") from error
    reader = _Reader()
    reader.walk(_main(root))
    text = reader.writer.text
    if not text.strip():
        raise FormatError("a page without text (is it made by scripts? save it from a browser)")
    tables = tuple(read_tables(text, reader.tables))
    return Document(doc_id, text, tuple(reader.writer.blocks), tables, _metadata(root))


def _encoding(data: bytes) -> str | None:
    """UTF-8 where it is that; else what the page or the parser says."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _main(root: etree._Element) -> etree._Element:
    """The element that holds the article: the one `article` or `main` with most text, else the page."""
    candidates = [e for e in root.iter("article", "main") if _length(e) > _LEAST]
    return max(candidates, key=_length, default=root)


def _length(element: etree._Element) -> int:
    return sum(len(text) for text in element.itertext())


class _Reader:
    """Walks a page; `section` is that of the last heading."""

    def __init__(self) -> None:
        self.writer = Writer()
        self.tables: list[Parts] = []
        self.section: Section | None = None
        self.in_references = False

    def walk(self, element: etree._Element) -> None:
        name = local_name(element)
        if name is None or name in _OUTSIDE:
            return
        if name in _HEADINGS:
            self._heading(element)
        elif name == "table":
            self._table(element)
        elif name == "figcaption":
            self.writer.block("caption", inline_text(element), "figure", element)
        elif name in _TEXTS and not self._has_blocks(element):
            self._paragraph(element)
        elif self._has_blocks(element):
            for child in element:
                self.walk(child)
        else:
            self._paragraph(element)

    def _has_blocks(self, element: etree._Element) -> bool:
        return any(local_name(inner) in _BLOCKS for inner in element.iterdescendants())

    def _heading(self, element: etree._Element) -> None:
        title = inline_text(element)
        self.in_references = normal_title(title) in REFERENCES or (self.in_references and not section_of(title))
        self.section = section_of(title) or self.section
        self.writer.block("heading", title, self.section, element)

    def _paragraph(self, element: etree._Element) -> None:
        kind: BlockKind = "reference" if self.in_references else "paragraph"
        self.writer.block(kind, inline_text(element), self.section, element)

    def _table(self, element: etree._Element) -> None:
        caption = next((inline_text(e) for e in element if local_name(e) == "caption"), "")
        self.tables += write_rows(self.writer, (caption, element), [element], [])


def _metadata(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = _META.get((meta.get("name") or "").lower())
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            found.setdefault(name, content[:4] if name == "year" else content)
    return found
