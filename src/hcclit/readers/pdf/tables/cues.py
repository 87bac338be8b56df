"""Whether a line of a table begins a new row or goes on with the cells of the line above."""

from __future__ import annotations

import re

from hcclit.readers.pdf.tables.pieces import Piece

Line = dict[int, Piece]
"""The pieces of one line by column."""

_HANGING = re.compile(
    r"(?:[,/(\[±=<>≤≥:&+–-]|\b(?:and|or|of|in|with|the|a|an|to|for|by|at|from|on|per|vs\.?|versus|than|no\.?|not|after|before"
    r"|between|without|during|as|plus|mean|median))$",
    re.I,
)
_GOES_ON = re.compile(r"[a-z)\]%±,;/]|[(\[]")
_INDENT = 0.6  # ems


def begins_row(above: Line, line: Line, em: float, columns: int) -> float:
    """How much speaks for a new row (above 0) or for going on (below 0), the distance of the lines left aside."""
    score = 0.0
    both = [c for c in line if c in above]
    stacked = _stacked(above, line)
    score += min(len(stacked), 2) * 1.0 + 0.5 * bool(stacked)
    if any(c not in above and c > 0 for c in line) and set(above) != {0}:
        score += 1.0
    score += _label_cue(above, line, em)
    words = [c for c in both if c > 0 and c not in stacked]
    goes_on = sum(continues(above[c].text, line[c].text) for c in words)
    score -= 0.8 * min(goes_on, 2)
    if len(line) == 1 and words and not any(line[c].is_value for c in words):
        score -= 0.5
    if len(line) >= max(3, 0.8 * columns) and not goes_on:
        score += 0.5
    return score


def _stacked(above: Line, line: Line) -> list[int]:
    """The columns in which a value stands below another; one in brackets may belong to the one above it.

    Unless that is in brackets too, and others beside it are stacked.
    """
    values = [c for c in line if c in above and above[c].is_value and line[c].is_value]
    values = [c for c in values if not unfinished(above[c].text)]
    plain = [c for c in values if line[c].text[0] not in "([±"]
    return plain and [c for c in values if c in plain or line[c].text[0] == above[c].text[0]]


def _label_cue(above: Line, line: Line, em: float) -> float:
    if 0 not in line:
        opening = all(_GOES_ON.match(piece.text) for piece in line.values())
        return -1.0 - opening
    label = line[0]
    if 0 not in above:
        return 1.0
    before = above[0]
    indent = (label.x0 - before.x0) / em
    if before.text.endswith(":") and set(above) == {0}:
        return 0.8  # a title of the rows below it
    if unfinished(before.text):
        return -1.8
    if _GOES_ON.match(label.text):
        listed = before.text[:1].islower() and len(line) > 1 and len(above) > 1
        return 0.5 if listed else -1.4
    return 0.8 + 0.7 * (abs(indent) > _INDENT) + 0.7 * (label.bold != before.bold)


def continues(before: str, text: str) -> bool:
    """Whether a cell's line goes on with the one before it."""
    return bool(unfinished(before) or _GOES_ON.match(text))


def unfinished(text: str) -> bool:
    """Whether a line ends where no cell does."""
    return bool(_HANGING.search(text)) or text.count("(") > text.count(")") or text.count("[") > text.count("]")
