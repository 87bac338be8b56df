"""A hazard, odds or risk ratio against the middle of its interval on the logarithmic scale.

Formula: a Wald interval is exp(ln e ± z SE), hence ln e = (ln l + ln h) / 2, i.e. e = sqrt(l h). A finding needs a
distance between e and sqrt(l h), beyond the rounding of all three, of more than a share of half the interval's width
(on the logarithmic scale): 0.02 for hazard and risk ratios, 0.06 for odds ratios, and in each case no less than
0.15 SE, for few events make likelihood intervals uneven.

Source: Altman & Bland, BMJ 2011;343:d2304. Score, likelihood and t intervals keep within these shares as a rule.

Left alone: exact, profile, bootstrap and Bayesian intervals, where the words around them say so; lower limits that may
be 0; medians and differences, which need not be in the middle.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from hcclit.checks.effect import Effect, span_of
from hcclit.checks.effects import effects
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.symmetry import is_uneven, off_middle

NAME = __name__.rpartition(".")[2]
_GROSS = 0.3


def check(paper: Paper) -> Iterator[Finding]:
    """Find ratios that are far from the middle of their intervals."""
    for effect in effects(paper):
        off = off_middle(effect)
        if off is not None and not effect.is_exact and is_uneven(effect):
            yield _finding(paper, effect, off)


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
