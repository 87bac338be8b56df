"""Counts of matches and what follows from them: precision, recall, F1, shares and bootstrap intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from hcclit.evaluation.levels import LINES, Level, Line, reached, wrong_groups, wrong_times
from hcclit.evaluation.matching import Matching

RESAMPLES = 2000
SEED = 1729
Interval = tuple[float, float]


@dataclass(frozen=True)
class Share:
    """How many of some things are right."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def share(self) -> float | None:
        """A fraction of 1; None if there is nothing to be right about."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 as fractions of 1; all None if nothing was annotated and nothing predicted."""

    matched: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True)
class Counts:
    """How many records gold and prediction have, and how many match at each level or a higher one."""

    gold: int = 0
    predicted: int = 0
    span: int = 0
    core: int = 0
    full: int = 0
    when: Share = field(default=Share())
    group: Share = field(default=Share())

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.gold + other.gold,
            self.predicted + other.predicted,
            self.span + other.span,
            self.core + other.core,
            self.full + other.full,
            self.when + other.when,
            self.group + other.group,
        )

    def score(self, level: Level) -> Score:
        """Score one level. As in spaCy's scorer, a side without records scores 0 unless both are without."""
        matched: int = getattr(self, level)
        if not self.gold + self.predicted:
            return Score(0, None, None, None)
        return Score(
            matched,
            precision=matched / self.predicted if self.predicted else 0.0,
            recall=matched / self.gold if self.gold else 0.0,
            f1=2 * matched / (self.gold + self.predicted),
        )


def count(matching: Matching) -> Counts:
    """Count one document's matching of one line."""
    levels = [reached(gold, predicted) for gold, predicted in matching.pairs]
    core = [pair for pair, level in zip(matching.pairs, levels, strict=True) if level != "span"]
    return Counts(
        gold=len(matching.pairs) + len(matching.missed),
        predicted=len(matching.pairs) + len(matching.false_alarms),
        span=len(levels),
        core=len(core),
        full=levels.count("full"),
        when=_share([wrong_times(gold, predicted) for gold, predicted in core]),
        group=_share([wrong_groups(gold, predicted) for gold, predicted in core]),
    )


def core_f1_intervals(documents: Sequence[Mapping[Line, Counts]]) -> dict[Line, Interval | None]:
    """Give for every line the 95% bootstrap interval of its core F1: percentiles over documents drawn anew.

    The draws, with replacement, are the same for all lines and, as their seed is fixed, in every run. None
    where the line is empty or there are fewer than two documents: one says nothing of how they differ.
    """
    size = len(documents)
    if size < 2:
        return dict.fromkeys(LINES)
    draws = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), size=RESAMPLES)
    return {line: _interval(draws, [counts[line] for counts in documents]) for line in LINES}


def _interval(draws: npt.NDArray[np.int64], documents: list[Counts]) -> Interval | None:
    matched = draws @ np.array([counts.core for counts in documents])
    records = draws @ np.array([counts.gold + counts.predicted for counts in documents])
    drawn = records > 0  # a draw without any record of the line has no F1
    if not drawn.any():
        return None
    low, high = np.quantile(2 * matched[drawn] / records[drawn], (0.025, 0.975))
    return float(low), float(high)


def _share(wrong: list[tuple[str, ...] | None]) -> Share:
    stated = [fields for fields in wrong if fields is not None]
    return Share(right=stated.count(()), of=len(stated))
