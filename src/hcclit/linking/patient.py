"""Which of a paper's numbered patients a mention is about: `Patient 2`, `case no. 3`, a row headed `4`."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from hcclit.document import Table
from hcclit.language import Analysis, Sentence
from hcclit.linking.nearby import cached, passages
from hcclit.mention import Mention

_NUMBER = r"(?:\d{1,2}|[A-H](?![\w'-])|(?:I{1,3}|IV|VI{0,3}|IX|X)(?![\w'-]))"
_REFERENCE = re.compile(
    rf"\b(?:[Pp]atients?|[Cc]ases?|PATIENTS?|CASES?|[Pp]ts?\.?|[Ss]ubjects?) (?:[Nn]os?\.? ?|[Nn]umbers? |#)?"
    rf"(?P<numbers>{_NUMBER}(?:(?:, and |, | and | & |-|/){_NUMBER})*)(?![\w%.:]*\d)(?! (?:years?|months?"
    rf"|weeks?|days?|patients?|cycles?|of|out)\b)"
)
_OPENS = re.compile(r"^(?:(?:Fig(?:ure|\.)? ?\d+\w?\.?|\([A-Z]\)|[A-Z]\.)[:.]? ?)?(?=(?:Patient|Case|PATIENT|CASE) )")
_VERB = re.compile(
    r"\b(?:was|were|had|has|is|are|showed|achieved|received|experienced|underwent|died|developed|remained"
    r"|reached|[a-z]{3,}ed)\b"
)
_ROW_NUMBER = re.compile(
    rf"(?:(?:[Pp]atients?|[Cc]ases?|[Pp]ts?\.?|[Nn]os?\.?|#) ?(?:[Nn]o\.? ?"
    rf"|#)?)?(?P<number>{_NUMBER})(?: ?\([^)]*\))?[*\u2020\u2021\u00a7]?$"
)
_NAMED_ROW = re.compile(rf"\b(?:[Pp]atient|[Cc]ase|[Pp]t\.?) (?:[Nn]o\.? ?|#)?(?P<number>{_NUMBER})\b")
_PATIENT_COLUMN = re.compile(
    r"^\W*(?:patients?|cases?|pts?)\b(?:\.|\s*(?:no|number|#|id)\b\.?)?(?=\s|$)", re.IGNORECASE | re.MULTILINE
)


_FAR = 30
"""Sentences of a paragraph over which its first patient is still spoken of."""
_NUMBER_COLUMN = re.compile(r"(?:nos?|numbers?|#|ID)\W*", re.IGNORECASE)
_PATIENTS = re.compile(r"\b(?:patients?|cases?)\b", re.IGNORECASE)
_HEADING = 80
_MANY = 20


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to numbered patients at a place of the view; `number` is None where it names several."""

    start: int
    end: int
    number: str | None


def patient_of(analysis: Analysis, mention: Mention) -> str | None:
    """The number of the patient whom a mention is about, as the paper writes it, or None."""
    if mention.cell is not None:
        return _of_cell(analysis, mention)
    sentence = analysis.sentence_at(mention.start)
    references = _references(analysis, sentence)
    if references:
        return _nearest(sentence, references, mention)
    return _told_before(analysis, sentence)


def _references(analysis: Analysis, sentence: Sentence) -> list[Reference]:
    seen: dict[int, list[Reference]] = cached(analysis, "references", lambda _: {})
    if sentence.index not in seen:
        seen[sentence.index] = references_in(sentence)
    return seen[sentence.index]


def references_in(sentence: Sentence) -> list[Reference]:
    """The numbered patients that a sentence names, in order."""
    out = []
    for match in _REFERENCE.finditer(sentence.text):
        numbers = re.findall(_NUMBER, match["numbers"])
        several = len(numbers) > 1 or "-" in match["numbers"]
        out.append(
            Reference(sentence.start + match.start(), sentence.start + match.end(), None if several else numbers[0])
        )
    return out


def _nearest(sentence: Sentence, references: list[Reference], mention: Mention) -> str | None:
    """The last patient named before the mention, else the only one after it."""
    place = bisect_left(references, mention.start, key=lambda r: r.start)
    if place == 0:
        return references[0].number if len({r.number for r in references[:_MANY]}) == 1 else None
    last, previous = references[place - 1], references[place - 2] if place > 1 else None
    if previous is not None and previous.number != last.number:
        between = sentence.text[previous.end - sentence.start : last.start - sentence.start]
        if not _VERB.search(between):
            return None  # "at 10 (Patient 1) and 3 months (Patient 5) after CR": said of both
    return last.number


def _told_before(analysis: Analysis, sentence: Sentence) -> str | None:
    """The patient with whom the paragraph, its caption or the heading above it opens."""
    told = passages(analysis)[sentence.passage]
    here = sentence.index - told[0].index
    for earlier in reversed(told[max(0, here - _FAR) : here]):
        if _OPENS.match(earlier.text) and (found := _references(analysis, earlier)):
            return found[0].number
    return cached(analysis, "case_headings", _under_headings).get(sentence.passage)


def _under_headings(analysis: Analysis) -> dict[int, str]:
    """For each paragraph under a heading `Case 1`, until the next heading, its patient."""
    found: dict[int, str] = {}
    current: str | None = None
    for passage, sentences in passages(analysis).items():
        first = sentences[0]
        if first.kind == "heading" or (len(sentences) == 1 and _is_title(first)):
            references = references_in(first) if len(first.text) < _HEADING else []
            current = references[0].number if references else None
        elif current is not None and first.kind == "paragraph":
            found[passage] = current
    return found


def _is_title(sentence: Sentence) -> bool:
    """A paragraph `Case 1` or `Patient 2: recurrence after TACE` is a heading, whatever the reader made of it."""
    return len(sentence.text) < _HEADING and sentence.text[-1] != "." and bool(_OPENS.match(sentence.text))


def _of_cell(analysis: Analysis, mention: Mention) -> str | None:
    """The patient of a table's row or column, where the table numbers its patients."""
    cell, table = mention.cell, mention.table
    if cell is None:
        return None
    heads = (*cell.row_heads, *cell.column_heads)
    for head in heads:
        if named := _NAMED_ROW.search(head):
            return named["number"]
    if table is None or not _numbers_patients(analysis, table):
        return None
    numbered = (_ROW_NUMBER.match(head.strip()) for head in (cell.row_heads or cell.column_heads)[:1])
    return next((match["number"] for match in numbered if match), None)


def _numbers_patients(analysis: Analysis, table: Table) -> bool:
    """Whether the first column is headed by the word patient or case."""
    if table.stub_head:
        of_patients = _NUMBER_COLUMN.fullmatch(table.stub_head) and _PATIENTS.search(table.caption)
        return bool(of_patients or _PATIENT_COLUMN.match(table.stub_head))
    seen: dict[int, bool] = cached(analysis, "numbers_patients", lambda _: {})
    if table.start not in seen:
        seen[table.start] = bool(_PATIENT_COLUMN.search(analysis.document.text, table.start, table.end))
    return seen[table.start]
