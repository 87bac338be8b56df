"""What a block of lines is: heading, caption, note, table, text of a figure, or a paragraph."""

from __future__ import annotations

import re

from hcclit.document import BlockKind
from hcclit.readers.lines import kind_of
from hcclit.readers.pdf.lines import Line
from hcclit.readers.pdf.paragraphs import Draft, Type
from hcclit.readers.sections import REFERENCES, is_section_title, run_in_section

_MARKED = re.compile(r"(?:[*†‡§¶#⁎∗]|[¹²³⁴-⁹ᵃ-ᶻ]|[a-e]\s)")
_SENTENCE = re.compile(r"[a-z]{2,}[.:;,]?\s+[a-z]{2,}")
_WORD = re.compile(r"[^\W\d_]{3}")
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[A-Z]")
_FRONT_NOTE = re.compile(
    r"\W{0,3}(?:\[\w\] ?)?(?:\*|correspond|author for corr|address (?:for )?(?:corr|reprint)|e-?mail|©|copyright"
    r"|this is an open[- ]access|this article is (?:distributed|licen|published)|the author\(?s\)?\b.{0,40}licen"
    r"|citation:|cite this|how to cite|edited by|reviewed by|academic editor|funding:|specialty section|open access"
    r"|creative commons|published (?:online|by)|to cite this|https?:|doi|received:?\s|\(received)",
    re.I,
)
_TABLE_NOTE = re.compile(
    r"[*†‡§¶#⁎∗]|[¹²³⁴-⁹ᵃ-ᶻ]|(?:abbreviations?|notes?|data|values|numbers|percentages|figures)\b(?! from\b)", re.I
)
_ENTRY = re.compile(r"\[?\d{1,3}[\].)]\s")
_ENTRY = re.compile(r"\[?\d{1,3}[\].)]\s")
_KEYWORDS = re.compile(r"(?:key ?words?|index terms)(?: and phrases)?\s?[:.—-]", re.I)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright)\s?(?:©|\(c\))?\s?(?:the authors?\b|(?:19|20)\d\d)", re.I)
_LONGEST_HEADING = 18  # words
_LONGEST_TITLE = 45
_LONGEST_LABEL = 45  # signs of a line
_LONGEST_MARK = 4  # signs of the number of an entry, the mark of a note


def classify(drafts: list[Draft], body: Type, first_page: bool) -> None:
    """Give each block of a column its kind."""
    for i, draft in enumerate(drafts):
        following = drafts[i + 1] if i + 1 < len(drafts) else None
        apart = following is not None and _is_set_apart(draft, following, body)
        draft.kind = _kind(draft, body, (first_page, apart))
        last = all(other.kind in ("note", "furniture") or other.size < 0.95 * body.size for other in drafts[i:])
        if draft.kind == "paragraph" and last and _is_footnote(draft, body, first_page and _has_text(drafts[:i], body)):
            draft.kind = "furniture" if first_page else "note"


def mark_notes(drafts: list[Draft], table: list[Line], body: Type) -> None:
    """Tell the notes that stand closely below a table, in small type or opening as notes do."""
    left, right = min(line.x0 for line in table), max(line.x1 for line in table)
    bottom = max(line.base for line in table)
    for draft in drafts:
        line, text = draft.lines[0], draft.text
        close = 0 < line.base - bottom < 2.2 * body.pitch
        inside = left - body.size < line.x0 and max(other.x1 for other in draft.lines) < right + 2 * body.size
        told = (draft.size < 0.95 * body.size and not _ENTRY.match(text)) or _TABLE_NOTE.match(text)
        if draft.kind in ("caption", "table") or not (close and inside and told):
            return
        draft.kind = "note"
        bottom = draft.lines[-1].base


def is_body_size(draft: Draft, body: Type) -> bool:
    """Whether a block is set in the size of the running text."""
    return abs(draft.size - body.size) < 0.05 * body.size


def _is_set_apart(draft: Draft, following: Draft, body: Type) -> bool:
    """Whether a block is set in another face than the running text closely below it."""
    line = following.lines[0]
    return (
        draft.face is not None
        and all(other.face != draft.face for other in following.lines)
        and is_body_size(following, body)
        and bool(_SENTENCE.search(line.text))
        and line.base - draft.lines[-1].base < 2.5 * body.pitch
        and draft.lines[0].x0 < line.x0 + 8 * body.size
    )


def _kind(draft: Draft, body: Type, told: tuple[bool, bool]) -> BlockKind:
    first_page, apart = told
    text = draft.text
    if draft.kind == "caption":
        return "caption"
    if _KEYWORDS.match(text) or _RIGHTS.match(text):
        return "furniture"
    if _is_rows(draft):
        return "table"
    title = text in REFERENCES or (len(text) < 100 and is_section_title(text.replace("\n", " ")))
    if title or _is_heading(draft, body, apart):
        return "heading"
    if (first_page and _is_about_paper(draft, body)) or _is_label(draft, body):
        return "furniture"
    return "paragraph"


def _is_about_paper(draft: Draft, body: Type) -> bool:
    """Whether a block of the first page is about the paper: small print, or one line like an address."""
    small = draft.size < 0.97 * body.size and _FRONT_NOTE.match(draft.text)
    return bool(small) or (len(draft.lines) == 1 and kind_of(draft.text) == "furniture")


def _is_rows(draft: Draft) -> bool:
    """Two lines or more, most of them with gaps as between columns; one after a mark or number is none."""
    gaps = sum(1 for line in draft.lines if line.wide and line.wide[-1] > _LONGEST_MARK)
    return len(draft.lines) > 1 and gaps > 0.6 * len(draft.lines)


def _is_heading(draft: Draft, body: Type, apart: bool) -> bool:
    """Short, set apart by its type, and no sentence."""
    text = draft.text.replace("\n", " ").strip()
    words = text.split()
    longest = _LONGEST_HEADING if draft.size < 1.3 * body.size else _LONGEST_TITLE
    if len(words) > longest or not _WORD.search(text[:24]) or draft.size < 0.9 * body.size:
        return False
    if text[-1:] in ",;" or (text[-1:] == "." and not _NUMBERED.match(text) and draft.size < 1.3 * body.size):
        return False
    bold = apart or all(line.bold for line in draft.lines)
    large = draft.size > 1.08 * body.size
    capitals = text.isupper() and len(text) > 4
    italic = all(line.italic for line in draft.lines)
    numbered = bool(_NUMBERED.match(text)) and len(words) < 12
    opens = text[0].isupper() or text[0].isdigit()
    return opens and (bold or large or capitals or (italic and draft.size > 0.97 * body.size) or (numbered and italic))


def _has_text(drafts: list[Draft], body: Type) -> bool:
    return any(draft.kind == "paragraph" and is_body_size(draft, body) for draft in drafts)


def _is_footnote(draft: Draft, body: Type, below_text: bool) -> bool:
    """Small print with a mark; below the text of a first page all of it but entries of a list."""
    if draft.size >= 0.95 * body.size:
        return False
    told = _MARKED.match(draft.text) or _FRONT_NOTE.match(draft.text)
    return bool(told) or (below_text and not _ENTRY.match(draft.text))


def _is_label(draft: Draft, body: Type) -> bool:
    """Text inside a figure: pieces in another size than the text's, without a sentence."""
    if abs(draft.size - body.size) < 0.04 * body.size and draft.lines[0].x0 < draft.lines[0].left + 2 * body.size:
        return False
    text = draft.text
    if run_in_section(text) or _ENTRY.match(text) or len(text) > min(_LONGEST_LABEL * len(draft.lines), 400):
        return False
    sentences = len(_SENTENCE.findall(text))
    return draft.size < 1.05 * body.size and sentences * 25 < len(text) and not text.rstrip().endswith(".")


def is_front_note(text: str) -> bool:
    """Whether a block on a first page is about the paper: its rights, its authors' addresses."""
    return bool(_FRONT_NOTE.match(text))
