"""Dates: those that `hcclit.dates` finds, less what a sentence shows to be none."""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.language import Analysis
from hcclit.mention import Mention


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Give the dates of a paper."""
    for date in analysis.dates:
        yield Mention("date", date.start, date.end, {"value": date.value, "bound": date.bound})
