"""What a PDF says of its paper: title, DOI, year, journal, numbers in PubMed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

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
_PMID = re.compile(r"\bPMID\b:?\s?(\d{5,8})\b")
_PMCID = re.compile(r"\bPMC\d{5,8}\b")
_JOURNAL = re.compile(
    r"(?:[^\n]{0,60}?\bet al\.?,?\s+)?(?P<name>[A-Z][A-Za-z&.:’' -]{3,80}?)[,.;]?\s+(?:and\s)?"
    r"(?:\(?(?:19|20)\d\d\b|\d{1,4}\s?[:(,;]|vol(?:ume|\.)?\s?\d)",
    re.I,
)
"""A journal's line: its name before a year, a volume or an issue."""
_NO_JOURNAL = re.compile(
    r"\b(?:received|accepted|published|revised|available|submitted|copyright|department|university|page|citation|edit"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|doi|https?|corporation"
    r"|clinicaltrials|tel|fax|patients|version|posted|vol|volume)\b",
    re.I,
)
_BROKEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_NO_TITLE = re.compile(
    r"\.(?:dvi|docx?|indd|qxd|pdf|tex|eps|ps)\b|^(?:microsoft word|untitled|pii|doi:|layout|title|\d+\b)|^\S*$", re.I
)
_FIRST_BLOCKS = 4  # of a page, among which its journal's line may be
_FIRST = 12_000  # signs of a paper in which its own DOI and year stand


def metadata_of(flow: Flow, stated: Mapping[str, str]) -> dict[str, str]:
    """Title, DOI, year, journal, PMID and PMCID, by the file's own data or by its first page."""
    opening = [draft for draft in flow.drafts if draft.lines and draft.lines[0].page == 1]
    text = "\n".join(draft.text for draft in opening)[:_FIRST]
    subject = " ".join(stated.get(key, "") for key in ("Subject", "Title", "Keywords"))
    doi = _DOI.search(text.replace("\n", " ")) or _DOI.search(subject)
    years = (mark.search(text) for mark in _YEAR_MARKS)
    pmid, pmcid = _PMID.search(text), _PMCID.search(text)
    journal = _journal(opening, stated.get("Subject", ""))
    found = {
        "title": _title([draft for draft in opening if draft.text != journal], stated.get("Title", "").strip()),
        "doi": doi[0] if doi else "",
        "year": next((match[1] for match in years if match), ""),
        "journal": journal,
        "pmid": pmid[1] if pmid else "",
        "pmcid": pmcid[0] if pmcid else "",
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
    title = next(draft.text for draft in large if draft.size > 0.97 * size)
    return " ".join(_BROKEN.sub("", title).split())


def _journal(opening: list[Draft], stated: str) -> str:
    """The name before the year or volume in a head or foot of the first page, or in the file's own data."""
    lines = [line for draft in opening[:_FIRST_BLOCKS] for line in draft.text.split("\n")]
    lines += [draft.lines[0].text for draft in opening[_FIRST_BLOCKS:] if draft.kind == "furniture"]
    pairs = [f"{a} {b}" for a, b in pairwise(lines) if b.lower().startswith("vol")]
    for line in [stated, *pairs, *lines]:
        name = match["name"].strip(" ,:;-") if (match := _JOURNAL.match(line)) else ""
        if name[:1].isupper() and not _NO_JOURNAL.search(name):
            return name
    return ""
