"""Entities of a text: drugs, tumour markers, diseases and procedures, by the hand-kept vocabulary.

Where a paper defines a short form (`PD (pharmacodynamics)`), its definition decides what the form means there.

Names are compared word by word: letters and digits part (`5FU`, `5-FU`, `5 FU`), hyphens and case do not count,
but a short form of up to four letters counts only in capitals, as papers write it. spaCy's PhraseMatcher would do
the same for half a second at every start, a third of what importing spaCy costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from hcclit.vocabulary import rows

EntityLabel = Literal["DRUG", "MARKER", "DISEASE", "PROCEDURE"]
TABLES: dict[str, EntityLabel] = {
    "drugs": "DRUG",
    "markers": "MARKER",
    "diseases": "DISEASE",
    "procedures": "PROCEDURE",
}
_CODE_SYSTEMS = ("rxnorm", "atc", "loinc", "ncit")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s-]")


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing at a place: `name` is its normal name, `text` as written, `codes` what the vocabulary has."""

    start: int
    end: int
    label: EntityLabel
    name: str
    text: str
    codes: dict[str, str] = field(default_factory=dict)
    ambiguous: bool = False  # a short form that means other things too, and that the paper does not define
    source: Literal["vocabulary", "model"] = "vocabulary"
    sure: float | None = None  # by a model that says so, 0 to 1


@dataclass(frozen=True, slots=True)
class Term:
    """A name of the vocabulary. `exact` is set where its case counts."""

    label: EntityLabel
    name: str
    codes: dict[str, str]
    ambiguous: bool
    exact: str | None


@dataclass(slots=True)
class _Node:
    """A node of the tree of names: what follows each word, and the terms that end here."""

    following: dict[str, _Node] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)


class EntityMatcher:
    """Finds the vocabulary's names in a text, longest first, in one pass."""

    def __init__(self) -> None:
        self._root = _Node()
        for table, label in TABLES.items():
            for row in rows(table):
                self._add(label, row)

    def _add(self, label: EntityLabel, row: dict[str, str]) -> None:
        codes = {system: row[system] for system in _CODE_SYSTEMS if row.get(system)}
        written = [w for w in row["synonyms"].split("|") if w]
        if f"{row['name']}?" not in written:  # a name that is ambiguous itself stands among its synonyms
            written.insert(0, row["name"])
        for name in written:
            plain = name.removesuffix("?")
            exact = plain if _is_short_form(plain) else None
            node = self._root
            for word in _WORD.findall(plain.lower()):
                node = node.following.setdefault(word, _Node())
            node.terms.append(Term(label, row["name"], codes, name.endswith("?"), exact))

    def term(self, written: str) -> Term | None:
        """The vocabulary's entry for a name as written, or None."""
        node: _Node | None = self._root
        for word in _WORD.findall(written.lower()):
            node = node.following.get(word) if node else None
        return _fitting(node, written) if node else None

    def __call__(self, text: str, abbreviations: dict[str, str]) -> list[Entity]:
        """Entities in order of place, not overlapping.

        Args:
            text: cleaned text.
            abbreviations: short forms that the paper defines, with their long forms.
        """
        defined = {short: self.term(long) for short, long in abbreviations.items()}
        out = []
        for start, end, term in self._matches(text):
            entity = _entity(text, (start, end), term, defined)
            if entity is not None:
                out.append(entity)
        return out

    def _matches(self, text: str) -> Iterator[tuple[int, int, Term]]:
        for line in _LINE.finditer(text):  # no name goes over a line's end
            yield from self._matches_in(text, [(m[0].lower(), *m.span()) for m in _WORD.finditer(text, *line.span())])

    def _matches_in(self, text: str, words: list[tuple[str, int, int]]) -> Iterator[tuple[int, int, Term]]:
        index = 0
        while index < len(words):
            found = self._longest(text, words, index) if words[index][0] in self._root.following else None
            if found is None:
                index += 1
                continue
            term, last = found
            yield words[index][1], words[last][2], term
            index = last + 1

    def _longest(self, text: str, words: list[tuple[str, int, int]], index: int) -> tuple[Term, int] | None:
        node = self._root.following.get(words[index][0])
        start, best, at = words[index][1], None, index
        while node is not None:
            end = words[at][2]
            if node.terms and _stands_alone(text, start, end):
                term = _fitting(node, text[start:end])
                best = (term, at) if term else best
            at += 1
            if at >= len(words) or words[at][1] - end > 2:
                break
            node = node.following.get(words[at][0])
        return best


def _entity(text: str, span: tuple[int, int], term: Term, defined: dict[str, Term | None]) -> Entity | None:
    written = text[span[0] : span[1]]
    ambiguous = term.ambiguous
    if written in defined:
        meant = defined[written]
        if meant is None and (ambiguous or term.exact):
            return None  # the paper says that it means something else
        term, ambiguous = meant or term, False
    return Entity(*span, term.label, term.name, written, term.codes, ambiguous)


def _fitting(node: _Node, written: str) -> Term | None:
    """The first term whose case fits, an unambiguous one before others."""
    fitting = [t for t in node.terms if t.exact is None or t.exact == written or _same_short(t.exact, written)]
    return next((t for t in fitting if not t.ambiguous), fitting[0] if fitting else None)


def _same_short(exact: str, written: str) -> bool:
    return exact.replace("-", "").replace(" ", "") == written.replace("-", "").replace(" ", "")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """No letter or digit touches the name; digits may follow a long one (`sorafenib400 mg`)."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "'" and text[start - 2 : start - 1].isalpha():
        return False  # the s of `patient's AFP`
    return not before.isalnum() and (not after.isalnum() or (after.isdigit() and end - start > 5))


def _is_short_form(text: str) -> bool:
    return len(text) <= 5 and text.upper() == text and any(c.isalpha() for c in text)
