"""A count, its total and its percentage in one construct of running text: `k/N (x%)`, `k of N (x%)`, `x% (k of N)`.

Formula: with u one in the last printed digit of x, some value in [x - u/2, x + u/2] is 100 k / N;
up to x + u in a paper that cuts its percentages.

Source: the granularity of percentages of whole numbers is what GRIM tests (Brown & Heathers, Social Psychological and
Personality Science 2017;8:363-369).

Left alone: percentages that are estimated over time (Kaplan-Meier, cumulative incidence) with the events in brackets;
the complement (`all but one of 74 (98.6%)`); and, where words stand between the three numbers, any other whole number
of the sentence that the percentage may be of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.habits import is_share
from hcclit.checks.intervals import Interval, fits
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.shares import Share, shares_of
from hcclit.language import Sentence

NAME = __name__.rpartition(".")[2]
_OVER_TIME = re.compile(
    r"surviv|\bfree(?:dom)?\b|-free\b|cumulative|kaplan|actuarial|estimate|hazard|\bHR\b|probabilit|adjusted|weighted"
    r"|incidence|\brelapse rate|\brecurrence rate|per 100",
    re.IGNORECASE,
)


def check(paper: Paper) -> Iterator[Finding]:
    """Find the shares of running text that are not what they say."""
    for share in shares_of(paper):
        count, total, percent = share.read(paper.analysis.text)
        sentence = paper.analysis.sentence_at(share.percent[0])
        if not is_share(paper, percent, count, total) and not _is_other(paper, sentence, share):
            yield _finding(paper, share, 100 * count / total)


def _is_other(paper: Paper, sentence: Sentence, share: Share) -> bool:
    """Whether the percentage may be of something else than the count and total beside it."""
    if share.percent_first and _OVER_TIME.search(sentence.text):
        return True
    count, all_of, percent = share.read(paper.analysis.text)
    if fits(percent, Interval.exactly(100 * (all_of - count) / all_of)):
        return True
    if share.is_close:
        return False
    near = paper.analysis.quantities_in(sentence.start, sentence.end)
    totals = {int(each.value) for each in near if each.unit is None and each.value >= max(count, 1)}
    return any(fits(percent, Interval.exactly(100 * count / total)) for total in totals)


def _finding(paper: Paper, share: Share, true: float) -> Finding:
    count, total, percent = share.read(paper.analysis.text)
    spans = [paper.view_span(*place) for place in (share.percent, share.count, share.total)]
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="note" if abs(true - percent.value) <= 1.001 * percent.unit else "error",
        message=f"{count} of {total} is not {percent}%.",
        stated=f"{percent}%",
        expected=f"{true:.{percent.decimals}f}%",
        spans=tuple(spans),
        computed=f"100 * {count} / {total} = {true:.{percent.decimals + 2}f}",
        records=tuple(paper.records_at(*spans)),
    )
