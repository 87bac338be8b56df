"""A p-value that is printed as zero.

Formula: none; p = 0.000 is what a program prints for p < 0.0005.

Source: Lang & Altman, Basic statistical reporting for articles published in biomedical journals: the SAMPL guidelines,
2013; ICMJE recommendations: p-values are given exactly, or as p < 0.001.
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.checks.effect import span_of
from hcclit.checks.model import Finding
from hcclit.checks.p_values import p_values
from hcclit.checks.paper import Paper

NAME = __name__.rpartition(".")[2]


def check(paper: Paper) -> Iterator[Finding]:
    """Find p-values of zero."""
    for seen in p_values(paper):
        number = seen.place.stated
        if number.value == 0 and seen.sign != ">" and (number.decimals > 1 or seen.sign in "<="):
            spans = span_of(paper, seen.place)
            bound = f"p < {10.0**-number.decimals / 2:.{number.decimals + 1}f}" if number.decimals else "p above 0"
            yield Finding(
                doc_id=paper.document.doc_id,
                check=NAME,
                severity="note",
                message="No p-value is zero; it is below what is printed.",
                stated=f"p{seen.sign}{number}",
                expected=bound,
                spans=spans,
                computed=f"{number} stands for what rounds to it",
                records=tuple(paper.records_at(*spans)),
            )
