"""XML files: parsed without trust, then read by what they hold."""

from __future__ import annotations

import re

from lxml import etree

from hcclit.document import Document
from hcclit.readers.jats import read_jats
from hcclit.readers.jats.inline import local_name


class XmlError(ValueError):
    """The file is no XML that can be read; the message is one line for the user."""


_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\b|<!DOCTYPE\s+(?!html)\w|<(?:article|pmc-articleset|OAI-PMH)\b)", re.I
)


def looks_like_xml(data: bytes) -> bool:
    """Whether a file begins as XML does that is no HTML."""
    return bool(_XML.match(data)) and b"<html" not in data[:1000].lower()


def read_xml(data: bytes, doc_id: str) -> Document:
    """Read an XML file.

    Entities are not expanded, no DTD is loaded, nothing is fetched; depth and size are bounded by the parser.

    Raises:
        XmlError: not well-formed, hostile, or no JATS.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise XmlError(f"not well-formed XML ({error.msg}); fetch the file again") from error
    if not any(local_name(element) == "article" for element in root.iter()):
        raise XmlError(f"XML, but no JATS article (its root is <{local_name(root)}>)")
    return read_jats(root, doc_id)
