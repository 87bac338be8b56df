"""What all heads over a column, or before a row, say together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hcclit.extractors.table.heads import RATIOS, SIZE, Head, parse_head
from hcclit.extractors.table.topics import Lexicon, Topic
from hcclit.quantity import Unit

_TOTAL = re.compile(
    r"(?:totals?|all|overall|whole|entire|combined|both)(?: (?:study|patients?|cases?"
    r"|subjects?|participants?|cohorts?|populations?|series|groups?|arms?|samples?"
    r"|enrolled|randomi[sz]ed|treated|included|trials?))*(?: patients)?",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:values?|results?|patients?|pts|cases?|subjects?|participants?|characteristics?"
    r"|variables?|parameters?|factors?|data|outcomes?|frequency|frequencies"
    r"|numbers?|nos?\.|n|summary|measures?|estimates?|study populations?|populations?"
    r"|characteristics of patients|patients?'? characteristics?|efficacy|end-?\s?points?"
    r"|(?:safety|efficacy|survival|clinical|study|treatment)(?: (?:outcomes?|results?"
    r"|endpoints?|data|parameters?|analys[ie]s|variables?))?"
    r"|(?:(?:uni|multi|bi)varia(?:te|ble)|cox|logistic|regression|(?:un)?adjusted|crude"
    r"|proportional|hazards?)(?:[ ,-]+(?:cox|logistic|regression|analys[ie]s|models?"
    r"|modell?ing"
    r"|proportional|hazards?))*|effects?|treatments?|arms?|groups?|category|categories"
    r"|variables|statistics?|test|at|rates?|by|time)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:efficacy|outcomes?|analys[ie]s|end-?points?)$|^(?:treatment|study) (?:arms?|groups?)$", re.IGNORECASE
)
SIZES = re.compile(
    r"(?:total |overall )?(?:(?:no|nos|number|numbers)\b\.? ?(?:of )?)?(?:all |total "
    r"|enrolled |included |randomi[sz]ed |treated |eligible |evaluable |assessable "
    r"|analy[sz]ed )*"
    r"(?:patients?|pts|cases|subjects|participants|women|men)(?: (?:enrolled|randomi[sz]ed"
    r"|treated|analy[sz]ed|evaluable|included|studied|in (?:group|arm)))?"
    r"|(?:total )?(?:number|sample size|nos?\.|n)",
    re.IGNORECASE,
)
PURE = frozenset({"ci", "range", "iqr", "sd", "se"})


@dataclass(frozen=True, slots=True)
class Axis:
    """The heads of one side of a cell, from the outermost to the innermost.

    Attributes:
        topic: the innermost endpoint.
        forms: forms of the innermost head that has any that say what kind of number stands there.
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
    def own_name(self) -> bool:
        """Whether the innermost head has a name that is no endpoint."""
        return bool(self.heads) and bool(self.names) and bare_name(self.heads[-1].name) == self.names[-1]

    @property
    def inner(self) -> Head | None:
        """The innermost head."""
        return self.heads[-1] if self.heads else None

    @property
    def role(self) -> str:
        """What the innermost head makes of its cells: `p`, `ci`, `ratio`, `size`, `count`, `percent` or `value`."""
        head = self.inner
        if head is not None and head.forms & {"p", "p_other"}:
            return "p" if "p" in head.forms else "none"
        if head is None or self.ratio is not None:
            return "value" if head is None else "ratio"
        if not head.name and head.forms and head.forms <= PURE:
            return next(form for form in ("ci", "range", "iqr", "sd", "se") if form in head.forms)
        if not head.name and head.forms in ({"count"}, {"percent"}):
            return next(iter(head.forms))
        if head.size is None and SIZES.fullmatch(head.name) and not self.total and head.forms <= {"count"}:
            return "size"
        return "value"

    @property
    def ratio(self) -> str | None:
        """HR, OR or RR, where the heads say that their cells are ratios."""
        return next((r for r in RATIOS for head in self.heads[-2:] if r in head.forms), None)


def make_axis(texts: tuple[str, ...], lexicon: Lexicon) -> Axis:
    """Read the heads of a row or a column (cleaned, from the outermost)."""
    heads = tuple(_as_ratio(parse_head(text), lexicon) for text in texts if text.strip())
    topics = [(head, _settled(head, lexicon.topic(head.name))) for head in heads]
    # what merely contains an endpoint (`Adverse events`) is one only as the innermost head
    known = [t for head, t in topics if t is not None and t.code and (t.kind != "part" or head is heads[-1])]
    return Axis(
        heads=heads,
        topic=known[-1] if known else None,
        forms=frozenset().union(*(head.forms for head in heads)) if heads else frozenset(),
        unit=next((h.unit for h in reversed(heads) if h.unit is not None), None),
        at=next((t.at for _, t in reversed(topics) if t is not None and t.at), None),
        grade=next((h.grade for h in reversed(heads) if h.grade is not None), None),
        names=tuple(name for head, topic in topics if (name := name_of(head, topic))),
        labels=tuple(name for head, _ in topics if (name := name_of(head))),
        total=any(_TOTAL.fullmatch(bare_name(head.name)) for head in heads),
    )


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
    if head.forms & {"p", "p_other"} or not head.name:
        return None
    if topic is not None and topic.kind != "part":
        return None
    name = bare_name(head.name)
    if SIZES.fullmatch(head.name):
        return None
    return None if not name or _NO_NAME.fullmatch(name) or _TITLE.search(name) or _TOTAL.fullmatch(name) else name


_GROUP_WORD = re.compile(r"(?<=\w)\s(?:treatment )?(?:groups?|arms?|cohorts?|patients)$", re.IGNORECASE)
_ARM_LETTER = re.compile(r"(?:groups?|arms?|cohorts?)", re.IGNORECASE)
_SIDE_NOTE = re.compile(
    r"\s?[(\[](?:arm|group) \w{1,2}[)\]]|(?<=\w)\s(?:arm|group) [A-D1-4]$|^(?:experimental"
    r"|control|treatment|study|investigational)\s(?:arm|group)\b[:\s,-]*(?=\w)",
    re.IGNORECASE,
)


def bare_name(name: str) -> str:
    """A group's name without size, and without the word group or arm after it."""
    name = SIZE.sub(" ", name)
    name = _SIDE_NOTE.sub("", name).strip(" ,;:*†‡§")
    short = _GROUP_WORD.sub("", name)
    return name if _ARM_LETTER.fullmatch(short) or not short else short.strip()
