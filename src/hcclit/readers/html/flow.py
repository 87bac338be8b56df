"""The blocks of a page in their order: runs of text between the edges of its block elements.

An element's own text is read whether or not blocks stand beside it (`<div>AFP was 12. <p>…</p></div>`), and two line
breaks part paragraphs. The tree is walked without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from hcclit.document import BlockKind
from hcclit.readers.html.layout_tables import holds_data
from hcclit.readers.jats.inline import cell_text, local_name, superscript
from hcclit.readers.jats.tables import write_rows
from hcclit.readers.jats.writer import Writer
from hcclit.readers.lines import kind_of
from hcclit.readers.table_parts import Parts

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CAPTIONS = frozenset({"figcaption", "caption"})
_BLOCKS = _HEADINGS | _CAPTIONS | frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "figure", "form", "header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_REFERENCES = re.compile(r"(?:^|\s)(?:ref-?list|references|bibliography|doc-bibliography)(?:\s|-|$)", re.I)
_CAPTION_CLASS = re.compile(r"(?:^|\s)(?:fig-?|table-?)?(?:caption|legend)(?:\s|$)", re.I)
_NOTES_CLASS = ("footnote", "footnotes", "-foot", "-fn", "table-note", "table-notes", "tablenotes", "fn-group")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
_SPACE = re.compile(r"\s+")
_LONGEST_TITLE = 300
_LONGEST_LINK = 100

Role = Literal["heading", "caption", "reference", "note", "text"]
Step = Literal["in", "out", "whole", "skip"]


@dataclass(slots=True)
class _Run:
    """Text between two edges of blocks: its pieces, the element it begins in, whether all of it is links."""

    pieces: list[str] = field(default_factory=list)
    element: etree._Element | None = None
    linked: bool = True


class Flow:
    """Reads a page's element into a writer. `tables` are the parts of each table with the index of its block."""

    def __init__(self, leaves_out: Callable[[etree._Element], bool]) -> None:
        self.writer = Writer()
        self.tables: list[tuple[int, Parts]] = []
        self._leaves_out = leaves_out
        self._run = _Run()
        self._blocks: list[tuple[etree._Element, Role]] = []
        self._links = 0

    def read(self, root: etree._Element) -> None:
        """Write the text of an element and all in it. Linear in its size."""
        for step, element in self._steps(root):
            name = local_name(element)
            if step == "in":
                self._enter(element, name)
            elif step == "out":
                self._leave(element, name)
            elif step == "whole":
                self._whole(element, name)
            if step != "in" and element is not root:
                self._add(element.tail)

    def _steps(self, root: etree._Element) -> Iterator[tuple[Step, etree._Element]]:
        """Elements as they open and close; once those that are read as a whole or left out."""
        yield "in", root
        path = [(root, iter(root))]
        while path:
            element, rest = path[-1]
            child = next(rest, None)
            if child is None:
                path.pop()
                yield "out", element
            elif self._leaves_out(child):
                yield "skip", child
            elif local_name(child) in ("sup", "br") or holds_data(child):
                yield "whole", child
            else:
                yield "in", child
                path.append((child, iter(child)))

    def _enter(self, element: etree._Element, name: str | None) -> None:
        if name in _BLOCKS:
            self._flush()
            self._blocks.append((element, _role(element, name, self._blocks[-1][1] if self._blocks else "text")))
        self._links += _leads(element, name)
        self._add(element.text)

    def _leave(self, element: etree._Element, name: str | None) -> None:
        self._links -= _leads(element, name)
        if name in _BLOCKS:
            self._flush()
            self._blocks.pop()

    def _whole(self, element: etree._Element, name: str | None) -> None:
        if name == "table":
            self._flush()
            self._table(element)
        else:
            self._add("\n" if name == "br" else superscript(element), kept=True)

    def _add(self, text: str | None, kept: bool = False) -> None:
        """Add text to the run; line ends of the source are blanks, those of `br` are kept."""
        if not text:
            return
        self._run.pieces.append(text if kept else _SPACE.sub(" ", text))
        if text.strip():
            self._run.linked = self._run.linked and self._links > 0
            self._run.element = self._run.element if self._run.element is not None else self._blocks[-1][0]

    def _flush(self) -> None:
        run, self._run = self._run, _Run()
        if run.element is None:
            return
        for part in _PARAGRAPH_BREAK.split("".join(run.pieces)):
            if text := _SPACE.sub(" ", part).strip():
                self.writer.block(_kind(text, self._blocks[-1][1], run.linked), text, None, run.element)

    def _table(self, element: etree._Element) -> None:
        for caption in element.iterchildren("caption"):
            self.writer.block("caption", cell_text(caption), None, caption)
        if (parts := write_rows(self.writer, element)) is not None:
            self.tables.append((len(self.writer.blocks) - 1, parts))


def _leads(element: etree._Element, name: str | None) -> bool:
    return name == "a" and "href" in element.attrib


def _role(element: etree._Element, name: str | None, above: Role) -> Role:
    """What the text of a block element is: as its name or its classes say, else as the element around it."""
    names = f"{element.get('class', '')} {element.get('role', '')}"
    if above == "reference" or _REFERENCES.search(names):
        return "reference"
    if name in _HEADINGS:
        return "heading"
    if name in _CAPTIONS or _CAPTION_CLASS.search(names):
        return "caption"
    return "note" if any(each == "fn" or each.endswith(_NOTES_CLASS) for each in names.lower().split()) else above


def _kind(text: str, role: Role, linked: bool) -> BlockKind:
    if role in ("reference", "note", "caption"):
        return role
    told = kind_of(text)
    if told in ("caption", "table_caption"):
        return "caption"
    if role == "heading":
        return "heading" if len(text) <= _LONGEST_TITLE else "paragraph"
    if linked and len(text) <= _LONGEST_LINK:
        return "furniture"
    return "heading" if told == "heading" else "paragraph"
