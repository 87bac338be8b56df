"""Bounded looks at the text around a place, so that a paper of one endless sentence costs no more than another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hcclit.language import Analysis, Sentence
from hcclit.mention import Mention

_REACH = 800
"""Signs before and after a mention that can tell whom it is about: more than the longest sentence of sound prose."""

T = TypeVar("T")


def cached(analysis: Analysis, name: str, make: Callable[[Analysis], T]) -> T:
    """A fact about the whole paper, made once."""
    key = f"linking.{name}"
    if key not in analysis.cache:
        analysis.cache[key] = make(analysis)
    found: T = analysis.cache[key]
    return found


def before(analysis: Analysis, sentence: Sentence, offset: int) -> str:
    """The sentence up to a place, the nearest part of it if it is endless."""
    return analysis.text[max(sentence.start, offset - _REACH) : offset]


def around(analysis: Analysis, sentence: Sentence, mention: Mention) -> tuple[int, int]:
    """The part of a sentence that can tell of a mention: all of it, unless it is endless."""
    return max(sentence.start, mention.start - _REACH), min(sentence.end, mention.end + _REACH)


def words_around(analysis: Analysis, sentence: Sentence, mention: Mention) -> str:
    """The text of `around`."""
    start, end = around(analysis, sentence, mention)
    return analysis.text[start:end]


def passages(analysis: Analysis) -> dict[int, list[Sentence]]:
    """The sentences of each paragraph."""
    return cached(analysis, "passages", _passages)


def _passages(analysis: Analysis) -> dict[int, list[Sentence]]:
    grouped: dict[int, list[Sentence]] = {}
    for sentence in analysis.sentences:
        grouped.setdefault(sentence.passage, []).append(sentence)
    return grouped
