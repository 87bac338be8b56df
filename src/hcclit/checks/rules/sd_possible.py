"""A standard deviation that no numbers within the bounds can have.

Formula: numbers in [a, b] with mean m have a variance of at most (b - m)(m - a), a sample variance of n / (n - 1) times
that (Bhatia & Davis); numbers whose smallest is a and largest b have a sample SD of at least (b - a) / sqrt(2 (n - 1)).
Where n is not stated beside them, n = 2 is taken for the first, which is the most generous, and the second is left out.

Source: Bhatia & Davis, Am Math Monthly 2000;107:353-357; Heathers et al., SPRITE, PeerJ Preprints 2018:e26968, for its
use on printed means and SDs.

Left alone: percentages that may be below 0 or above 100 (changes, percentages of a reference), numbers after ± that
are called standard errors, beside them or, where one is too small for an SD, anywhere in the paper (`mean ± SEM`),
means less than two SD above 0: skewed numbers have them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from hcclit.checks.effect import Place, span_of
from hcclit.checks.effect_patterns import read_number
from hcclit.checks.intervals import Interval
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.spreads import Spread, spreads

NAME = __name__.rpartition(".")[2]
_PERCENT = re.compile(r"(?<![\w.,-])(?P<mean>\d+(?:\.\d+)?)\s?%?\s?(?:±|\+/-)\s?(?P<sd>\d+(?:\.\d+)?)\s?%")
_MAY_EXCEED = re.compile(
    r"chang|increas|decreas|reduc|differen|improv|gain|loss|declin|relative|predicted|baseline|control|normal|fold|vs\.?"
    r"|expect|error|\bSEM?\b|s\.e\.|coefficient|inhibit|growth|rise|rose|fell|drop|\bCV\b|activity|expression|recover",
    re.IGNORECASE,
)
_ERRORS = re.compile(
    r"\b(?:means?|averages?|values?|data|results?)\b[^.;]{0,40}(?:±|\+/-|plus or minus|\(|and)\s?(?:the\s|one\s|1\s)?"
    r"(?:standard errors?|S\.?E\.?M?\b)",
    re.IGNORECASE,
)
"""How a paper says once that what follows ± is a standard error."""
_DEVIATION = re.compile(r"\bs\.?d\b|standard deviation", re.IGNORECASE)
_N = re.compile(r"\bn\s?=\s?(\d+)\b")


def check(paper: Paper) -> Iterator[Finding]:
    """Find standard deviations that are too large for a percentage, too large or too small for a range."""
    for sentence in paper.analysis.sentences:
        if "%" in sentence.text and not _MAY_EXCEED.search(sentence.text):
            for match in _PERCENT.finditer(sentence.text):
                places = []
                for group in ("mean", "sd"):
                    start, end = (sentence.start + at for at in match.span(group))
                    places.append(Place(*paper.analysis.view.to_source(start, end), read_number(match[group])))
                yield from _of_percentage(paper, places[0], places[1])
    for spread in spreads(paper):
        if spread.average == "mean" and spread.sd and spread.limits[0].form == "range":
            yield from _of_range(paper, spread, spread.sd)


def _of_percentage(paper: Paper, mean: Place, sd: Place) -> Iterator[Finding]:
    most = _most(mean.rounded, Interval.exactly(0), Interval.exactly(100), 2)
    if mean.stated.value <= 100 and sd.rounded.low > most:
        yield _finding(paper, (sd, mean), f"at most {most:.1f}", f"sqrt(2 x {mean.stated} x (100 - {mean.stated}))")


def _of_range(paper: Paper, spread: Spread, sd: Place) -> Iterator[Finding]:
    if re.search(r"\bSEM?\b|standard error|s\.e\.", spread.sentence):
        return
    low, high = spread.limits[0].low, spread.limits[0].high
    places = (sd, spread.value, low, high)
    sizes = {int(found) for found in _N.findall(spread.sentence)}
    n = sizes.pop() if len(sizes) == 1 else 0
    most = _most(spread.value.rounded, low.rounded, high.rounded, max(n, 2))
    least = (high.rounded.low - low.rounded.high) / math.sqrt(2 * (n - 1)) if n > 1 else 0.0
    if most > 0 and sd.rounded.low > most:
        yield _finding(paper, places, f"at most {most:.3g}", "sqrt((max - mean) (mean - min) n / (n - 1))")
    elif sd.rounded.high < least and not _may_be_error(paper, spread):
        yield _finding(paper, places, f"at least {least:.3g}", f"(max - min) / sqrt(2 ({n} - 1)); perhaps an SE")


def _may_be_error(paper: Paper, spread: Spread) -> bool:
    """Whether the paper gives standard errors and does not call this number a standard deviation."""
    gives = paper.once("gives standard errors", lambda: _ERRORS.search(paper.analysis.text) is not None)
    return gives and not _DEVIATION.search(spread.sentence)


def _most(mean: Interval, low: Interval, high: Interval, n: int) -> float:
    """The largest sample SD of n numbers between two bounds with this mean."""
    lowest, highest = low.low, high.high
    centre = min(max((lowest + highest) / 2, mean.low), mean.high)
    return math.sqrt(max(0.0, (highest - centre) * (centre - lowest)) * n / (n - 1))


def _finding(paper: Paper, places: tuple[Place, ...], expected: str, computed: str) -> Finding:
    spans = span_of(paper, *places)
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning",
        message=f"No numbers with a mean of {places[1].stated} within these bounds have an SD of {places[0].stated}.",
        stated=str(places[0].stated),
        expected=expected,
        spans=spans,
        computed=f"{computed} is {expected.rpartition(' ')[2]}",
        records=tuple(paper.records_at(*spans)),
    )
