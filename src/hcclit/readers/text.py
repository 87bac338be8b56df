"""Plain text, as extracted from pages or typed: lines become blocks, sections and flattened tables.

The text stays as it stands; a block is a span over it. Where a page head, a caption or a title cuts a
sentence in two, the later block says which one it continues.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

from hcclit.document import Block, BlockKind, Document, Table
from hcclit.readers.flat_tables import parse_table
from hcclit.readers.front_matter import before_sections
from hcclit.readers.lines import Line, split_lines
from hcclit.readers.regions import Region, table_regions
from hcclit.readers.section_tracker import SectionTracker
from hcclit.readers.sections import run_in_section
from hcclit.readers.table_parts import table_parts

_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*(?:\s*\[?\d{1,3}(?:[,–-]\s?\d{1,3})*\]?)?$")
_BODY = re.compile(r"[a-z)\]%]\.\s+[A-Z]")
_CONTINUES = re.compile(r"[a-z(\[<>≤≥=±%–-]|\d+(?:\.\d+)?\s*(?:[a-z%)]|[,–-]\s?\d)")
_LISTING = re.compile(r"(?:Correspond|Key ?words?)", re.I)  # furniture that may go on for a line
_HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the lines of a text are set: whether lines are broken, blank lines stand between them, their width."""

    wrapped: bool
    double_spaced: bool
    width: int


def read_text(text: str, doc_id: str) -> Document:
    """Make a document of a text; never fails. Linear in the length of the text.

    Args:
        text: the file decoded, line ends as they stand.
        doc_id: the file's name without its ending.
    """
    lines = split_lines(text)
    regions = table_regions(lines)
    blocks = _blocks(lines, regions, _layout(lines))
    blocks = _with_sections(text, blocks)
    tables = [table for region in regions if (table := _table(text, lines, region)) is not None]
    return Document(doc_id, text, tuple(_with_continuations(text, blocks)), tuple(tables))


def _table(text: str, lines: list[Line], region: Region) -> Table | None:
    return parse_table(text, lines[region.first : region.last + 1])


def _layout(lines: list[Line]) -> _Layout:
    texts = [(i, line) for i, line in enumerate(lines) if line.kind == "text"]
    if len(texts) < 2:
        return _Layout(wrapped=False, double_spaced=False, width=10_000)
    pairs = list(pairwise(texts))
    broken = sum(1 for (_, a), (_, b) in pairs if len(a.text) < 200 and b.text[:1].islower())
    apart = sum(1 for (i, a), (j, _) in pairs if j - i > 1 and len(a.text) < 200)
    widths = sorted(len(line.text) for _, line in texts)
    return _Layout(
        wrapped=broken / len(pairs) > 0.15,
        double_spaced=apart / len(pairs) > 0.6,
        width=widths[int(len(widths) * 0.7)],
    )


def _blocks(lines: list[Line], regions: list[Region], layout: _Layout) -> list[Block]:
    """Group lines into blocks; a table, by `regions`, gives one for its body and one for its caption and notes each."""
    starts = {region.first: region for region in regions}
    blocks: list[Block] = []
    previous: Line | None = None
    blanks, index = 0, 0
    while index < len(lines):
        line = lines[index]
        if index in starts:
            last = starts[index].last
            blocks += _table_blocks(lines[index : last + 1])
            previous, blanks, index = None, 0, last + 1
            continue
        if line.kind == "blank":
            blanks += 1
        else:
            following = next((n for n in lines[index + 1 : index + 3] if n.kind != "blank"), None)
            _add(blocks, line, previous if blocks else None, (blanks, following, layout))
            previous, blanks = line, 0
        index += 1
    return blocks


def _table_blocks(lines: list[Line]) -> list[Block]:
    """A table's caption and notes, which flow like text, and its body."""
    parts = table_parts(lines)
    blocks: list[Block] = []
    for kind, spans in (("caption", parts.caption), ("note", parts.notes)):
        if spans:
            blocks.append(Block(cast(BlockKind, kind), spans[0][0], spans[-1][1], "table"))
    flowing = sorted((b.start, b.end) for b in blocks)
    edges = [lines[0].start, *(edge for span in flowing for edge in span), lines[-1].end]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        inside = [line for line in lines if start <= line.start and line.end <= end and line.kind != "blank"]
        if inside:
            blocks.append(Block("table", inside[0].start, inside[-1].end, "table"))
    return sorted(blocks, key=lambda block: block.start)


def _add(blocks: list[Block], line: Line, previous: Line | None, around: tuple[int, Line | None, _Layout]) -> None:
    """Let a line go on with the last block or open a new one."""
    blanks, following, layout = around
    kind = line.kind
    if kind in ("text", "row", "caption", "table_caption") and _is_heading(line, previous, following, layout):
        blocks.append(Block("heading", line.start, line.end))
    elif kind in ("heading", "furniture"):
        blocks.append(Block(kind, line.start, line.end))
    elif previous is not None and previous.kind == "furniture" and blanks == 0 and _LISTING.match(previous.text):
        blocks[-1] = _up_to(line, blocks[-1])
    elif kind in ("caption", "table_caption"):
        blocks.append(Block("caption", line.start, line.end, "figure" if kind == "caption" else "table"))
    elif (
        previous is not None and blocks[-1].kind in ("paragraph", "caption") and _joins(previous, line, blanks, layout)
    ):
        blocks[-1] = _up_to(line, blocks[-1])
    else:
        blocks.append(Block("paragraph", line.start, line.end))


def _up_to(line: Line, block: Block) -> Block:
    return Block(block.kind, block.start, line.end, block.section, block.continues)


def _is_heading(line: Line, previous: Line | None, following: Line | None, layout: _Layout) -> bool:
    """A short line without a full stop between a finished sentence and a new one, in a text of broken lines."""
    if line.kind != "text" or not layout.wrapped or following is None or line.page_start:
        return False
    if run_in_section(line.text):
        return False
    short = len(line.text) < 0.7 * layout.width and len(line.text.split()) <= _HEADING_WORDS
    finished = previous is None or previous.kind == "heading" or bool(_TERMINAL.search(previous.text))
    opens = following.text[:1].isupper() and following.kind == "text"
    return short and finished and opens and line.text[:1].isupper() and not re.search(r"[.,;:]\d*$", line.text)


def _joins(previous: Line, line: Line, blanks: int, layout: _Layout) -> bool:
    if not layout.wrapped:
        return False
    finished = bool(_TERMINAL.search(previous.text))
    if line.page_start and finished:
        return False
    ends_paragraph = finished and len(previous.text) < 0.8 * layout.width and line.text[:1].isupper()
    if blanks == 0 or layout.double_spaced:
        return not ends_paragraph
    return not finished and bool(_CONTINUES.match(line.text))


def _with_sections(text: str, blocks: list[Block]) -> list[Block]:
    """Give each block its section; what stands before an abstract is front matter."""
    titles = [text[b.start : b.end] for b in blocks if b.kind == "heading"]
    tracker = SectionTracker(titles)
    out = []
    for block in blocks:
        content = text[block.start : block.end]
        tracker.follow(block.kind, content)
        kind = "reference" if tracker.in_references and block.kind == "paragraph" else block.kind
        section = "front" if kind == "furniture" else block.section or tracker.section
        out.append(Block(kind, block.start, block.end, section, block.continues))
    return list(before_sections(out))


def _with_continuations(text: str, blocks: list[Block]) -> list[Block]:
    """Find the unfinished paragraph that a block beginning in mid-sentence goes on with."""
    out: list[Block] = []
    open_index: int | None = None
    for block in blocks:
        current = block
        if block.kind == "heading":
            open_index = None if out and out[-1].section != block.section else open_index
        elif block.kind == "paragraph":
            content = text[block.start : block.end]
            if open_index is not None and _CONTINUES.match(content):
                current = replace(block, continues=open_index, section=out[open_index].section)
                open_index = None
            if not _TERMINAL.search(content) and (_BODY.search(content) or current.continues is not None):
                open_index = len(out)
        out.append(current)
    return out
