"""Captions and notes of tables in formats that set them as blocks beside the table: found by place and by wording."""

from __future__ import annotations

from dataclasses import replace

from hcclit.document import Block
from hcclit.readers.lines import is_label, kind_of
from hcclit.readers.table_lines import is_note
from hcclit.readers.table_parts import Parts

_MOST_TITLES = 3  # a label, a title, what it is counted in
_MOST_NOTES = 40
_LONGEST_NOTE = 1500
"""Signs; a longer paragraph after a table is running text unless it is marked as a note."""

Tables = list[tuple[int, Parts]]
"""The parts of each table with the index of its block."""


def attach_titles(text: str, blocks: list[Block], tables: Tables) -> None:
    """Give tables their captions and notes; the blocks that these are change their kind.

    A block marked as a note that stands at no table becomes a paragraph.
    """
    taken: set[int] = set()
    for index, parts in tables:
        titles = _above(text, blocks, index) or _below(text, blocks, index)
        last = max([index, *titles])
        notes = _notes(text, blocks, last)
        for each in (*titles, *notes):
            blocks[each] = replace(blocks[each], kind="caption" if each in titles else "note", section="table")
        parts.caption = [(blocks[i].start, blocks[i].end) for i in titles]
        parts.notes = [(blocks[i].start, blocks[i].end) for i in notes]
        taken |= {*titles, *notes}
    for index, block in enumerate(blocks):
        if index in taken:
            continue
        if block.kind == "note":
            blocks[index] = replace(block, kind="paragraph")
        elif block.kind == "caption" and block.section is None:
            is_table = kind_of(text[block.start : block.end]) == "table_caption"
            blocks[index] = replace(block, section="table" if is_table else "figure")


def _above(text: str, blocks: list[Block], index: int) -> list[int]:
    """The blocks from a table's label to the table, or the caption right above it."""
    found: list[int] = []
    for at in range(index - 1, max(-1, index - 1 - 2 * _MOST_TITLES), -1):
        block = blocks[at]
        if block.kind == "furniture":
            continue
        if block.kind not in ("caption", "paragraph", "note") or block.section == "table" or len(found) == _MOST_TITLES:
            break
        content = text[block.start : block.end]
        if kind_of(content) == "table_caption":
            told = all(blocks[i].kind == "caption" for i in found) or is_label(content)
            return [at, *found] if told else []
        found.insert(0, at)
    nearest = found[-1:]
    return [i for i in nearest if blocks[i].kind == "caption" and _may_be_of_table(text, blocks[i])]


def _may_be_of_table(text: str, block: Block) -> bool:
    return kind_of(text[block.start : block.end]) != "caption"


def _below(text: str, blocks: list[Block], index: int) -> list[int]:
    """A caption that stands below its table, and above no other."""
    after = [i for i in range(index + 1, min(index + 4, len(blocks))) if blocks[i].kind != "furniture"]
    if not after or blocks[after[0]].kind != "caption" or (len(after) > 1 and blocks[after[1]].kind == "table"):
        return []
    block = blocks[after[0]]
    return after[:1] if kind_of(text[block.start : block.end]) == "table_caption" else []


def _notes(text: str, blocks: list[Block], index: int) -> list[int]:
    """The blocks right below a table that are marked as its notes or read as such."""
    found: list[int] = []
    for at in range(index + 1, min(index + 1 + _MOST_NOTES, len(blocks))):
        block = blocks[at]
        content = text[block.start : block.end]
        told = block.kind == "paragraph" and len(content) <= _LONGEST_NOTE and is_note(content)
        if block.kind == "note" or told:
            found.append(at)
        elif block.kind != "furniture":
            break
    return found
