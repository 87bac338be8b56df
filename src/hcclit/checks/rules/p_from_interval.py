"""A p-value against the one that follows from the estimate and its interval.

Formula: SE = (ln h - ln l) / (2 z), z = 1.96 for 95%; p = 2 (1 - Phi(|ln e| / SE)); for differences without logarithm.
Estimate and limits stand for all values that round to them, e and the middle of the interval bound p from both sides.
A finding needs a distance between the two p-values, as standard errors, beyond rounding, of more than 0.1; of 0.2 for
hazard ratios outside of regressions and in a paper that names another test (log-rank, Fisher, chi-squared); of 0.3
where one is named beside the p-value, the interval is exact, or the statistic is a difference.

Source: Altman & Bland, How to obtain the P value from a confidence interval, BMJ 2011;343:d2304; the idea of computing
p again, and of allowing for one-sided tests that the text names, is statcheck's (Nuijten et al., Behav Res Methods
2016;48:1205-1226).

A note: a log-rank, score or exact test is not the interval's; a warning beyond 0.5, where the paper
names no such test. Where both disagree about
significance, `p_against_interval` speaks. Left alone: intervals that are not symmetric about their estimate; ratios of
few events (SE > 0.6 on the logarithmic scale) and exact tests; in an abstract alone that does not call its tests
two-sided, what fits a one-sided test; p-values for non-inferiority, interaction, trend; p-values of lists, and of the
estimate that stands before this one in the same bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks import wald
from hcclit.checks.effect import Effect, PValue, span_of
from hcclit.checks.effect_patterns import TWO_SIDED
from hcclit.checks.effects import effects
from hcclit.checks.intervals import Interval
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.significance import (
    contradicts,
    doubled,
    gap,
    may_test_something_else,
    names_another_test,
    readings,
    tolerance,
)
from hcclit.checks.symmetry import is_uneven

NAME = __name__.rpartition(".")[2]
_GROSS = 0.5
"""In standard errors: more than another test explains."""
_FEW = 0.6
"""Standard errors of the logarithm of a ratio: above it, an arm has few events."""
_EXACT = re.compile(r"fisher|exact (?:test|p)|permutation|mid-?p", re.IGNORECASE)
_BESIDE = 40
"""Signs between two estimates that stand side by side."""
_ABSTRACT = 4500
"""Signs of text; abstracts have fewer."""


def check(paper: Paper) -> Iterator[Finding]:
    """Find p-values that are not the interval's."""
    found = effects(paper)
    for before, effect in zip([None, *found], found, strict=False):
        if effect.p is None or effect.kind == "other" or effect.is_exact or is_uneven(effect):
            continue
        if may_test_something_else(paper, effect) or _is_of_few(effect) or _is_shared(before, effect):
            continue
        p = readings(paper, effect.p)
        z = wald.z_score(effect)
        if z is None or gap(effect, p) <= tolerance(paper, effect) or contradicts(paper, effect, p):
            continue
        if not (_may_be_one_sided(paper, effect.p) and gap(effect, doubled(effect.p)) == 0):
            yield _finding(paper, effect, wald.p_of_z(z))


def _is_shared(before: Effect | None, effect: Effect) -> bool:
    """Whether the p-value is that of the estimate before: `(difference 1% [CI]; HR 0.9 [CI]; p = 0.8)`."""
    if before is None or before.p is not None or effect.p is None:
        return False
    apart = effect.estimate.start - before.high.end
    return 0 < apart < _BESIDE and effect.p.place.start > effect.high.end and gap(before, [effect.p.rounded]) == 0


def _is_of_few(effect: Effect) -> bool:
    """Whether exact tests are likely, whose p-value is not the interval's: they are named, or there are few events."""
    has_few = effect.is_ratio and wald.z_score(effect) is not None and wald.standard_error(effect) > _FEW
    return has_few or _EXACT.search(effect.sentence) is not None


def _may_be_one_sided(paper: Paper, p: PValue) -> bool:
    """Whether the paper is an abstract alone, which seldom says how tests were made."""
    text = paper.analysis.text
    return p.sides is None and len(text) < _ABSTRACT and not TWO_SIDED.search(text)


def _finding(paper: Paper, effect: Effect, computed: Interval) -> Finding:
    if effect.p is None:
        raise ValueError("an effect without a p-value has no finding on it")
    spans = span_of(paper, effect.p.place, effect.estimate, effect.low, effect.high)
    by_half = effect.p.sides is None and gap(effect, doubled(effect.p)) == 0
    why = "it would fit a one-sided test, which the paper does not name" if by_half else "another test may explain it"
    is_gross = gap(effect, readings(paper, effect.p)) > _GROSS and not names_another_test(paper)
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning" if is_gross else "note",
        message=f"{effect.p} is not the p-value of the {effect.name} {effect.estimate.stated} ({effect.interval}); "
        f"{why}.",
        stated=str(effect.p),
        expected=shown(computed),
        spans=spans,
        computed=f"{effect.estimate.stated} ({effect.interval}) gives two-sided p = {shown(computed)}",
        records=tuple(paper.records_at(*spans)),
    )


def shown(p: Interval) -> str:
    """Both ends of a p-value, or one where they look the same."""
    low, high = (f"{end:.2g}" if end >= 0.0001 else "<0.0001" for end in p.ends)
    return low if low == high else f"{low} to {high}"
