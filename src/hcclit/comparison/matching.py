"""Which record of one reading answers which of the other: by value and context, never by offset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from hcclit.comparison.contexts import words_of
from hcclit.comparison.readings import Reading
from hcclit.evaluation import LINES, Line, Matching, line_of
from hcclit.evaluation.assignment import Edge, Gain
from hcclit.evaluation.matching import assign, gain
from hcclit.records import Record, sort_key

LEAST_LIKE = 0.4
"""Likeness of contexts from which records of equal core fields are one mention."""
LEAST_LIKE_OF_UNLIKE = 0.6
"""Likeness from which records of other values are one mention that was read in two ways."""
_MOST_CANDIDATES = 30
"""Of one record, the likest first; a table may have hundreds of the same number."""


def match_readings(left: Reading, right: Reading) -> dict[Line, Matching]:
    """Match the records of two readings, each line by itself, one to one.

    The assignment has the most pairs of equal core fields, then the most pairs, then the likest contexts.
    """
    lines: defaultdict[Line, tuple[list[Record], list[Record]]] = defaultdict(lambda: ([], []))
    for side, reading in enumerate((left, right)):
        for record in sorted(reading.records, key=sort_key):
            lines[line_of(record)][side].append(record)
    return {line: _match(lines[line], (left, right)) for line in LINES if line != "micro"}


def _match(sides: tuple[list[Record], list[Record]], readings: tuple[Reading, Reading]) -> Matching:
    left, right = ([both.contexts[r.start, r.end] for r in side] for side, both in zip(sides, readings, strict=True))
    gains: dict[Edge, Gain] = {}
    for i, candidates in enumerate(_candidates(sides)):
        place = i * len(right) // len(left)
        alike = [(left[i].likeness(right[j]), -abs(j - place), j) for j in candidates]
        for likeness, _, j in sorted(alike, reverse=True)[:_MOST_CANDIDATES]:
            worth = _gain((sides[0][i], sides[1][j]), likeness)
            if worth is not None:
                gains[i, j] = worth
    return assign(*sides, gains)


def _candidates(sides: tuple[Sequence[Record], Sequence[Record]]) -> Iterator[set[int]]:
    """For each record of the left side those of the right that share a word or a number of their spans with it."""
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for j, record in enumerate(sides[1]):
        for word in words_of(record.text):
            by_word[word].append(j)
    for record in sides[0]:
        yield {j for word in words_of(record.text) for j in by_word[word]}


def _gain(pair: tuple[Record, Record], likeness: float) -> Gain | None:
    """What matching two records is worth, as criteria of `best_assignment`; None if they are not one mention."""
    if likeness < LEAST_LIKE:
        return None
    is_core, is_full, _, equal_fields, _, beside = gain(*pair)
    if not is_core and likeness < LEAST_LIKE_OF_UNLIKE:
        return None
    return (is_core, 1, round(1000 * likeness), is_full, equal_fields, beside)
