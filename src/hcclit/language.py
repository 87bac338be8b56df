"""The language stage: tokens, sentences, abbreviations and entities of a document's view.

`analyse` gives what every extractor reads. Entities come from the hand-kept vocabulary and, where it does not explain
a sentence, from a trained model; `hcclit.settings` says which of the two are asked.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import spacy
from scispacy.custom_tokenizer import combined_rule_tokenizer
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from hcclit.abbreviations import find_abbreviations
from hcclit.citations import find_citations
from hcclit.dates import DateMention, find_dates
from hcclit.document import Document
from hcclit.entities import Entity, EntityMatcher
from hcclit.ner.gate import readable, unexplained
from hcclit.ner.recogniser import Recogniser, merged
from hcclit.ner.spread import spread
from hcclit.ner.tokens import TOKENIZER
from hcclit.quantity import Quantity, scan
from hcclit.records import Section
from hcclit.sentences import sentence_spans
from hcclit.settings import Settings, current
from hcclit.view import View, make_view

_FEW, _MOST = 8, 0.85  # sentences of a text; share of them that stand alone


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the view. `passage` counts paragraphs, so neighbours in one paragraph share it."""

    index: int
    start: int
    end: int
    text: str
    passage: int
    section: Section | None
    kind: str


@dataclass
class Analysis:
    """A document as the extractors see it. All offsets are into `text`, the view's."""

    document: Document
    view: View
    text: str
    sentences: list[Sentence]
    entities: list[Entity]
    quantities: list[Quantity]
    dates: list[DateMention]
    citations: list[tuple[int, int]]
    abbreviations: dict[str, str]
    settings: Settings = field(default_factory=current)
    cache: dict[str, Any] = field(default_factory=dict)
    """Facts about the whole paper that several stages need (its criteria, its arms), computed once by their owner."""

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that a place is in; the one before, for white space between sentences."""
        return self.sentences[max(0, bisect_right(self._starts("sentences"), offset) - 1)]

    def quantities_in(self, start: int, end: int) -> list[Quantity]:
        """Quantities that begin in a span."""
        return self._within("quantities", self.quantities, start, end)

    def entities_in(self, start: int, end: int, label: str | None = None) -> list[Entity]:
        """Entities that begin in a span, of one label or of any."""
        found: list[Entity] = self._within("entities", self.entities, start, end)
        return [e for e in found if label is None or e.label == label]

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        """Dates that begin in a span."""
        return self._within("dates", self.dates, start, end)

    def _within(self, name: str, items: Sequence[Any], start: int, end: int) -> list[Any]:
        starts = self._starts(name)
        return list(items[bisect_left(starts, start) : bisect_left(starts, end)])

    def _starts(self, name: str) -> list[int]:
        """Where the items of a list begin, made once for its look-ups."""
        key = f"starts of {name}"
        if key not in self.cache:
            self.cache[key] = [item.start for item in getattr(self, name)]
        starts: list[int] = self.cache[key]
        return starts

    def neighbours(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentence before and the sentence after, within the paragraph."""
        for index in (sentence.index - 1, sentence.index + 1):
            if 0 <= index < len(self.sentences) and self._is_together(sentence, self.sentences[index]):
                yield self.sentences[index]

    def _is_together(self, sentence: Sentence, other: Sentence) -> bool:
        """Whether two neighbours stand in one paragraph; in a text with a sentence on each line nothing shows it."""
        if sentence.passage == other.passage:
            return True
        return self._is_line_per_sentence() and (sentence.section, sentence.kind) == (other.section, other.kind)

    def _is_line_per_sentence(self) -> bool:
        if "a sentence on each line" not in self.cache:
            told = [s.passage for s in self.sentences if s.kind == "paragraph"]
            alone = len(set(told)) / len(told) if len(told) >= _FEW else 0
            self.cache["a sentence on each line"] = alone > _MOST
        return bool(self.cache["a sentence on each line"])


@cache
def pipeline() -> Language:
    """The spaCy pipeline, made once: a blank English one with scispaCy's tokeniser."""
    # spaCy's own tokeniser would take as long to make as scispaCy's, for nothing but to be replaced by it
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.tokenizer = Tokenizer(nlp.vocab)  # where scispaCy looks for more rules, and finds none
    with warnings.catch_warnings():
        # scispaCy's infix pattern holds '[[', which re warns of; the pattern itself is right
        warnings.simplefilter("ignore", FutureWarning)
        nlp.tokenizer = combined_rule_tokenizer(nlp)
    return nlp


@cache
def matcher() -> EntityMatcher:
    """The vocabulary's matcher, made once."""
    return EntityMatcher()


def analyse(document: Document, settings: Settings | None = None) -> Analysis:
    """Read a document's view: sentences, entities, quantities, dates, citations, abbreviations.

    Raises:
        hcclit.errors.SetupError: a sentence needs the entity model, and it cannot be used.
    """
    view = make_view(document)
    sentences = list(_sentences(view))
    abbreviations = find_abbreviations((s.text for s in sentences), pipeline().make_doc)
    citations = find_citations(view.text)
    dates = find_dates(view.text, citations)
    skip = sorted(citations + [(d.start, d.end) for d in dates])
    quantities = scan(view.text, skip)
    settings = settings or current()
    spans = [(s.start, s.end) for s in sentences]
    return Analysis(
        document=document,
        view=view,
        text=view.text,
        sentences=sentences,
        entities=_entities(view.text, spans, quantities, abbreviations, settings),
        quantities=quantities,
        dates=dates,
        citations=citations,
        abbreviations=abbreviations,
        settings=settings,
    )


def entities_of(text: str, analysis: Analysis) -> list[Entity]:
    """The entities of a text that stands beside the running one: a table's cell or head.

    The model is not asked: a cell alone (`400 mg, bid`) is no sentence, and it learnt from sentences. What it found in
    the running text counts here too.
    """
    if "model_entities" not in analysis.cache:  # once for a paper: it may have thousands of cells
        told = {entity.text: entity for entity in analysis.entities if entity.source == "model"}
        analysis.cache["model_entities"] = list(told.values())
    own = matcher()(text, analysis.abbreviations) if analysis.settings.entities != "model" else []
    return merged(own, list(spread(text, analysis.cache["model_entities"])))


def _entities(
    text: str,
    sentences: Sequence[tuple[int, int]],
    quantities: Sequence[Quantity],
    abbreviations: dict[str, str],
    settings: Settings,
) -> list[Entity]:
    """Entities by the vocabulary, by the model or by both; markers are always the vocabulary's.

    Beside the vocabulary the model reads only what that leaves unexplained.
    """
    known = matcher()(text, abbreviations)
    if not settings.uses_model:
        return known
    if settings.entities == "model":
        known, asked = [e for e in known if e.label == "MARKER"], readable(sentences)
    else:
        asked = unexplained(text, sentences, quantities, known)
    read = [sentences[index] for index in asked]
    found = Recogniser(settings.model, matcher())(text, read, quantities, abbreviations)
    return merged(known, sorted([*found, *spread(text, found, read)], key=lambda entity: entity.start))


def _sentences(view: View) -> Iterator[Sentence]:
    index = 0
    for number, passage in enumerate(view.passages):
        for start, end in sentence_spans(view.text, passage.start, passage.end):
            yield Sentence(index, start, end, view.text[start:end], number, passage.section, passage.kind)
            index += 1
