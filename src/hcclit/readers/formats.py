"""Which reader a file needs, told by its first bytes and not by its name; a reader is loaded when it is needed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from hcclit.document import Document

_HEAD = 16384
_LONGEST_QUOTE = 150
_BEFORE_ROOT = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.S)
_DOCTYPE = re.compile(rb"<!doctype\s+([\w.:-]+)", re.I)
_TAG = re.compile(rb"<([A-Za-z_][\w.:-]*)(?=[\s/>])")
_JATS = frozenset({b"article", b"pmc-articleset", b"oai-pmh"})
_HTML = frozenset({
    b"html", b"head", b"body", b"title", b"meta", b"main", b"section", b"header", b"nav", b"div", b"p", b"h1", b"h2",
    b"h3", b"table", b"center", b"font", b"script", b"style", b"link", b"base", b"span", b"ul", b"ol",
})  # fmt: skip
_HTML_INSIDE = re.compile(rb"<(?:h[1-6]|div|header|section|img)[\s>]", re.I)
_JATS_INSIDE = re.compile(rb"<(?:[\w.-]+:)?(?:front|article-meta|body|sec)[\s>]")
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
_BIOC = re.compile(rb'"(?:passages|bioctype)"\s*:')
_ENCODINGS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class FormatError(ValueError):
    """A file of a known format gives no document; the message is the reason, in one line for the user."""


@dataclass(frozen=True)
class Format:
    """A format: how its files begin, and the `module:name` of (bytes, id) -> Document that reads them."""

    name: str
    fits: Callable[[bytes], bool]
    reader: str

    def read(self, data: bytes, doc_id: str) -> Document:
        """Read a file of this format.

        Raises:
            FormatError: it cannot be read.
        """
        module, function = self.reader.split(":")
        read: Callable[[bytes, str], Document] = getattr(import_module(module), function)
        return read(data, doc_id)


def in_short(told: object) -> str:
    """What a file or a library's error says, as part of a line: it may be of any length."""
    words = " ".join(str(told).split())
    return "".join(sign for sign in words[:_LONGEST_QUOTE] if sign.isprintable())


def one_paper(count: int, name: str) -> None:
    """Refuse a file of several papers: a document is one, and the others must not be lost unsaid.

    Raises:
        FormatError: there are several.
    """
    if count > 1:
        raise FormatError(f"holds {count} {name}; give each paper in a file of its own")


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]  # some writers put a little before the header


def _is_html(data: bytes) -> bool:
    return _markup(data) == "html"


def _is_xml(data: bytes) -> bool:
    return _markup(data) == "xml"


def _markup(data: bytes) -> str | None:
    """Whether a file is a page or another XML file, by its declarations and its first element."""
    head = _as_utf8(data[:_HEAD]).removeprefix(codecs.BOM_UTF8)
    at = 0
    while match := _BEFORE_ROOT.match(head, at):
        at = match.end()
    declared = head[:at].lstrip()[:5] == b"<?xml"
    if doctype := _DOCTYPE.match(head, at):
        return "html" if doctype[1].lower() == b"html" else "xml"
    tag = _TAG.match(head, at)
    if tag is None:
        return "xml" if declared else None
    name = tag[1].rpartition(b":")[2].lower()
    if name in _HTML:
        return "html"
    if name == b"article" and _HTML_INSIDE.search(head, at) and not _JATS_INSIDE.search(head, at):
        return "html"
    closed = b"</" + tag[1] in data[-200:]
    return "xml" if declared or closed or name in _JATS else None


def _as_utf8(head: bytes) -> bytes:
    for bom, encoding in _ENCODINGS:
        if head.startswith(bom):
            return head[len(bom) :].decode(encoding, "ignore").encode("utf-8", "ignore")
    return head


def _is_json(data: bytes) -> bool:
    return bool(_JSON.match(_as_utf8(data[:_HEAD]).removeprefix(codecs.BOM_UTF8)))


def begins_as_bioc(head: bytes) -> bool:
    """Whether a JSON file may hold a BioC document, by its first bytes."""
    return _is_json(head) and bool(_BIOC.search(_as_utf8(head)))


FORMATS = (
    Format("PDF", _is_pdf, "hcclit.readers.pdf:read_pdf"),
    Format("HTML", _is_html, "hcclit.readers.html:read_html"),
    Format("XML", _is_xml, "hcclit.readers.xml:read_xml"),
    Format("JSON", _is_json, "hcclit.readers.bioc:read_bioc"),
)


def format_of(data: bytes) -> Format | None:
    """The format of a file; None for plain text and what no reader knows."""
    return next((form for form in FORMATS if form.fits(data)), None)
