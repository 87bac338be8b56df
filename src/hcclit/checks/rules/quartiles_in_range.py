"""Quartiles against the range of the same numbers.

Formula: min <= Q1 and Q3 <= max, for some values that round to the printed ones.

Source: by the definitions.
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.checks.effect import span_of
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.spreads import spreads

NAME = __name__.rpartition(".")[2]


def check(paper: Paper) -> Iterator[Finding]:
    """Find quartiles outside of the range that is printed beside them."""
    for spread in spreads(paper):
        by_form = {limits.form: limits for limits in spread.limits}
        quartiles, whole = by_form.get("iqr"), by_form.get("range")
        if quartiles is None or whole is None:
            continue
        below = quartiles.low.rounded.high < whole.low.rounded.low
        above = quartiles.high.rounded.low > whole.high.rounded.high
        if below or above:
            spans = span_of(paper, quartiles.low, quartiles.high, whole.low, whole.high)
            yield Finding(
                doc_id=paper.document.doc_id,
                check=NAME,
                severity="error",
                message=f"The quartiles ({quartiles.shown}) reach beyond the range ({whole.shown}).",
                stated=quartiles.shown,
                expected=f"within {whole.low.stated} to {whole.high.stated}",
                spans=spans,
                computed=f"{quartiles.low.stated} < {whole.low.stated}"
                if below
                else f"{quartiles.high.stated} > {whole.high.stated}",
                records=tuple(paper.records_at(*spans)),
            )
