"""What of a page is its article, and what stands around it: navigation, banners, tools, words for screen readers."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_UNSEEN = frozenset({
    "sr-only", "usa-sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "mjx_assistive_mathml",
})  # fmt: skip
_ARTICLES = ("article", "main")
_LEAST = 500
"""Signs that an article has at least; a smaller `article` is a teaser."""
_NEARLY = 0.7
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Size:
    """How many signs an element holds, and how many titles and tables."""

    signs: int
    parts: int


class Article:
    """A page's article: `root` holds it, `leaves_out` tells what in it is none of it."""

    def __init__(self, page: etree._Element) -> None:
        body = next(page.iter("body"), page)
        self._sizes = _sizes(body)
        self._half = self._sizes[body].signs / 2
        self.root = self._article(body)

    def leaves_out(self, element: etree._Element) -> bool:
        """Whether an element is no part of the article, nor anything in it."""
        name, role = local_name(element), element.get("role")
        if name is None or name in _ELEMENTS or "hidden" in element.attrib:
            return True
        if name == "header" or role == "banner":
            return not any(local_name(above) in (*_ARTICLES, "section") for above in element.iterancestors())
        if role in _ROLES or not _UNSEEN.isdisjoint(element.get("class", "").lower().split()):
            return True
        return _names_surroundings(element) and self._can_be_spared(element)

    def _can_be_spared(self, element: etree._Element) -> bool:
        """Whether an element holds little: names of what surrounds an article may stand on all of a page."""
        size = self._sizes.get(element)
        return size is not None and not size.parts and size.signs < self._half

    def _article(self, body: etree._Element) -> etree._Element:
        """An `article` or `main` that has most of the page's text, the innermost of such, else the page."""
        signs = {e: self._sizes[e].signs for e in body.iter(*_ARTICLES)}
        most = max(signs.values(), default=0)
        if most < _LEAST or most < self._half:
            return body
        return min((e for e, count in signs.items() if count >= _NEARLY * most), key=lambda e: signs[e])


def _names_surroundings(element: etree._Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return not _NAMES.isdisjoint(_WORD.findall(names))


def _sizes(body: etree._Element) -> dict[etree._Element, _Size]:
    """The sizes of the elements that are asked about, in one walk: they may stand inside one another."""
    sizes: dict[etree._Element, _Size] = {}
    begun: list[tuple[etree._Element, int, int]] = []
    signs = parts = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            if element is body or element.tag in _ARTICLES or _names_surroundings(element):
                begun.append((element, signs, parts))
            signs += len(element.text or "")
            parts += element.tag in ("h1", "table")
            continue
        if begun and begun[-1][0] is element:
            _, before, parts_before = begun.pop()
            sizes[element] = _Size(signs - before, parts - parts_before)
        signs += len(element.tail or "")
    return sizes
