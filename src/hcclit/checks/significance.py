"""Whether a p-value and an interval speak of the same distance from no effect."""

from __future__ import annotations

import re

from hcclit.checks import wald
from hcclit.checks.effect import Effect, PValue
from hcclit.checks.effect_patterns import ANOTHER_TEST, NON_INFERIORITY, ONE_SIDED, RESAMPLED
from hcclit.checks.intervals import Interval
from hcclit.checks.paper import Paper

TOLERANCE = 0.1
"""In standard errors, beyond rounding: what a score or likelihood-ratio test may differ from the interval's."""
TOLERANCE_OF_PAPER = 0.2
"""The same in a paper that names another test anywhere (log-rank, Fisher, chi-squared), and for hazard ratios outside
of regressions, whose p-values are those of log-rank tests."""
TOLERANCE_OTHER = 0.3
"""The same where another test is named beside the p-value, or the interval's method is not Wald's."""
_MODEL = re.compile(r"adjust|multivari|univari|independent|regression|\bCox\b|predict|prognos|factor", re.IGNORECASE)
_ONE_SIDED = "a test is one-sided"
_NON_INFERIORITY = "a test is of non-inferiority"
_RESAMPLED = "intervals are resampled"
_OTHER_TEST = "tests other than the interval's are named"


def tolerance(paper: Paper, effect: Effect) -> float:
    """How far apart the p-value and the interval may be, in standard errors."""
    if effect.is_exact or not effect.is_ratio or (effect.p is not None and effect.p.is_of_another_test):
        return TOLERANCE_OTHER
    is_log_rank = effect.kind == "HR" and not _MODEL.search(effect.sentence)  # as a rule, named or not
    return TOLERANCE_OF_PAPER if is_log_rank or names_another_test(paper) else TOLERANCE


def null_value(effect: Effect) -> float:
    """The value that says "no effect"."""
    return 1.0 if effect.is_ratio else 0.0


def is_one_sided(paper: Paper) -> bool:
    """Whether the paper speaks of a one-sided test anywhere."""
    return _speaks_of(paper, ONE_SIDED, _ONE_SIDED)


def names_another_test(paper: Paper) -> bool:
    """Whether the paper names a test anywhere that an interval need not agree with."""
    return _speaks_of(paper, ANOTHER_TEST, _OTHER_TEST)


def resamples(paper: Paper) -> bool:
    """Whether the paper says anywhere that its intervals are bootstrap or Bayesian ones."""
    return _speaks_of(paper, RESAMPLED, _RESAMPLED)


def may_test_something_else(paper: Paper, effect: Effect) -> bool:
    """Whether a p-value smaller than the interval's may be that of non-inferiority, of which the paper speaks."""
    z = wald.z_score(effect)
    if effect.p is None or z is None or not _speaks_of(paper, NON_INFERIORITY, _NON_INFERIORITY):
        return False
    return effect.p.rounded.high <= wald.p_of_z(z).low


def _speaks_of(paper: Paper, words: re.Pattern[str], key: str) -> bool:
    cache = paper.analysis.cache
    if key not in cache:
        cache[key] = bool(words.search(paper.analysis.text))
    return bool(cache[key])


def readings(paper: Paper, p: PValue) -> list[Interval]:
    """The two-sided p-values that a printed one can stand for: itself, and where a test is one-sided, twice it."""
    found = [] if p.sides == 1 else [p.rounded]
    if p.sides == 1 or (p.sides is None and is_one_sided(paper)):
        found += doubled(p)
    return found


def doubled(p: PValue) -> list[Interval]:
    """The two-sided p-values of a one-sided one, whichever way the test looks."""
    own, rest = p.rounded, Interval(1 - p.rounded.high, 1 - p.rounded.low)
    return [Interval(min(1.0, 2 * each.low), min(1.0, 2 * each.high)) for each in (own, rest)]


def gap(effect: Effect, p: list[Interval]) -> float:
    """How many standard errors the nearest of these p-values is away from the interval; 0 where it cannot be told."""
    z = wald.z_score(effect)
    if z is None:
        return 0.0
    own = wald.size(z)
    return min(max(0.0, own.low - other.high, other.low - own.high) for other in map(wald.z_of_p, p))


def contradicts(paper: Paper, effect: Effect, p: list[Interval]) -> bool:
    """Whether all of these p-values are on the other side of the interval's level than the interval, beyond doubt."""
    alpha, null = 1 - effect.level / 100, null_value(effect)
    low, high = effect.low.rounded, effect.high.rounded
    is_beside = low.low > null or high.high < null
    is_over = low.high < null < high.low
    differs = (is_beside and all(each.low >= alpha - 1e-12 for each in p)) or (
        is_over and all(each.high <= alpha + 1e-12 for each in p)
    )
    return differs and gap(effect, p) > tolerance(paper, effect)
