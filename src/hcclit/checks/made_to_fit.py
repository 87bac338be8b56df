"""Shares in a table's column that were made to add up, and so may be one off in their last digit.

Thirds are 33%, 33% and 34% in many tables; a row of responders is given the sum of the printed shares of complete and
partial responses. Nobody would ask authors about either. With decimals, 100 is not made so: readers do ask about 40.1%
for 44 of 110, whatever it adds up to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hcclit.checks.entries import Entry

_MOST = 8
"""Rows that make up a whole, at most."""


def is_made_to_fit(column: Sequence[Entry], entry: Entry, total: int) -> bool:
    """Whether an entry's share was made to fit those of its neighbours.

    Either it is one of neighbouring rows that make up the total, whose whole shares are exactly 100 and would not be if
    each was rounded by itself; or neighbouring rows make up its count, and their shares its share. `column` are all
    entries of the entry's column, from top to bottom.
    """
    for rows in _runs(column, column.index(entry)):
        number, share = sum(each.number for each in rows), _shares(rows)
        is_whole = not entry.percent.stated.decimals
        if is_whole and entry in rows and number == total and share == 100 and _rounded(rows, total) != 100:
            return True
        if entry not in rows and number == entry.number and share == entry.percent.stated.value:
            return True
    return False


def _runs(column: Sequence[Entry], at: int) -> Iterator[Sequence[Entry]]:
    """Two or more neighbouring rows, near a place of the column."""
    for first in range(max(0, at - _MOST), min(len(column), at + 2)):
        for size in range(2, _MOST + 1):
            if first + size <= len(column):
                yield column[first : first + size]


def _shares(rows: Sequence[Entry]) -> float:
    return round(sum(each.percent.stated.value for each in rows), 6)


def _rounded(rows: Sequence[Entry], total: int) -> float:
    """What the shares would add up to, each rounded by itself."""
    return round(sum(round(100 * each.number / total, each.percent.stated.decimals) for each in rows), 6)
