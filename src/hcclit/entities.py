"""Entities of a text: drugs, tumour markers, diseases and procedures, by the hand-kept vocabulary.

Where a paper defines a short form (`PD (pharmacodynamics)`), its definition decides what the form means there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from hcclit.vocabulary import rows

TABLES = {"drugs": "DRUG", "markers": "MARKER", "diseases": "DISEASE", "procedures": "PROCEDURE"}
_CODE_SYSTEMS = ("rxnorm", "atc", "loinc", "ncit")


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing at a place: `name` is its normal name, `text` as written, `codes` what the vocabulary has."""

    start: int
    end: int
    label: str
    name: str
    text: str
    codes: dict[str, str] = field(default_factory=dict)
    ambiguous: bool = False  # a short form that means other things too, and that the paper does not define


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the vocabulary."""

    label: str
    name: str
    kind: str
    codes: dict[str, str]


class EntityMatcher:
    """Finds the vocabulary's names in a tokenised text, longest first, regardless of case.

    Short forms of up to four letters are matched in capitals only, as papers write them.
    """

    def __init__(self, nlp: Language) -> None:
        self._terms: dict[str, Term] = {}
        self._ambiguous: set[str] = set()
        self._any_case = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        for table, label in TABLES.items():
            for row in rows(table):
                self._add(nlp, label, row)

    def _add(self, nlp: Language, label: str, row: dict[str, str]) -> None:
        codes = {system: row[system] for system in _CODE_SYSTEMS if row.get(system)}
        term = Term(label, row["name"], row.get("kind", ""), codes)
        for written in (row["name"], *filter(None, row["synonyms"].split("|"))):
            text = written.rstrip("?")
            key = text if _is_short_form(text) else text.lower()
            if key in self._terms:
                continue
            self._terms[key] = term
            if written.endswith("?"):
                self._ambiguous.add(key)
            matcher = self._exact if _is_short_form(text) else self._any_case
            matcher.add(key, [nlp.tokenizer(text)])

    def term(self, written: str) -> Term | None:
        """The vocabulary's entry for a name as written, or None."""
        return self._terms.get(written) or self._terms.get(written.lower())

    def __call__(self, doc: Doc, abbreviations: dict[str, str]) -> list[Entity]:
        """Entities in order of place, not overlapping."""
        spans = filter_spans(list(self._matches(doc)))
        out = []
        for span in spans:
            entity = self._entity(doc, span, abbreviations)
            if entity is not None:
                out.append(entity)
        return out

    def _matches(self, doc: Doc) -> Iterator[Span]:
        for matcher in (self._exact, self._any_case):
            for match_id, start, end in matcher(doc):
                yield Span(doc, start, end, label=match_id)

    def _entity(self, doc: Doc, span: Span, abbreviations: dict[str, str]) -> Entity | None:
        key = doc.vocab.strings[span.label]
        term, ambiguous = self._terms[key], key in self._ambiguous
        definition = abbreviations.get(span.text)
        if definition is not None:
            defined = self.term(definition)
            if defined is not None:
                term, ambiguous = defined, False
            elif _is_short_form(key):
                if ambiguous:
                    return None  # the paper means something else by it
        return Entity(
            span.start_char, span.end_char, term.label, term.name, span.text, term.codes, ambiguous and definition is None
        )


def _is_short_form(text: str) -> bool:
    return len(text) <= 4 and text.upper() == text and any(c.isalpha() for c in text)
