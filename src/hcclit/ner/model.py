"""A loaded entity model: texts to labelled spans."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from hcclit.errors import SetupError
from hcclit.ner.locate import Model

_NOT_NEEDED = ["tagger", "morphologizer", "attribute_ruler", "lemmatizer", "trainable_lemmatizer", "parser", "senter"]
"""Components of ready-made models that have no part in entities and take most of their time."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a model found: a span of the text that it was given, its own label, and how sure it is, if it says so."""

    start: int
    end: int
    label: str
    sure: float | None = None


@cache
def load(model: Model) -> Language:
    """Load a model, once in a process.

    Raises:
        SetupError: spaCy cannot load it.
    """
    for part in ("tagger", "tokens"):
        import_module(f"hcclit.ner.{part}")  # registers what the shipped model is made of
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # trained by another version of spaCy: told by its results, if at all
            return spacy.load(model.loads_by, exclude=_NOT_NEEDED)
    except Exception as error:  # whatever a pipeline's parts raise
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise SetupError(f"entity model {model.loads_by}: spaCy cannot load it ({reason})") from error


def labels_of(nlp: Language) -> list[str]:
    """All labels that a model's components may give."""
    return sorted({label for labels in nlp.pipe_labels.values() for label in labels})


def find(nlp: Language, text: str | Doc) -> list[Found]:
    """The spans that a model finds in a text, in all its layers: entities and span groups."""
    doc = nlp(text)
    found = [Found(span.start_char, span.end_char, span.label_) for span in doc.ents]
    for group in doc.spans.values():
        scores = group.attrs.get("scores", [None] * len(group))
        found += [
            Found(span.start_char, span.end_char, span.label_, sure) for span, sure in zip(group, scores, strict=True)
        ]
    return found
