"""Bootstrap intervals of every score: over papers for the sums, over a paper's own records for one paper.

95% percentile intervals (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). What is drawn anew,
with replacement, is the unit that could have come out otherwise: the papers of a set; of one paper its pairs, misses
and false alarms. Draws have a fixed seed, so that a score has the same interval in every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hcclit.evaluation.counts import RESAMPLES, SEED, Counts, Interval
from hcclit.evaluation.levels import Level

Draws = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """The 95% intervals of a score; None where there is nothing to draw from."""

    precision: Interval | None = None
    recall: Interval | None = None
    f1: Interval | None = None


def spread_over_papers(papers: Sequence[Counts], level: Level) -> Spread:
    """The intervals of a level's summed scores over papers drawn anew; none for fewer than two papers."""
    size = len(papers)
    if size < 2:
        return Spread()
    draws = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), size=RESAMPLES)
    sums = (draws @ np.array([getattr(counts, name) for counts in papers]) for name in (level, "gold", "predicted"))
    return _spread(*sums)


def spread_within(counts: Counts, level: Level) -> Spread:
    """The intervals of one paper's scores over its pairs, misses and false alarms drawn anew."""
    matched: int = getattr(counts, level)
    units = np.array([matched, counts.span - matched, counts.gold - counts.span, counts.predicted - counts.span])
    size = int(units.sum())
    if size < 2:
        return Spread()
    right, unequal, missed, false = np.random.default_rng(SEED).multinomial(size, units / size, size=RESAMPLES).T
    return _spread(right, right + unequal + missed, right + unequal + false)


def _spread(matched: Draws, gold: Draws, predicted: Draws) -> Spread:
    return Spread(
        _interval(matched, predicted),
        _interval(matched, gold),
        _interval(2 * matched, gold + predicted),
    )


def _interval(part: Draws, whole: Draws) -> Interval | None:
    drawn = whole > 0  # a draw without any such record has no score
    if not drawn.any():
        return None
    low, high = np.quantile(part[drawn] / whole[drawn], (0.025, 0.975))
    return float(low), float(high)
