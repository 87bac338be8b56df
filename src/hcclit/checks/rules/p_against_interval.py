"""A significant p-value with an interval that holds "no effect", and the reverse.

Formula: an interval of level c excludes 1 (a difference: 0) exactly where two-sided p < 1 - c. A finding needs the
limits to be on one side of it, and p on the other side of 1 - c, whatever rounds to the printed numbers; and a distance
of more than 0.1 standard errors between both, of 0.2 or 0.3 where another test is named (see `p_from_interval`).

Source: Altman & Bland, BMJ 2011;343:d2304; Altman, Machin, Bryant & Gardner, Statistics with Confidence, 2000.

Left alone: `95% CI 0.50-1.00, p = 0.048`, for the limit may be 0.996; one-sided p-values, where the paper names a
one-sided test, are doubled first; p-values for non-inferiority, interaction, trend.
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.checks import wald
from hcclit.checks.effect import span_of
from hcclit.checks.effects import effects
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.rules.p_from_interval import shown
from hcclit.checks.significance import contradicts, may_test_something_else, null_value, readings

NAME = __name__.rpartition(".")[2]


def check(paper: Paper) -> Iterator[Finding]:
    """Find p-values that say the contrary of the interval beside them."""
    for effect in effects(paper):
        if effect.p is None or effect.kind == "other" or not contradicts(paper, effect, readings(paper, effect.p)):
            continue
        if may_test_something_else(paper, effect):
            continue
        spans = span_of(paper, effect.p.place, effect.estimate, effect.low, effect.high)
        null, alpha = null_value(effect), 1 - effect.level / 100
        is_over = effect.low.stated.value < null < effect.high.stated.value
        z = wald.z_score(effect)
        yield Finding(
            doc_id=paper.document.doc_id,
            check=NAME,
            severity="error",
            message=f"{effect.p} is {'significant' if is_over else 'not significant'} at {alpha:.2g}, but the interval "
            f"of the {effect.name} {effect.estimate.stated} ({effect.interval}) "
            f"{'holds' if is_over else 'does not hold'} {null:g}.",
            stated=str(effect.p),
            expected=shown(wald.p_of_z(z)) if z else f"p {'>' if is_over else '<'} {alpha:.2g}",
            spans=spans,
            computed=f"two-sided p {'>' if is_over else '<'} {alpha:.2g} follows from {effect.interval}",
            records=tuple(paper.records_at(*spans)),
        )
