"""What of a page is not its article: navigation, banners, tools, what is written for screen readers."""

from __future__ import annotations

import re

from lxml import etree

from hcclit.readers.jats.inline import local_name

_ELEMENTS = frozenset({
    "nav", "footer", "aside", "button", "select", "textarea", "input", "iframe", "object", "video", "audio", "canvas",
    "head", "dialog", "menu", "map", "datalist",
})  # fmt: skip
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar",
    "toolbar", "tooltip",
})  # fmt: skip
_NAMES = frozenset({
    "cookie", "cookies", "gdpr", "onetrust", "breadcrumb", "breadcrumbs", "nav", "navbar", "navigation", "sidebar",
    "share", "sharing", "social", "advert", "advertisement", "newsletter", "altmetric", "toolbar", "tooltip",
    "recommendations", "modal", "menu", "toc", "skip", "skiplink",
})  # fmt: skip
"""Words in the names of classes and ids that sites give to what surrounds an article."""
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|(?:usa-)?sr-only|visually-?hidden|screen-reader-text|MJX_Assistive_MathML)(?:\s|$)"
)
_WORD = re.compile(r"[A-Za-z]+")
_LEAST = 500
"""Signs that an article has at least; a smaller `article` is a teaser."""
_NEARLY = 0.7


class Outside:
    """Tells what of a page stands around its article."""

    def __init__(self, page: etree._Element) -> None:
        self._length = _length(page)

    def __call__(self, element: etree._Element) -> bool:
        """Whether an element is no part of the article, nor anything in it."""
        name = local_name(element)
        if name is None or name in _ELEMENTS or "hidden" in element.attrib:
            return True
        inner = name == "header" or element.get("role") == "banner"
        if inner:
            return not any(local_name(above) in ("article", "main", "section") for above in element.iterancestors())
        if element.get("role") in _ROLES or _UNSEEN.search(element.get("class", "")):
            return True
        names = f"{element.get('class', '')} {element.get('id', '')}".lower()
        return not _NAMES.isdisjoint(_WORD.findall(names)) and self._is_small(element)

    def _is_small(self, element: etree._Element) -> bool:
        """Whether an element can be spared: names of what surrounds an article may stand on all of a page."""
        return next(element.iter("h1", "table"), None) is None and 2 * _length(element) < self._length


def main_element(root: etree._Element) -> etree._Element:
    """The element that holds the article: an `article` or `main` that has most of the page's text, else the page."""
    page = next(root.iter("body"), root)
    lengths = {element: _length(element) for element in root.iter("article", "main")}
    most = max(lengths.values(), default=0)
    if most < _LEAST or 2 * most < _length(page):
        return page
    return min((e for e, length in lengths.items() if length >= _NEARLY * most), key=lambda e: lengths[e])


def _length(element: etree._Element) -> int:
    return sum(len(text) for text in element.itertext())
