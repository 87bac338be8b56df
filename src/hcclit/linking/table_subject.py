"""Whom a table's cell is about, by the heads that it stands under and the table's caption."""

from __future__ import annotations

import re

from hcclit.language import Analysis
from hcclit.linking.nearby import cached
from hcclit.linking.own_column import tells_own_case
from hcclit.linking.patient import patient_of
from hcclit.linking.trials import is_own_trial, named_trials
from hcclit.mention import Mention
from hcclit.paper_kind import is_case_report
from hcclit.records import Subject

_AUTHORS = re.compile(
    r"\bet al\b|\band (?:colleagues|co-?workers)\b|\[\d{1,3}(?:[,-]\d{1,3})*\]|\b[A-Z][a-z]+,? \(?(?:19"
    r"|20)\d\d\)?"
)
_OWN = re.compile(
    r"\b(?:present|our|this|current) (?:\w+ )?(?:study|series|case|patient|report|trial|work)\b", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:previous(?:ly)?|published|reported|earlier|clinical) (?:\w+ ){0,2}(?:stud(?:y|ies)|trials"
    r"|reports|cases|series|publications)\b"
    r"|\bliterature\b|\bcase reports\b|\b(?:studies|trials|series|cases) (?:reported|published)\b",
    re.IGNORECASE,
)
_STUDY_HEAD = re.compile(
    r"(?:first )?(?:authors?|stud(?:y|ies)|references?|refs?\.?|trials?|publications?)(?:[,/ ]+\(?(?:year"
    r"|refs?\.?|references?)\)?)?",
    re.IGNORECASE,
)
_PATIENT_HEAD = re.compile(
    r"\b(?:patients?|cases?|pts?)(?: (?:no|number)\b\.?| ?#| \d)|^(?:patient|case|pt)s?\.?$"
    r"|\bthe (?:\w+ )?patients?$",
    re.IGNORECASE,
)


def subject_in_table(analysis: Analysis, mention: Mention) -> Subject:
    """The subject of a mention in a table's cell."""
    cell = mention.cell
    heads = " | ".join((*cell.row_heads, *cell.column_heads)) if cell else ""
    others = bool(mention.fields.get("study")) or _names_others(analysis, heads) or _lists_others(analysis, mention)
    if others and not _OWN.search(heads) and not tells_own_case(analysis, mention):
        return "cited"
    return "patient" if _is_about_one(analysis, mention, heads) else "cohort"


def _names_others(analysis: Analysis, heads: str) -> bool:
    """Whether a head names other authors, a reference or another trial."""
    own = cached(analysis, "authors", _authors)
    for match in _AUTHORS.finditer(heads):
        names = re.findall(r"[^\W\d_]{2,}", heads[max(0, match.start() - 40) : match.end()])
        if not any(name.casefold() in own for name in names if name[:1].isupper()):
            return True
    return any(not is_own_trial(analysis, name) for name, _, _ in named_trials(heads))


def _authors(analysis: Analysis) -> frozenset[str]:
    """Capitalised words of the front matter: the authors' names are among them."""
    text, blocks = analysis.document.text, analysis.document.blocks
    front = [text[b.start : b.end][:600] for b in blocks[:40] if b.section in ("front", None)]
    listed = (*front, analysis.document.metadata.get("authors", ""))
    return frozenset(w.casefold() for w in re.findall(r"\b[^\W\d_]{2,}\b", " ".join(listed)) if w[:1].isupper())


def _lists_others(analysis: Analysis, mention: Mention) -> bool:
    """Whether the whole table is about other work: by its caption, or because its rows are studies."""
    if mention.type == "statistic" and is_case_report(analysis):
        return True
    table = mention.table
    if table is None:
        return False
    seen: dict[int, bool] = cached(analysis, "tables_of_others", lambda _: {})
    if table.start not in seen:
        heads = {table.stub_head.strip()} | {head for cell in table.values for head in cell.column_heads}
        seen[table.start] = bool(_OTHERS.search(table.caption)) or any(map(_STUDY_HEAD.fullmatch, heads))
    return seen[table.start]


def _is_about_one(analysis: Analysis, mention: Mention, heads: str) -> bool:
    kind = mention.fields.get("kind")
    if mention.type == "statistic" or kind in ("median", "mean", "range"):
        return False
    if mention.type == "response" or kind == "measurement" or is_case_report(analysis):
        return True
    numbered = mention.fields.get("patient_id") or patient_of(analysis, mention)
    return bool(numbered or _PATIENT_HEAD.search(heads))
