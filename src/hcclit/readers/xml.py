"""XML files: parsed without trust, then read by what they hold."""

from __future__ import annotations

from lxml import etree

from hcclit.document import Document
from hcclit.readers.formats import FormatError
from hcclit.readers.jats import read_jats
from hcclit.readers.jats.inline import local_name


def read_xml(data: bytes, doc_id: str) -> Document:
    """Read an XML file.

    Entities are not expanded, no DTD is loaded, nothing is fetched; depth and size are bounded by the parser.

    Raises:
        FormatError: not well-formed, hostile, or no JATS.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"not well-formed XML ({error.msg}); fetch the file again") from error
    if not any(local_name(element) == "article" for element in root.iter()):
        raise FormatError(f"XML, but no JATS article (its root is <{local_name(root)}>)")
    return read_jats(root, doc_id)
