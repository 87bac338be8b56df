"""Where tables stand in a text of lines: runs of rows with their caption, heads and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.readers.lines import Line

_MIN_ROWS = 2
_SHORT = 70
_NOTE = re.compile(r"[*†‡§¶#∗]|[a-e][A-Z]|(?:Notes?|Abbreviations?|Values?|Data)\b|[\w-]+[,:=] [\w ()/-]+[;,.]")


@dataclass(frozen=True, slots=True)
class Region:
    """First and last line of a table, caption and notes included."""

    first: int
    last: int


def table_regions(lines: list[Line]) -> list[Region]:
    """Find the tables, in order, not overlapping. A table needs a caption and two rows, or tab-separated rows."""
    regions: list[Region] = []
    index = 0
    while index < len(lines):
        if lines[index].kind == "table_caption":
            region = _after_caption(lines, index)
        elif lines[index].kind == "row":
            region = _before_caption(lines, index, regions[-1].last + 1 if regions else 0)
        else:
            region = None
        if region is None:
            index += 1
            continue
        regions.append(region)
        index = region.last + 1
    return regions


def _after_caption(lines: list[Line], caption: int) -> Region | None:
    last, rows = _extend(lines, caption + 1)
    return Region(caption, last) if rows >= _MIN_ROWS else None


def _before_caption(lines: list[Line], first_row: int, floor: int) -> Region | None:
    """A run of rows whose caption comes below it; heads above the first row belong to it."""
    last, rows = _extend(lines, first_row)
    after = next((i for i in range(last, min(last + 4, len(lines))) if lines[i].kind == "table_caption"), None)
    if rows < _MIN_ROWS + 1 or after is None:
        return None
    first = first_row
    while first > floor and _is_label(lines[first - 1]):
        first -= 1
    return Region(first, after)


def _extend(lines: list[Line], index: int) -> tuple[int, int]:
    """Go on while lines are rows, short labels or notes; return the last such line and the number of rows."""
    last, rows, labels = index - 1, 0, 0
    for at in range(index, len(lines)):
        line = lines[at]
        if line.kind == "blank":
            continue
        if line.kind == "row":
            rows, labels, last = rows + 1, 0, at
        elif _is_note(line) and rows >= _MIN_ROWS:
            last = at
        elif _is_label(line) and labels < 8 and not _starts_text(lines, at):
            labels += 1
            if _row_follows(lines, at):
                last = at
        elif last >= index and lines[last].kind != "row" and _goes_on(lines[last], line):
            last = at
        else:
            break
    return last, rows


def _row_follows(lines: list[Line], at: int) -> bool:
    ahead = [line for line in lines[at + 1 : at + 12] if line.kind != "blank"][:8]
    for line in ahead:
        if line.kind == "row":
            return True
        if not _is_label(line):
            return False
    return False


def _is_label(line: Line) -> bool:
    return line.kind in ("text", "heading") and len(line.text) <= _SHORT and not line.text.endswith(".")


def _is_note(line: Line) -> bool:
    return line.kind == "text" and bool(_NOTE.match(line.text))


def _goes_on(previous: Line, line: Line) -> bool:
    """A second line of a note."""
    return _is_note(previous) and line.kind == "text" and line.text[:1].islower() and not line.page_start


def _starts_text(lines: list[Line], at: int) -> bool:
    """A short line whose next line is running text is that text's heading, not a table's label."""
    following = next((line for line in lines[at + 1 : at + 3] if line.kind != "blank"), None)
    return following is not None and following.kind == "text" and len(following.text) > _SHORT
