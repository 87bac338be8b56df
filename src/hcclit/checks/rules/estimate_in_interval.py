"""An estimate against its own confidence interval.

Formula: with the estimate e and the limits l, h as printed, some value of e's rounding interval is at least some value
of l's and at most some value of h's.

Source: Altman, Machin, Bryant & Gardner, Statistics with Confidence, BMJ Books 2000, chapter 2: the interval is made
around the estimate, whatever the method.

Left alone: intervals without the words for them, unless they follow a ratio's name; numbers whose sign or scale
alone is at odds (a reduction of 3.9 with -5.6 to -2.3; 74% with 0.61 to 0.84).
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.checks.effect import Effect, span_of
from hcclit.checks.effects import effects
from hcclit.checks.intervals import Interval
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper

NAME = __name__.rpartition(".")[2]


def check(paper: Paper) -> Iterator[Finding]:
    """Find estimates that lie outside their intervals."""
    for effect in effects(paper):
        low, high = effect.low, effect.high
        if low.stated.value > high.stated.value or _is_inside(effect):
            continue
        spans = span_of(paper, effect.estimate, low, high)
        yield Finding(
            doc_id=paper.document.doc_id,
            check=NAME,
            severity="error",
            message=f"The {effect.name} {effect.estimate.stated} lies outside its own interval ({effect.interval}).",
            stated=str(effect.estimate.stated),
            expected=f"{low.stated} to {high.stated}",
            spans=spans,
            computed=f"{effect.estimate.stated} is {'below' if _is_below(effect) else 'above'} {effect.interval}",
            records=tuple(paper.records_at(*spans)),
        )


def _is_inside(effect: Effect) -> bool:
    """Whether it can be inside, with another sign or scale if need be."""
    interval = Interval(effect.low.rounded.low, effect.high.rounded.high)
    own = effect.estimate.rounded
    turned = Interval(-own.high, -own.low)
    scales = (1.0, 0.01, 100.0) if effect.kind == "other" else (1.0,)
    signs = (own,) if effect.is_ratio else (own, turned)
    return any(interval.meets(each * Interval.exactly(scale)) for each in signs for scale in scales)


def _is_below(effect: Effect) -> bool:
    return effect.estimate.stated.value < effect.low.stated.value
