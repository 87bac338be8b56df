"""The whole way: language models, taggers, the pipeline, its scores."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language

from hcclit.ner import tagger as component
from hcclit.ner.corpora import LABELS, Labelled
from hcclit.ner.evaluation import scores_of
from hcclit.ner.network import Floats, Network
from hcclit.ner.scores import NerScores
from hcclit.ner.tokens import TOKENIZER
from models.recipe import language_model
from models.recipe.layers import Weights
from models.recipe.package import package
from models.recipe.samples import CORPORA, Sample, held_out, read_samples, tags_of
from models.recipe.sizes import Sizes
from models.recipe.tagger import Trainer, read_words
from models.recipe.texts import documents, sentences

_META = {
    "name": "hcclit_ner",
    "version": "1.0.0",
    "description": "Drugs, diseases, doses, dates, procedures in case reports and trial papers; see models/README.md",
    "license": "Apache-2.0",
}


def say(line: str) -> None:
    """Tell how far it is."""
    print(line, flush=True)


def run(corpora: Path, work: Path, sizes: Sizes, models: Path | None) -> Language:
    """Train, and package what came of it.

    The language models are kept in `work`, and learnt only where they are not there yet.

    Args:
        corpora: folder with `bc5cdr/`, `maccrobat/`, `pmc_text/`, `case_reports/`.
        work: folder for what is learnt.
        sizes: of the network.
        models: folder that gets the model, trained on all that is labelled; None holds some out and scores on it.

    Raises:
        hcclit.ner.corpora.CorpusError: a labelled corpus is not there, or is damaged.
    """
    samples = read_samples(corpora, everything=models is not None)
    work.mkdir(parents=True, exist_ok=True)
    known, vocabulary = _language_models(corpora, work, sizes)
    nlp = _pipeline({**known, **_taggers(known, vocabulary, samples, sizes)}, vocabulary, sizes)
    trained = work / ("all" if models else "dev")
    nlp.to_disk(trained)
    if models is not None:
        package(trained, models)
    else:
        _tell(nlp, held_out(corpora))
    return nlp


def _language_models(corpora: Path, work: Path, sizes: Sizes) -> tuple[Weights, list[str]]:
    kept, names = work / "language_models.npz", work / "vocabulary.json"
    if not kept.is_file():
        text = language_model.read_text(sentences(documents(corpora)), sizes.language_model.vocabulary)
        say(f"{len(text.words)} words to read")
        learnt = language_model.train(text, sizes.language_model, sizes.seed, say)
        names.write_text(json.dumps(text.vocabulary), encoding="utf-8")
        np.savez(kept, **{name: weight for name, weight in learnt.items() if _is_kept(name)})
    with np.load(kept) as stored:
        return {name: stored[name] for name in stored.files}, json.loads(names.read_text(encoding="utf-8"))


def _is_kept(name: str) -> bool:
    """Whether a weight is of the network, not of guessing alone."""
    return "guess" not in name and not name.endswith("chances")


def _taggers(known: Weights, vocabulary: list[str], samples: dict[str, list[Sample]], sizes: Sizes) -> Weights:
    words = read_words(known, vocabulary, [sample for own in samples.values() for sample in own])
    found: Weights = {}
    last: Weights | None = None
    for number, stage in enumerate(sizes.stages):
        rng = np.random.default_rng((sizes.seed, number))
        trainer = Trainer(known, words, samples, sizes.tagger, rng)
        last = trainer.train(stage, last if stage.goes_on else None, say)
        found |= {name.replace("tagger.", f"{number}."): weight for name, weight in _served(last, stage.heads)}
    return found


def _served(weights: Weights, heads: Iterable[str]) -> Iterable[tuple[str, Floats]]:
    """The weights of a tagger without the heads that it does not serve."""
    others = tuple(f"tagger.{head}." for head in CORPORA if head not in heads)
    return ((name, weight) for name, weight in weights.items() if not name.startswith(others))


def _pipeline(weights: Weights, vocabulary: list[str], sizes: Sizes) -> Language:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    nlp.meta |= _META
    made = nlp.add_pipe(component.FACTORY)
    assert isinstance(made, component.Tagger)
    made.set_network(Network(weights, vocabulary, {head: tags_of(head) for head in CORPORA}), sizes.rules)
    return nlp


def _tell(nlp: Language, texts: dict[str, list[Labelled]]) -> None:
    for head, own in texts.items():
        scores: NerScores = scores_of(nlp, own, LABELS[CORPORA[head]])
        strict = scores.to_dict()["strict"]
        told = ", ".join(f"{label} {score['f1']:.3f}" for label, score in strict["labels"].items())
        say(f"{CORPORA[head]}: F1 {strict['micro']['f1']:.4f} ({told})")
