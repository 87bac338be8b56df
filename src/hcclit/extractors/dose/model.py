"""What the parts of the dose extractor pass to one another. All offsets are into the view's text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from hcclit.language import Sentence
from hcclit.records import Action

MarkKind = Literal["daily", "weekly", "interval", "length", "rest", "days", "unclear"]
"""`daily` and `weekly` are frequencies in words, `interval` a time between administrations (`every 3 weeks`),
`length` that of a cycle, `days` which days (or weeks) of a cycle, `unclear` a frequency without an exact number."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that say how often a drug is given.

    `per_day` is set for `daily` and `weekly`; `days`, the days from one administration or cycle to the next, for
    `interval`, `length` and (where the cycle's length stands with them) `days`; `count` how many administrations
    the days or weeks of a cycle are, `last` the last of these days.
    """

    start: int
    end: int
    kind: MarkKind
    per_day: float | None = None
    days: float | None = None
    count: int | None = None
    last: int = 0


@dataclass(frozen=True, slots=True)
class Agent:
    """Something that an amount can be of. `usable` is False for what is no drug (blood, saline, contrast medium).

    `kind` is the vocabulary's (`class`, `radiation`, `systemic` …), `unknown` for a name that it lacks; `guessed` is
    set where the entity model alone says that the name is a drug's.
    """

    start: int
    end: int
    name: str
    kind: str
    codes: dict[str, str] = field(default_factory=dict)
    ambiguous: bool = False
    usable: bool = True
    guessed: bool = False


@dataclass(slots=True)
class Amount:
    """An amount that may be a dose: its span from the number to the unit (or the other way round: `AUC 5`)."""

    start: int
    end: int
    value: float
    high: float | None
    unit: str
    agent: Agent | None = None
    marks: list[Mark] = field(default_factory=list)
    per_day: float | None = None
    from_mark: Mark | None = None
    """The mark that says `per_day`, where it may belong to the span."""
    action: Action | None = None

    @property
    def is_radiation(self) -> bool:
        """Whether the unit is one of absorbed radiation."""
        return self.unit in ("Gy", "cGy")


@dataclass(frozen=True, slots=True)
class Setting:
    """A sentence with what was found in it; `between`, `before` and `after` cut its text by places of the view."""

    sentence: Sentence
    amounts: list[Amount]
    agents: list[Agent]
    marks: list[Mark]

    def between(self, start: int, end: int) -> str:
        """The text between two places."""
        begin = self.sentence.start
        return self.sentence.text[max(0, start - begin) : max(0, end - begin)]

    def before(self, place: int, reach: int) -> str:
        """The text before a place, within the sentence."""
        return self.between(max(self.sentence.start, place - reach), place)

    def after(self, place: int, reach: int) -> str:
        """The text after a place, within the sentence."""
        return self.between(place, place + reach)

    def without_idle_guesses(self) -> Setting:
        """The same without the names that only the model knows and that no amount stands beside."""
        linked = [a.agent for a in self.amounts]
        return replace(self, agents=[a for a in self.agents if not a.guessed or a in linked])

    def next_to(self, amount: Amount, step: int) -> Amount | None:
        """The amount so many places further on."""
        index = self.amounts.index(amount) + step
        return self.amounts[index] if 0 <= index < len(self.amounts) else None
