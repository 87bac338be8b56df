"""Entities by the model: its spans under our labels, with the vocabulary's names and codes where it knows them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import cast

from spacy.language import Language

from hcclit.entities import Entity, EntityLabel, EntityMatcher, Term
from hcclit.ner.labels import label_map
from hcclit.ner.locate import locate
from hcclit.ner.model import Found, find, labels_of, load
from hcclit.ner.names import normal_name
from hcclit.quantity import Quantity
from hcclit.settings import ModelSettings

Span = tuple[int, int]
_SURE = 0.5
"""How sure a model must be of a span, if it says so."""
_WORDS = 2
"""Words of a long form that is a name, not a phrase (`enzyme replacement therapy`)."""
_AT_ONCE = 100_000
"""Characters of sentences that are read as one text; spaCy takes ten times as many."""


class Recogniser:
    """Reads sentences with a model, which is loaded when the first one comes.

    Args:
        settings: which model, and what its labels mean.
        vocabulary: gives names and codes of what it knows.
    """

    def __init__(self, settings: ModelSettings, vocabulary: EntityMatcher) -> None:
        self._settings = settings
        self._vocabulary = vocabulary

    def __call__(
        self, text: str, spans: Sequence[Span], quantities: Sequence[Quantity], abbreviations: Mapping[str, str]
    ) -> list[Entity]:
        """The entities of some sentences, in order of place, not overlapping.

        Args:
            text: cleaned text.
            spans: the sentences, in order.
            quantities: of the text, in order; no name reaches into one that has a unit.
            abbreviations: short forms that the paper defines, with their long forms.

        Raises:
            hcclit.errors.SetupError: the model cannot be used.
        """
        if not spans:
            return []
        nlp = load(locate(self._settings.name))
        labels = label_map(self._settings.name, labels_of(nlp), self._settings.labels)
        measured = [(q.start, q.end) for q in quantities if q.unit is not None]
        out: list[Entity] = []
        for sentence in _found(nlp, text, spans):
            for one in _apart([f for f in sentence if f.label in labels]):
                place = _outside(text, (one.start, one.end), measured)
                entity = self._entity(text, place, replace(one, label=labels[one.label]), abbreviations)
                if entity is not None:
                    out.append(entity)
        return out

    def _entity(self, text: str, place: Span, found: Found, abbreviations: Mapping[str, str]) -> Entity | None:
        written = text[slice(*place)]
        label = cast(EntityLabel, found.label)
        term = self._term(written, abbreviations)
        if term is not None:
            return Entity(*place, term.label, term.name, written, term.codes, source="model", sure=found.sure)
        long = abbreviations.get(written, "")
        name = normal_name(long if 0 < len(long.split()) <= _WORDS else written)
        return Entity(*place, label, name, written, source="model", sure=found.sure) if name else None

    def _term(self, written: str, abbreviations: Mapping[str, str]) -> Term | None:
        """What the vocabulary knows a name as: as written, by its definition, without its salt, in the singular."""
        forms = (written, abbreviations.get(written, ""), normal_name(written), written.removesuffix("s"))
        return next((term for form in forms if form and (term := self._vocabulary.term(form))), None)


def merged(known: Sequence[Entity], found: Sequence[Entity]) -> list[Entity]:
    """Entities of the vocabulary and the model in order of place; where two overlap, the vocabulary's stays."""
    out: list[Entity] = []
    waiting = iter(known)
    following = next(waiting, None)
    for entity in found:
        while following is not None and following.end <= entity.start:
            out.append(following)
            following = next(waiting, None)
        if following is None or entity.end <= following.start:
            out.append(entity)
    return [*out, *([following] if following is not None else []), *waiting]


def _outside(text: str, span: Span, measured: Sequence[Span]) -> Span:
    """A name's span up to the first quantity in it (`foobarin 75 mg`), empty where it begins in one."""
    start, end = span
    index = bisect_right(measured, start, key=lambda quantity: quantity[0])
    if index and measured[index - 1][1] > start:
        return start, start
    if index < len(measured) and measured[index][0] < end:
        end = measured[index][0]
    return start, start + len(text[start:end].rstrip(" ,;:([-"))


def _found(nlp: Language, text: str, sentences: Sequence[Span]) -> Iterator[list[Found]]:
    """What the model finds in each of some sentences of a text, by place in the text.

    The sentences are read as one text, a line each, so that the model hears them together.
    """
    for lot in _lots(sentences):
        begins = [0, *accumulate(end - start + 1 for start, end in lot)]
        found: list[list[Found]] = [[] for _ in lot]
        for one in find(nlp, "\n".join(text[start:end] for start, end in lot)):
            index = bisect_right(begins, one.start) - 1
            if one.end < begins[index + 1]:  # spans over a line's end are none
                shift = lot[index][0] - begins[index]
                found[index].append(replace(one, start=one.start + shift, end=one.end + shift))
        yield from found


def _apart(found: list[Found]) -> list[Found]:
    """Spans of a sentence that do not overlap, in order: of those that do the surest, then the longest.

    A span that is found twice, by both heads, is as sure as the two together; what stays unsure is left out.
    """
    doubt: dict[Span, float] = {}
    for one in found:
        place = (one.start, one.end)
        doubt[place] = doubt.get(place, 1.0) * (1 - (1.0 if one.sure is None else one.sure))
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (doubt[f.start, f.end], f.start - f.end, f.start)):
        sure = None if one.sure is None else 1 - doubt[one.start, one.end]
        if (sure is None or sure >= _SURE) and all(one.end <= o.start or o.end <= one.start for o in kept):
            kept.append(replace(one, sure=sure))
    return sorted(kept, key=lambda f: f.start)


def _lots(sentences: Sequence[Span]) -> Iterator[list[Span]]:
    """Sentences in texts of a size that spaCy takes."""
    lot: list[Span] = []
    size = 0
    for span in sentences:
        lot.append(span)
        size += span[1] - span[0]
        if size > _AT_ONCE:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot
