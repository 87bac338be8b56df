"""A p-value that is no probability.

Formula: 0 <= p <= 1.

Source: by the definition of a probability.

Left alone: powers of ten, percentages, and letters p that stand for something else (a pressure with its unit); a whole
number too (`p = 100` components, an order `p = 6`), unless a p-value stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.checks.effect import span_of
from hcclit.checks.model import Finding
from hcclit.checks.p_values import Seen, p_values
from hcclit.checks.paper import Paper

NAME = __name__.rpartition(".")[2]
_BESIDE = 60
"""Characters within which another p-value stands beside one."""


def check(paper: Paper) -> Iterator[Finding]:
    """Find p-values below 0 or above 1."""
    found = list(p_values(paper))
    for seen in found:
        value = seen.place.stated.value
        if seen.is_sure and not 0 <= value <= 1 and (seen.place.stated.decimals or _has_neighbour(seen, found)):
            spans = span_of(paper, seen.place)
            yield Finding(
                doc_id=paper.document.doc_id,
                check=NAME,
                severity="error",
                message="A p-value lies between 0 and 1; a decimal point may be missing.",
                stated=f"p{seen.sign}{seen.place.stated}",
                expected="0 to 1",
                spans=spans,
                computed=f"{seen.place.stated} is {'below 0' if value < 0 else 'above 1'}",
                records=tuple(paper.records_at(*spans)),
            )


def _has_neighbour(seen: Seen, found: list[Seen]) -> bool:
    """Whether a p-value below 1 stands beside a number, which then is meant as one too."""
    near = (other for other in found if abs(other.place.start - seen.place.start) <= _BESIDE)
    return any(0 <= other.place.stated.value < 1 for other in near)
