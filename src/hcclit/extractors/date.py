"""Dates: those that `hcclit.dates` finds in running text, and those of the paper's own front matter.

The front matter has two forms that running text has not: the journal's own line (`Ann Hepat 2014; 7: 112`), of
which the year counts, and received and accepted lines, which the view leaves out as page furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hcclit.dates import find_dates
from hcclit.document import Block, Cell, Document
from hcclit.language import Analysis
from hcclit.mention import Mention
from hcclit.view import Passage, make_view

_HISTORY = re.compile(r"(?:Received|Accepted|Published|Submitted|Revised)\b", re.IGNORECASE)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_JOURNAL = re.compile(
    rf"(?:(?<=[a-zA-Z.,:] )\(?(?<!\d ){_YEAR}\)?\s?(?:[;:]\s?|,?\s?[Vv]ol(?:ume|\.)?\s?"
    rf"|(?<=\))\s?(?=\d{{1,3}},\s\d+-))\d"
    rf"|(?<=[a-zA-Z.,:] ){_YEAR.replace('year', 'plain')}(?=\.?,?\s(?:doi|DOI)\b)"
    rf"|\b\d{{1,4}}(?:\s?\(\d{{1,3}}\))?\s?:\s?e?\d+(?:-e?\d+)?,\s{_YEAR.replace('year', 'last')}(?!\d))"
)
_JOURNAL_ONLY = re.compile(rf"[A-Z][A-Za-z&.:'-]*(?: [A-Za-z&.:'-]+){{0,7}} {_YEAR}\s?")
_PLACE = re.compile(
    r"\b(?:Universit|Hospital|Department|Institut|Street|Road|Avenue|School|Strasse|Suite|NSW|Box)",
    re.IGNORECASE,
)
_LONGEST_LINE = 400


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Give the dates of a paper."""
    for date in analysis.dates:
        yield Mention("date", date.start, date.end, {"value": date.value, "bound": date.bound})
    for passage in _front(analysis.view.passages):
        dated = analysis.dates_in(passage.start, passage.end)
        for start, end in _journal_years(passage, analysis.text):
            if not any(date.start < end and start < date.end for date in dated):
                yield Mention("date", start, end, {"value": analysis.text[start:end], "bound": None})
    yield from _history(analysis.document)


def _front(passages: list[Passage]) -> Iterator[Passage]:
    """Short passages of the front matter: what stands before the first section of a text."""
    for passage in passages:
        if passage.section not in ("front", None):
            return
        if passage.end - passage.start <= _LONGEST_LINE:
            yield passage


def _journal_years(passage: Passage, text: str) -> Iterator[tuple[int, int]]:
    only = _JOURNAL_ONLY.fullmatch(text, passage.start, passage.end)
    if only and passage.section == "front" and not _PLACE.search(only.group()):
        yield only.span("year")
        return
    for match in _JOURNAL.finditer(text, passage.start, passage.end):
        yield match.span(next(group for group in ("year", "plain", "last") if match[group]))


def _history(document: Document) -> Iterator[Mention]:
    """Dates of received and accepted lines; their places are in the document, as those of cells are."""
    lines = [b for b in document.blocks if b.kind == "furniture" and _HISTORY.match(document.text, b.start, b.end)]
    if not lines:
        return
    blocks = tuple(Block("paragraph", line.start, line.end, "front") for line in lines)
    view = make_view(replace(document, blocks=blocks))
    for date in find_dates(view.text):
        start, end = view.to_source(date.start, date.end)
        cell = Cell(start, end, 0, 0, document.text[start:end])
        yield Mention("date", start, end, {"value": date.value, "bound": date.bound, "section": "front"}, cell)
