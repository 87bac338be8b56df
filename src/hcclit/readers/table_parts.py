"""The parts of a table's lines: caption, body (heads and rows) and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hcclit.readers.lines import Line, is_label
from hcclit.readers.table_lines import ends_sentence, has_sentence_words, note_goes_on, role

Span = tuple[int, int]
_SHORT = 80
_HANGS = re.compile(r"(?:[,(–-]|\b(?:and|or|of|in|with|the|a|to|for|by|at|from|on|after|before|between|versus|vs\.?))$")


@dataclass(frozen=True, slots=True)
class Field:
    """A filled field of a source's own grid: its place in the text, its row and column, how many of each it covers."""

    start: int
    end: int
    row: int
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Parts:
    """Spans of caption lines and note lines; the lines of heads and rows, and how many are heads if it is known.

    `fields` are all filled fields where the format has a grid of its own; else the grid is read from the lines.
    """

    caption: list[Span] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    heads: int | None = None
    fields: list[Field] = field(default_factory=list)


def table_parts(lines: list[Line]) -> Parts:
    """Tell caption, body and notes of a table's region apart. Linear in the number of lines."""
    parts = Parts()
    caption = next((i for i, line in enumerate(lines) if line.kind == "table_caption"), None)
    start = 0
    if caption is not None:
        start = caption_end(lines, caption, running_on=caption > 0)
        parts.caption = [(line.start, line.end) for line in lines[caption:start] if line.kind != "blank"]
    inside = lines[:caption] if caption else lines[start:]  # a caption below its table is its last line
    note = _first_note(inside)
    parts.body = [line for line in inside[:note] if _is_body(line)]
    parts.notes = [(line.start, line.end) for line in inside[note:] if line.kind != "blank"]
    return parts


def caption_end(lines: list[Line], caption: int, running_on: bool = False) -> int:
    """The index after a caption's last line; `running_on` says that text may follow it without a break."""
    end = caption + 1
    while end < len(lines):
        before, line = lines[end - 1], lines[end]
        if line.kind == "blank":
            if not is_label(before.text) or end > caption + 1:
                break
        elif (running_on and ends_sentence(before.text)) or not _goes_on(before, line):
            break
        end += 1
    return end


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line goes on with the caption line before it."""
    kind = role(line)
    if before.kind == "blank" or (before.kind == "table_caption" and is_label(before.text)):
        return kind in ("label", "prose")
    if kind == "prose":
        return has_sentence_words(line.text) or (ends_sentence(line.text) and not ends_sentence(before.text))
    if kind != "label" or ends_sentence(before.text):
        return False
    return line.text[0].islower() or bool(_HANGS.search(before.text)) or ends_sentence(line.text)


def _first_note(lines: list[Line]) -> int:
    """Where the notes begin: the first note after a row that no rows follow."""
    seen, index = False, 0
    candidate = len(lines)
    while index < len(lines):
        kind = role(lines[index])
        if kind == "note" and seen:
            candidate = min(candidate, index)
            while index + 1 < len(lines) and note_goes_on(lines[index], lines[index + 1]):
                index += 1
        elif kind in ("row", "value"):
            seen, candidate = True, len(lines)
        index += 1
    return candidate


def _is_body(line: Line) -> bool:
    """Rows, labels and heads; running text only if it is so short that it may be a label."""
    kind = role(line)
    label = not has_sentence_words(line.text) or len(line.text) <= _SHORT
    return kind in ("row", "value", "label", "rule") or (kind == "prose" and label and not ends_sentence(line.text))
