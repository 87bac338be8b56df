"""Figures as SVG that stands in a page of HTML: nothing in it reaches outside, and no two of them share an id."""

from __future__ import annotations

import re

from lxml import etree
from markupsafe import Markup

_HREF = "{http://www.w3.org/1999/xlink}href"
_IDENTIFIED = re.compile(r"url\(#([^)]+)\)")
_NAMESPACES = re.compile(r'\sxmlns(?::\w+)?="[^"]*"')
_OUT = frozenset({"metadata", "script", "foreignObject", "image"})


def inlined(svg: str, prefix: str, title: str) -> Markup:
    """An SVG file as an element of a page.

    Args:
        svg: the file.
        prefix: for its ids; no other figure of the page has it.
        title: what it shows, for those who do not see it.

    Raises:
        ValueError: it is no SVG.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"a figure is no SVG ({error})") from error
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname in _OUT:
            _drop(element)
        else:
            _tame(element, prefix)
    root.set("role", "img")
    root.set("aria-label", title)
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    head, rest = text[: (end := text.index(">"))], text[end:]
    return Markup(_NAMESPACES.sub("", head) + rest)  # HTML knows the namespaces by itself


def _drop(element: etree._Element) -> None:
    """Take an element out, but not the text behind it."""
    parent = element.getparent()
    if parent is not None:
        if element.tail:
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + element.tail
            else:
                before.tail = (before.tail or "") + element.tail
        parent.remove(element)


def _tame(element: etree._Element, prefix: str) -> None:
    """Prefix an element's ids and references, and take away what is a script's or leads outside."""
    for name, value in list(element.attrib.items()):
        text = str(value)
        if name == "id":
            element.set(name, f"{prefix}-{text}")
        elif name in ("href", _HREF):
            element.attrib.pop(name)
            if text.startswith("#"):
                element.set(name, f"#{prefix}-{text[1:]}")
        elif str(name).lower().startswith("on"):
            element.attrib.pop(name)
        elif "url(" in text:
            element.set(name, _IDENTIFIED.sub(rf"url(#{prefix}-\1)", text))
