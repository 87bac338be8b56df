"""Which endpoint a head names, by `vocabulary/endpoints.csv`, the paper's short forms and the table's own notes.

A head is short, so the whole of it has to be the endpoint, but for words that change nothing (`Best`, `rate`,
`according to RECIST`). What only contains an endpoint (`Local recurrence`, `Survival after progression`) is `other`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hcclit.document import Table
from hcclit.extractors.statistic.lexicon import short_forms
from hcclit.language import Analysis
from hcclit.vocabulary import rows

Entries = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Topic:
    """An endpoint with what its values are: `time`, `span`, `rate`, `event`. `at` is a landmark (`P1Y`).

    `generic`: a head like `Response`, which may also be a title over other heads.
    """

    code: str
    kind: str
    at: str | None = None
    generic: bool = False
    rest: str = ""


_GENERIC = frozenset(
    {
        "response",
        "responses",
        "survival",
        "recurrence",
        "mortality",
        "tumor response",
        "tumour response",
        "follow up",
        "relapse",
        "best overall response",
        "best response",
    }
)
_NUMBER = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12}
_AT = re.compile(
    rf"(?:\b(?:at|by) )?(?:(?<![\w.,-])|(?<=at )|(?<=by ))(?P<n>\d{{1,3}}"
    rf"|{'|'.join(_NUMBER)})(?:\s?-\s?|\s)?(?P<u>years?|yrs?|y|months?|mos?|m|weeks?|wks?|days?"
    rf"|d)\b\.?"
    r"(?P<list>\s?[,/]\s?\d)?",
    re.IGNORECASE,
)
_ISO = {"y": "Y", "m": "M", "w": "W", "d": "D"}
_FILLER = re.compile(
    r"\b(?:no|number|nos)\b\.?(?= of\b)|\b(?:(?:treatment|drug|therapy|procedure|surgery"
    r"|toxicity|operation)-related|toxic|all-cause|perioperative|postoperative|operative"
    r"|(?:in-?)?hospital)(?= (?:deaths?|mortality)\b)|\b(?:overall(?= survival rate$)|rates?"
    r"|best|confirmed|unconfirmed|estimated|actuarial|kaplan-meier|crude|cumulative|incidence"
    r"|probability|percentage|proportion"
    r"|patients?|total|of|the|with|in|who|had|having|achieved|achieving|all|any"
    r"|clinical(?= (?:CR|PR|SD|PD|complete|partial|stable)\b)"
    r"|evaluable|based on|according to|as per|per|by|using|on|independent(?:ly)?"
    r"|investigators?(?:'s?)?|central(?:ly)?|radiolog\w+|review(?:ed)?|assess(?:ment|ed)"
    r"|(?:m|modified )?RECIST(?: (?:version |v)?1\.[01])?|EASL|WHO|Choi|criteria|ITT"
    r"|intention-to-treat|time|duration(?= of (?:follow|treat))|at|for|from|study entry"
    r"|randomi[sz]ation)\b|[:*†‡]|\b[curi](?=(?:CR|PR|SD|PD)\b)",
    re.IGNORECASE,
)
_SUM = re.compile(r"\s?(?:\+|plus|and|&|/|or)\s?", re.IGNORECASE)
_SUMS = {
    frozenset({"CR", "PR"}): ("ORR", "rate"),
    frozenset({"CR", "PR", "SD"}): ("DCR", "rate"),
    frozenset({"PR", "SD"}): ("DCR", "rate"),
}
_BRACKET = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]")
_DEFINED = re.compile(
    r"(?<![\w-])(?P<short>[A-Za-z][A-Za-z0-9-]{0,7})\s?(?:=|:|,|-)\s?(?P<long>[A-Za-z][A-Za-z -]{3,50}?)(?=[;,.]|$)"
)


class Lexicon:
    """What heads of one table may name."""

    def __init__(self, analysis: Analysis, table: Table) -> None:
        self._entries = dict(_vocabulary())
        own = dict(short_forms(analysis))
        for match in _DEFINED.finditer(table.notes):
            own[match["short"]] = match["long"]
        for short, long in own.items():
            meant = _entry(self._entries, long)
            if meant is not None:
                self._entries[short] = meant
            elif short in self._entries and len(short) <= 4:
                del self._entries[short]
        self._known: dict[str, Topic | None] = {}

    def topic(self, name: str) -> Topic | None:
        """The endpoint that a head's name is, or None."""
        if name not in self._known:
            self._known[name] = self._topic(name)
        return self._known[name]

    def _topic(self, name: str) -> Topic | None:
        if len(name) > 120:
            return None
        at, rest = _landmark(name)
        inner = next((m.group()[1:-1] for m in _BRACKET.finditer(rest) if _SUM.search(m.group())), "")
        for plain in (rest, _BRACKET.sub(" ", rest), inner):
            found = self._whole(plain)
            if found is not None:
                return Topic(*found, at, generic=at is None and _key(plain).lower() in _GENERIC)
        if self._contains(rest):
            return Topic("other", "part", at, rest=rest)
        return Topic("", "landmark", at) if at and not rest.strip(" ,()") else None

    def _whole(self, plain: str) -> tuple[str, str] | None:
        """The entry that a name is, as it stands or without the words that change nothing."""
        for written in (plain, _FILLER.sub(" ", plain)):
            found = _entry(self._entries, written) or self._sum(written)
            if found is not None:
                return found
        return None

    def _sum(self, written: str) -> tuple[str, str] | None:
        parts = [_entry(self._entries, part) for part in _SUM.split(written.strip())]
        if len(parts) < 2 or any(part is None for part in parts):
            return None
        codes = frozenset(part[0] for part in parts if part)
        return _SUMS.get(codes, next(iter(parts)) if len(codes) == 1 else None)

    def _contains(self, name: str) -> bool:
        words = _key(name).split()
        return any(
            _entry(self._entries, " ".join(words[i:j]))
            for i in range(len(words))
            for j in range(i + 1, min(i + 5, len(words) + 1))
        )


def mentions_of(lexicon: Lexicon, text: str) -> list[Topic]:
    """The endpoints that a caption names, each once, in order."""
    found: dict[str, Topic] = {}
    words = re.findall(r"[\w'-]+", _BRACKET.sub(lambda m: f" {m.group()[1:-1]} ", text))
    index = 0
    while index < len(words):
        for length in range(min(5, len(words) - index), 0, -1):
            topic = lexicon.topic(" ".join(words[index : index + length]))
            if topic is not None and topic.code and topic.kind != "part" and not topic.at:
                found.setdefault(topic.code, topic)
                index += length - 1
                break
        index += 1
    return list(found.values())


@lru_cache(maxsize=1)
def _vocabulary() -> Entries:
    entries: Entries = {}
    for row in rows("endpoints"):
        kind = "event" if row["kind"] == "verb" else row["kind"]
        for written in row["written"].split("|"):
            short = any(c.isupper() for c in written) and " " not in written
            entries.setdefault(_key(written) if short else _key(written).lower(), (row["endpoint"], kind))
    return entries


def _entry(entries: Entries, written: str) -> tuple[str, str] | None:
    key = _key(written)
    return entries.get(key) or entries.get(key.lower()) if key else None


def _key(written: str) -> str:
    return re.sub(r"[\s\-()\[\],]+", " ", written).strip()


def _landmark(name: str) -> tuple[str | None, str]:
    match = _AT.search(name)
    if match is None or match["list"]:
        return None, name
    number = _NUMBER.get(match["n"].lower()) or int(match["n"])
    iso = f"P{number}{_ISO[match['u'][0].lower()]}"
    return iso, (name[: match.start()] + " " + name[match.end() :]).strip()
