"""What a PDF says of its paper: title, DOI, year."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hcclit.readers.pdf.flow import Flow
from hcclit.readers.pdf.paragraphs import Draft

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;:)\]}]")
_YEAR_MARKS = (
    re.compile(r"(?:©|\(c\)|copyright)\D{0,20}((?:19|20)\d\d)", re.I),
    re.compile(r"\bpublished\b\D{0,12}(?:\d{1,2}\D{1,12})?((?:19|20)\d\d)", re.I),
    re.compile(r"\b((?:19|20)\d\d)\s*[,;:]\s*\d+"),
    re.compile(r"\bvol(?:ume|\.)?\s[^\n]{0,40}?\b((?:19|20)\d\d)\b", re.I),
    re.compile(r"\baccepted\b\D{0,12}(?:\d{1,2}\D{1,12})?((?:19|20)\d\d)", re.I),
)
_NO_TITLE = re.compile(
    r"\.(?:dvi|docx?|indd|qxd|pdf|tex|eps|ps)\b|^(?:microsoft word|untitled|pii|doi:|layout|title|\d+\b)|^\S*$", re.I
)
_FIRST = 12_000  # signs of a paper in which its own DOI and year stand


def metadata_of(flow: Flow, stated: Mapping[str, str]) -> dict[str, str]:
    """Title, DOI and year, by the file's own data or by its first pages."""
    opening = [draft for draft in flow.drafts if draft.lines and draft.lines[0].page == 1]
    text = "\n".join(draft.text for draft in opening)[:_FIRST]
    subject = " ".join(stated.get(key, "") for key in ("Subject", "Title", "Keywords"))
    doi = _DOI.search(text.replace("\n", " ")) or _DOI.search(subject)
    years = (mark.search(text) for mark in _YEAR_MARKS)
    found = {
        "title": _title(opening, stated.get("Title", "").strip()),
        "doi": doi[0] if doi else "",
        "year": next((match[1] for match in years if match), ""),
    }
    return {name: value for name, value in found.items() if value}


def _title(opening: list[Draft], stated: str) -> str:
    """The largest type of the first page, unless the file's own title is one and stands there too."""
    bare = re.sub(r"\W+", "", stated).lower()
    text = re.sub(r"\W+", "", " ".join(draft.text for draft in opening)).lower()
    if bare and not _NO_TITLE.search(stated) and bare in text:
        return stated
    large = [draft for draft in opening if len(draft.text.split()) > 2 and draft.kind in ("heading", "paragraph")]
    if not large:
        return ""
    size = max(draft.size for draft in large)
    return next(" ".join(draft.text.split()) for draft in large if draft.size > 0.97 * size)
