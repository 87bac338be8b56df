"""Which reader a file needs, told by its first bytes and not by its name; a reader is loaded when it is needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from hcclit.document import Document

_XML = re.compile(rb"\s*(?:<\?xml\b|<!DOCTYPE\s|<(?:article|pmc-articleset|OAI-PMH)\b)", re.I)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_BOM = b"\xef\xbb\xbf"
_HEAD = 4096


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


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]  # some writers put a little before the header


def _is_html(data: bytes) -> bool:
    return bool(_HTML.match(data[:_HEAD].removeprefix(_BOM)))


def _is_xml(data: bytes) -> bool:
    return bool(_XML.match(data[:_HEAD].removeprefix(_BOM)))


def _is_bioc(data: bytes) -> bool:
    return data.lstrip()[:1] in (b"{", b"[") and b'"passages"' in data


FORMATS = (
    Format("PDF", _is_pdf, "hcclit.readers.pdf:read_pdf"),
    Format("HTML", _is_html, "hcclit.readers.html:read_html"),
    Format("XML", _is_xml, "hcclit.readers.xml:read_xml"),
    Format("BioC", _is_bioc, "hcclit.readers.bioc:read_bioc"),
)


def format_of(data: bytes) -> Format | None:
    """The format of a file; None for plain text and what no reader knows."""
    return next((form for form in FORMATS if form.fits(data)), None)
