"""Of which group, factor and study a number of a table is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.extractors.table.axes import Axis, bare_name, name_of
from hcclit.extractors.table.heads import parse_head
from hcclit.extractors.table.layout import Layout, Row, Slot
from hcclit.linking.trials import is_own_trial, named_trials

_AUTHOR = re.compile(
    r"(?:(?P<initials>(?:[A-Z]\.?[ -]?){1,3}\.?\s)(?=[A-Z][a-z]))?(?P<words>(?:(?:van|von|de"
    r"|di|da|del|la|le|el|al|ter|den)\s)*[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]*\.?){0,3}),?"
    r"\s(?:et\.?\s?al\b|and (?:colleagues|co-?workers)\b)"
)
_AUTHOR_YEAR = re.compile(
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov"
    r"|Dec)[a-z]*\b)(?P<words>[A-Z][\w'’-]+)(?:\s[A-Z]{1,3})?,?\s[(\[]?(?:19|20)\d\d[)\]]?"
)
_REFERENCE = re.compile(
    r"\s?[(\[]\s?(?:refs?\.?\s?)?\d{1,3}(?:\s?[,-]\s?\d{1,3})*\s?[)\]]|\s?[(\[]?(?:19|20)\d\d[)\]]?"
)
_CITED_HEAD = re.compile(r"[A-Z][\w/-]*(?: [\w/-]+){0,3}\s?\[\d{1,3}(?:[,-]\s?\d{1,3})*\](?: (?:trial|study))?")
_STUDY_STUB = re.compile(
    r"\b(?:authors?|stud(?:y|ies)|trials?|references?|refs?|publications?|reports?)\b", re.IGNORECASE
)
_OWN = re.compile(
    r"\b(?:present|our|this|current) (?:\w+ )?(?:study|series|case|patients?|report|trial|work|cohort)\b", re.IGNORECASE
)
_BARE_LEVEL = re.compile(
    r"[<>≤≥]?=?\s?\d[\d.,-]*\+?|[A-E]|[IVX]+[ABCabc]?|[+-]|yes|no|present|absent|positive|negative", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,3}")


@dataclass(frozen=True, slots=True)
class Origin:
    """The study that a row or column is of; `own` where it says that it is this paper's."""

    name: str | None = None
    own: bool = False


def study_in(head: str) -> str | None:
    """The first author's surname that a head names: `J. Llovet, et al.`, `Llovet JM et al. [5]`, `Llovet (2008)`."""
    match = _AUTHOR.search(head)
    if match is None:
        year = _AUTHOR_YEAR.match(head)
        return year["words"] if year else None
    words = [w.strip(".,") for w in match["words"].split()]
    while len(words) > 1 and _INITIALS.fullmatch(words[-1]) and words[-1].isupper() and len(words[-1]) <= 3:
        words.pop()
    if len(words) > 1 and _INITIALS.fullmatch(words[0]):
        words = words[1:]
    # `Brian J So`: given names stand first where the last word is no initials
    return words[-1] if len(words) > 1 and not words[0][0].islower() else " ".join(words)


def origin_of(layout: Layout, slot: Slot) -> Origin:
    """The study of a cell, by the heads over it or the label of its row."""
    heads = [h.text for h in (*slot.column.heads, *slot.row.heads)]
    if any(_OWN.search(text) for text in heads):
        return Origin(own=True)
    for text in heads:
        name = study_in(text)
        if name is not None:
            return Origin(name)
        if _CITED_HEAD.fullmatch(text) or any(
            not is_own_trial(layout.analysis, name) for name, _, _ in named_trials(text)
        ):
            return Origin(_REFERENCE.sub("", text).strip())
    if slot.row.heads and lists_studies(layout):
        return Origin(_REFERENCE.sub("", slot.row.heads[0].name).strip() or None)
    return Origin()


def lists_studies(layout: Layout) -> bool:
    """Whether each row of a table is a study."""
    return bool(_STUDY_STUB.search(layout.table.stub_head))


def group_of_column(slot: Slot) -> str | None:
    """The arm that a column is of; None for the column of all patients."""
    return group_of(slot.column)


def group_of(column: Axis) -> str | None:
    """The arm that the heads over a column name."""
    return _joined(column, column.names)


def group_of_row(row: Row, layout: Layout) -> str | None:
    """The subgroup of a row: block head and label in that order; bare levels (`0`, `A`) take the stub's head."""
    group = _joined(row.axis, row.axis.labels)
    stub = parse_head(layout.table.stub_head)
    if group is not None and len(row.axis.heads) == 1 and _BARE_LEVEL.fullmatch(group) and name_of(stub):
        return f"{stub.name} {group}"
    return group


def _joined(axis: Axis, names: tuple[str, ...]) -> str | None:
    if axis.total:
        return None
    kept = [name for name in names if not _OWN.search(name) and study_in(name) is None and not any(named_trials(name))]
    return " ".join(dict.fromkeys(kept)) or None


_LEVELS = re.compile(
    r"\s?[(\[][^()\[\]]*(?:\bvs?\b\.?|\bversus\b|/|:|[<>≤≥=]|\bref|\bper\b"
    r"|\byes\b)[^()\[\]]*[)\]]|\s?:\s.*$|,? (?:per|by) .*$|,\s.*\b(?:vs?\.?|versus)\s.*$",
    re.IGNORECASE,
)


def factor_of_row(row: Row) -> str | None:
    """The factor of a regression's row, without the levels that are compared (`ECOG PS (1 vs 0)`)."""
    names = [_LEVELS.sub("", name).strip(" ,:") or name for name in row.axis.labels]
    names = names or [bare_name(h.name or h.text) for h in row.axis.heads[-1:]]
    return " ".join(dict.fromkeys(n for n in names if n)) or None


def with_arm(arm: str | None, subgroup: str | None) -> str | None:
    """An arm within a subgroup: `arm, subgroup`."""
    return ", ".join(part for part in (arm, subgroup) if part) or None
