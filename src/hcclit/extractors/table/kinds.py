"""What the rows and columns of a table are: single patients, studies, characteristics, adverse events."""

from __future__ import annotations

import re

from hcclit.document import Table
from hcclit.extractors.table.texts import Texts
from hcclit.extractors.table.words import words

_PATIENT_HEAD = re.compile(r"(?:patients?|cases?|pts?)\.?\s?(?:no\.?\s?|#\s?)?(?:\d{1,3}|[A-H]|[IVX]{1,4})\b", re.I)
_NUMBER_LABEL = re.compile(r"#?\d{1,3}[A-Za-z]?\.?|[A-Z]\d{1,2}")
_SEX_HEAD = re.compile(r"\b(?:sex|gender)\b", re.IGNORECASE)
_PERSON = r"(?:m|f|male|female|man|woman|boy|girl)"
_SEX = re.compile(rf"(?:\d{{1,3}}\s?[/,]\s?)?{_PERSON}(?:\s?[/,]\s?\d{{1,3}})?", re.IGNORECASE)
_MOST = 0.6


def rows_are_patients(table: Table, texts: Texts) -> bool:
    """Whether each row is one patient: by their labels (`1`, `Case 2`), or since the cells under `Sex` hold one."""
    labels = list({cell.row: cell.row_heads[-1] for cell in table.values if cell.row_heads}.values())
    if not labels:
        return False
    numbered = sum(bool(_NUMBER_LABEL.fullmatch(label.strip())) for label in labels)
    named = sum(bool(_PATIENT_HEAD.match(label)) for label in labels)
    stub = words("patient_stub").fullmatch(table.stub_head.strip())
    enough = _MOST * len(labels)
    return named >= max(1, enough) or (bool(stub) and numbered >= enough) or _has_sexes(table, texts, by_row=True)


def columns_are_patients(table: Table, texts: Texts) -> bool:
    """Whether each column is one patient."""
    heads = list({cell.column: cell.column_heads for cell in table.values}.values())
    named = sum(any(_PATIENT_HEAD.match(text) for text in column) for column in heads)
    return named >= 2 or (named == 1 and len(heads) == 1) or _has_sexes(table, texts, by_row=False)


def _has_sexes(table: Table, texts: Texts, by_row: bool) -> bool:
    """Whether the column (the row) headed `Sex` holds a person's sex in its cells."""
    told = [(c, c.column_heads if by_row else c.row_heads) for c in table.values]
    cells = [cell for cell, heads in told if _SEX_HEAD.search(" ".join(heads[-1:]))]
    persons = sum(bool(_SEX.fullmatch(texts.cell(cell).text.strip())) for cell in cells)
    return bool(cells) and persons >= _MOST * len(cells)


def tells_of_one(table: Table) -> bool:
    """Whether the caption speaks of one patient."""
    return bool(words("one_patient").search(table.caption))


def is_adverse(text: str) -> bool:
    """Whether a caption or a head is a title over adverse events."""
    return bool(words("adverse").search(text))


def is_baseline(text: str) -> bool:
    """Whether a caption or a head is a title over characteristics."""
    return bool(words("baseline").search(text))
