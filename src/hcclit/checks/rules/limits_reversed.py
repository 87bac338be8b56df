"""Limits of an interval, a range or quartiles that stand in the wrong order.

Formula: the lower limit is not above the upper one.

Source: by the definition of an interval.

Left alone: two negative limits, which many write from the smaller to the larger size (`-0.4 to -1.3`), limits of
different signs, where a dash may be a minus, and two numbers beside a median that no word calls a range, unless the
median lies between them.
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.checks.effect import Place, span_of
from hcclit.checks.effects import effects
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.spreads import spreads

NAME = __name__.rpartition(".")[2]


def check(paper: Paper) -> Iterator[Finding]:
    """Find limits of which the first is above the second."""
    for effect in effects(paper):
        if _are_reversed(effect.low, effect.high):
            yield _finding(paper, effect.name, (effect.low, effect.high, effect.estimate))
    for spread in spreads(paper):
        for limits in spread.limits:
            places = (limits.low, limits.high, spread.value)
            if _are_reversed(limits.low, limits.high) and (limits.form != "other" or _holds(places)):
                yield _finding(paper, spread.average, places)


def _are_reversed(low: Place, high: Place) -> bool:
    return low.stated.value > high.stated.value >= 0


def _holds(places: tuple[Place, Place, Place]) -> bool:
    """Whether the number lies between the limits once they are turned."""
    low, high, value = (place.stated.value for place in places)
    return high <= value <= low


def _finding(paper: Paper, name: str, places: tuple[Place, Place, Place]) -> Finding:
    spans = span_of(paper, *places)
    low, high, value = (place.stated for place in places)
    holds = _holds(places)
    what = "are the wrong way round" if holds else "cannot be: the lower is above the upper"
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning" if holds else "error",
        message=f"The limits of the {name} {value} {what}.",
        stated=f"{low} to {high}",
        expected=f"{high} to {low}" if holds else f"a lower limit of at most {high}",
        spans=spans,
        computed=f"{low} > {high}",
        records=tuple(paper.records_at(*spans)),
    )
