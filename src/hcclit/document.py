"""One text that never changes, with layout as offsets over it.

Readers make a `Document`; everything after them refers to places in `Document.text` by Unicode code points,
half open. Cleaning happens in a view (`hcclit.view`) that keeps the way back.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from hcclit.records import Section

BlockKind = Literal["heading", "paragraph", "caption", "table", "note", "furniture", "reference"]
"""`note` is a table's footnote, `furniture` what a page carries beside its text (running heads, addresses)."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text with one role. `continues` is the index of the block whose sentence it goes on with.

    `path` is the XPath of the element that it comes from, for formats that have one.
    """

    kind: BlockKind
    start: int
    end: int
    section: Section | None = None
    continues: int | None = None
    path: str | None = None


CellRole = Literal["head", "label", "value"]
"""A column's head, what stands in the column of the row labels, and all else."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell of a table: its place in the text and in the grid.

    `row` and `column` count from 0 over the whole table, heads and labels too; a cell over several columns or rows
    (`columns`, `rows`) is where it begins. A value's `row_heads` go from the outermost block head to the row's own
    label, its `column_heads` from the top down, both cleaned.
    """

    start: int
    end: int
    row: int
    column: int
    text: str
    row_heads: tuple[str, ...] = ()
    column_heads: tuple[str, ...] = ()
    role: CellRole = "value"
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption's text, its span over caption, body and notes, and its filled cells by row and column.

    `values` are what extraction reads: the values that stand beside a label, in the order of the text and without
    footnote marks. `stub_head` is the head over the row labels (`Patient No.`), empty if there is none.
    """

    start: int
    end: int
    caption: str
    cells: tuple[Cell, ...]
    values: tuple[Cell, ...]
    notes: str = ""
    stub_head: str = ""


Box = tuple[float, float, float, float]
"""x0, top, x1, bottom on a page, in points from its upper left corner."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size in points, and the span of its text."""

    number: int
    width: float
    height: float
    start: int
    end: int


class Layout(Protocol):
    """Where the signs of a text stand on its pages."""

    def boxes(self, start: int, end: int) -> list[Box]:
        """The boxes of a span, one for each line, on the page where the span begins."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as a reader gives it: text, blocks in reading order, tables, metadata (title, doi, year, ...).

    Formats with pages have `pages` and a `layout`; formats of marked-up elements have a `path` in each block.
    """

    doc_id: str
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    layout: Layout | None = None

    def page_of(self, offset: int) -> int | None:
        """The number of the page that a place is on; None where there are no pages."""
        index = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[index].number if index >= 0 else None

    def path_of(self, offset: int) -> str | None:
        """The XPath of the element that a place is in; None where there is none."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[index].path if index >= 0 else None
