"""What the checks of effects share: an estimate with its interval and its p-value, each number as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hcclit.checks.intervals import Interval, Stated
from hcclit.checks.model import Span

if TYPE_CHECKING:
    from hcclit.checks.paper import Paper

Kind = Literal["HR", "OR", "RR", "difference", "other"]
RATIOS = ("HR", "OR", "RR")
"""Kinds whose standard error is one of the logarithm, and which say "no effect" by 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """A number where it stands in the document, with its sign and its decimals."""

    start: int
    end: int
    stated: Stated

    @property
    def rounded(self) -> Interval:
        """The values that round to it."""
        return self.stated.rounded


@dataclass(frozen=True, slots=True)
class PValue:
    """A p-value as printed: `p = 0.03`, `P < .001`.

    `sides` is 1 or 2 where the words beside it say so, else None. `is_of_another_test`: the words beside it name a test
    that an interval need not agree with (log-rank, Fisher, chi-squared).
    """

    place: Place
    op: Literal["=", "<", ">"]
    sides: int | None = None
    is_of_another_test: bool = False

    @property
    def rounded(self) -> Interval:
        """The values that it can stand for, from 0 to 1."""
        own = self.place.rounded
        low = 0.0 if self.op == "<" else max(own.low, 0.0)
        high = 1.0 if self.op == ">" else min(own.high, 1.0)
        return Interval(min(low, high), high)

    def __str__(self) -> str:
        return f"p{self.op}{self.place.stated}"


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with its interval, all printed in one construct: `HR 0.69 (95% CI 0.55-0.87; p = 0.002)`.

    `level` is the interval's, in percent. `is_labelled`: the words "confidence interval" belong to this construct.
    `is_exact`: the words around it name a method whose intervals are not symmetric (exact, bootstrap, credible).
    `sentence` is the cleaned text that it stands in, of a table the heads of its cell.
    """

    kind: Kind
    estimate: Place
    low: Place
    high: Place
    level: float
    is_labelled: bool
    is_exact: bool
    sentence: str
    unit: str = ""
    p: PValue | None = None

    @property
    def is_ratio(self) -> bool:
        """Whether it is a hazard, odds or risk ratio."""
        return self.kind in RATIOS

    @property
    def interval(self) -> str:
        """The interval as a finding shows it."""
        return f"{self.level:g}% CI {self.low.stated} to {self.high.stated}"

    @property
    def name(self) -> str:
        """What the estimate is called in a message."""
        return {"difference": "difference", "other": "estimate"}.get(self.kind, self.kind)


def span_of(paper: Paper, *places: Place) -> tuple[Span, ...]:
    """The spans of numbers, in the order given."""
    return tuple(paper.span(place.start, place.end) for place in places)
