"""Of which group, factor and study a number of a table is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.extractors.table.axes import Axis, bare_name, name_of
from hcclit.extractors.table.heads import parse_head
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.words import words
from hcclit.linking.trials import is_own_trial, named_trials

_PARTICLE = r"(?:van|von|de|der|di|da|del|dos|du|la|le|el|al|ter|den)"
_AUTHOR = re.compile(
    rf"(?P<words>(?:{_PARTICLE}\s)*[A-Z][\w.'’-]*(?:\s[A-Z][\w'’-]*\.?){{0,3}}),?\s"
    r"(?:et\.?\s?al\b|and (?:colleagues|co-?workers)\b)"
)
_AUTHOR_YEAR = re.compile(
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b)(?P<words>[A-Z][\w'’-]+)(?:\s[A-Z]{1,3})?,?"
    r"\s[(\[](?:19|20)\d\d[)\]]"
)
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,3}")
_REFERENCE = re.compile(
    r"\s?[(\[]\s?(?:refs?\.?\s?)?\d{1,3}(?:\s?[,-]\s?\d{1,3})*\s?[)\]]|\s?[(\[]?(?:19|20)\d\d[)\]]?"
)
_CITED = re.compile(r"[A-Z][\w/-]*(?: [\w/-]+){0,3}\s?\[\d{1,3}(?:[,-]\s?\d{1,3})*\](?: (?:trial|study))?")
_BARE_LEVEL = re.compile(
    r"[<>≤≥]?=?\s?\d[\d.,-]*\+?|[A-E]|[IVX]+[ABCabc]?|[+-]|yes|no|present|absent|positive|negative", re.IGNORECASE
)
_LEVELS = re.compile(
    r"\s?[(\[][^()\[\]]*(?:\bvs?\b\.?|\bversus\b|/|:|[<>≤≥=]|\bref|\bper\b|\byes\b)[^()\[\]]*[)\]]|\s?:\s.*$"
    r"|,? (?:per|by) .*$|,\s.*\b(?:vs?\.?|versus)\s.*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The study that a row or column is of; `own` where it says that it is this paper's."""

    name: str | None = None
    own: bool = False


def origin_of(layout: Layout, slot: Slot) -> Origin:
    """The study of a cell, by the heads over it or the label of its row."""
    if any(words("own_study").search(text) for text in slot.head_texts):
        return Origin(own=True)
    for text in slot.head_texts:
        name = study_in(text)
        if name is not None:
            return Origin(name)
        if _CITED.fullmatch(text) or _names_other_trial(layout, text):
            return Origin(_REFERENCE.sub("", text).strip())
    if slot.row.heads and lists_studies(layout):
        return Origin(_REFERENCE.sub("", slot.row.heads[0].name).strip() or None)
    return Origin()


def _names_other_trial(layout: Layout, text: str) -> bool:
    return any(not is_own_trial(layout.analysis, name) for name, _, _ in named_trials(text))


def study_in(head: str) -> str | None:
    """The first author's surname that a head names: `J. Llovet, et al.`, `Llovet JM et al. [5]`, `Llovet (2008)`."""
    match = _AUTHOR.search(head)
    if match is None:
        year = _AUTHOR_YEAR.match(head)
        return year["words"] if year else None
    names = match["words"].split()
    while len(names) > 1 and _INITIALS.fullmatch(names[-1]) and len(names[-1]) <= 3:
        names.pop()
    while len(names) > 1 and _INITIALS.fullmatch(names[0]):
        names.pop(0)
    # `Brian J So`: given names stand first where the last word is no initials
    return " ".join(names) if names[0].islower() else names[-1]


def lists_studies(layout: Layout) -> bool:
    """Whether each row of a table is a study."""
    return bool(words("study_stub").search(layout.table.stub_head))


def group_of(column: Axis) -> str | None:
    """The arm that the heads over a column name, without who judged; None for the column of all patients."""
    arms = tuple(name for name in column.names if not words("review").search(name))
    return _joined(column, arms or column.names)


def group_of_labels(column: Axis) -> str | None:
    """The same where a head is an endpoint elsewhere (`AFP response` over months)."""
    return _joined(column, column.labels)


def group_of_row(row: Row, layout: Layout) -> str | None:
    """The subgroup that a row is of: block head and label in that order; bare levels (`0`, `A`) with the stub's."""
    titled = row.axis.own_name and row.axis.topic is not None and row.axis.topic.kind != "part"
    group = _joined(row.axis, row.axis.names if titled else row.axis.labels)
    stub = parse_head(layout.table.stub_head)
    if group is not None and len(row.axis.heads) == 1 and _BARE_LEVEL.fullmatch(group) and name_of(stub):
        return f"{stub.name} {group}"
    return group


def _joined(axis: Axis, names: tuple[str, ...]) -> str | None:
    if axis.total:
        return None
    kept = [n for n in names if not (words("own_study").search(n) or study_in(n) or any(named_trials(n)))]
    return " ".join(dict.fromkeys(kept)) or None


def factor_of_row(row: Row, named: bool = False) -> str | None:
    """The factor of a regression's row, without the levels that are compared (`ECOG PS (1 vs 0)`).

    Args:
        row: the row.
        named: whether heads that are endpoints are titles over the factors.
    """
    names = (row.axis.names if named else row.axis.labels) or tuple(
        bare_name(h.name or h.text) for h in row.axis.heads[-1:]
    )
    short = [_LEVELS.sub("", name).strip(" ,:") or name for name in names]
    return " ".join(dict.fromkeys(name for name in short if name)) or None


def with_arm(arm: str | None, subgroup: str | None) -> str | None:
    """An arm within a subgroup: `arm, subgroup`."""
    return ", ".join(part for part in (arm, subgroup) if part) or None
