"""A count and its percentage in a table's cell, against the total of its column.

Formula: with k the count, N the column's total and u one in the last printed digit of the percentage x, some value in
[x - u/2, x + u/2] is 100 k / N; up to x + u in a paper that cuts its percentages.

Source: the granularity of percentages of whole numbers is what GRIM tests (Brown & Heathers, Social Psychological and
Personality Science 2017;8:363-369); that a table's denominators are read from its heads is our own.

Left alone: a cell whose percentage fits any other number that may be meant: a total that the table names elsewhere, the
sum of its block's categories or of its row, a count above it in its column, the total less the missing. Left alone too
is a row or block that fits another total throughout (missing values), and a table that does not keep to its heads'
totals. One off in the last digit is left alone where the shares were made to add up: whole ones to exactly 100 with
those of the rows that make up the total, or to the sum of the printed shares of its parts.
Where all shares under a head are of one other number, that is one finding on the head.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from hcclit.checks.entries import Entry
from hcclit.checks.habits import is_share
from hcclit.checks.intervals import Interval
from hcclit.checks.made_to_fit import is_made_to_fit
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.tables import Sheet, Total, sheets

NAME = __name__.rpartition(".")[2]
_SURE = 8
"""So many shares of a table must fit before one that could come of missing values is called wrong."""
_MOST = 0.85
"""Of the shares under a head, so many must be of one number for it to be taken as their total."""
_LARGE = 10_000
"""No trial of more patients is looked for."""
_FITTING = 6
"""So many times as many shares must fit as do not."""
_NEAR = 8
"""Rows above a cell whose counts may be what it is a share of."""


def check(paper: Paper) -> Iterator[Finding]:
    """Find the shares of a paper's tables that are not of their column's total, nor of any other in sight."""
    for sheet in sheets(paper):
        for total, entries in _by_total(sheet):
            fitting = sum(entry.fits(total.value) for entry in entries)
            if len(entries) >= _SURE and 2 * fitting < len(entries):
                yield from _wrong_head(sheet, total, entries)
            elif sheet.is_kept:
                wrong: dict[tuple[int, str], list[Entry]] = {}
                for entry in entries:
                    is_right = is_share(paper, entry.percent.stated, entry.number, total.value)
                    if not is_right and _is_wrong(sheet, entry, total) and not _is_made_to_fit(sheet, entry, total):
                        wrong.setdefault((entry.number, str(entry.percent.stated)), []).append(entry)
                yield from (_finding(paper, alike, total) for alike in wrong.values())


def _by_total(sheet: Sheet) -> Iterator[tuple[Total, list[Entry]]]:
    """The table's entries by the total that they stand under."""
    for total in dict.fromkeys(sheet.totals.values()):
        yield total, [entry for entry in sheet.entries if sheet.totals.get(entry.cell.column) == total]


def _wrong_head(sheet: Sheet, total: Total, entries: Sequence[Entry]) -> Iterator[Finding]:
    """One finding where all shares under a head are of one other number, and it is named nowhere in the table."""
    common = _common_total(entries)
    if common is None or common in sheet.named_totals:
        return
    paper = sheet.paper
    yield Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning",
        message=f"The percentages under this head are of {common}, not of {total.value}.",
        stated=str(total.value),
        expected=str(common),
        spans=(paper.span_of(total.printed), *(paper.span_of(entry.cell) for entry in entries[:3])),
        computed=f"100 * {entries[0].number} / {entries[0].percent.stated}%, and so on for {len(entries)} cells",
    )


def _common_total(entries: Sequence[Entry]) -> int | None:
    """The one whole number that nearly all percentages fit; None where several do, or none."""
    votes: Counter[int] = Counter()
    telling = [told for entry in entries if (told := entry.totals()) and told.high <= _LARGE]
    for told in telling:
        votes.update(range(math.ceil(told.low), math.floor(told.high) + 1))
    best = votes.most_common(2)
    is_clear = len(best) == 1 or (len(best) == 2 and best[0][1] > best[1][1])
    return best[0][0] if is_clear and len(telling) >= _SURE and best[0][1] >= _MOST * len(telling) else None


def _is_wrong(sheet: Sheet, entry: Entry, total: Total) -> bool:
    if any(entry.is_rounded_of(other) for other in _others(sheet, entry, total)):
        return False
    if entry.fits(total.value):
        return True
    possible = entry.totals()
    if possible is None or possible.low > total.value or not possible.has_whole:
        return entry.is_marked or sheet.support[0] >= _SURE
    fitting, others = sheet.support
    return fitting >= _SURE and _FITTING * others <= fitting and not _is_shared(sheet, entry, total)


def _is_made_to_fit(sheet: Sheet, entry: Entry, total: Total) -> bool:
    column = sheet.columns[entry.cell.column]
    return entry.is_about(total.value) and is_made_to_fit(column, entry, total.value)


def _others(sheet: Sheet, entry: Entry, total: Total) -> set[int]:
    """Other numbers that the count may be out of."""
    row, column = entry.cell.row, entry.cell.column
    block = [each.number for each in sheet.block(entry)]
    above = {n for (r, c), n in sheet.counts.items() if c == column and row - _NEAR <= r < row}
    across = [n for (r, _), n in sheet.counts.items() if r == row]
    rows = [entry.cell.row, *(each.cell.row for each in sheet.block(entry))]
    missing = {total.value - number for number in sheet.missing(column, range(min(rows) - _NEAR, max(rows) + _NEAR))}
    return sheet.named_totals | above | missing | {sum(block), sum(across), *across} - {entry.number}


def _is_shared(sheet: Sheet, entry: Entry, total: Total) -> bool:
    """Whether others of its column, or of its row, are of fewer than the total too: values are missing there."""
    column = [each for each in sheet.entries if each.cell.column == entry.cell.column]
    row = [each for each in sheet.entries if each.cell.row == entry.cell.row and each.cell.column in sheet.totals]
    missing = [each for each in column if _is_of(each, entry, total) and each is not entry]
    missing += [each for each in row if each is not entry and _is_of_fewer(each, sheet.totals[each.cell.column].value)]
    return bool(missing)


def _is_of_fewer(entry: Entry, total: int) -> bool:
    """Whether a share is of some number below the total: of those for whom the value is known."""
    told = entry.totals()
    is_right = entry.fits(total) or entry.is_about(total)
    return not is_right and told is not None and told.low < total and told.has_whole


def _is_of(other: Entry, entry: Entry, total: Total) -> bool:
    """Whether another cell that is not of the column's total is of the same lower number as this one."""
    mine, its = entry.totals(), other.totals()
    if other.fits(total.value) or other.is_about(total.value) or mine is None or its is None or not mine.meets(its):
        return False
    return Interval(max(mine.low, its.low), min(mine.high, its.high)).has_whole


def _finding(paper: Paper, alike: Sequence[Entry], total: Total) -> Finding:
    """One finding for all cells under a head that say the same."""
    entry = alike[0]
    share = 100 * entry.number / total.value
    stated = entry.percent.stated
    is_slip = abs(share - stated.value) <= stated.unit * 1.001
    printed = [each for entry in alike for each in (entry.percent, entry.count)]
    spans = tuple(paper.span_of(each) for each in (*printed, total.printed))
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="note" if is_slip else "error",
        message=f"{entry.number} of {total.value} is not {stated}%.",
        stated=f"{stated}%",
        expected=f"{share:.{stated.decimals}f}%",
        spans=spans,
        computed=f"100 * {entry.number} / {total.value} = {share:.{stated.decimals + 2}f}",
        records=tuple(paper.records_at(*spans)),
    )
