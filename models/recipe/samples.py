"""The labelled corpora as sentences of words with a tag each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc

from hcclit.ner.corpora import LABELS, CorpusName, Labelled, Span, read_corpus
from hcclit.ner.network import Places
from hcclit.ner.tagger import sentences_of
from hcclit.ner.tokens import WordTokenizer

CORPORA: dict[str, CorpusName] = {"bc5": "bc5cdr", "mac": "maccrobat"}
"""The corpus of each head."""
MORE = {"bc5": (), "mac": ("Sign_symptom",)}
"""Labels that are learnt beside those that are scored, since they are easily taken for them."""
FOLDS = 5
_HELD_OUT = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence: its words and the numbers of their tags."""

    words: list[str]
    tags: Places


def tags_of(head: str) -> list[str]:
    """The tags of a head."""
    labels = (*LABELS[CORPORA[head]], *MORE[head])
    return ["O", *(f"{place}-{label}" for label in labels for place in "BIES")]


def read_samples(corpora: Path, *, everything: bool) -> dict[str, list[Sample]]:
    """The sentences that each head learns.

    Args:
        corpora: folder with `bc5cdr/` and `maccrobat/`.
        everything: without it, what `held_out` gives is left for choosing.

    Raises:
        hcclit.ner.corpora.CorpusError: a corpus is not there, or is damaged.
    """
    parts = ("train", "devel") if everything else ("train",)
    texts = {
        "bc5": [labelled for part in parts for labelled in read_corpus("bc5cdr", corpora / "bc5cdr" / f"{part}.tsv")],
        "mac": [text for number, text in _numbered(corpora) if everything or number % FOLDS != _HELD_OUT],
    }
    return {head: list(_samples(own, tags_of(head))) for head, own in texts.items()}


def held_out(corpora: Path) -> dict[str, list[Labelled]]:
    """What a recipe is chosen by: BC5CDR's development part, and every fifth document of MACCROBAT."""
    return {
        "bc5": read_corpus("bc5cdr", corpora / "bc5cdr" / "devel.tsv"),
        "mac": [text for number, text in _numbered(corpora) if number % FOLDS == _HELD_OUT],
    }


def _numbered(corpora: Path) -> Iterator[tuple[int, Labelled]]:
    return enumerate(read_corpus("maccrobat", corpora / "maccrobat", MORE["mac"]))


def _samples(texts: Iterable[Labelled], tags: list[str]) -> Iterator[Sample]:
    cut = WordTokenizer(spacy.blank("en").vocab)
    numbers = {tag: number for number, tag in enumerate(tags)}
    for labelled in texts:
        doc = cut(labelled.text) if labelled.sentences is None else _given(cut, labelled)
        starts, ends = _tagged(doc, labelled.spans)
        for places in sentences_of(doc):
            words = [doc[place].text for place in places]
            yield Sample(words, np.array(list(_tags(places, starts, ends, numbers)), dtype=np.int64))


def _given(cut: WordTokenizer, labelled: Labelled) -> Doc:
    """A text in the words and sentences of its corpus."""
    assert labelled.sentences is not None
    words = [word for sentence in labelled.sentences for word in sentence]
    begins: list[bool | int | None] = [at == 0 for sentence in labelled.sentences for at in range(len(sentence))]
    return Doc(cut.vocab, words=words, sent_starts=begins)


def _tagged(doc: Doc, spans: Iterable[Span]) -> tuple[dict[int, str], dict[int, int]]:
    """Which label begins at a token, and the last token of its span; of spans that overlap, the longest."""
    starts: dict[int, str] = {}
    ends: dict[int, int] = {}
    taken: set[int] = set()
    for start, end, label in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        span = doc.char_span(start, end)
        if span is not None and taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            starts[span.start], ends[span.start] = label, span.end - 1
    return starts, ends


def _tags(
    places: list[int], starts: Mapping[int, str], ends: Mapping[int, int], numbers: Mapping[str, int]
) -> Iterator[int]:
    """The tags of a sentence's words; a span that does not end within the sentence is none."""
    label, last = "", -1
    for place in places:
        if place in starts and ends[place] <= places[-1]:
            label, last = starts[place], ends[place]
            yield numbers[f"{'S' if place == last else 'B'}-{label}"]
        elif place <= last:
            yield numbers[f"{'E' if place == last else 'I'}-{label}"]
        else:
            yield numbers["O"]
