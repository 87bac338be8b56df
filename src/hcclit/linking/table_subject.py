"""Whom a table's cell is about, by the heads that it stands under and the table's caption."""

from __future__ import annotations

import re

from hcclit.document import Table
from hcclit.language import Analysis
from hcclit.linking.paper import Paper, paper_of, trial_names
from hcclit.linking.patient import patient_of
from hcclit.mention import Mention
from hcclit.records import Subject

_AUTHORS = re.compile(r"\bet al\b|\band (?:colleagues|co-?workers)\b|\[\d{1,3}(?:[,-]\d{1,3})*\]|\b[A-Z][a-z]+,? \(?(?:19|20)\d\d\)?")
_OWN = re.compile(r"\b(?:present|our|this|current) (?:\w+ )?(?:study|series|case|patient|report|trial|work)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:previous|published|reported|literature|other|earlier|review of|summary of|clinical trials (?:of|on|in)|case reports)\b", re.IGNORECASE
)
_STUDY_HEAD = re.compile(r"^(?:first )?(?:authors?|stud(?:y|ies)|references?|refs?\.?|trials?|publications?)\b", re.IGNORECASE)
_PATIENT_HEAD = re.compile(r"\b(?:patients?|cases?|pts?)(?: (?:no|number)\b\.?| ?#| \d)|^(?:patient|case|pt)s?\.?$|\bthe (?:\w+ )?patients?$", re.IGNORECASE)


def subject_in_table(analysis: Analysis, mention: Mention) -> Subject:
    """The subject of a mention in a table's cell."""
    cell, table = mention.cell, mention.table
    assert cell is not None
    paper = paper_of(analysis)
    heads = " | ".join((*cell.row_heads, *cell.column_heads))
    if not _OWN.search(heads) and (_names_others(paper, heads) or (table is not None and _lists_others(paper, table, mention))):
        return "cited"
    numbered = mention.fields.get("patient_id") is not None or patient_of(analysis, mention) is not None
    return _own_subject(paper, mention, heads, numbered)


def _names_others(paper: Paper, heads: str) -> bool:
    """Whether a head names other authors, a reference or another trial."""
    for match in _AUTHORS.finditer(heads):
        before = re.findall(r"[^\W\d_]{2,}", heads[max(0, match.start() - 40) : match.end()])
        if not any(word.casefold() in paper.authors for word in before if word[:1].isupper()):
            return True
    return any(name not in paper.trials for name in trial_names(heads))


def _lists_others(paper: Paper, table: Table, mention: Mention) -> bool:
    """Whether the whole table is about other work: by its caption, or because its rows are studies."""
    if mention.type == "statistic" and paper.case_report:
        return True
    heads = {head for cell in table.cells for head in cell.column_heads}
    return bool(_OTHERS.search(table.caption)) or any(_STUDY_HEAD.match(head) for head in heads)


def _own_subject(paper: Paper, mention: Mention, heads: str, numbered: bool) -> Subject:
    if mention.type == "statistic" or mention.fields.get("kind") in ("median", "mean", "range"):
        return "cohort"
    if mention.type == "response" or mention.fields.get("kind") == "measurement":
        return "patient"
    individual = paper.case_report or _PATIENT_HEAD.search(heads) or numbered
    return "patient" if individual else "cohort"
