"""What a page carries beside its text: running heads and feet, page numbers, numbers of lines."""

from __future__ import annotations

import re
from collections import Counter

from hcclit.readers.pdf.lines import Line
from hcclit.readers.pdf.pages import PageLines
from hcclit.readers.pdf.paragraphs import Type

_BAND = 0.14  # of the page's height, at its top and at its foot
_MORE_LINES = 6
_MOST_ROWS = 4  # lines of a running head or foot
_NUMBER = r"(?:[ivxlc]{1,6}|[eES]?\d{1,6})"
_PAGE_NUMBER = re.compile(
    rf"(?:page\s*)?[-–—(|]?\s*{_NUMBER}\s*[-–—)|]?(?:\s*(?:/|of)\s*\d{{1,4}})?|{_NUMBER}\s*[-–]\s*{_NUMBER}", re.I
)
_EDGE_NUMBER = re.compile(r"^\W*\d{1,6}\b\W*|\W*\b\d{1,6}\W*$")
_PAGE_AT_EDGE = (re.compile(r"^\W*(\d{1,6})\b"), re.compile(r"\b(\d{1,6})\W*$"))
_MOST_PAGES = 0.6  # of the pages; titles of sections count up too, but not from page to page
_IMPRINT = re.compile(
    r"https?://|www\.|\bdoi\b|\b10\.\d{4,5}/|©|\(c\) ?(?:19|20)\d\d|copyright|licen[cs]e|all rights reserved"
    r"|\bvol(?:ume|\.)? ?\d|\b[ep]?issn\b|(?:19|20)\d\d; ?\d+ ?(?:\(\d+\))?:|downloaded (?:from|by)|page \d+ of \d+"
    r"|\bpublished by\b"
    r"|\bet al[.,]?(?: |$).*\d|accepted manuscript|author manuscript|for personal use only|preprint|not peer.reviewed",
    re.I,
)
_APART = ("turned", "margin", "table")
_ENTRY = re.compile(r"\[?\d{1,3}[\].)]\s")
_WORDS = re.compile(r"[^\W\d_]+")

Edge = tuple[list[list[Line]], int]
"""Rows of lines from a page's top or foot inwards, and how many of them are in its band."""


def furniture_lines(pages: list[PageLines], body: Type) -> set[int]:
    """The lines (by identity) that are running heads, running feet or page numbers.

    From the edge of a page inwards: the first row that is none ends the search.
    """
    edges = [(page, _edge_rows(page)) for page in pages]
    seen: Counter[str] = Counter()
    for _, both in edges:  # once a page: on a page of two lines, they are at its top and at its foot
        seen.update({key for rows, reach in both for row in rows[:reach] for line in row if (key := _key(line))})
    shift = _shift(edges)
    out: set[int] = set()
    for page, (rows, reach) in ((page, edge) for page, both in edges for edge in both):
        for i, row in enumerate(rows[: min(reach, _MOST_ROWS)]):
            apart = _is_apart(row, rows[i + 1 : i + 4], body)
            imprint = apart and _is_imprint(row) and (page.number > 1 or row[0].size <= body.size)
            numbered = apart and shift is not None and page.number + shift in _numbers(row)
            if not (imprint or numbered or _is_furniture(row, seen, len(pages), apart)):
                break
            out |= {id(line) for line in row}
    return out


def _shift(edges: list[tuple[PageLines, list[Edge]]]) -> int | None:
    """How far the numbers that heads or feet of most pages begin or end with are from the count of the pages."""
    found: Counter[int] = Counter()
    for page, both in edges:
        rows = [row for rows, reach in both for row in rows[: min(reach, 2)]]
        found.update({number - page.number for row in rows for number in _numbers(row)})
    shift, count = max(found.items(), key=lambda item: item[1], default=(0, 0))
    return shift if count > max(1, _MOST_PAGES * len(edges)) else None


def _numbers(row: list[Line]) -> set[int]:
    text = " ".join(line.text.strip() for line in row)
    return {int(match[1]) for mark in _PAGE_AT_EDGE if (match := mark.search(text))}


def _edge_rows(page: PageLines) -> list[Edge]:
    """The rows of lines at the top of a page and at its foot, from the edge inwards, and how many are in its band.

    A few more rows are given to tell how far the last ones are from the text.
    """
    lines = sorted((line for s in page.stretches if s.place not in _APART for line in s.lines), key=lambda x: x.base)
    band = _BAND * page.frame_height
    high = [line for line in lines if line.bottom < band]
    low = [line for line in lines if line.top > page.frame_height - band]
    out = []
    for ordered, inside in ((lines, high), (lines[::-1], low)):
        rows = _rows(ordered[: len(inside) + _MORE_LINES])
        marked = {id(line) for line in inside}
        out.append((rows, sum(1 for row in rows if id(row[0]) in marked)))
    return out


def _is_apart(row: list[Line], inward: list[list[Line]], body: Type) -> bool:
    """Whether no line stands close to one of a row, on its inner side and in its width."""
    return not any(
        abs(other.base - line.base) <= max(1.6 * line.size, 1.4 * body.pitch)
        for line in row
        for others in inward
        for other in others
        if other.x0 < line.x1 and line.x0 < other.x1
    )


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Lines on about one height together, in the order that they are given in."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and abs(rows[-1][0].base - line.base) < 0.4 * max(line.size, 6):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _key(line: Line) -> str:
    """What of a line is the same on other pages: its letters, and whether it stands high or low."""
    bare = _EDGE_NUMBER.sub("", line.text.strip()).lower()
    return f"{bare}|{round(line.size)}" if len(_WORDS.findall(bare)) and len(bare) > 3 else ""


def _is_furniture(row: list[Line], seen: Counter[str], pages: int, apart: bool) -> bool:
    """A page number, or what stands on several pages, alone or with others on its height apart from the text."""
    often = 2 if pages < 9 else 3
    told = [
        bool(_PAGE_NUMBER.fullmatch(line.text.strip())) or (_key(line) != "" and seen[_key(line)] >= often)
        for line in row
    ]
    return all(told) or (any(told) and apart)


def _is_imprint(row: list[Line]) -> bool:
    """A line about the journal or the right to read it, and no entry of a list of references."""
    text = " ".join(line.text for line in row)
    return len(text) < 250 and bool(_IMPRINT.search(text)) and not _ENTRY.match(text)
