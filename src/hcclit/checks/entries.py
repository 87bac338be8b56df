"""A cell that holds a count with its percentage: `34 (81)`, `34 (81%)`, `81% (n = 34)`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.checks.intervals import Interval
from hcclit.checks.paper import Paper, Printed
from hcclit.document import Cell
from hcclit.view import clean

WHOLE = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
OTHER_PAIR = re.compile(
    r"\b(?:mean|median|s\.?d\.?|s\.?e\.?m?\.?|range|iqr|quartiles?|ci|rate per|p[- ]?value)\b|±|\$", re.IGNORECASE
)
"""Words for two numbers that are no count and percentage."""
PERCENT_SIGN = re.compile(r"%|per ?cent", re.IGNORECASE)
_SHARE = re.compile(rf"({WHOLE})\s?[(\[]\s?(\d+(?:\.\d+)?)\s?(%?)\s?[)\]]\s?[a-z*†‡§¶ᵃ-ᵗ]{{0,2}}")
_SHARE_TURNED = re.compile(rf"(\d+(?:\.\d+)?)\s?%\s?[(\[]\s?(?:n\s?=\s?)?({WHOLE})\s?[)\]]")
_STABLE = re.compile(r"\s*SD\s*")
"""Stable disease, in a row of its own; a standard deviation is no count with a percentage."""
_DIGIT = re.compile(r"\d")
_MEASURE = re.compile(
    r"\b(?:years?|months?|weeks?|days?|score|ratio|interval|duration|cm|mm|kg|m2|ml|dl)\b", re.IGNORECASE
)
"""Words of a measured quantity, unless a number stands with them: `Age (years)`, but `Age < 65 years`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A count with its percentage in a table, and whether the table says in so many words that it is one."""

    cell: Cell
    count: Printed
    percent: Printed
    is_marked: bool

    @property
    def number(self) -> int:
        """The count."""
        return int(self.count.stated.value)

    def fits(self, total: int) -> bool:
        """Whether the percentage can be the count's share of a total, rounded or cut."""
        return 0 < total >= self.number and self.percent.stated.rounded_or_cut.holds(100 * self.number / total)

    def is_rounded_of(self, total: int) -> bool:
        """Whether the percentage is the count's share of a total, rounded."""
        return 0 < total >= self.number and self.percent.stated.rounded.holds(100 * self.number / total)

    def is_about(self, total: int) -> bool:
        """Whether the percentage is the count's share, give or take one in its last digit."""
        stated = self.percent.stated
        return total > 0 and abs(100 * self.number / total - stated.value) <= 1.001 * stated.unit

    def totals(self) -> Interval | None:
        """What the count may be counted out of, by its percentage; None where that tells nothing (0%)."""
        share = self.percent.stated.rounded_or_cut
        if share.low <= 0 or self.number == 0:
            return None
        return Interval(100 * self.number / share.high, 100 * self.number / share.low)


def read_entry(paper: Paper, cell: Cell, is_told: bool) -> Entry | None:
    """The count and percentage that a cell may hold; marked if it has its % sign, its label has, or `is_told`."""
    text, label = clean(cell.text), " ".join(head for head in cell.row_heads if not _STABLE.fullmatch(head))
    numbers = list(paper.numbers(cell.start, cell.end))
    match, turned = _SHARE.fullmatch(text), _SHARE_TURNED.fullmatch(text)
    if is_measured(label) or not (match or turned) or len(numbers) != 2:
        return None
    count, percent = reversed(numbers) if turned else numbers
    if percent.stated.value > 100 or count.stated.decimals:
        return None
    has_sign = bool(turned or (match and match[3]) or PERCENT_SIGN.search(label))
    return Entry(cell, count, percent, has_sign or is_told)


def is_measured(label: str) -> bool:
    """Whether a row's numbers are no counts: means with their deviation, medians with their range."""
    return bool(OTHER_PAIR.search(label) or (_MEASURE.search(label) and not _DIGIT.search(label)))
