"""Which endpoint a head names, by `vocabulary/endpoints.csv`, the paper's short forms and the table's own notes.

A head is short, so the whole of it has to be the endpoint, but for words that change nothing (`Best`, `rate`,
`according to RECIST`). What only contains an endpoint (`Local recurrence`, `Survival after progression`) is `other`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from hcclit.document import Table
from hcclit.extractors.statistic.lexicon import short_forms
from hcclit.extractors.table.heads import parse_head
from hcclit.extractors.table.words import words
from hcclit.language import Analysis
from hcclit.vocabulary import rows

Entry = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Topic:
    """An endpoint with what its values are.

    Attributes:
        code: the endpoint; empty for a bare landmark (`1-year`).
        kind: `time`, `span`, `rate`, `event`, `topic`, or `part` where a name only contains an endpoint.
        at: the landmark (`P1Y`).
        generic: a head like `Response`, which may also be a title over other heads.
        landmarks: several landmarks of one head (`1-, 3-, 5-year`), of which `at` is none.
    """

    code: str
    kind: str
    at: str | None = None
    generic: bool = False
    landmarks: tuple[str, ...] = ()


_NUMBER = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12}
_AT = re.compile(
    rf"(?:\b(?:at|by) )?(?:(?<![\w.,-])|(?<=at )|(?<=by ))(?P<n>\d{{1,3}}|{'|'.join(_NUMBER)})(?:\s?-\s?|\s)?"
    r"(?P<u>years?|yrs?|y|months?|mos?|m|weeks?|wks?|days?|d)\b\.?(?P<list>\s?[,/]\s?\d)?",
    re.IGNORECASE,
)
_AT_LIST = re.compile(
    r"(?<![\w.])(?P<list>\d{1,2}(?:\s?-?\s?(?:[,/]|,? and |&)\s?\d{1,2})+)(?:\s?-\s?|\s)"
    r"(?P<u>years?|yrs?|months?|mos?)\b\.?",
    re.IGNORECASE,
)
_SUM = re.compile(r"\s?(?:\+|plus|and|&|/|or)\s?", re.IGNORECASE)
_SUMS: dict[frozenset[str], Entry] = {
    frozenset({"CR", "PR"}): ("ORR", "rate"),
    frozenset({"CR", "PR", "SD"}): ("DCR", "rate"),
    frozenset({"PR", "SD"}): ("DCR", "rate"),
}
_BRACKET = re.compile(r"[(\[][^()\[\]]{0,60}[)\]]")
_BETWEEN_WORDS = re.compile(r"[\s\-()\[\],]+")
# `cPR` is a PR by clinical means, `mOS` a median
_SIGN = re.compile(r"[:*†‡]|\b[curi](?=(?:CR|PR|SD|PD)\b)|\bm(?=(?:OS|PFS|TTP|TTSP|DFS|RFS|DoR|DOR)\b)")
_DEFINED = re.compile(
    r"(?<![\w-])(?P<short>[A-Za-z][A-Za-z0-9-]{0,7})\s?(?:=|:|,|-)\s?(?P<long>[A-Za-z][A-Za-z -]{3,50}?)(?=[;,.]|$)"
)
_MARK = re.compile(r"(?:^|[.;)\]])\s?(?P<letter>[a-h])(?=[A-Z(])")  # a note's letter, which has lost its place: `aBy`
_WORD = re.compile(r"\w+")
_LONGEST = 120
_MOST_WORDS = 5


class Lexicon:
    """What the heads of one table may name."""

    def __init__(self, analysis: Analysis, table: Table) -> None:
        defined = {m["short"]: m["long"] for m in _DEFINED.finditer(table.notes)}
        self._entries = _redefined(_of_paper(analysis), defined)
        self._known: dict[str, Topic | None] = {}
        self._shorts = {short: long for short, long in short_forms(analysis).items() if short[:1].isupper()}
        heads = {head for cell in table.values for head in (*cell.row_heads[-1:], *cell.column_heads[-1:])}
        self._entries = self._entries | self._beside([parse_head(head).name for head in heads])
        self.marks = frozenset(m["letter"] for m in _MARK.finditer(table.notes))

    def _beside(self, names: list[str]) -> dict[str, Entry]:
        """Words that are endpoints in a table only (`No change`), some of them only beside CR, PR or PD."""
        known = {key.lower() for name in names if (key := _key(name))}
        categories = {found[0] for name in names if (found := self._whole(name))} & {"CR", "PR", "SD", "PD"}
        bare = {row["endpoint"] for row in _of_tables() if known & set(row["written"].lower().split("|"))}
        among = len(categories | bare & {"CR", "PR", "SD"}) > 1 and bool(categories or "SD" in bare)
        taken = [row for row in _of_tables() if among or not row["beside"]]
        return {_stored(w): (row["endpoint"], row["kind"]) for row in taken for w in row["written"].split("|")}

    def topic(self, name: str) -> Topic | None:
        """The endpoint that a head's name is, or None."""
        if name not in self._known:
            self._known[name] = self._topic(name) if len(name) <= _LONGEST else None
        return self._known[name]

    def _topic(self, name: str) -> Topic | None:
        landmarks, rest = _landmarks(name)
        at, rest = (None, rest) if landmarks else _landmark(name)
        sums = [m.group()[1:-1] for m in _BRACKET.finditer(rest) if _SUM.search(m.group())]
        for plain in (rest, _BRACKET.sub(" ", rest), *sums[:1]):
            found = self._whole(plain)
            if found is not None:
                generic = not (at or landmarks) and bool(words("generic").fullmatch(_key(plain)))
                return Topic(*found, at, generic, landmarks)
        spelt = _WORD.sub(lambda m: self._shorts.get(m.group(), m.group()), rest)
        if spelt != rest and len(spelt) <= _LONGEST and (written := self._whole(spelt)) is not None:
            return Topic(*written, at)
        if self._contains(rest):
            return Topic("other", "part", at)
        return Topic("", "landmark", at) if at and not rest.strip(" ,()") else None

    def _whole(self, plain: str) -> Entry | None:
        """The entry that a name is, as it stands or without the words that change nothing."""
        for written in (plain, words("filler").sub(" ", _SIGN.sub(" ", plain))):
            found = _entry(self._entries, written) or self._sum(written)
            if found is not None:
                return found
        return None

    def _sum(self, written: str) -> Entry | None:
        parts = [_entry(self._entries, part) for part in _SUM.split(written.strip())]
        known = [part for part in parts if part is not None]
        if len(parts) < 2 or len(known) < len(parts):
            return None
        codes = frozenset(code for code, _ in known)
        return _SUMS.get(codes, known[0] if len(codes) == 1 else None)

    def _contains(self, name: str) -> bool:
        parts = _key(name).split()
        spans = ((i, j) for i in range(len(parts)) for j in range(i + 1, min(i + _MOST_WORDS, len(parts) + 1)))
        return any(_entry(self._entries, " ".join(parts[i:j])) for i, j in spans)


def mentions_of(lexicon: Lexicon, text: str) -> list[Topic]:
    """The endpoints that a caption names, each once, in order."""
    found: dict[str, Topic] = {}
    parts = re.findall(r"[\w'-]+", text)
    index = 0
    while index < len(parts):
        for length in range(min(_MOST_WORDS, len(parts) - index), 0, -1):
            topic = lexicon.topic(" ".join(parts[index : index + length]))
            if topic is not None and topic.code and topic.kind != "part" and not topic.at:
                found.setdefault(topic.code, topic)
                index += length - 1
                break
        index += 1
    return list(found.values())


@cache
def _vocabulary() -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for row in rows("endpoints"):
        kind = "event" if row["kind"] == "verb" else row["kind"]
        for written in row["written"].split("|"):
            entries.setdefault(_stored(written), (row["endpoint"], kind))
    return entries


def _stored(written: str) -> str:
    """The key of an entry: short forms keep their case."""
    short = any(c.isupper() for c in written) and " " not in written
    return _key(written) if short else _key(written).lower()


def _of_paper(analysis: Analysis) -> dict[str, Entry]:
    """The vocabulary with the paper's own short forms, made once a paper."""
    if "table_entries" not in analysis.cache:
        analysis.cache["table_entries"] = _redefined(_vocabulary(), short_forms(analysis))
    entries: dict[str, Entry] = analysis.cache["table_entries"]
    return entries


def _redefined(known: Mapping[str, Entry], defined: Mapping[str, str]) -> dict[str, Entry]:
    entries = dict(known)
    for short, long in defined.items():
        meant = _entry(entries, long) or _entry(entries, words("filler").sub(" ", long))
        if meant is not None:
            entries[short] = meant
        elif short in entries and len(short) <= 4:
            del entries[short]
    return entries


@cache
def _of_tables() -> list[dict[str, str]]:
    return list(rows("table_endpoints"))


def _entry(entries: Mapping[str, Entry], written: str) -> Entry | None:
    key = _key(written)
    return entries.get(key) or entries.get(key.lower()) if key else None


def _key(written: str) -> str:
    return _BETWEEN_WORDS.sub(" ", written).strip()


def _landmarks(name: str) -> tuple[tuple[str, ...], str]:
    """The landmarks of a list in a name (`1-, 3-, 5-year OS`), and the name without them."""
    match = _AT_LIST.search(name)
    if match is None:
        return (), name
    numbers = re.findall(r"\d+", match["list"])
    rest = f"{name[: match.start()]} {name[match.end() :]}"
    return tuple(f"P{number}{match['u'][0].upper()}" for number in numbers), rest.strip()


def _landmark(name: str) -> tuple[str | None, str]:
    """The landmark in a name, and the name without it."""
    match = _AT.search(name)
    if match is None or match["list"]:
        return None, name
    number = _NUMBER.get(match["n"].lower()) or int(match["n"])
    rest = f"{name[: match.start()]} {name[match.end() :]}"
    return f"P{number}{match['u'][0].upper()}", rest.strip()
