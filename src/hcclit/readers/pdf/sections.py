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
_LEAST_ABSTRACT = 40  # words


def with_sections(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    """Give each block its section; entries of the list of references become blocks of their own kind."""
    tracker = SectionTracker(text[b.start : b.end].replace("\n", " ") for b in blocks if b.kind == "heading")
    abstract = _untitled_abstract(text, blocks)
    out: list[Block] = []
    for i, block in enumerate(blocks):
        content = text[block.start : block.end].replace("\n", " ")
        if i in abstract:
            out.append(replace(block, section="abstract"))
            continue
        if block.kind == "heading":
            tracker.heading(content)
        elif block.kind == "paragraph":
            tracker.paragraph(content)
        elif block.kind == "furniture":
            tracker.furniture(content)
        kind = "reference" if tracker.in_references and block.kind == "paragraph" else block.kind
        out.append(replace(block, kind=kind, section=_section(block, content, tracker.section)))
    first = next((i for i, block in enumerate(out) if block.section == "abstract"), 0)
    return tuple(replace(b, section="front") if i < first and b.section is None else b for i, b in enumerate(out))


def _section(block: Block, content: str, section: Section | None) -> Section | None:
    if block.kind == "caption":
        return "figure" if _FIGURE.match(content) else "table"
    if block.kind == "table":
        return "table"
    return "front" if block.kind == "furniture" else section


def _untitled_abstract(text: str, blocks: list[Block]) -> set[int]:
    """The long paragraphs before the introduction's title, if no title says that they are the abstract."""
    opening = None
    for i, block in enumerate(blocks):
        content = text[block.start : block.end].replace("\n", " ")
        section = section_of(content) if block.kind == "heading" else None
        if section == "abstract" or (block.kind == "paragraph" and re.match(r"(?:abstract|summary)\b", content, re.I)):
            return set()
        if section == "introduction":
            opening = i
        if section is not None:
            break
    if opening is None:
        return set()
    before = [(i, text[b.start : b.end]) for i, b in enumerate(blocks[:opening]) if b.kind == "paragraph"]
    return {i for i, content in before if len(content.split()) >= _LEAST_ABSTRACT and not is_front_note(content)}
