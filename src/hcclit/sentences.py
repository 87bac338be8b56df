"""Sentence boundaries of a passage, by the signs of scientific prose. Linear in the length of the text."""

from __future__ import annotations

import re

_END = re.compile(
    r"[.!?]['\")\]]*(?P<citation>\d{1,3}(?:[,-]\s?\d{1,3})*)?"
    r"(?:(?P<mark>(?:\[\d{1,3}(?:[,-]\s?\d{1,3})*\])+)(?=\s+[A-Z]|\s*$)\s*|\s+|(?=\[\d)|$)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:et al|vs|v|i\.e|e\.g|cf|Fig|Figs|fig|figs|Tab|Ref|Refs|ref|refs|No|no|Nos|approx|ca|Dr|Prof|Mr|Mrs|Ms|St"
    r"|resp|incl|viz|Inc|Co|Ltd|Corp|max|min|ie|eg|mo|wk|yr|pts|sp|spp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Z]|\ba\.m|\bp\.m|\bU\.S|\bP\.R|\bb\.i\.d|\bt\.i\.d|\bq\.d|\bp\.o|\bi\.v|\bs\.c)\.$"
)
_NEVER_LAST = re.compile(
    r"(?:\b(?:et al|vs|i\.e|e\.g|cf|Figs?|figs?|approx|ca|Dr|Prof|Refs?|refs?)|\b[A-Z](?<!\sI))\.$"
)


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a passage into sentences: spans without outer white space, in order."""
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, match, end):
            _append(spans, text, begin, match.end())
            begin = match.end()
    _append(spans, text, begin, end)
    return spans


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    if match["citation"] and not re.match(r"[^\W\d]|[)\]%\"']", text[match.start() - 1 : match.start()]):
        return False  # 1.05 or .05: a decimal, not a full stop with a reference number
    following = text[match.end() : min(match.end() + 3, end)]
    if not following:
        return True
    if following[0].islower() or following[0] in ",;:=<>≤≥±%":
        return False
    before = text[max(0, match.start() - 8) : match.start() + 1]
    if not before.endswith("."):
        return True
    if _NEVER_LAST.search(before):
        return False
    return not _ABBREVIATION.search(before) or (following[0].isupper() and not re.search(r"\b[A-Z]\.$", before))


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
