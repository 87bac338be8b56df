"""Dates: those that `hcclit.dates` finds in running text, and those of the paper's own front matter.

The front matter has two forms that running text has not: the journal's own line (`Ann Hepat 2014; 7: 112`), of
which the year counts, and received and accepted lines, which the view leaves out as page furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from hcclit.dates import find_dates
from hcclit.document import Block, Cell, Document
from hcclit.language import Analysis
from hcclit.mention import Mention
from hcclit.view import Passage, View, make_view

_HISTORY = re.compile(r"^(?:Received|Accepted|Published|Submitted|Revised)\b", re.IGNORECASE | re.MULTILINE)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORD_BEFORE = r"(?<=[a-zA-Z.,:] )"
_VOLUME = r"\d{1,4}(?:\s?\(\d{1,3}\))?"
_PAGES = r"e?\d+(?:\s?-\s?e?\d+)?"
_JOURNAL = tuple(
    re.compile(form)
    for form in (
        rf"{_WORD_BEFORE}\(?{_YEAR}\)?(?=\s?[;:]\s?\d|,?\s?[Vv]ol(?:ume|\.)?\s?\d|\s\|\s[Vv]olume\s\d)",  # `2014; 7: 1`
        rf"{_WORD_BEFORE}\({_YEAR}\)\s?\d{{1,4}}(?:,\s\d+\s?-|\s?:\s?e?\d)",  # `(2014) 7:112`
        rf"{_WORD_BEFORE}{_YEAR},\s{_VOLUME}(?::\s?e?\d|,\s{_PAGES}(?:[;.,]?\s(?:doi|DOI|https)\b|$))",  # `2014, 7:112`
        rf"{_WORD_BEFORE}{_YEAR}\.?,?\s(?:doi|DOI)\b",
        rf"\b{_VOLUME}\s?:\s?{_PAGES},\s{_YEAR}(?!\d)",  # `7: 112-115, 2014`
        rf"[Vv]olume\s{_YEAR},",  # where volumes are numbered by years
    )
)
_JOURNAL_ONLY = re.compile(rf"[A-Z][A-Za-z&.:'-]*(?: [A-Za-z&.:'-]+){{0,7}} {_YEAR}\s?")
_CITATION = re.compile(rf"(?:Citation|Cite this|How to cite|To cite)\b[^()]{{0,400}}\({_YEAR}\)", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:Universit|Hospital|Department|Institut|Street|Road|Avenue|School|Strasse|Suite|NSW|Box)",
    re.IGNORECASE,
)
_LONGEST_LINE = 400


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Give the dates of a paper."""
    for date in analysis.dates:
        yield Mention("date", date.start, date.end, {"value": date.value, "bound": date.bound})
    years = list(_years_in_front(analysis))
    yield from years
    yield from _history(analysis.document)
    if not years:
        yield from _imprint(analysis.document)


def _years_in_front(analysis: Analysis) -> Iterator[Mention]:
    for passage in _front(analysis.view.passages):
        dated = analysis.dates_in(passage.start, passage.end)
        for start, end in _journal_years(passage, analysis.text):
            if not any(date.start < end and start < date.end for date in dated):
                yield Mention("date", start, end, {"value": analysis.text[start:end], "bound": None})


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
    found = (match.span("year") for form in _JOURNAL for match in form.finditer(text, passage.start, passage.end))
    yield from sorted(set(found))


def _history(document: Document) -> Iterator[Mention]:
    """Dates of received and accepted lines beside the text."""
    for block in document.blocks:
        if block.kind != "furniture" or (found := _HISTORY.search(document.text, block.start, block.end)) is None:
            continue
        view = _view_of(document, found.start(), block.end)
        for date in find_dates(view.text):
            yield _beside(document, view.to_source(date.start, date.end), (date.value, date.bound))


def _imprint(document: Document) -> Iterator[Mention]:
    """The year of the first journal's line, or of how the paper is cited, that stands beside the text of its front."""
    for block in takewhile(lambda block: _is_front(document, block), document.blocks):
        if block.kind != "furniture":
            continue
        view = _view_of(document, block.start, block.end)
        cited = _CITATION.match(view.text)
        years = [cited.span("year")] if cited else []
        if block.end - block.start <= _LONGEST_LINE:
            years = [*_journal_years(view.passages[0], view.text), *years]
        if years:
            start, end = years[0]
            yield _beside(document, view.to_source(start, end), (view.text[start:end], None))
            return


def _is_front(document: Document, block: Block) -> bool:
    """Whether a block stands on the first page, or, where there are no pages, before the first section."""
    page = document.page_of(block.start)
    return page == 1 if page is not None else block.section in ("front", None)


def _view_of(document: Document, start: int, end: int) -> View:
    return make_view(replace(document, blocks=(Block("paragraph", start, end, "front"),)))


def _beside(document: Document, span: tuple[int, int], date: tuple[str, str | None]) -> Mention:
    """A date beside the text; its place is in the document, as those of cells are."""
    cell = Cell(*span, 0, 0, document.text[slice(*span)])
    return Mention("date", *span, {"value": date[0], "bound": date[1], "section": "front"}, cell)
