"""What a page carries beside its text: running heads and feet, page numbers, numbers of lines."""

from __future__ import annotations

import re
from collections import Counter

from hcclit.readers.pdf.lines import Line
from hcclit.readers.pdf.pages import PageLines
from hcclit.readers.pdf.paragraphs import Type

_BAND = 0.14  # of the page's height, at its top and at its foot
_MOST_ROWS = 4  # lines of a running head or foot
_NUMBER = r"(?:[ivxlc]{1,6}|[eES]?\d{1,6})"
_PAGE_NUMBER = re.compile(
    rf"(?:page\s*)?[-–—(|]?\s*{_NUMBER}\s*[-–—)|]?(?:\s*(?:/|of)\s*\d{{1,4}})?|{_NUMBER}\s*[-–]\s*{_NUMBER}", re.I
)
_EDGE_NUMBER = re.compile(r"^\W*\d{1,6}\b\W*|\W*\b\d{1,6}\W*$")
_IMPRINT = re.compile(
    r"https?://|www\.|\bdoi\b|\b10\.\d{4,5}/|©|\(c\) ?(?:19|20)\d\d|copyright|licen[cs]e|all rights reserved"
    r"|\bvol(?:ume|\.)? ?\d|\b[ep]?issn\b|(?:19|20)\d\d; ?\d+ ?(?:\(\d+\))?:|downloaded (?:from|by)|page \d+ of \d+"
    r"|\bpublished by\b"
    r"|\bet al[.,]?(?: |$).*\d|accepted manuscript|author manuscript|for personal use only|preprint|not peer.reviewed",
    re.I,
)
_APART = ("turned", "margin", "table")
_WORDS = re.compile(r"[^\W\d_]+")


def furniture_lines(pages: list[PageLines], body: Type) -> set[int]:
    """The lines (by identity) that are running heads, running feet or page numbers.

    From the edge of a page inwards: the first row that is none ends the search.
    """
    edges = [(page, rows) for page in pages for rows in _edge_rows(page)]
    seen: Counter[str] = Counter()
    for _, rows in edges:
        seen.update({_key(line) for row in rows for line in row if _key(line)})
    out: set[int] = set()
    for page, rows in edges:
        for i, row in enumerate(rows[:_MOST_ROWS]):
            step = abs(rows[i + 1][0].base - row[0].base) if i + 1 < len(rows) else 1e6
            apart = step > max(1.6 * row[0].size, 1.4 * body.pitch)
            imprint = apart and _is_imprint(row) and (page.number > 1 or row[0].size <= body.size)
            if not (imprint or _is_furniture(row, seen, len(pages), apart)):
                break
            out |= {id(line) for line in row}
    return out


def _edge_rows(page: PageLines) -> list[list[list[Line]]]:
    """The rows of lines at the top of a page and at its foot, from the edge inwards, and one more."""
    lines = sorted((line for s in page.stretches if s.place not in _APART for line in s.lines), key=lambda x: x.base)
    high = sum(1 for line in lines if line.bottom < _BAND * page.frame_height)
    low = sum(1 for line in lines if line.top > (1 - _BAND) * page.frame_height)
    top, foot = _rows(lines[: high + 2]), _rows(lines[::-1][: low + 2])
    return [rows for rows, count in ((top, high), (foot, low)) if count]


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
    """A line about the journal or the right to read it."""
    text = " ".join(line.text for line in row)
    return len(text) < 250 and bool(_IMPRINT.search(text))
