"""What one line of a text file is: heading, caption, table row, page furniture, or plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from hcclit.readers.sections import is_section_title

LineKind = Literal["blank", "heading", "caption", "table_caption", "row", "furniture", "text"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its span (without line end and outer white space) and what it looks like by itself."""

    start: int
    end: int
    text: str
    kind: LineKind
    page_start: bool = False  # begins with a space that marks a page's first line in extracted text


_LINE = re.compile(r"[^\n]*\n?")
_CAPTION = re.compile(r"(?:Supplementary |Appendix )?(?:Figure|Fig\.?|Scheme)\s*S?\d+[A-Z]?\b(?!\s*[),;\]])", re.I)
_TABLE_CAPTION = re.compile(r"(?:Supplementary |Appendix )?Table\.?\s*(?:S?\d+|[IVX]+)\b(?!\s*[),;\]])", re.I)
_CAPTION_SENTENCE = re.compile(r"\s+(?:shows?|showed|lists?|summari[sz]es?|presents?|depicts?|illustrates?|and|in)\b")
_FURNITURE = re.compile(
    r"(?:https?://\S+|www\.\S+|[Ee]-?mail:.*|Correspond(?:ence|ing author)\b.*|Key ?[Ww]ords?:.*|(?:DOI|doi):.*|\S+@\S+\.\w+"
    r"|(?:Received|Accepted|Published|Submitted|Revised)\b(?=.*\d{4}).{0,100}|\d{1,4}|Page \d+.*|©.*|Copyright\b.*"
    r"|[A-Z]{2,}\s+(?:et\s*al|ET\s*AL)[.:].*|\d+\s+[A-Z]{2,}\s+(?:et\s*al|ET\s*AL).*)$"
)
_GAP = re.compile(r"\t| {2,}(?=\S)|\u00a0{2,}")
_VALUE = re.compile(r"[<>≤≥~]?\(?-?\d[\d.,·/%±×x()\-–]*\)?[*†‡§a-c]?|NA|NR|ND|N/A|-|–|—|n\.s\.|[<>]?\.\d+|±|vs\.?")
_SENTENCE_END = re.compile(r"[a-z)\]%]\.\s+[A-Z]")


def split_lines(text: str) -> list[Line]:
    """Split a text into lines with their kinds. Linear in the length of the text."""
    lines = []
    for match in _LINE.finditer(text):
        if match.start() == match.end():
            continue
        raw = match.group()
        stripped = raw.strip()
        start = match.start() + (len(raw) - len(raw.lstrip()))
        page_start = raw.startswith((" ", "\f")) and not raw.startswith("  ")
        lines.append(Line(start, start + len(stripped), stripped, kind_of(stripped), page_start))
    return lines


def kind_of(line: str) -> LineKind:
    """Say what a stripped line looks like, without its neighbours."""
    if not line:
        return "blank"
    if len(line) < 120 and is_section_title(line):
        return "heading"
    for pattern, kind in ((_TABLE_CAPTION, "table_caption"), (_CAPTION, "caption")):
        match = pattern.match(line)
        if match and not _CAPTION_SENTENCE.match(line, match.end()):
            return "table_caption" if kind == "table_caption" else "caption"
    if len(line) < 160 and _FURNITURE.match(line):
        return "furniture"
    return "row" if looks_like_row(line) else "text"


def looks_like_row(line: str) -> bool:
    """Whether a line looks like a row of a flattened table: gaps between columns, or mostly values."""
    if len(line) > 400 or _SENTENCE_END.search(line):
        return False
    if "\t" in line:
        return True
    words = line.split()
    values = sum(bool(_VALUE.fullmatch(word)) for word in words)
    if _GAP.search(line) and len(words) <= 25 and (values >= 2 or len(line) < 60):
        return values >= 1
    if len(words) == 1:
        return False
    return values >= 2 and values / len(words) >= 0.4 and not line.endswith((".", ","))
