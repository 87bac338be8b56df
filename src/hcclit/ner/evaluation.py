"""A model's spans against a corpus's, for `hcclit evaluate-ner`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from hcclit.errors import SetupError
from hcclit.ner.corpora import LABELS, CorpusName, Labelled, read_corpus
from hcclit.ner.locate import locate
from hcclit.ner.model import find, labels_of, load
from hcclit.ner.scores import NerScores


def evaluate_ner(corpus: CorpusName, path: Path, model: str) -> NerScores:
    """Score a model on a corpus.

    Args:
        corpus: which corpus; its labels are scored.
        path: where it is.
        model: `shipped`, an installed spaCy package, or a folder; its labels count by name, whatever their case.

    Raises:
        hcclit.ner.corpora.CorpusError: the corpus cannot be read.
        SetupError: the model cannot be used, or knows none of the labels.
    """
    texts = read_corpus(corpus, path)
    return scores_of(load(locate(model)), texts, LABELS[corpus], model)


def scores_of(nlp: Language, texts: Sequence[Labelled], wanted: tuple[str, ...], name: str = "") -> NerScores:
    """Score a loaded model on labelled texts.

    Args:
        nlp: the model.
        texts: with their gold.
        wanted: the labels that are scored, as the gold spells them.
        name: of the model, for messages.

    Raises:
        SetupError: the model gives none of the labels.
    """
    spelled = {label.casefold(): label for label in wanted}
    labels = {own: spelled[own.casefold()] for own in labels_of(nlp) if own.casefold() in spelled}
    if not labels:
        raise SetupError(f"entity model {name}: gives none of the labels of the corpus ({', '.join(wanted)})")
    scores = NerScores(wanted)
    for labelled in texts:
        found = find(nlp, _input(nlp, labelled))
        scores.add(labelled.spans, ((one.start, one.end, labels[one.label]) for one in found if one.label in labels))
    return scores


def _input(nlp: Language, labelled: Labelled) -> str | Doc:
    """What the model reads: the text itself, or the words and sentences that the corpus gives."""
    if labelled.sentences is None:
        return labelled.text
    words = [word for sentence in labelled.sentences for word in sentence]
    starts: list[bool | int | None] = [index == 0 for sentence in labelled.sentences for index in range(len(sentence))]
    return Doc(nlp.vocab, words=words, sent_starts=starts)
