"""Taggers over the language models, which stay as they are: each learns its heads' corpora."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hcclit.ner.network import Floats, Places, steps_of
from hcclit.ner.words import KINDS, characters_of, form_of, kind_of
from models.recipe.language_model import KIND, UNKNOWN, lstm_start, spelling_start, uniform
from models.recipe.layers import Weights, add, affine, cross_entropy, gathered, read, spelled
from models.recipe.optimiser import Adam, one_cycle
from models.recipe.samples import Sample, tags_of
from models.recipe.sizes import Stage, TaggerSizes

_WARMING, _DECAY, _CLIP = 0.1, 1e-3, 5.0
_MEAN, _FIRST_MEAN, _FIRST_EPOCHS = 0.004, 0.05, 2
"""How fast the mean follows the weights: fast in the first epochs, then slowly."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the language models know of each different word of the samples; number 0 is a word that is forgotten."""

    numbers: Mapping[str, int]
    forms: Floats
    kinds: Places
    characters: Places


def read_words(weights: Weights, vocabulary: Sequence[str], samples: Sequence[Sample]) -> Words:
    """Look up every different word of some samples."""
    numbers: dict[str, int] = {"": 0}
    for sample in samples:
        for word in sample.words:
            numbers.setdefault(word, len(numbers))
    rank = {form: number for number, form in enumerate(vocabulary)}
    types = np.array([rank.get(form_of(word), UNKNOWN) for word in numbers])
    kinds = np.array([kind_of(word) for word in numbers])
    characters = np.array([characters_of(word) for word in numbers])
    lots = np.array_split(characters, -(-len(characters) // 4096))
    spelling = np.concatenate([spelled(weights, "lm", lot)[0] for lot in lots])
    forms = np.concatenate([weights["lm.words"][types], spelling, weights["lm.shapes"][kinds]], 1)
    forms[0] = 0
    return Words(numbers, forms, kinds, characters)


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of one head laid end to end, the longest first, with the states of the language models."""

    head: str
    ids: Places
    rows: Places
    orders: dict[str, list[Places]]
    tags: Places
    states: Floats


class Trainer:
    """Learns one tagger.

    Args:
        known: the weights of the language models.
        words: what they know of the samples' words.
        samples: of each head.
        sizes: of the tagger.
        rng: for all that is random.
    """

    def __init__(
        self,
        known: Weights,
        words: Words,
        samples: Mapping[str, list[Sample]],
        sizes: TaggerSizes,
        rng: np.random.Generator,
    ) -> None:
        self._known, self._words, self._samples, self._sizes, self._rng = known, words, samples, sizes, rng

    def train(self, stage: Stage, start: Weights | None, say: Callable[[str], None]) -> Weights:
        """The mean of the weights over the last steps, named as the network has them without the tagger's number.

        Args:
            stage: what to learn, and how long.
            start: weights to go on from.
            say: tells a line after each epoch.
        """
        weights = {name: weight.copy() for name, weight in (start or self._start()).items()}
        mean = {name: weight.copy() for name, weight in weights.items()}
        adam = Adam(weights, decay=_DECAY, clip=_CLIP)
        each = sum(1 for _ in self._dealt(stage))
        total, step = each * stage.epochs, 0
        for epoch in range(stage.epochs):
            losses = []
            follow = _FIRST_MEAN if epoch < _FIRST_EPOCHS and start is None else _MEAN
            for head, members in self._dealt(stage):
                gradients: Weights = {}
                losses.append(self._learn(weights, self._batch(head, members), gradients))
                adam.step(gradients, one_cycle(min(step, total - 1), total, stage.rate, _WARMING))
                step += 1
                for name, weight in weights.items():
                    mean[name] += np.float32(follow) * (weight - mean[name])
            say(f"tagger of {', '.join(stage.heads)}: epoch {epoch + 1} of {stage.epochs}, loss {np.mean(losses):.4f}")
        return mean

    def _start(self) -> Weights:
        sizes, rng = self._sizes, self._rng
        width = self._words.forms.shape[1] + sizes.spelling + KIND + 2 * len(self._known["lm.ahead.recur"])
        weights = {
            "tagger.shapes": rng.normal(size=(KINDS, KIND)).astype(np.float32),
            **spelling_start("tagger", sizes.spelling, rng),
            **lstm_start("tagger", width, sizes.hidden, rng),
        }
        for head in self._samples:
            count = len(tags_of(head))
            weights[f"tagger.{head}.out"] = uniform(rng, 2 * sizes.hidden, 2 * sizes.hidden, count)
            weights[f"tagger.{head}.bias"] = uniform(rng, 2 * sizes.hidden, count)
        return weights

    def _dealt(self, stage: Stage) -> Iterator[tuple[str, list[int]]]:
        """The batches of an epoch, of all heads mixed: sentences of about the same length, so many words in each."""
        dealt: list[tuple[str, list[int]]] = []
        for head in stage.heads:
            lengths = np.array([len(sample.words) for sample in self._samples[head]])
            lot: list[int] = []
            for member in np.argsort(lengths + self._rng.random(len(lengths)) * 4, kind="stable"):
                if lot and (len(lot) + 1) * lengths[member] > stage.words:
                    dealt.append((head, lot))
                    lot = []
                lot.append(int(member))
            dealt.append((head, lot))
        for index in self._rng.permutation(len(dealt)):
            yield dealt[index]

    def _batch(self, head: str, members: list[int]) -> Batch:
        chosen = sorted((self._samples[head][member] for member in members), key=lambda sample: -len(sample.words))
        lengths = [len(sample.words) for sample in chosen]
        ids = np.array([self._words.numbers[word] for sample in chosen for word in sample.words])
        orders = {"ahead": steps_of(lengths, backward=False), "back": steps_of(lengths, backward=True)}
        states = read(self._known, "lm", self._words.forms[ids], orders)[0]
        rows = np.repeat(np.arange(len(lengths)), lengths)
        return Batch(head, ids, rows, orders, np.concatenate([sample.tags for sample in chosen]), states)

    def _learn(self, weights: Weights, batch: Batch, gradients: Weights) -> float:
        """Read a batch and add up the gradients; gives the loss."""
        words, sizes = self._words, self._sizes
        ids = np.where(self._rng.random(len(batch.ids)) < sizes.forget, 0, batch.ids)
        different, inverse = np.unique(ids, return_inverse=True)
        spelling, from_spelling = spelled(weights, "tagger", words.characters[different])
        own = np.concatenate([spelling, weights["tagger.shapes"][words.kinds[different]]], 1)
        known = words.forms.shape[1]
        inner = np.concatenate([words.forms[ids], own[inverse], batch.states], 1)
        mask_in = self._mask(batch.rows, inner.shape[1])
        states, from_states = read(weights, "tagger", inner * mask_in, batch.orders)
        mask_out = self._mask(batch.rows, states.shape[1])
        names = (f"tagger.{batch.head}.out", f"tagger.{batch.head}.bias")
        scores, from_scores = affine(weights, names, states * mask_out)
        loss, outer = cross_entropy(scores, batch.tags)
        back = from_states(from_scores(outer, gradients) * mask_out, gradients) * mask_in
        mine = gathered(inverse, len(different), back[:, known : known + own.shape[1]])
        from_spelling(np.ascontiguousarray(mine[:, : spelling.shape[1]]), gradients)
        add(gradients, "tagger.shapes", gathered(words.kinds[different], KINDS, mine[:, spelling.shape[1] :]))
        return loss

    def _mask(self, rows: Places, width: int) -> Floats:
        """What is left out: the same for all words of a sentence."""
        drawn = self._rng.random((int(rows.max()) + 1, width))
        return np.where(drawn < self._sizes.drop, 0, 1 / (1 - self._sizes.drop)).astype(np.float32)[rows]
