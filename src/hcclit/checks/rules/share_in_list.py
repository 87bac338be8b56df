"""One percentage of a list that no whole number of the patients gives, where all others of the list do.

Formula: with N the number of patients and u one in the last printed digit, no whole k has 100 k / N in
[x - u/2, x + u/2] (to x + u in a paper that cuts), while for all other percentages of the sentence, at least four, some
k has.

Source: GRIM (Brown & Heathers, Social Psychological and Personality Science 2017;8:363-369). That N is the denominator
is shown by the others: by chance four would fit an N of 110 once in some thousand lists.

Left alone: lists that fit another number of patients of the paper; numbers of patients so large (40% of the steps of
the last digit) that chance would fit them; comparisons of arms; a percentage whose count, beside it, is of others;
percentages with a comparator or of an interval.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from hcclit.checks.habits import cuts
from hcclit.checks.intervals import Interval, Stated
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.language import Sentence
from hcclit.quantity import WORD_NUMBER
from hcclit.records import Statistic

NAME = __name__.rpartition(".")[2]
_PERCENT = re.compile(
    r"(?<![\d.<>=~±≤≥-])(?<![<>=~±≤≥-] )(\d{1,2}\.\d{1,2})\s?%(?!\s?(?:CI|confidence|to|-))", re.IGNORECASE
)
_OVER_TIME = re.compile(
    r"surviv|-free\b|cumulative|hazard|\bCI\b|confidence|\bvs?\b|versus|reduc|increas|mean|median", re.I
)
_COUNT = re.compile(rf"(?P<count>(?<![\d.,])\d+|\b{WORD_NUMBER})\s?[(\[]\Z", re.IGNORECASE)
_FEW, _SHARE = 5, 0.4
_FAR = 10
"""Percentage points: no slip of one digit behind the point."""


def check(paper: Paper) -> Iterator[Finding]:
    """Find the odd one out of a list of percentages of the same patients."""
    sizes = {
        int(r.value): r for r in reversed(paper.statistics) if r.endpoint == "sample_size" and r.subject == "cohort"
    }
    for sentence in paper.sentences if sizes else ():
        places = [match.span(1) for match in _PERCENT.finditer(sentence.text)]
        if len(places) >= _FEW and not _OVER_TIME.search(sentence.text):
            yield from _odd_one(paper, sentence, places, sizes)


def _odd_one(
    paper: Paper, sentence: Sentence, places: list[tuple[int, int]], sizes: dict[int, Statistic]
) -> Iterator[Finding]:
    told = [Stated.read(sentence.text[slice(*place)]) for place in places]
    odd = {size: [i for i, each in enumerate(told) if not _is_possible(paper, each, size)] for size in sizes}
    fitting = [size for size, found in odd.items() if len(found) <= 1]
    if len(fitting) == 1 and odd[fitting[0]] and fitting[0] <= _SHARE * 100 / max(each.unit for each in told):
        size = fitting[0]
        (index,) = odd[size]
        if _is_of_others(sentence.text, places[index], told[index], size):
            return
        yield _finding(paper, told[index], sizes[size], sentence.start + places[index][0])


def _is_of_others(text: str, place: tuple[int, int], percent: Stated, size: int) -> bool:
    """Whether the count before a percentage tells that it is of other patients: `66 (90.4%)` is of 73, not of 145."""
    match = _COUNT.search(text, max(0, place[0] - 20), place[0])
    return match is not None and abs(100 * Stated.read(match["count"]).value / size - percent.value) > _FAR


def _is_possible(paper: Paper, percent: Stated, size: int) -> bool:
    share = percent.rounded_or_cut if cuts(paper) else percent.rounded
    return (share * Interval.exactly(size / 100)).has_whole


def _finding(paper: Paper, percent: Stated, size: Statistic, at: int) -> Finding:
    patients = int(size.value)
    exact = percent.value * patients / 100
    near = sorted({math.floor(exact), math.ceil(exact)})
    spans = (paper.view_span(at, at + len(str(percent))), paper.span_of(size))
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="note",
        message=f"No whole number of {patients} patients is {percent}%, as for all others of this list.",
        stated=f"{percent}%",
        expected=" or ".join(f"{100 * k / patients:.{percent.decimals}f}% ({k})" for k in near),
        spans=spans,
        computed=f"{percent}% of {patients} = {exact:.2f}",
        records=tuple(paper.records_at(*spans)),
    )
