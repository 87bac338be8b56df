"""How a paper writes its percentages: rounded, or with the digits behind cut off.

Most round. Some cut (2 of 3 as 66%), and do so throughout; in their papers a cut percentage is no slip. The shares of
the paper itself tell: those that are cut and not rounded against those that are rounded and not cut.
"""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.checks.intervals import Interval, Stated, fits, fits_cut
from hcclit.checks.paper import Paper
from hcclit.checks.shares import shares_of
from hcclit.checks.tables import sheets

_FEW = 2
"""One may be a slip."""


def is_share(paper: Paper, percent: Stated, count: int, total: int) -> bool:
    """Whether a percentage is that of a count out of a total, as this paper writes percentages."""
    true = Interval.exactly(100 * count / total)
    return fits(percent, true) or (fits_cut(percent, true) and cuts(paper))


def cuts(paper: Paper) -> bool:
    """Whether the paper seems to cut its percentages: two or more are cut, one in three of those that tell."""
    return paper.once("cuts percentages", lambda: _seems_to_cut(paper))


def _seems_to_cut(paper: Paper) -> bool:
    told = [(fits(percent, true), _is_cut(percent, true)) for percent, true in _shares(paper)]
    cut, rounded = told.count((False, True)), told.count((True, False))
    return cut >= _FEW and 2 * cut >= rounded


def _is_cut(percent: Stated, true: Interval) -> bool:
    return Interval(percent.value, percent.value + percent.unit * (1 - 1e-6)).meets(true)


def _shares(paper: Paper) -> Iterator[tuple[Stated, Interval]]:
    text = paper.analysis.text
    for share in shares_of(paper):
        count, total, percent = share.read(text)
        yield percent, Interval.exactly(100 * count / total)
    for sheet in sheets(paper):
        for entry in sheet.entries:
            if (total_of := sheet.totals.get(entry.cell.column)) and total_of.value >= entry.number:
                yield entry.percent.stated, Interval.exactly(100 * entry.number / total_of.value)
