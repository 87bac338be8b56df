"""A median or mean against the range or quartiles beside it.

Formula: min <= median <= max, Q1 <= median <= Q3, min <= mean <= max, for some values that round to the printed ones.
A mean need not lie between the quartiles.

Source: by the definitions; Hozo, Djulbegovic & Hozo, BMC Med Res Methodol 2005;5:13, build on the same order.

Left alone: limits in another unit than the number, two numbers that share limits, limits in the wrong order.
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.checks.effect import span_of
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.spreads import Limits, Spread, spreads

NAME = __name__.rpartition(".")[2]


def check(paper: Paper) -> Iterator[Finding]:
    """Find medians and means that lie outside of their limits."""
    for spread in spreads(paper):
        for limits in spread.limits:
            if _is_outside(spread, limits):
                spans = span_of(paper, spread.value, limits.low, limits.high)
                yield Finding(
                    doc_id=paper.document.doc_id,
                    check=NAME,
                    severity="error",
                    message=f"The {spread.average} {spread.value.stated} lies outside its limits ({limits.shown}).",
                    stated=str(spread.value.stated),
                    expected=f"{limits.low.stated} to {limits.high.stated}",
                    spans=spans,
                    computed=f"{spread.value.stated} is not between {limits.low.stated} and {limits.high.stated}",
                    records=tuple(paper.records_at(*spans)),
                )


def _is_outside(spread: Spread, limits: Limits) -> bool:
    if limits.low.stated.value > limits.high.stated.value or (spread.average == "mean" and limits.form != "range"):
        return False
    own = spread.value.rounded
    return own.high < limits.low.rounded.low or own.low > limits.high.rounded.high
