"""Citation marks in running text, so that reference numbers are never read as results.

Four styles: `[7,8]`, `(3,4)` where the paper numbers its references in brackets, numbers run on after a word
or a full stop (`trials.8,9`, from superscripts), and author-year (`(Tanabe 1999; Oduya 2003)`).
"""

from __future__ import annotations

import re
from itertools import pairwise

_LIST = r"\d{1,3}(?:\s?[,;-]\s?\d{1,3}){0,30}"  # bounded: hostile text must not cost the square of its length
_SQUARE = re.compile(rf"\[\s?{_LIST}\s?\]")
_ROUND = re.compile(rf"(?<=[A-Za-z.®)%])\s?\((?P<numbers>{_LIST})\)")
# "Fig.1" and "no.5" are no citations; a full stop after a word of three letters or more is
_RUN_ON = re.compile(rf"(?<=[a-zA-Z)\]%\d][.,;:])(?<!Fig\.)(?<!No\.)(?<!no\.)(?<!vs\.)(?P<numbers>{_LIST})(?=\s|$|\))")
_RUN_ON_WORD = re.compile(r"(?<=[a-z]{3})\d{1,3}(?:[,-]\d{1,3}){1,30}(?=[\s.,;)]|$)")
_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?"
)
_AUTHOR_YEAR = re.compile(
    r"\((?:(?:e\.g\.,?|see|reviewed in)\s)?"
    rf"(?:(?!(?:{_MONTH})\b)[A-Z][^()\d;]{{1,60}}?,?\s"
    r"(?:19|20)\d\d[a-z]?(?:,\s?(?:19|20)\d\d[a-z]?)*(?:;\s)?)+\)"
)
_FIRST_REFERENCES = range(1, 4)


def find_citations(text: str) -> list[tuple[int, int]]:
    """Spans of citation marks in a cleaned text, sorted, not overlapping."""
    spans = [m.span() for m in _SQUARE.finditer(text) if not _follows_number(text, m.start())]
    spans += [m.span() for m in _AUTHOR_YEAR.finditer(text)]
    if _numbers_its_references(text):
        spans += [(m.start("numbers") - 1, m.end()) for m in _ROUND.finditer(text)]
    spans += [m.span("numbers") for m in _RUN_ON.finditer(text) if _is_run_on(text, m)]
    spans += [m.span() for m in _RUN_ON_WORD.finditer(text)]
    return _disjoint(sorted(spans))


def _follows_number(text: str, at: int) -> bool:
    """`24.6 [7]`: brackets after a number or its unit hold a range, not a reference."""
    return bool(re.search(r"[\d%]\s?$", text[max(0, at - 3) : at]))


def _is_run_on(text: str, match: re.Match[str]) -> bool:
    """Digits after a full stop that are no decimals and are followed by a new sentence, or by nothing."""
    before = text[max(0, match.start() - 3) : match.start() - 1]
    after = text[match.end() : match.end() + 2]
    if before[-1:].isdigit():  # 1.2 is a number; "12.5 The" hardly ever a reference after a number
        return False
    return (
        len(before) == 2
        and before.isalpha() | (before[-1:] in ")]%")
        and (not after.strip() or after[-1:].isupper() or "," in match.group() or text[match.start() - 1] == ",")
    )


def _numbers_its_references(text: str) -> bool:
    """Whether `(1)`, `(2)`, `(3)` come in this order after words: then numbers in round brackets are references."""
    first: dict[int, int] = {}
    for match in _ROUND.finditer(text):
        for number in re.findall(r"\d+", match["numbers"]):
            first.setdefault(int(number), match.start())
    places = [first.get(number) for number in _FIRST_REFERENCES]
    return None not in places and all(a <= b for a, b in pairwise(places)) and len(first) >= 5  # type: ignore[operator]


def _disjoint(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
