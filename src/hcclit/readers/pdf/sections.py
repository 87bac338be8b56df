"""Sections of a PDF's blocks: by headings, by titles that run into their text, by place for an untitled abstract."""

from __future__ import annotations

import re
from dataclasses import replace

from hcclit.document import Block
from hcclit.readers.pdf.kinds import is_front_note
from hcclit.readers.section_tracker import SectionTracker
from hcclit.readers.sections import section_of
from hcclit.records import Section

_FIGURE = re.compile(r"(?:\w+ )?(?:fig|scheme|chart|plate)", re.I)
_TITLED = re.compile(r"(?:abstract|summary)\b", re.I)
_ENTRY = re.compile(r"\[?\d{1,3}[\].)]?\s+\S")
_NUMBER = re.compile(r"\[?(\d{1,3})[\].)]?\s+\S")
_CITED = re.compile(r"\b(?:19|20)\d\d\b.{0,40}?\d\s?[:;,(–-]\s?[eE]?\d|\b\d+\s?[,:;(].{0,40}?\b(?:19|20)\d\d\b")
"""What an entry of a list of references has: a year beside a volume and pages."""
_FEWEST_ENTRIES = 5
_MOST_BETWEEN = 3  # blocks between two entries: the rest of one that a column cuts, a page's head
_LEAST_ABSTRACT = 40  # words


_BESIDE = (None, "front", "figure", "table")


def with_sections(text: str, blocks: list[Block], leads: list[str]) -> tuple[Block, ...]:
    """Give each block its section; entries of the list of references become blocks of their own kind.

    Args:
        text: the text of the paper.
        blocks: its blocks.
        leads: the bold text that each begins with, empty if it has none or is bold as a whole.
    """
    contents = [text[b.start : b.end].replace("\n", " ") for b in blocks]
    kickers = _kickers(contents, blocks)
    abstract = _untitled_abstract(contents, blocks, kickers)
    titles = [c for i, c in enumerate(contents) if blocks[i].kind == "heading" and i not in kickers]
    tracker = SectionTracker([*titles, *leads])
    out: list[Block] = []
    for i, (block, content) in enumerate(zip(blocks, contents, strict=True)):
        if i in abstract:
            out.append(replace(block, section="abstract"))
            continue
        if block.kind == "paragraph" and leads[i]:
            tracker.run_in(leads[i])
        if i not in kickers:
            tracker.follow(block.kind, content)
        entry = tracker.in_references and (block.kind == "paragraph" or _is_entry(block, content))
        below_table = block.kind == "note" and _is_of_table(out)
        section = "table" if below_table else _section(block, content, tracker.section)
        out.append(replace(block, kind="reference" if entry else block.kind, section=section))
    for i in _untitled_references(contents, blocks):
        if out[i].kind in ("paragraph", "note", "heading"):
            out[i] = replace(out[i], kind="reference", section="back")
    first = next((i for i, block in enumerate(out) if block.section not in _BESIDE), 0)
    return tuple(replace(b, section="front") if i < first and b.section is None else b for i, b in enumerate(out))


def _untitled_references(contents: list[str], blocks: list[Block]) -> set[int]:
    """The blocks from the first to the last entry of lists that count up from 1 and cite, wherever they stand."""
    out: set[int] = set()
    entries: list[int] = []
    text = [i for i, block in enumerate(blocks) if block.kind != "furniture"]
    matches = ((at, _NUMBER.match(contents[i])) for at, i in enumerate(text))
    for at, number in [(at, int(match[1])) for at, match in matches if match is not None] + [(len(text), 0)]:
        if entries and (number != len(entries) + 1 or at - entries[-1] > _MOST_BETWEEN):
            cited = sum(bool(_CITED.search(contents[text[entry]])) for entry in entries)
            if len(entries) >= _FEWEST_ENTRIES and cited > 0.6 * len(entries):
                out.update(text[entries[0] : entries[-1] + 1])
            entries = []
        if number == len(entries) + 1:
            entries.append(at)
    return out


def _is_entry(block: Block, content: str) -> bool:
    """Whether a line that looks like a heading is one of the list's entries."""
    return block.kind in ("heading", "note") and section_of(content) is None and bool(_ENTRY.match(content))


def _kickers(contents: list[str], blocks: list[Block]) -> set[int]:
    """Headings before a paper's title that name its type (`Case Report`), not a part of it."""
    out: set[int] = set()
    for i, block in enumerate(blocks):
        if block.kind == "paragraph":
            break
        if block.kind != "heading" or section_of(contents[i]) in (None, "abstract", "introduction"):
            continue
        following = next((j for j in range(i + 1, len(blocks)) if blocks[j].kind != "furniture"), None)
        if following is not None and blocks[following].kind == "heading" and section_of(contents[following]) is None:
            out.add(i)
    return out


def _is_of_table(before: list[Block]) -> bool:
    """Whether the last block beside furniture is a table's."""
    last = next((block for block in reversed(before) if block.kind != "furniture"), None)
    return last is not None and last.section == "table"


def _section(block: Block, content: str, section: Section | None) -> Section | None:
    if block.kind == "caption":
        return "figure" if _FIGURE.match(content) else "table"
    if block.kind == "table":
        return "table"
    return "front" if block.kind == "furniture" else section


def _untitled_abstract(contents: list[str], blocks: list[Block], kickers: set[int]) -> set[int]:
    """The long paragraphs before the introduction's title, if no title says that they are the abstract."""
    opening = None
    for i, block in enumerate(blocks):
        section = section_of(contents[i]) if block.kind == "heading" and i not in kickers else None
        if section == "abstract" or (block.kind == "paragraph" and _TITLED.match(contents[i])):
            return set()
        if section == "introduction":
            opening = i
        if section is not None:
            break
    before = [i for i in range(opening or 0) if blocks[i].kind == "paragraph"]
    return {i for i in before if len(contents[i].split()) >= _LEAST_ABSTRACT and not is_front_note(contents[i])}
