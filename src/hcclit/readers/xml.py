"""XML files: parsed without trust, then read by what they hold."""

from __future__ import annotations

from lxml import etree

from hcclit.document import Document
from hcclit.readers.formats import FormatError, in_short, one_paper
from hcclit.readers.jats import read_jats
from hcclit.readers.jats.inline import inside, local_name
from hcclit.readers.parsing import blame_the_file, is_out_of_bounds


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
        blame_the_file(error)
        wrong = "XML as no paper is made" if is_out_of_bounds(error) else "not well-formed XML"
        raise FormatError(f"{wrong} ({in_short(error.msg)}); fetch the file again") from error
    articles = [element for element in root.iter("{*}article") if not inside(element, "article")]
    if not articles:
        raise FormatError(f"XML, but no JATS article (its root is <{in_short(local_name(root))}>)")
    one_paper(len(articles), "articles")
    document = read_jats(articles[0], doc_id)
    if not document.text:
        raise FormatError("a JATS article without text; fetch the file again")
    return document
