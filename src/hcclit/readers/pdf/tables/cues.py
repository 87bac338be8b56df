"""Whether a line of a table begins a new row or goes on with the cells of the line above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hcclit.readers.pdf.tables.pieces import Piece

Line = dict[int, Piece]
"""The pieces of one line by column."""

_HANGING = re.compile(
    r"(?:[,/(\[±=<>≤≥&+–-]|\b(?:and|or|of|in|with|the|a|an|to|for|by|at|from|on|per|vs\.?|versus|than|no\.?|not|after|before"
    r"|between|without|during|as|plus))$",
    re.I,
)
_GOES_ON = re.compile(r"[a-z)\]%±,;/]|[(\[]")
_SHORTEST = 3  # signs; `-` says that there is no value
_INDENT = 0.6  # ems
_HAD_ROOM, _NO_ROOM = 0.6, -0.4


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table's body is set.

    `widths` has the width of each column's widest piece, `low` the columns whose cells begin in lower case.
    """

    em: float
    widths: list[float]
    low: frozenset[int]

    def begins_row(self, above: Line, line: Line, last: Line | None = None) -> float:
        """How much speaks for a new row (above 0) or for going on (below 0), the distance of the lines left aside.

        Args:
            above: the lowest pieces of the row above.
            line: those of the line.
            last: those of the line above, if the row above has several.
        """
        last = above if last is None else last
        both = [c for c in line if c in above]
        stacked = self._stacked(above, line)
        words = [c for c in both if c > 0 and c not in stacked]
        goes_on = sum(self._goes_on(c, above, line) for c in words)
        score = min(len(stacked), 2) + 0.5 * bool(stacked) - 0.8 * min(goes_on, 2)
        if any(c not in last and c > 0 for c in line) and set(last) != {0}:
            score += 1.0
        score += self._label(above, line) + self._room(above, line, [c for c in both if c not in stacked])
        if len(line) == 1 and words and not any(line[c].is_value for c in words):
            score -= 0.5
        if len(line) >= max(3, 0.8 * len(self.widths)) and not goes_on:
            score += 0.5
        return score

    def _stacked(self, above: Line, line: Line) -> list[int]:
        """The columns in which a value stands below another; those in brackets only beside others."""
        values = [c for c in line if c in above and above[c].is_value and line[c].is_value]
        values = [c for c in values if not self._goes_on(c, above, line)]
        return values if any(line[c].text[0] not in "([±" for c in values) else []

    def _goes_on(self, column: int, above: Line, line: Line) -> bool:
        return self.continues(column, above[column].text, line[column].text)

    def continues(self, column: int, before: str, text: str) -> bool:
        """Whether a cell's line goes on with the one before it."""
        again = before[:1] == text[:1] and text[:1] in "([±"
        low = column in self.low and text[:1].islower()
        return unfinished(before) or bool(_GOES_ON.match(text) and not again and not low)

    def _label(self, above: Line, line: Line) -> float:
        if 0 not in line:
            return -1.0 - all(_GOES_ON.match(piece.text) for piece in line.values())
        if 0 not in above:
            return 1.0
        label, before = line[0], above[0]
        if before.text.endswith(":") and set(above) == {0}:
            return 0.8  # a title of the rows below it
        if unfinished(before.text):
            return -1.8
        if _GOES_ON.match(label.text):
            listed = (before.text[:1].islower() or 0 in self.low) and len(line) > 1 and len(above) > 1
            return 0.5 if listed else -1.4
        indented = abs(label.x0 - before.x0) > _INDENT * self.em
        return 0.8 + 0.7 * indented + 0.7 * (label.bold != before.bold)

    def _room(self, above: Line, line: Line, columns: Iterable[int]) -> float:
        """A line that had room for the next one's first word was not broken for want of it."""
        full = False
        for c in columns:
            before, piece, width = above[c], line[c], self.widths[c]
            if self._goes_on(c, above, line):
                continue
            needed = before.x1 - before.x0 + 0.25 * self.em + piece.words[0].x1 - piece.words[0].x0
            if needed < 0.97 * width:
                return _HAD_ROOM
            full |= len(before.words) > 1 and before.x1 - before.x0 > 0.5 * width
        return _NO_ROOM if full else 0.0


def setting_of(lines: Sequence[Line], em: float, columns: int) -> Setting:
    """How the lines of a body are set."""
    found = [[line[c] for line in lines if c in line] for c in range(columns)]
    widths = [max((piece.x1 - piece.x0 for piece in pieces), default=0.0) for pieces in found]
    low = frozenset(c for c, pieces in enumerate(found) if pieces and pieces[0].text[:1].islower())
    return Setting(em, widths, low)


def unfinished(text: str) -> bool:
    """Whether a line ends where no cell does."""
    if len(text) < _SHORTEST:
        return text in "(["
    return bool(_HANGING.search(text)) or text.count("(") > text.count(")") or text.count("[") > text.count("]")
