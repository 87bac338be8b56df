"""Where tables stand in a text of lines: runs of rows with their caption, heads and notes.

A caption claims the rows below it or, in a paper that sets captions under its tables, those above it. Rows
that no caption claims are a table where tabs, gaps or a list of values one per line leave no doubt.
"""

from __future__ import annotations

from dataclasses import dataclass

from hcclit.readers.lines import Line, is_label
from hcclit.readers.table_lines import Role, ends_sentence, has_gap, has_sentence_words, note_goes_on, role
from hcclit.readers.table_parts import caption_end

_MIN_ROWS = 2
_HEAD_LINES = 60  # heads may be set one word per line
_LABELS = 10  # lines without a value in a row, inside a table
_DESCRIPTION = 6  # lines that a caption may go on for
_NARROW = 200
_SHORT = 80
_BLANKS = 12


@dataclass(frozen=True, slots=True)
class Region:
    """First and last line of a table, caption and notes included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Growth:
    """How far a table reaches from where it was looked for, and what was found on the way."""

    edge: int
    rows: int

    @property
    def is_table(self) -> bool:
        return self.rows >= _MIN_ROWS


def table_regions(lines: list[Line]) -> list[Region]:
    """Find the tables, in order, not overlapping. Linear in the number of lines."""
    finder = _Finder(lines)
    captions = [i for i, line in enumerate(lines) if line.kind == "table_caption"]
    below = finder.captions_stand_below(captions)
    claimed: list[Region] = []
    for caption in captions:
        floor = claimed[-1].last + 1 if claimed else 0
        region = finder.claim(caption, floor, below) if caption >= floor else None
        if region is not None:
            claimed.append(region)
    return sorted([*claimed, *finder.unclaimed(claimed)], key=lambda region: region.first)


class _Finder:
    """Looks for tables among lines, whose roles it works out when they are first asked for."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self._roles: list[Role | None] = [None] * len(lines)

    def role(self, index: int) -> Role:
        found = self._roles[index]
        if found is None:
            found = self._roles[index] = role(self.lines[index])
        return found

    def captions_stand_below(self, captions: list[int]) -> bool:
        """Whether captions that have rows on one side only rather have them above."""
        votes = 0
        for number, caption in enumerate(captions):
            floor = captions[number - 1] + 1 if number else 0
            below, above = self.down(caption + 1).is_table, self.up(caption - 1, floor).is_table
            votes += above - below
        return votes > 0

    def claim(self, caption: int, floor: int, below: bool) -> Region | None:
        """The table of a caption; `below` says on which side captions stand in this paper."""
        down, up = self.down(caption + 1), self.up(caption - 1, floor)
        if up.is_table and (below or not down.is_table):
            return Region(up.edge, caption_end(self.lines, caption, running_on=True) - 1)
        single = down.rows == 1 and down.edge == caption + 1 and "\t" in self.lines[caption + 1].text
        return Region(caption, down.edge) if down.is_table or single else None

    def down(self, start: int) -> _Growth:
        """Go on while lines are rows, heads, labels and notes."""
        edge, rows, labels, extra, index = start - 1, 0, 0, 0, start
        values = 0
        while index < len(self.lines):
            kind = self.role(index)
            if kind == "prose" and self._may_be_label(index, rows):
                kind = "label"
            if kind in ("row", "value"):
                edge, rows, labels, values = index, rows + 1, 0, values + (kind == "value")
            elif kind == "note" and rows:
                edge = index = self._note_end(index)
            elif kind == "label" and self._fits_label(index, rows):
                labels += 1
            elif kind in ("prose", "note", "furniture"):
                extra += 1
                if not self._may_pass(index, start, rows, extra):
                    break
            elif kind not in ("blank", "rule"):
                break
            if labels > (_LABELS if rows > 2 * values else _HEAD_LINES):
                break
            index += 1
        return _Growth(edge, rows)

    def up(self, start: int, floor: int) -> _Growth:
        """Go up from a caption over notes, rows and labels to the heads of the table."""
        edge, rows, labels, extra, blanks = start + 1, 0, 0, 0, 0
        for index in range(start, floor - 1, -1):
            kind = self.role(index)
            blanks = blanks + 1 if kind == "blank" else 0
            if kind in ("row", "value"):
                edge, rows, labels = index, rows + 1, 0
            elif kind == "label" and self._is_upper_label(index):
                labels += 1
                edge = index if rows else edge
            elif kind == "prose" and not rows:
                extra += 1
            elif kind not in ("blank", "rule") and not (kind == "note" and not rows):
                break
            if labels > _LABELS or extra > _DESCRIPTION or blanks > _BLANKS or (kind == "prose" and rows):
                break
            if self.lines[index].page_start and rows and kind == "label":
                break
        return _Growth(self._without_title(edge, start), rows)

    def unclaimed(self, claimed: list[Region]) -> list[Region]:
        """Tables without a caption among the lines that no region has."""
        out: list[Region] = []
        taken = {region.first: region.last for region in claimed}
        index = floor = 0
        while index < len(self.lines):
            if index in taken:
                index = floor = taken[index] + 1
            elif self._opens_table(index):
                edge, found = self._run(index, taken)
                out += [Region(self._heads_above(index, floor), edge)] if found else []
                floor = edge + 1 if found else floor
                index = edge + 1
            else:
                index += 1
        return out

    def _run(self, start: int, taken: dict[int, int]) -> tuple[int, bool]:
        """The run of rows from `start`: its last line and whether it is a table for sure."""
        edge, labels, tabs, gaps, values = start, 0, 0, 0, 0
        for index in range(start, len(self.lines)):
            kind, text = self.role(index), self.lines[index].text
            if index in taken or kind in ("prose", "stop", "furniture") or labels > 4:
                break
            if kind == "note" and index > start:
                edge = max(edge, self._note_end(index)) if tabs >= 3 else edge
                break
            labels = labels + (kind == "label") if kind not in ("row", "value") else 0
            if kind in ("row", "value"):
                edge = index
                tabs, gaps = tabs + ("\t" in text), gaps + has_gap(text)
                values += kind == "value"
        return edge, tabs >= 3 or gaps >= 4 or (values >= 6 and self._stands_alone(start, edge))

    def _opens_table(self, index: int) -> bool:
        line = self.lines[index]
        previous = self.lines[index - 1] if index else None
        if (
            previous
            and previous.kind == "text"
            and self.role(index - 1) == "prose"
            and not ends_sentence(previous.text)
        ):
            return False
        if line.kind == "row":
            return has_gap(line.text)
        return line.kind in ("text", "furniture") and len(line.text) < 40 and self.role(index) == "value"

    def _stands_alone(self, first: int, last: int) -> bool:
        """Whether a list of values is no sentence broken into pieces (links to references)."""
        before = next((i for i in range(first - 1, -1, -1) if self.role(i) != "blank"), None)
        after = next((i for i in range(last + 1, len(self.lines)) if self.role(i) != "blank"), None)
        broken = before is not None and self.role(before) == "prose" and not ends_sentence(self.lines[before].text)
        goes_on = after is not None and (self.lines[after].text[:1].islower() or self.lines[after].text[:1] in ",.;)")
        return not (broken and goes_on)

    def _heads_above(self, first: int, floor: int) -> int:
        for index in range(first - 1, max(floor, first - 4) - 1, -1):
            line = self.lines[index]
            if self.role(index) != "label" or line.kind == "heading" or ends_sentence(line.text):
                break
            first = index
        return first

    def _note_end(self, index: int) -> int:
        """The last line of the note that begins at `index`."""
        while index + 1 < len(self.lines) and note_goes_on(self.lines[index], self.lines[index + 1]):
            index += 1
        return index

    def _may_pass(self, index: int, start: int, rows: int, extra: int) -> bool:
        """Running text may follow a caption for some lines; page furniture may stand inside a table."""
        if self.role(index) == "furniture":
            return extra <= _DESCRIPTION
        if all(self.role(i) == "blank" for i in range(start, index)) and is_label(self.lines[start - 1].text):
            return True  # the caption itself, below its number
        adjacent = all(self.role(i) != "blank" for i in range(max(start, index - _DESCRIPTION), index))
        narrow = len(self.lines[index].text) <= _NARROW
        return not rows and extra <= _DESCRIPTION and narrow and (adjacent or self.role(index) == "note")

    def _may_be_label(self, index: int, rows: int) -> bool:
        """A long head without verb or article, or a label whose second line is a row: their place tells."""
        text = self.lines[index].text
        if ends_sentence(text) or len(text) > _NARROW:
            return False
        after = self.lines[index + 1] if index + 1 < len(self.lines) else None
        broken = after is not None and after.text[:1].islower() and self.role(index + 1) == "row"
        return (rows < _MIN_ROWS and not has_sentence_words(text)) or (broken and len(text) <= _SHORT)

    def _fits_label(self, index: int, rows: int) -> bool:
        """A section's title ends a table, unless a row comes right after it."""
        if self.lines[index].kind != "heading" or not rows:
            return True
        after = next((i for i in range(index + 1, min(index + 3, len(self.lines))) if self.role(i) != "blank"), None)
        return after is not None and self.role(after) == "row"

    def _is_upper_label(self, index: int) -> bool:
        text = self.lines[index].text
        return not ends_sentence(text) or text.endswith(("al.", "No."))

    def _without_title(self, first: int, last: int) -> int:
        """A section's title above a table is none of its heads."""
        while first < last and (self.lines[first].kind == "heading" or self.role(first) == "blank"):
            first += 1
        return first
