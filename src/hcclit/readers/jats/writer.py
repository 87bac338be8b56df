"""The text of a document under construction: paragraphs apart by empty lines, each a block with its place."""

from __future__ import annotations

from lxml import etree

from hcclit.document import Block, BlockKind
from hcclit.records import Section


class Writer:
    """Collects text and blocks; `path` of a block is the XPath of the element that it comes from."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
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
            self.blocks.append(Block(kind, start, start + len(text), section, path=path_of(element)))
            self.write("\n\n")

    def write(self, text: str) -> int:
        """Add text as it stands; where it begins."""
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start


def path_of(element: etree._Element | None) -> str | None:
    """The XPath of an element in its document."""
    return None if element is None else str(element.getroottree().getpath(element))
