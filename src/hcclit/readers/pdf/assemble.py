"""The document of a PDF: text, blocks, pages and layout from the flow of its blocks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hcclit.document import Block, Document, Page
from hcclit.readers.pdf.flow import Flow
from hcclit.readers.pdf.layout import PdfLayout, packed
from hcclit.readers.pdf.lines import Line
from hcclit.readers.pdf.pages import PageLines
from hcclit.readers.pdf.paragraphs import Draft
from hcclit.readers.pdf.sections import with_sections
from hcclit.readers.pdf.tables.document import Tables
from hcclit.view import with_hyphens


class _Writer:
    """Text under construction with a box for each sign, and where lines and pages begin."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[np.ndarray[tuple[int, int], np.dtype[np.uint16]]] = []
        self.lines: list[int] = []
        self.page_starts: dict[int, int] = {}
        self.length = 0

    def line(self, line: Line, as_row: bool, end: str) -> None:
        """Add a line and what stands between it and the next."""
        self.page_starts.setdefault(line.page, self.length)
        self.lines.append(self.length)
        self.pieces += [_row(line) if as_row else line.text, end]
        self.boxes += [packed(line.boxes), np.zeros((len(end), 4), np.uint16)]
        self.length += len(line.text) + len(end)


def assemble(pages: list[PageLines], flow: Flow, doc_id: str, metadata: Mapping[str, str]) -> Document:
    """Write the blocks of a flow one after the other."""
    writer = _Writer()
    numbers = {id(draft): number for number, draft in enumerate(flow.drafts)}
    tables = Tables()
    blocks = [_write(writer, draft, numbers, tables) for draft in flow.drafts]
    text = with_hyphens("".join(writer.pieces))
    placed = _pages(pages, writer)
    boxes = np.concatenate(writer.boxes) if writer.boxes else np.zeros((0, 4), np.uint16)
    layout = PdfLayout(boxes, np.array(writer.lines, np.int64), tuple(page.start for page in placed))
    told = with_sections(text, blocks, [draft.lines[0].lead for draft in flow.drafts])
    return Document(doc_id, text, told, tables.read(text), metadata, placed, layout)


def _write(writer: _Writer, draft: Draft, numbers: Mapping[int, int], tables: Tables) -> Block:
    start = writer.length
    for line in draft.lines[:-1]:
        writer.line(line, draft.kind == "table", "\n")
    writer.line(draft.lines[-1], draft.kind == "table", "\n\n")
    if draft.rows is not None:
        tables.add_rows(draft.rows, start)
    elif draft.kind == "caption":
        tables.add_caption(start, writer.length - 2)
    elif draft.kind == "note":
        tables.add_note(start, writer.length - 2)
    else:
        tables.close()
    return Block(draft.kind, start, writer.length - 2, continues=numbers.get(id(draft.continues)))


def _row(line: Line) -> str:
    """A line of a table, its columns apart by tabs."""
    signs = list(line.text)
    for at in line.wide:
        signs[at] = "\t"
    return "".join(signs)


def _pages(pages: list[PageLines], writer: _Writer) -> tuple[Page, ...]:
    """Pages with the span of their text; one without text is an empty span where its text would be."""
    out: list[Page] = []
    end = writer.length
    for page in reversed(pages):
        start = min(writer.page_starts.get(page.number, end), end)
        out.append(Page(page.number, page.width, page.height, start, end))
        end = start
    return tuple(reversed(out))
