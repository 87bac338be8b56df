"""What stands in a paper before its first section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hcclit.document import Block

_ABSTRACT = 200  # signs of a paragraph that is more than a title or the names of authors


def before_sections(blocks: Sequence[Block]) -> Iterator[Block]:
    """What stands before an abstract is front matter; before an introduction, the abstract may lack its title."""
    sections = (b.section for b in blocks if b.section not in (None, "front", "table", "figure"))
    opening = next(sections, None)
    for block in blocks:
        if block.section is None and opening == "abstract":
            yield replace(block, section="front")
        elif block.section is None and opening == "introduction":
            is_abstract = block.kind == "paragraph" and block.end - block.start > _ABSTRACT
            yield replace(block, section="abstract" if is_abstract else "front")
        else:
            yield block
