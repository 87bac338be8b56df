"""How large the network is and how long it learns."""

from __future__ import annotations

from dataclasses import dataclass, field

from hcclit.ner.sharing import Rule


@dataclass(frozen=True, slots=True)
class LanguageModelSizes:
    """Of the language models; `steps` words in each of `rows` make a batch, a guess is set against `negatives`."""

    vocabulary: int = 30_000
    words: int = 128
    spelling: int = 96
    hidden: int = 192
    negatives: int = 1024
    steps: int = 64
    rows: int = 64
    epochs: int = 2
    rate: float = 2e-3
    drop: float = 0.1


@dataclass(frozen=True, slots=True)
class Stage:
    """One tagger: `heads` it learns, `words` of a batch, and whether it goes on from the tagger before."""

    heads: tuple[str, ...]
    epochs: int
    words: int
    rate: float
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class TaggerSizes:
    """Of a tagger. `drop` of what goes in and out is left out at random, `forget` of the words are made unknown."""

    spelling: int = 64
    hidden: int = 160
    drop: float = 0.4
    forget: float = 0.03


@dataclass(frozen=True, slots=True)
class Sizes:
    """Everything: the networks, the taggers that vote, how their heads share readings, the seed."""

    language_model: LanguageModelSizes = LanguageModelSizes()
    tagger: TaggerSizes = TaggerSizes()
    stages: tuple[Stage, ...] = (
        Stage(("bc5", "mac"), epochs=18, words=700, rate=2e-3),
        Stage(("mac",), epochs=20, words=250, rate=1e-3, goes_on=True),
    )
    rules: dict[str, Rule] = field(
        default_factory=lambda: {
            "bc5": Rule(rate=0.85, window=10, common=100, power=2, definition=20),
            "mac": Rule(rate=0.4, window=100, common=300, power=2, definition=4),
        }
    )
    seed: int = 1


TINY = Sizes(
    LanguageModelSizes(
        vocabulary=200, words=8, spelling=8, hidden=8, negatives=16, steps=8, rows=4, epochs=2, rate=1e-2
    ),
    TaggerSizes(spelling=12, hidden=16, drop=0.1),
    (Stage(("bc5", "mac"), epochs=30, words=60, rate=2e-2), Stage(("mac",), 5, 30, 5e-3, goes_on=True)),
)
"""For tests: a minute's work learns nothing but the test's own sentences."""
