"""The sentences before a finding that tell of the same visit: time has not moved on since."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.language import Analysis, Sentence
from hcclit.linking.nearby import cached, passages

_MOVES_ON = re.compile(
    r"\b(?:later|after(?:wards)?|subsequent(?:ly)?|then|thereafter|next|following|during|until|since"
    r"|eventually|finally|postoperative(?:ly)?"
    r"|currently|at discharge|follow-up|(?:was|were) (?:performed|started|initiated|given|administered"
    r"|resected|treated|discharged|done)"
    r"|underwent|received|treated with|one (?:day|week|month|year))\b",
    re.IGNORECASE,
)
_VISIT_LENGTH = 20
"""Sentences after which nobody remembers a date that was given before."""


def sentences_of_visit(analysis: Analysis, sentence: Sentence) -> Iterator[Sentence]:
    """Earlier sentences of the paragraph, nearest first, up to the one after which time moves on.

    The sentence in which time moves on is the last one given: it may be the visit's own.
    """
    if moves_on(analysis, sentence):
        return
    told = passages(analysis)[sentence.passage]
    here = sentence.index - told[0].index
    for earlier in reversed(told[max(0, here - _VISIT_LENGTH) : here]):
        yield earlier
        if moves_on(analysis, earlier):
            return


def moves_on(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence tells of a later time than the one before it."""
    seen: dict[int, bool] = cached(analysis, "moves_on", lambda _: {})
    if sentence.index not in seen:
        seen[sentence.index] = bool(_MOVES_ON.search(sentence.text))
    return seen[sentence.index]
