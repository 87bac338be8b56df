"""The year of a date that is written without one: its neighbour's in a list, else one of its own sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from hcclit.dates.model import Element, joined
from hcclit.sentences import sentence_spans

_INTERVAL = re.compile(r"\s*(?:-|(?:to|until|till|through|thru|up to)\b)")
_BETWEEN = re.compile(r"\b(?:between|from)\s(?:\w+\s)?$", re.IGNORECASE)
# "May" and "March" begin sentences and names too; without a year of its own a month needs its preposition
_TIME_WORD = re.compile(
    r"\b(?:in|on|since|until|till|from|to|by|between|and|or|of|during|mid|early|late|after|before"
    r"|through|again|around)[\s-](?:the\s)?$",
    re.IGNORECASE,
)

_MOST = 12  # months of one year that a sentence goes through


def fill_years(text: str, elements: list[Element]) -> None:
    """Give dates without a year the year that the text gives them; the others keep `year` None.

    Args:
        text: the whole text.
        elements: all dates of it, in order.
    """
    for left, right in reversed(list(pairwise(elements))):
        if left.year is None and right.year is not None and joined(text, left, right):
            left.year = _shared_year(text, left, right)
    if any(element.year is None for element in elements):
        _fill_from_sentences(text, elements)


def _shared_year(text: str, left: Element, right: Element) -> int | None:
    """`July and September 2007`; over new year (`November to January 2011`) an interval's is a year less."""
    if left.month is None or right.month is None or right.year is None:
        return None
    if (left.month, left.day or 0) <= (right.month, right.day or 31):
        return right.year
    interval = _INTERVAL.match(text[left.end : right.start]) or _BETWEEN.search(
        text[max(0, left.start - 20) : left.start]
    )
    return right.year - 1 if interval else None


def _fill_from_sentences(text: str, elements: list[Element]) -> None:
    sentences: list[tuple[int, int]] = []
    line_end = -1
    at = 0
    for index, element in enumerate(elements):
        if element.year is not None:
            continue
        if element.start >= line_end:
            line_start = text.rfind("\n", 0, element.start) + 1
            line_end = text.find("\n", element.start)
            line_end = len(text) if line_end < 0 else line_end
            sentences, at = sentence_spans(text, line_start, line_end), 0
        while at + 1 < len(sentences) and sentences[at][1] <= element.start:
            at += 1
        if _TIME_WORD.search(text[max(0, element.start - 16) : element.start]):
            element.year = _year_nearby(elements, index, sentences[at])


def _year_nearby(elements: list[Element], index: int, sentence: tuple[int, int]) -> int | None:
    """The year of the date before in the sentence, if months go on from it; else that of the date after."""
    own = elements[index]
    if index > 0 and elements[index - 1].start >= sentence[0]:
        before = elements[index - 1]
        return before.year if before.month is None or _order(before) <= _order(own) else None
    last = own
    for after in elements[index + 1 : index + 1 + _MOST]:
        if after.start >= sentence[1] or after.month is None or _order(last) > _order(after):
            return None
        if after.year is not None:
            return after.year
        last = after  # `119 in May, 85 in June and 7 in August 2011`
    return None


def _order(element: Element) -> tuple[int, int]:
    return (element.month or 0, element.day or 0)
