"""Text and blocks under construction."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from hcclit.document import Block, BlockKind
from hcclit.records import Section


class Writer:
    """Collects text and blocks; `path` of a block is the XPath of the element that it comes from."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.path_of = _Paths().of
        self._pieces: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """All text so far."""
        return "".join(self._pieces)

    def block(self, kind: BlockKind, text: str, section: Section | None, element: etree._Element | None) -> None:
        """Add a block of one line, or nothing where there is no text."""
        if text:
            start = self.write(text)
            path = None if element is None else self.path_of(element)
            self.blocks.append(Block(kind, start, start + len(text), section, path=path))
            self.write("\n\n")

    def write(self, text: str) -> int:
        """Add text as it stands; where it begins."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start


class _Paths:
    """XPaths of elements, as libxml2 writes them, which counts all siblings before an element each time it is asked."""

    def __init__(self) -> None:
        self._paths: dict[etree._Element, str] = {}
        self._counted: dict[etree._Element, tuple[etree._Element, Counter[str]]] = {}

    def of(self, element: etree._Element) -> str:
        """The XPath of an element in its document."""
        above: list[etree._Element] = []
        parent = element.getparent()
        while parent is not None and parent not in self._paths:
            above.append(parent)
            parent = parent.getparent()
        for each in reversed(above):
            self._paths[each] = self._path(each)
        return self._path(element)

    def _path(self, element: etree._Element) -> str:
        parent = element.getparent()
        name = _step(element)
        if parent is None:
            return f"/{name}"
        number = self._number(parent, element, name)
        alone = number == 1 and not any(_matches(other, name) for other in element.itersiblings())
        return f"{self._paths[parent]}/{name}" + ("" if alone else f"[{number}]")

    def _number(self, parent: etree._Element, element: etree._Element, name: str) -> int:
        """Which of its parent's children of a name an element is; counting goes on from the one asked for last."""
        last, counts = self._counted.get(parent, (None, Counter[str]()))
        if last is element:
            return counts[name]
        for child in parent.iterchildren() if last is None else last.itersiblings():
            counts["*"] += isinstance(child.tag, str)
            counts[_step(child)] += _step(child) != "*"
            if child is element:
                self._counted[parent] = element, counts
                return counts[name]
        del self._counted[parent]  # it stands before the last one
        return self._number(parent, element, name)


def _step(element: etree._Element) -> str:
    """An element in a path: its name with prefix; a star where its namespace has no prefix."""
    if not isinstance(element.tag, str):
        return ""
    namespace, _, name = element.tag.rpartition("}")
    if namespace:
        return f"{element.prefix}:{name}" if element.prefix else "*"
    return name


def _matches(element: etree._Element, name: str) -> bool:
    return isinstance(element.tag, str) and name in ("*", _step(element))
