"""Numbers that are a paper's own results.

A discussion repeats a paper's own results without always saying whose they are; that a number stands in the
results, the abstract or a table of the same paper says it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.language import Analysis
from hcclit.linking.nearby import cached
from hcclit.paper_kind import is_case_report
from hcclit.quantity import Quantity

_OWN_SECTIONS = frozenset({"abstract", "results", "case", "figure", "table"})
_RESULT_UNITS = frozenset({"%", "mo", "wk", "d", "a"})
_LEVELS = (90, 95, 99)  # of confidence intervals: in every paper
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?:\.\d+)?(?!\w)")


@dataclass(frozen=True, slots=True)
class _OwnNumbers:
    """Numbers with their unit as the results state them, and bare numbers of the tables."""

    stated: frozenset[tuple[float, str]]
    printed: frozenset[float]

    def has(self, quantity: Quantity) -> bool:
        key = (quantity.value, _unit(quantity))
        return key in self.stated or (quantity.value % 1 != 0 and quantity.value in self.printed)


def repeats_results(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a stretch of text repeats the paper's own results: most of its quantities are among them.

    A whole number is soon met twice by chance, so that a single one is no evidence. What a case report's tables
    and text compare with is other work, so that there nothing follows.
    """
    known, met = _met(analysis, start, end)
    evidence = sum(3 if q.value % 1 else 1 for q in met)
    has_own = cached(analysis, "has results", lambda a: any(s.section in ("results", "methods") for s in a.sentences))
    return has_own and not is_case_report(analysis) and evidence >= 2 and len(met) > 0.6 * len(known)


def lacks_results(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a stretch of text states results of which the paper's own know nothing."""
    known, met = _met(analysis, start, end)
    return not met and (len(known) > 1 or any(q.value % 1 for q in known))


def _met(analysis: Analysis, start: int, end: int) -> tuple[list[Quantity], list[Quantity]]:
    """The results that a stretch states, and those of them that are the paper's own."""
    seen: dict[tuple[int, int], tuple[list[Quantity], list[Quantity]]] = cached(analysis, "met", lambda _: {})
    if (start, end) not in seen:
        own = cached(analysis, "own_numbers", _own_numbers)
        known = [q for q in analysis.quantities_in(start, end) if _unit(q) in _RESULT_UNITS and q.value not in _LEVELS]
        seen[start, end] = known, [q for q in known if own.has(q)]
    return seen[start, end]


def _own_numbers(analysis: Analysis) -> _OwnNumbers:
    text = analysis.document.text
    sentences = [s for s in analysis.sentences if s.section in _OWN_SECTIONS]
    tables = [text[b.start : b.end].replace("\u00b7", ".") for b in analysis.document.blocks if b.kind == "table"]
    return _OwnNumbers(
        frozenset((q.value, _unit(q)) for s in sentences for q in analysis.quantities_in(s.start, s.end)),
        frozenset(float(m.group().replace(",", "")) for table in tables for m in _NUMBER.finditer(table)),
    )


def _unit(quantity: Quantity) -> str:
    return quantity.unit.code if quantity.unit else ""
