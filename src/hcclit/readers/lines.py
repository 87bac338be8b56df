"""What one line of a text file is: heading, caption, table row, page furniture, or plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from hcclit.readers.sections import is_section_title
from hcclit.readers.value_units import tail, units_of

LineKind = Literal["blank", "heading", "caption", "table_caption", "row", "furniture", "text"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its span (without line end and outer white space) and what it looks like by itself."""

    start: int
    end: int
    text: str
    kind: LineKind
    page_start: bool = False  # begins with a space that marks a page's first line in extracted text


MAX_ROW = 600
"""Longer lines are running text (or a table that was glued into one line) and are not cut into units."""

_LINE = re.compile(r"[^\n]*\n?")
_SUPPLEMENT = r"(?:Supplementa(?:ry|l) |Supporting |Appendix |Additional |SUPPLEMENTARY )?"
_CAPTION = re.compile(
    _SUPPLEMENT + r"(?:Figure|FIGURE|Fig\.?|FIG\.?|Scheme)\s*S?\d+(?:[A-Z]?\b|(?=[A-Z][a-z]))(?!\s*[),;\]])"
)
_TABLE_CAPTION = re.compile(
    _SUPPLEMENT + r"(?:Table|TABLE)\.?\s*(?:S?\d+(?:[A-Z]?\b|(?=[A-Z][A-Za-z]))|[IVX]+\b)(?!\s*[),;\]])"
)
_VERBS = r"(?:show|present|illustrate|depict|display|give|demonstrate|summari[sz]e|compare|reveal|indicate|list|plot)s?"
_SENTENCE = re.compile(
    r"\s+(?!cont(?:inued|\b|['’]d))[a-z]{2,}\b"  # `Table 2 shows`, `Figure 1 and`
    rf"|\s?\([A-Za-z][^()]{{0,8}}\)\s+(?:{_VERBS}|and|is|are|was|were)\b"  # `Fig. 1(a) shows`
)
_FURNITURE = re.compile(
    r"(?:https?://\S+|www\.\S+|[Ee]-?mail:.*|Correspond(?:ence|ing author)\b.*|Key ?[Ww]ords?:.*"
    r"|(?:DOI|doi):.*|\S+@\S+\.\w+|(?:Received|Accepted|Published|Submitted|Revised)\b(?=.*\d{4}).{0,100}"
    r"|\d{1,4}|Page \d+.*|©.*|Copyright\b.*"
    r"|[A-Z]{2,}\s+(?:et\s*al|ET\s*AL)[.:].*|\d+\s+[A-Z]{2,}\s+(?:et\s*al|ET\s*AL).*)$"
)
_GAP = re.compile(r"\t| {2,}(?=\S)|\u00a0{2,}")
_SENTENCE_END = re.compile(r"[a-z)\]%]\.\s+[A-Z]")
_FINISHED = re.compile(r"[.!?:;][\"'”’)\]]*(?:\s*\[?\d{1,3}(?:[,–-]\s?\d{1,3})*\]?)?$")
_HANGING = re.compile(
    r"(?:(?:\b(?:in|see|and|or|by|of|the|from|to|with|on|per|both|also|are|is|as|e\.g\.|i\.e\.)|[(\[]))$",
    re.I,
)
_LABEL = re.compile(r"(?:[A-Za-z]+\s)?(?:Table|TABLE|Fig|FIG|Scheme)[A-Za-z]*\.?\s*S?(?:\d+[A-Z]?|[IVX]+)[.:]?")
_LONGEST_LABEL = 30  # signs of `Supplementary Table S10`
_RUNNING = 40  # signs; a shorter line is rather a label than a line of running text


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
    return _without_references(lines)


def kind_of(line: str) -> LineKind:
    """Say what a stripped line looks like, without its neighbours."""
    if not line:
        return "blank"
    if is_section_title(line):
        return "heading"
    if (match := _TABLE_CAPTION.match(line)) and not _SENTENCE.match(line, match.end()):
        return "table_caption"
    if (match := _CAPTION.match(line)) and not _SENTENCE.match(line, match.end()):
        return "caption"
    if len(line) < 160 and _FURNITURE.match(line):
        return "furniture"
    return "row" if looks_like_row(line) else "text"


def looks_like_row(line: str) -> bool:
    """Whether a line looks like a row of a flattened table: gaps between columns, or mostly values."""
    if "\t" in line and len(line) <= 2 * MAX_ROW:
        return True
    if len(line) > MAX_ROW or _SENTENCE_END.search(line):
        return False
    parts = units_of(line)
    values = tail(parts)
    if len(parts) == 1 or not values:
        return False
    if _GAP.search(line) and len(parts) <= 25 and (values >= 2 or len(line) < 60):
        return True
    return values >= 2 and values / len(parts) >= 0.3 and not line.endswith((".", ","))


def _without_references(lines: list[Line]) -> list[Line]:
    """Take for text what looks like a caption but ends a sentence: `… given in` / `Table 1. Despite …`."""
    out: list[Line] = []
    for index, line in enumerate(lines):
        if line.kind in ("caption", "table_caption") and _is_reference(lines, index):
            out.append(replace(line, kind="text"))
        else:
            out.append(line)
    return out


def _is_reference(lines: list[Line], index: int) -> bool:
    if is_label(lines[index].text) and _opens_low(lines, index):  # `Table 2` / `shows that …`
        return True
    before = next((i for i in range(index - 1, max(index - 3, -1), -1) if lines[i].kind != "blank"), None)
    if before is None:
        return False
    previous, blanks = lines[before], index - before - 1
    if previous.kind not in ("text", "row") or _FINISHED.search(previous.text):
        return False
    hangs = bool(_HANGING.search(previous.text))
    if blanks:  # a page break may stand between; in double-spaced text the next line tells
        return hangs and (_opens_low(lines, index) or bool(is_label(lines[index].text)))
    return hangs or (len(previous.text) >= _RUNNING and previous.kind == "text" and _opens_low(lines, index))


def is_label(text: str) -> bool:
    """Whether a caption line is its label alone (`Table 2.`)."""
    return len(text) <= _LONGEST_LABEL and bool(_LABEL.fullmatch(text))


def _opens_low(lines: list[Line], index: int) -> bool:
    """Whether the next line goes on in mid-sentence."""
    following = next((line for line in lines[index + 1 : index + 3] if line.kind != "blank"), None)
    return following is not None and following.kind == "text" and following.text[:1].islower()
