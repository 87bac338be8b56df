"""A table as rows with labels and cells, before it is known which block heads a row stands under."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Span = tuple[int, int]
Heads = dict[int, tuple[Span, ...]]
"""The heads over each column, from the top down."""

_MARKS = re.compile(r"(?:\s*[*†‡§¶#∗‖ᵃ-ᶻ]|(?<=[\d)%\]])\s+[a-h](?:,\s?[a-h])*$)+$")

_MARK_ROOM = 16


@dataclass(slots=True)
class GridRow:
    """A row: its label's place (None if it has none), how far it is indented, its cells by column."""

    label: Span | None
    indent: int = 0
    cells: dict[int, Span] = field(default_factory=dict)
    opens_block: bool = True  # a row without cells that is rather a text row than a block's head does not
    heads: Heads | None = None  # where a row within the table sets its columns anew


@dataclass(slots=True)
class Grid:
    """The rows of a table in order, its column heads and the head over the row labels."""

    rows: list[GridRow] = field(default_factory=list)
    heads: Heads = field(default_factory=dict)
    stub: tuple[Span, ...] = ()
    head_starts: set[int] = field(default_factory=set)
    """Where the fields of rows of heads begin, placed over columns or not; known of tab-separated tables."""


def bare(text: str, span: Span) -> Span:
    """A cell's span without footnote marks at its end; a cell that is only a mark stays."""
    start, end = span
    match = _MARKS.search(text, max(start, end - _MARK_ROOM), end)
    return (start, match.start()) if match and match.start() > start else span
