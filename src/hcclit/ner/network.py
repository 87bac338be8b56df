"""The network, in numpy alone: from the words of sentences to the probability of each tag for each word.

Words go in by what is known of them alone (a vector, the spelling, its kind). Two language models, LSTMs that were
trained to guess the next word, read each sentence ahead and back; taggers, LSTMs again, read the words with those
states. A head for each corpus gives the tags. Several taggers vote by the mean of their probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcclit.ner.words import characters_of, form_of, kind_of

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
_LEAST = 1e-9
"""Added to probabilities before their logarithm is taken."""


class Network:
    """Weights by name, as `models/recipe` writes them, and what they mean; `rank` is a form's place in the vocabulary.

    Args:
        weights: `lm.*` of the language models, `0.*`, `1.*` … of the taggers.
        vocabulary: forms of words in the order of the rows of `lm.words`; the first stands for any other.
        tags: the tags of each head, in the order of its columns; a tagger votes in the heads that it has weights for.
    """

    def __init__(
        self, weights: Mapping[str, Floats], vocabulary: Sequence[str], tags: Mapping[str, Sequence[str]]
    ) -> None:
        self.weights = weights
        self.rank = {form: number for number, form in enumerate(vocabulary)}
        self.tags = tags
        self._taggers = sorted({name.split(".")[0] for name in weights} - {"lm"}, key=int)

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[dict[str, Floats]]:
        """Log probabilities of tags by head, a row for each word, for each sentence; none may be empty."""
        rows = sorted(range(len(sentences)), key=lambda index: -len(sentences[index]))
        out: list[dict[str, Floats]] = [{} for _ in sentences]
        if not rows:
            return out
        numbers: dict[str, int] = {}
        ids = np.array([numbers.setdefault(word, len(numbers)) for row in rows for word in sentences[row]])
        lengths = [len(sentences[row]) for row in rows]
        scores = self._scores(list(numbers), ids, lengths)
        ends = np.cumsum(lengths)
        for row, length, end in zip(rows, lengths, ends, strict=True):
            out[row] = {head: score[end - length : end] for head, score in scores.items()}
        return out

    def _scores(self, words: list[str], ids: Places, lengths: list[int]) -> dict[str, Floats]:
        """Log probabilities of all words laid end to end; `ids` are their numbers among the different `words`."""
        weights = self.weights
        rows = Rows(ids, {"ahead": steps_of(lengths, backward=False), "back": steps_of(lengths, backward=True)})
        types = np.array([self.rank.get(form_of(word), 0) for word in words])
        kinds = np.array([kind_of(word) for word in words])
        characters = np.array([characters_of(word) for word in words])
        known = [weights["lm.words"][types], self._spelled(characters, "lm"), weights["lm.shapes"][kinds]]
        forms = np.concatenate(known, 1)
        states = self._states("lm", forms, rows)
        votes: dict[str, Floats] = {}
        for tagger in self._taggers:
            own = np.concatenate([forms, self._spelled(characters, tagger), weights[f"{tagger}.shapes"][kinds]], 1)
            hidden = self._states(tagger, own, rows, states)
            for head in self._served(tagger):
                vote = _softmax(hidden @ weights[f"{tagger}.{head}.out"] + weights[f"{tagger}.{head}.bias"])
                votes[head] = votes[head] + vote if head in votes else vote
        return {head: np.log(vote / vote.sum(1, keepdims=True) + _LEAST) for head, vote in votes.items()}

    def _served(self, tagger: str) -> list[str]:
        return [head for head in self.tags if f"{tagger}.{head}.out" in self.weights]

    def _spelled(self, characters: Places, part: str) -> Floats:
        """A convolution over the characters of each word, its maximum over the word."""
        weights = self.weights
        inner = np.pad(weights[f"{part}.embed"][characters], ((0, 0), (1, 1), (0, 0)))
        width = characters.shape[1]
        windows = np.concatenate([inner[:, shift : shift + width] for shift in range(3)], 2)
        flat = windows.reshape(-1, windows.shape[2]) @ weights[f"{part}.conv"]
        highest: Floats = flat.reshape(len(characters), width, -1).max(1)
        return np.maximum(highest + weights[f"{part}.bias"], 0)

    def _states(self, part: str, known: Floats, rows: Rows, heard: Floats | None = None) -> Floats:
        """The states of an LSTM in both directions for each word.

        Args:
            part: whose weights.
            known: what is known of each of the different words by itself.
            rows: which words the sentences are made of.
            heard: states of the language models for each word, where this part reads them too.
        """
        width, found = known.shape[1], []
        for direction, order in rows.orders.items():
            name = f"{part}.{direction}"
            into = self.weights[f"{name}.in"]
            gates = (known @ into[:width] + self.weights[f"{name}.bias"])[rows.ids]
            if heard is not None:
                gates += heard @ into[width:]
            found.append(_lstm(gates, order, self.weights[f"{name}.recur"]))
        return np.concatenate(found, 1)


@dataclass(frozen=True, slots=True)
class Rows:
    """Sentences laid end to end, the longest first: the numbers of their words, and the places of each step."""

    ids: Places
    orders: dict[str, list[Places]]


def steps_of(lengths: Sequence[int], *, backward: bool) -> list[Places]:
    """Which places are read at each step: of every row that is long enough, the first word, then the second."""
    size = np.array(lengths)
    starts = np.cumsum(size) - size
    found = []
    for step in range(lengths[0]):
        live = int((size > step).sum())
        found.append(starts[:live] + (size[:live] - 1 - step if backward else step))
    return found


def _lstm(gates: Floats, order: Sequence[Places], recur: Floats) -> Floats:
    """An LSTM's states.

    Args:
        gates: what goes in at each place, in the order in, forget, out, cell.
        order: the places of each step; fewer and fewer, since the longest rows stand first.
        recur: the weights from a state to the next gates.
    """
    width = recur.shape[0]
    states = np.empty((len(gates), width), dtype=np.float32)
    state = np.zeros((len(order[0]), width), dtype=np.float32)
    cell = np.zeros_like(state)
    for places in order:
        live = len(places)
        gate = state[:live] @ recur
        gate += gates[places]
        opened = _sigmoid(gate[:, : 3 * width])
        cell = opened[:, width : 2 * width] * cell[:live]
        cell += opened[:, :width] * np.tanh(gate[:, 3 * width :])
        state = opened[:, 2 * width :] * np.tanh(cell)
        states[places] = state
    return states


def _sigmoid(x: Floats) -> Floats:
    found: Floats = 0.5 * np.tanh(0.5 * x) + 0.5  # faster than by the exponential, and never overflows
    return found


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(1, keepdims=True))
    found: Floats = powers / powers.sum(1, keepdims=True)
    return found
