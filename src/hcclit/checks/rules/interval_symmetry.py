"""A hazard, odds or risk ratio against the middle of its interval on the logarithmic scale.

Formula: a Wald interval is exp(ln e ± z SE), hence ln e = (ln l + ln h) / 2, i.e. e = sqrt(l h). A finding needs a
distance between e and sqrt(l h), beyond the rounding of all three, of more than a share of half the interval's width
(on the logarithmic scale): 0.02 for hazard and risk ratios, 0.06 for odds ratios, and in each case no less than
0.15 SE, for few events make likelihood intervals uneven.

Source: Altman & Bland, BMJ 2011;343:d2304. Score, likelihood and t intervals keep within these shares as a rule.

Left alone: exact, profile, bootstrap and Bayesian intervals, where the words around them say so, or the paper
once for its intervals (bootstrap, Bayesian); odds ratios with an upper limit 20 times the lower that reach farther
away from 1; lower limits that may
be 0; medians and differences, which need not be in the middle.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from hcclit.checks.effect import Effect, span_of
from hcclit.checks.effects import effects
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.significance import resamples
from hcclit.checks.symmetry import is_uneven, off_middle

NAME = __name__.rpartition(".")[2]
_GROSS = 0.3
_SPARSE = 20
"""An odds ratio's upper limit over its lower: beyond it a cell has few events, and the interval is often exact."""


def check(paper: Paper) -> Iterator[Finding]:
    """Find ratios that are far from the middle of their intervals."""
    for effect in effects(paper):
        off = off_middle(effect)
        if off is not None and is_uneven(effect) and not _is_of_another_method(paper, effect):
            yield _finding(paper, effect, off)


def _is_of_another_method(paper: Paper, effect: Effect) -> bool:
    """Whether the interval may not be made of a standard error: by what is said of it, or by its width."""
    return effect.is_exact or _is_sparse(effect) or resamples(paper)


def _is_sparse(effect: Effect) -> bool:
    """Whether an odds ratio's interval is that wide, and wider on the side away from 1, as few events make it."""
    low, own, high = (place.stated.value for place in (effect.low, effect.estimate, effect.high))
    if effect.kind != "OR" or min(low, own) <= 0 or high <= _SPARSE * low:
        return False
    middle = math.sqrt(low * high)
    return 1 < own < middle or middle < own < 1


def _finding(paper: Paper, effect: Effect, off: float) -> Finding:
    spans = span_of(paper, effect.estimate, effect.low, effect.high)
    low, high = effect.low.rounded, effect.high.rounded
    digits = max(effect.estimate.stated.decimals, 2)
    middle = [math.sqrt(a * b) for a, b in ((low.low, high.low), (low.high, high.high))]
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning" if off > _GROSS else "note",
        message=f"The {effect.name} {effect.estimate.stated} is not in the middle of its interval ({effect.interval}), "
        "as it is on the logarithmic scale if the interval is made of a standard error: one of the three may be wrong.",
        stated=str(effect.estimate.stated),
        expected=f"{middle[0]:.{digits}f} to {middle[1]:.{digits}f}",
        spans=spans,
        computed=f"sqrt({effect.low.stated} x {effect.high.stated}) is from {middle[0]:.{digits + 1}f} to "
        f"{middle[1]:.{digits + 1}f}; the estimate is off by {off:.0%} of half the interval",
        records=tuple(paper.records_at(*spans)),
    )
