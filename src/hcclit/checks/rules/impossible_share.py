"""A count with a percentage that it can be of no whole number: `3 (22.9%) patients`.

Formula: with k the count and u one in the last printed digit of the percentage x, no whole number N lies in
[100 k / (x + u), 100 k / (x - u/2)], x rounded or cut.

Source: GRIM (Brown & Heathers, Social Psychological and Personality Science 2017;8:363-369) and its kin for counts
(GRIMMER, Anaya, PeerJ Preprints 2016;4:e2400v1): a share of whole persons has few values.

A note where the percentage is one off in its last digit from that of a whole number.

Left alone: counts whose total stands beside them (the check `share_of_total`); numbers that do not count persons
(grades, weeks, lesions); percentages with a comparator.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from hcclit.checks.intervals import Interval
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.shares import Pair, find_pairs, shares_of, with_percent

NAME = __name__.rpartition(".")[2]


def check(paper: Paper) -> Iterator[Finding]:
    """Find counts whose percentage is that of no whole number of patients."""
    text = paper.analysis.text
    told = {share.percent for share in shares_of(paper)}
    for sentence in with_percent(paper):
        for pair in find_pairs(text, sentence.start, sentence.end):
            totals = pair.totals(text)
            if pair.percent not in told and totals and not totals.has_whole:
                yield _finding(paper, pair, totals)


def _finding(paper: Paper, pair: Pair, totals: Interval) -> Finding:
    text = paper.analysis.text
    count, percent = pair.number(text), pair.stated(text)
    near = [n for n in (math.floor(totals.low), math.ceil(totals.high)) if n >= count]
    is_slip = any(abs(100 * count / n - percent.value) <= 1.001 * percent.unit for n in near)
    spans = tuple(paper.view_span(*place) for place in (pair.percent, pair.count))
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="note" if is_slip else "warning",
        message=f"{count} is {percent}% of no whole number.",
        stated=f"{percent}%",
        expected=" or ".join(f"{100 * count / n:.{percent.decimals}f}% (of {n})" for n in near),
        spans=spans,
        computed=f"100 * {count} / {percent}% is between {totals.low:.2f} and {totals.high:.2f}",
        records=tuple(paper.records_at(*spans)),
    )
