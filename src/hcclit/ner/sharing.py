"""What a word is in one sentence of a text tells what it is in another: papers name a thing one way throughout.

A rare word's probabilities are mixed with their mean over the same word in the sentences near by, in which the sure
readings weigh more. Where brackets define a short form, it hears how the last word of its long form reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hcclit.ner.definitions import definitions
from hcclit.ner.network import Floats, Places
from hcclit.ner.words import form_of

_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Rule:
    """How a head's readings are shared.

    `rate` is the weight of the mean, `window` the sentences before and after that are heard, `common` the rank in the
    vocabulary above which a word is too common to tell anything, `power` how much more a sure reading weighs,
    `definition` how many times as much a definition weighs.
    """

    rate: float
    window: int
    common: int
    power: float
    definition: float


@dataclass(frozen=True, slots=True)
class Told:
    """Readings of words: their probabilities, a number for each word, the sentences that they stand in."""

    scores: Floats
    words: Places
    sentences: Places


class Text:
    """The words of a text's sentences, with the places where the same word stands and where one is defined."""

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        self._numbers: dict[str, int] = {}
        number = self._numbers.setdefault
        forms = [form_of(word) for words in sentences for word in words]
        self._words = np.array([number(form, len(self._numbers)) for form in forms], dtype=np.int64)
        lengths = [len(words) for words in sentences]
        self._sentences = np.repeat(np.arange(len(sentences)), lengths)
        self._ends = np.cumsum(lengths)
        found = list(definitions(sentences))
        starts = self._ends - lengths
        self._before = np.array([starts[sentence] + place for sentence, place, _ in found], dtype=np.int64)
        self._short = np.array([self._numbers[form_of(short)] for *_, short in found], dtype=np.int64)

    def share(self, scores: Sequence[Floats], rank: Mapping[str, int], tags: Sequence[str], rule: Rule) -> list[Floats]:
        """Log probabilities of each sentence after the words of the text have heard of one another.

        Args:
            scores: log probabilities of each sentence, a row for each word.
            rank: the rank of each form in the vocabulary.
            tags: of the head, in the order of the columns.
            rule: of the head.
        """
        tells = np.array([_tells(form, rank.get(form, 0), rule.common) for form in self._numbers], dtype=bool)
        chosen = np.flatnonzero(tells[self._words]) if len(self._words) else self._words
        if not len(chosen):
            return list(scores)
        shared = np.exp(np.concatenate(scores))
        own = Told(shared[chosen], self._words[chosen], self._sentences[chosen])
        shared[chosen] = _mixed(own, rule)
        if len(self._before):
            told = Told(shared[self._before] @ _whole(tags), self._short, self._sentences[self._before])
            shared[chosen] = _mixed(own, rule, told)
        return np.split(np.log(shared + _LEAST), self._ends[:-1])


def _tells(form: str, rank: int, common: int) -> bool:
    return form[0].isalpha() and len(form) > 1 and not 0 < rank < common


def _mixed(own: Told, rule: Rule, told: Told | None = None) -> Floats:
    """A text's readings mixed with the weighted mean of the same word near by, with what definitions tell of it.

    Linear in the readings but for one sort.
    """
    heard = own if told is None else _joined(own, told)
    weights = heard.scores.max(1).astype(np.float64) ** rule.power
    weights[len(own.words) :] *= rule.definition
    order = np.lexsort((heard.sentences, heard.words))
    apart = int(heard.sentences.max()) + 2 * rule.window + 2  # no window reaches into the next word's places
    places = heard.words[order] * apart + heard.sentences[order]
    mass = np.concatenate([[0.0], np.cumsum(weights[order])])
    weighted = weights[order, None] * heard.scores[order]
    sums = np.concatenate([np.zeros((1, weighted.shape[1])), np.cumsum(weighted, 0)])
    low = np.searchsorted(places, places - rule.window, "left")
    high = np.searchsorted(places, places + rule.window, "right")
    mean = np.empty_like(heard.scores)
    mean[order] = (sums[high] - sums[low]) / (mass[high] - mass[low])[:, None]
    mixed: Floats = (1 - rule.rate) * own.scores + rule.rate * mean[: len(own.words)]
    return mixed.clip(0, 1)


def _joined(one: Told, other: Told) -> Told:
    return Told(
        np.concatenate([one.scores, other.scores]),
        np.concatenate([one.words, other.words]),
        np.concatenate([one.sentences, other.sentences]),
    )


def _whole(tags: Sequence[str]) -> Floats:
    """From the tag of a long form's last word to that of its short form, which is a span by itself."""
    table = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for index, tag in enumerate(tags):
        table[index, tags.index(f"S-{tag[2:]}") if tag != "O" else tags.index("O")] = 1
    return table
