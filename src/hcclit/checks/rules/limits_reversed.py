"""Confidence limits that stand in the wrong order.

Formula: the lower limit is not above the upper one.

Source: by the definition of an interval.

Left alone: two negative limits, which many write from the smaller to the larger size (`-0.4 to -1.3`), and limits of
different signs, where a dash may be a minus.
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.checks.effect import span_of
from hcclit.checks.effects import effects
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper

NAME = __name__.rpartition(".")[2]


def check(paper: Paper) -> Iterator[Finding]:
    """Find intervals whose first limit is above the second."""
    for effect in effects(paper):
        low, high = effect.low, effect.high
        if low.stated.value <= high.stated.value or high.stated.value < 0:
            continue
        spans = span_of(paper, low, high, effect.estimate)
        holds = high.stated.value <= effect.estimate.stated.value <= low.stated.value
        what = "are the wrong way round" if holds else "cannot be: the lower is above the upper"
        yield Finding(
            doc_id=paper.document.doc_id,
            check=NAME,
            severity="warning" if holds else "error",
            message=f"The limits of the {effect.name} {effect.estimate.stated} {what}.",
            stated=f"{low.stated} to {high.stated}",
            expected=f"{high.stated} to {low.stated}" if holds else f"a lower limit of at most {high.stated}",
            spans=spans,
            computed=f"{low.stated} > {high.stated}",
            records=tuple(paper.records_at(*spans)),
        )
