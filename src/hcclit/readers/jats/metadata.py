"""What a JATS article says of itself: title, journal, year, DOI, PMID, PMCID; and its front matter as lines."""

from __future__ import annotations

import calendar
from collections.abc import Iterator

from lxml import etree

from hcclit.readers.jats.inline import inline_text, local_name

_HISTORY = {
    "received": "Received", "accepted": "Accepted", "rev-recd": "Revised", "revised": "Revised",
    "pub": "Published", "epub": "Published", "online": "Published",
}  # fmt: skip


def metadata_of(article: etree._Element) -> dict[str, str]:
    """Title, DOI, year, journal, PMID and PMCID, as far as they are stated."""
    front = next((e for e in article if local_name(e) == "front"), None)
    if front is None:
        return {}
    found = {"title": _first(front, "article-title"), "journal": _first(front, "journal-title"), "year": _year(front)}
    for element in front.iter():
        if local_name(element) == "article-id":
            kind = {"doi": "doi", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid"}.get(element.get("pub-id-type", ""))
            if kind:
                found.setdefault(kind, inline_text(element))
    return {name: value for name, value in found.items() if value}


def front_lines(article: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Title, journal line and history of a paper, each with the element that it comes from."""
    front = next((e for e in article if local_name(e) == "front"), None)
    if front is None:
        return
    title = _find(front, "article-title")
    if title is not None:
        yield title, inline_text(title)
    journal = _find(front, "journal-title")
    if journal is not None:
        yield journal, f"{inline_text(journal)} {_year(front)}".strip()
    history = _find(front, "history")
    if history is not None:
        dates = (_history_line(date) for date in history.iter() if local_name(date) == "date")
        yield history, "; ".join(filter(None, dates))


def _history_line(date: etree._Element) -> str:
    kind = _HISTORY.get(date.get("date-type", ""))
    day, month, year = (_first(date, name) for name in ("day", "month", "year"))
    if kind is None or not year:
        return ""
    name = calendar.month_name[int(month)] if month.isdigit() and 1 <= int(month) <= 12 else month
    return " ".join(filter(None, (kind, day, name, year)))


_YEARS = ("ppub", "collection", "pub", "epub", "epub-ppub")
"""Kinds of publication dates, that of the printed or collected volume first: it is what papers are cited by."""


def _year(front: etree._Element) -> str:
    years: dict[str, str] = {}
    for date in (e for e in front.iter() if local_name(e) == "pub-date"):
        kind = date.get("pub-type") or date.get("date-type") or ""
        years.setdefault(kind, _first(date, "year"))
    return next((years[kind] for kind in _YEARS if years.get(kind)), next(iter(years.values()), ""))


def _find(element: etree._Element, name: str) -> etree._Element | None:
    return next((e for e in element.iter() if local_name(e) == name), None)


def _first(element: etree._Element, name: str) -> str:
    found = _find(element, name)
    return "" if found is None else inline_text(found)
