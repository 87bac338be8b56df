"""A page's bytes as a tree: in which encoding it is written, and whether it could be read to its end."""

from __future__ import annotations

import codecs
import re

from lxml import etree
from lxml import html as lxml_html

from hcclit.readers.formats import FormatError, in_short
from hcclit.readers.parsing import blame_the_file

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_HEAD = 4096
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WEB = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
}  # fmt: skip
"""What browsers take a name for. Source: https://encoding.spec.whatwg.org/#names-and-labels."""
_KNOWN = re.compile(r"utf-?(?:8|16)(?:-?[lb]e)?|iso-?8859-\d+|windows-\d+|cp\d+|gb18030|big5|euc[-_]jp|koi8-[ru]", re.I)
_DEFAULT = "cp1252"
_FEW = 10  # signs beside ASCII that are right for one that is wrong, in a text that is cut or damaged in places
_NO_TEXT = ("script", "style", "noscript", "template", "svg")


def parse_page(data: bytes) -> etree._Element:
    """Parse a page. Scripts are not run, nothing is fetched.

    Raises:
        FormatError: it is empty, in an unknown encoding, or nested so deep that the parser stops.
    """
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(_decoded(data).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        if isinstance(error, etree.LxmlError):
            blame_the_file(error)
        raise FormatError(f"no page that can be read ({in_short(error)})") from error
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise FormatError("a page nested too deep to be read to its end; save it anew from a browser")
    etree.strip_elements(root, *_NO_TEXT, with_tail=False)
    return root


def _decoded(data: bytes) -> str:
    """A page's text: in UTF-8 where it is that, else as it declares, else as browsers would read it."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    text = data.decode("utf-8", "replace")
    wrong = text.rstrip("\ufffd").count("\ufffd")  # a file may be cut within a letter
    if not wrong:
        return text
    declared = _DECLARED.search(data, 0, _HEAD)
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in ("utf-8", "utf8") or (not name and len(text) - len(text.encode("ascii", "ignore")) > _FEW * wrong):
        return text
    encoding = _WEB.get(name, name) or _DEFAULT
    if not _KNOWN.fullmatch(encoding):
        raise FormatError(f"a page in an unknown encoding ({name}); save it as UTF-8 from a browser")
    return data.decode(encoding, "replace")
