"""What all heads over a column, or before a row, say together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from hcclit.extractors.table.heads import RATIOS, SIZE, Head, parse_head
from hcclit.extractors.table.topics import Lexicon, Topic
from hcclit.extractors.table.words import words
from hcclit.quantity import Unit

_TOTAL, _NO_GROUP, _TITLE, _SIZE = words("total"), words("no_group"), words("title"), words("size")
_SPREADS = ("ci", "range", "iqr", "sd", "se")


@dataclass(frozen=True)
class Axis:
    """The heads of one side of a cell, from the outermost to the innermost.

    Attributes:
        topic: the innermost endpoint.
        forms: what any of them says about the kind of number.
        names: what is neither endpoint nor form: arms, subgroups, characteristics, events.
        labels: the names with those that are endpoints; of a row that is a subgroup.
        total: whether it is the column (row) of all patients.
    """

    heads: tuple[Head, ...]
    topic: Topic | None
    forms: frozenset[str]
    unit: Unit | None
    at: str | None
    grade: str | None
    names: tuple[str, ...]
    labels: tuple[str, ...]
    total: bool

    @property
    def inner(self) -> Head | None:
        """The innermost head."""
        return self.heads[-1] if self.heads else None

    @property
    def own_name(self) -> bool:
        """Whether the innermost head has a name that is no endpoint."""
        return bool(self.heads) and bool(self.names) and bare_name(self.heads[-1].name) == self.names[-1]

    @property
    def ratio(self) -> str | None:
        """HR, OR or RR, where the heads say that their cells are ratios."""
        return next((r for r in RATIOS for head in self.heads[-2:] if r in head.forms), None)

    @cached_property
    def role(self) -> str:
        """What the innermost head makes of its cells: `p`, `ci`, `ratio`, `size`, `count`, `value` …."""
        head = self.inner
        if head is None:
            return "value"
        if head.forms & {"p", "p_other"}:
            return "p" if "p" in head.forms else "none"
        if self.ratio is not None:
            return "ratio"
        return _mere_form(head) or ("size" if self._counts_patients(head) else "value")

    def _counts_patients(self, head: Head) -> bool:
        named = head.size is None and not self.total and head.forms <= {"count"}
        return named and bool(_SIZE.fullmatch(head.name))


def _mere_form(head: Head) -> str | None:
    """The form that a head without a name is: `95% CI`, `n`, `%`."""
    if head.name:
        return None
    if head.forms and head.forms <= frozenset(_SPREADS):
        return next(form for form in _SPREADS if form in head.forms)
    return next(iter(head.forms)) if head.forms in ({"count"}, {"percent"}) else None


def make_axis(texts: tuple[str, ...], lexicon: Lexicon) -> Axis:
    """Read the heads of a row or a column (cleaned, from the outermost)."""
    split = [part for text in texts if text.strip() for part in _parts(text, lexicon)]
    heads = tuple(_as_ratio(parse_head(without_mark(text, lexicon)), lexicon) for text in split)
    topics = [(head, _settled(head, _topic(head, lexicon))) for head in heads]
    # what merely contains an endpoint (`Adverse events`) is one only as the innermost head
    known = [t for head, t in topics if t is not None and t.code and (t.kind != "part" or head is heads[-1])]
    return Axis(
        heads=heads,
        topic=known[-1] if known else None,
        forms=frozenset[str]().union(*(head.forms for head in heads)),
        unit=next((h.unit for h in reversed(heads) if h.unit is not None), None),
        at=next((t.at for _, t in reversed(topics) if t is not None and t.at), None),
        grade=next((h.grade for h in reversed(heads) if h.grade is not None), None),
        names=tuple(name for head, topic in topics if (name := name_of(head, topic))),
        labels=tuple(n for head, t in topics if (t is None or t.kind != "landmark") and (n := name_of(head))),
        total=any(_TOTAL.fullmatch(bare_name(head.name)) for head in heads),
    )


def _parts(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """A head that names a group with its size and then an endpoint is two: `Sorafenib (n = 33) ORR (%)`."""
    size = SIZE.search(text)
    if size is None or not text[: size.start()].strip():
        return (text,)
    rest = text[size.end() :].strip(" ,;:")
    topic = _topic(parse_head(rest), lexicon) if rest else None
    return (text[: size.end()], rest) if topic is not None and topic.kind != "part" else (text,)


def without_mark(text: str, lexicon: Lexicon) -> str:
    """A head without the letter of a note that is glued to it, where the rest has a meaning: `pa`, `Survivalb`."""
    text = text.strip()
    if text[-1:] not in lexicon.marks or not text[-2:-1].isalpha():
        return text
    plain = parse_head(text[:-1])
    topic = lexicon.topic(plain.name) if plain.name else None
    known = bool(plain.forms) if not plain.name else topic is not None and topic.kind != "part"
    marked = lexicon.topic(parse_head(text).name)
    return text[:-1] if known and (marked is None or marked.kind == "part") else text


def _topic(head: Head, lexicon: Lexicon) -> Topic | None:
    """The endpoint of a head; `OR (%)` is an objective response."""
    if head.name == "OR" and head.forms & {"percent", "count_percent", "percent_count"}:
        return Topic("ORR", "rate")
    return lexicon.topic(head.name)


def _settled(head: Head, topic: Topic | None) -> Topic | None:
    """A generic head is an endpoint where it says how that is measured: `Median survival (months)`."""
    measured = bool(head.forms & {"median", "mean", "percent", "count_percent"}) or head.unit is not None
    return replace(topic, generic=False) if topic is not None and topic.generic and measured else topic


def _as_ratio(head: Head, lexicon: Lexicon) -> Head:
    """`OR (95% CI)`: with an interval the short form is a ratio, not a response."""
    if head.name in ("OR", "RR") and "ci" in head.forms and not head.unit and lexicon.topic(head.name) is None:
        return replace(head, name="", forms=head.forms | {head.name})
    return head


def name_of(head: Head, topic: Topic | None = None) -> str | None:
    """The name of a group, factor or event that a head gives; None for titles, forms and endpoints."""
    if head.forms & {"p", "p_other"} or (topic is not None and topic.kind != "part"):
        return None
    name = bare_name(head.name)
    if not name or _SIZE.fullmatch(head.name) or _TITLE.search(name):
        return None
    return None if _NO_GROUP.fullmatch(name) or _TOTAL.fullmatch(name) else name


_GROUP_WORD = re.compile(rf"(?<=\w)\s{words('group_word').pattern}$", re.IGNORECASE)
_SIDE_NOTE = re.compile(
    r"\s?[(\[](?:arm|group) \w{1,2}[)\]]|(?<=\w)\s(?:arm|group) [A-D1-4]$"
    r"|^(?:experimental|control|treatment|study|investigational)\s(?:arm|group)\b[:\s,-]*(?=\w)",
    re.IGNORECASE,
)


def bare_name(name: str) -> str:
    """A group's name without its size, and without the word group or arm beside it."""
    name = _SIDE_NOTE.sub("", SIZE.sub(" ", name)).strip(" ,;:*†‡§")
    short = _GROUP_WORD.sub("", name)
    return short.strip() if short and not words("group_word").fullmatch(short) else name
