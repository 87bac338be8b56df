"""The least value of a group against the limit that its inclusion criteria set.

Formula: with `platelet count greater than 50 x 10^9/l` among the criteria, the lower end of the range of platelets in
the table of the patients is not below 50; likewise for age.

Source: CONSORT 2010, items 4a and 15: eligibility criteria, and a table of the baseline of those included.

Left alone: ranges in another order of size than the criterion (per microlitre against 10^9/l), criteria outside of a
sentence on inclusion, `or` between criteria.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.effect import Place, span_of
from hcclit.checks.effect_patterns import NUMBER, read_number
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.spreads import spreads

NAME = __name__.rpartition(".")[2]
_CRITERION = re.compile(r"inclusion|eligib|criteri|\badequate\b|were required|had to have|enrol", re.IGNORECASE)
_LIMIT = re.compile(
    rf"\b(?P<what>platelets?(?: counts?)?|aged?)\s?(?:of |was |were |to be |:|\()?\s?"
    r"(?:greater than|more than|above|at least|not less than|>=?|\u2265|\u2a7e|older than)\s?"
    rf"(?P<limit>{NUMBER})(?![\d.])",
    re.IGNORECASE,
)
_ROW = {"p": re.compile(r"\bplatelets?\b", re.IGNORECASE), "a": re.compile(r"\bage\b", re.IGNORECASE)}
_OF_SIZE = 100
"""How many times the limit a range's upper end may be: more, and the units differ."""


def check(paper: Paper) -> Iterator[Finding]:
    """Find groups with a member that their criteria exclude."""
    limits = list(_limits(paper))
    for spread in spreads(paper) if limits else ():
        low, high = spread.limits[0].low, spread.limits[0].high
        in_table = any(table.start <= low.start < table.end for table in paper.document.tables)
        if spread.limits[0].form != "range" or not in_table:
            continue
        for what, limit in limits:
            is_same = _ROW[what].search(spread.sentence) and limit.stated.value <= high.stated.value
            if is_same and high.stated.value < _OF_SIZE * limit.stated.value and low.rounded.high < limit.rounded.low:
                spans = span_of(paper, low, limit)
                yield Finding(
                    doc_id=paper.document.doc_id,
                    check=NAME,
                    severity="warning",
                    message=f"The least value of {spread.sentence.split(' | ')[0]} is {low.stated}, below the "
                    f"{limit.stated} that the criteria ask.",
                    stated=str(low.stated),
                    expected=f"{limit.stated} or more",
                    spans=spans,
                    computed=f"{low.stated} < {limit.stated}",
                    records=tuple(paper.records_at(*spans)),
                )


def _limits(paper: Paper) -> Iterator[tuple[str, Place]]:
    """The least values that criteria ask, each with the first letter of its name."""
    for sentence in paper.analysis.sentences:
        if sentence.section in {"introduction", "discussion"} or not _CRITERION.search(sentence.text):
            continue
        for match in _LIMIT.finditer(sentence.text):
            near = sentence.text[max(0, match.start() - 30) : match.end() + 30]
            if not re.search(r"\bor\b", near):
                at = (sentence.start + match.start("limit"), sentence.start + match.end("limit"))
                place = Place(*paper.analysis.view.to_source(*at), read_number(match["limit"]))
                yield match["what"][0].lower(), place
