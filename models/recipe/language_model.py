"""Two language models, one that reads ahead and one that reads back, each guessing the next word.

Words go in as `hcclit.ner.network` has them. A guess is set against words drawn at random, the frequent ones more
often (sampled softmax); words are guessed by the same vectors that they go in by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from hcclit.ner.network import Floats, Places
from hcclit.ner.words import ALPHABET, KINDS, STOP, characters_of, form_of, kind_of
from models.recipe.layers import Backward, Weights, add, affine, cross_entropy, gathered, read, spelled
from models.recipe.optimiser import Adam, one_cycle
from models.recipe.sizes import LanguageModelSizes

UNKNOWN = 0
"""The number of any word outside the vocabulary."""
CHARACTER, KIND = 32, 16
"""Widths of the vectors of characters and kinds."""
_FORGOTTEN = 0.1
"""Share of words in a batch that are read as unknown, so that spelling is learnt."""
_WARMING = 0.05
_CLIP = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """A text as numbers of its different words, with what is known of each; number 0 stands between sentences."""

    words: Places
    types: Places
    kinds: Places
    characters: Places
    vocabulary: list[str]


def read_text(sentences: Iterable[list[str]], size: int) -> Text:
    """Number the words of a text; the vocabulary holds the most frequent forms, `""` for any other first."""
    numbers: dict[str, int] = {STOP: 0}
    words: list[int] = []
    for sentence in sentences:
        words.extend(numbers.setdefault(word, len(numbers)) for word in sentence)
        words.append(0)
    told = np.array(words, dtype=np.int64)
    forms = [STOP, *(form_of(word) for word in list(numbers)[1:])]
    counts: Counter[str] = Counter()
    for form, count in zip(forms, np.bincount(told, minlength=len(forms)), strict=True):
        counts[form] += int(count)
    vocabulary = ["", *(form for form, _ in counts.most_common(size - 1))]
    rank = {form: number for number, form in enumerate(vocabulary)}
    return Text(
        told,
        np.array([rank.get(form, UNKNOWN) for form in forms], dtype=np.int64),
        np.array([kind_of(word) for word in numbers], dtype=np.int64),
        np.array([characters_of(word) for word in numbers], dtype=np.int64),
        vocabulary,
    )


def train(text: Text, sizes: LanguageModelSizes, seed: int, say: Callable[[str], None]) -> Weights:
    """Learn the language models; the weights are named as the network has them, with what only guessing needs.

    Args:
        text: to read.
        sizes: of the network, and how long it learns.
        seed: the same gives the same.
        say: tells a line now and then.
    """
    rng = np.random.default_rng(seed)
    weights = _start(sizes, rng)
    adam = Adam(weights, clip=_CLIP)
    learner = _Learner(weights, text, sizes, rng)
    total = sizes.epochs * ((len(text.words) - sizes.steps) // (sizes.steps * sizes.rows))
    losses: list[float] = []
    for step, rows in enumerate(_batches(text, sizes, rng, total)):
        gradients: Weights = {}
        losses.append(learner.learn(rows, gradients))
        adam.step(gradients, one_cycle(step, total, sizes.rate, _WARMING))
        if (step + 1) % 100 == 0 or step + 1 == total:
            say(f"language models: step {step + 1} of {total}, loss {np.mean(losses[-100:]):.3f}")
    return weights


def _start(sizes: LanguageModelSizes, rng: np.random.Generator) -> Weights:
    width = sizes.words + sizes.spelling + KIND
    weights = {
        "lm.words": _normal(rng, 0.3, sizes.vocabulary, sizes.words),
        "lm.shapes": _normal(rng, 1, KINDS, KIND),
        "lm.chances": np.zeros((sizes.vocabulary, 1), np.float32),
        **spelling_start("lm", sizes.spelling, rng),
        **lstm_start("lm", width, sizes.hidden, rng),
    }
    for direction in ("ahead", "back"):
        weights[f"lm.{direction}.guess"] = uniform(rng, sizes.hidden, sizes.hidden, sizes.words)
        weights[f"lm.{direction}.guess.bias"] = uniform(rng, sizes.hidden, sizes.words)
    return weights


def spelling_start(part: str, width: int, rng: np.random.Generator) -> Weights:
    """First weights of the convolution over characters."""
    embed = _normal(rng, 1, len(ALPHABET) + 4, CHARACTER)
    embed[0] = 0
    return {
        f"{part}.embed": embed,
        f"{part}.conv": uniform(rng, 3 * CHARACTER, 3 * CHARACTER, width),
        f"{part}.bias": uniform(rng, 3 * CHARACTER, width),
    }


def lstm_start(part: str, inner: int, hidden: int, rng: np.random.Generator) -> Weights:
    """First weights of an LSTM in both directions."""
    shapes = {"in": (inner, 4 * hidden), "recur": (hidden, 4 * hidden), "bias": (4 * hidden,)}
    return {
        f"{part}.{direction}.{name}": uniform(rng, hidden, *shape)
        for direction in ("ahead", "back")
        for name, shape in shapes.items()
    }


def uniform(rng: np.random.Generator, inner: int, *shape: int) -> Floats:
    """Weights around zero, the smaller the more of them meet."""
    bound = inner**-0.5
    return rng.uniform(-bound, bound, shape).astype(np.float32)


def _normal(rng: np.random.Generator, spread: float, *shape: int) -> Floats:
    return rng.normal(0, spread, shape).astype(np.float32)


def _batches(text: Text, sizes: LanguageModelSizes, rng: np.random.Generator, total: int) -> Iterator[Places]:
    """Rows of words from places all over the text; every epoch cuts it elsewhere."""
    done = 0
    for epoch in range(sizes.epochs + 1):
        starts = rng.permutation(np.arange(epoch * (sizes.steps // 2), len(text.words) - sizes.steps, sizes.steps))
        for at in range(0, len(starts) - sizes.rows + 1, sizes.rows):
            if done == total:
                return
            done += 1
            yield text.words[starts[at : at + sizes.rows, None] + np.arange(sizes.steps)]


class _Learner:
    """Reads batches of a text and adds up the gradients of its guesses."""

    def __init__(self, weights: Weights, text: Text, sizes: LanguageModelSizes, rng: np.random.Generator) -> None:
        counts = np.bincount(text.types[text.words], minlength=len(text.vocabulary)).astype(np.float64) ** 0.75
        chances = counts / counts.sum()
        self._sums = np.cumsum(chances)
        # a rare word is drawn rarely, and counts the more when it is
        self._rarity = np.log(np.maximum(chances * sizes.negatives, 1e-9)).astype(np.float32)
        self._weights, self._text, self._sizes, self._rng = weights, text, sizes, rng

    def learn(self, rows: Places, gradients: Weights) -> float:
        """Read a batch in both directions; gives the mean loss of a guess."""
        places = np.arange(rows.size).reshape(rows.shape)
        orders = {"ahead": list(places.T), "back": list(places.T[::-1])}
        forms, from_forms = self._forms(rows.reshape(-1))
        states, from_states = read(self._weights, "lm", forms, orders)
        ahead, back = np.split(states, 2, 1)
        targets = self._text.types[rows]
        first, last = places[:, :-1].reshape(-1), places[:, 1:].reshape(-1)
        losses = np.zeros(2)
        outer = np.zeros((2, *ahead.shape), np.float32)
        losses[0], outer[0, first] = self._guess("ahead", ahead[first], targets[:, 1:].reshape(-1), gradients)
        losses[1], outer[1, last] = self._guess("back", back[last], targets[:, :-1].reshape(-1), gradients)
        from_forms(from_states(np.concatenate(list(outer), 1), gradients), gradients)
        return float(losses.mean())

    def _forms(self, words: Places) -> tuple[Floats, Backward]:
        """What is known of words by themselves, some of it left out."""
        weights, text = self._weights, self._text
        different, inverse = np.unique(words, return_inverse=True)
        forgotten = self._rng.random(len(different)) < _FORGOTTEN
        types = np.where(forgotten, UNKNOWN, text.types[different])
        kinds = text.kinds[different]
        spelling, from_spelling = spelled(weights, "lm", text.characters[different])
        forms = np.concatenate([weights["lm.words"][types], spelling, weights["lm.shapes"][kinds]], 1)
        mask = self._mask(len(words), forms.shape[1])
        cuts = np.cumsum([weights["lm.words"].shape[1], spelling.shape[1]])

        def backward(outer: Floats, gradients: Weights) -> Floats:
            own = gathered(inverse, len(different), outer * mask)
            of_types, of_spelling, of_kinds = np.split(own, cuts, 1)
            add(gradients, "lm.words", gathered(types, len(weights["lm.words"]), of_types))
            from_spelling(np.ascontiguousarray(of_spelling), gradients)
            add(gradients, "lm.shapes", gathered(kinds, KINDS, of_kinds))
            return own

        return forms[inverse] * mask, backward

    def _guess(self, direction: str, states: Floats, targets: Places, gradients: Weights) -> tuple[float, Floats]:
        """The loss of guessing targets from states, and the gradient of the states; unknown words are not guessed."""
        kept = np.flatnonzero(targets != UNKNOWN)
        mask = self._mask(len(kept), states.shape[1])
        names = (f"lm.{direction}.guess", f"lm.{direction}.guess.bias")
        guesses, from_guesses = affine(self._weights, names, states[kept] * mask)
        loss, inner = self._against_others(guesses, targets[kept], gradients)
        outer = np.zeros_like(states)
        outer[kept] = from_guesses(inner, gradients) * mask
        return loss, outer

    def _against_others(self, guesses: Floats, gold: Places, gradients: Weights) -> tuple[float, Floats]:
        """The loss of guesses against words that are drawn at random, and their gradient."""
        vectors, chances = self._weights["lm.words"], self._weights["lm.chances"][:, 0]
        drawn = np.searchsorted(self._sums, self._rng.random(self._sizes.negatives))
        others = np.unique(drawn.clip(max=len(self._sums) - 1))
        right = (guesses * vectors[gold]).sum(1) + chances[gold] - self._rarity[gold]
        wrong = guesses @ vectors[others].T + chances[others] - self._rarity[others]
        wrong[gold[:, None] == others] = -1e4
        loss, outer = cross_entropy(np.concatenate([right[:, None], wrong], 1), np.zeros(len(gold), np.int64))
        of_right, of_wrong = outer[:, :1], outer[:, 1:]
        for numbers, rows, each in ((gold, of_right * guesses, of_right), (others, of_wrong.T @ guesses, of_wrong.T)):
            add(gradients, "lm.words", gathered(numbers, len(vectors), rows))
            add(gradients, "lm.chances", gathered(numbers, len(vectors), each.sum(1, keepdims=True)))
        inner: Floats = of_right * vectors[gold] + of_wrong @ vectors[others]
        return loss, inner

    def _mask(self, *shape: int) -> Floats:
        """Ones and zeros, scaled so that their mean is one."""
        drawn = self._rng.random(shape, dtype=np.float32)
        return np.where(drawn < self._sizes.drop, 0, 1 / (1 - self._sizes.drop)).astype(np.float32)
