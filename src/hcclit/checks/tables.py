"""Counts with percentages in the cells of tables, and the numbers that they are counted out of.

A column's total is read from its head (`Sorafenib (n = 42)`) or from a row of patient numbers. What stands in a cell as
`34 (81)` is a count with its percentage only where the table says so by a % sign and nothing in the row's label speaks
of means, medians or ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hcclit.checks.intervals import Interval, Stated
from hcclit.checks.paper import Paper, Printed
from hcclit.document import Cell, Table
from hcclit.view import clean

_WHOLE = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_SHARE = re.compile(rf"({_WHOLE})\s?[(\[]\s?(\d+(?:\.\d+)?)\s?(%?)\s?[)\]]\s?[a-z*†‡§¶ᵃ-ᵗ]{{0,2}}")
_SHARE_TURNED = re.compile(rf"(\d+(?:\.\d+)?)\s?%\s?[(\[]\s?(?:n\s?=\s?)?({_WHOLE})\s?[)\]]")
_BARE = re.compile(rf"{_WHOLE}")
_TOTAL = re.compile(rf"\bn\s?[=:]\s?({_WHOLE})(?![.\d]|\s?%)", re.IGNORECASE)
_NUMBER_ROW = re.compile(
    r"(?:total )?(?:(?:no\.?|number|n)(?: of)? (?:patients|subjects|participants|cases|women)|number|n)(?: \(?n\)?)?"
    r"|(?:all )?patients",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_PERCENT_SIGN = re.compile(r"%|per ?cent", re.IGNORECASE)
_COUNT_AND_PERCENT = re.compile(r"\b(?:n|no\.?|number|patients),? ?[(\[]%[)\]]", re.IGNORECASE)
_OTHER_PAIR = re.compile(
    r"\b(?:mean|median|s\.?d\.?|s\.?e\.?m?\.?|range|iqr|quartiles?|ci|rate per|p[- ]?value)\b|±|\$", re.IGNORECASE
)
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


@dataclass(frozen=True, slots=True)
class Total:
    """A column's total and where it is printed."""

    value: int
    printed: Printed


class Sheet:
    """A table's counts with percentages, by cell, and its columns' totals."""

    def __init__(self, paper: Paper, table: Table) -> None:
        self.paper = paper
        self.table = table

    @cached_property
    def totals(self) -> dict[int, Total]:
        """Totals by column: of the cells, or of the caption for the one column of a table without."""
        columns = {entry.cell.column for entry in self.entries}
        if not self.totals_of_cells and len(columns) == 1 and (total := self._of_caption()):
            return dict.fromkeys(columns, total)
        return self.totals_of_cells

    @cached_property
    def totals_of_cells(self) -> dict[int, Total]:
        """Totals that heads or a row of patient numbers give; of several over a column the one nearest its values."""
        found: dict[int, Total] = {}
        for cell in sorted(self.table.cells, key=lambda cell: (cell.row, cell.column)):
            if total := self._total(cell):
                found |= dict.fromkeys(range(cell.column, cell.column + cell.columns), total)
        return found

    @cached_property
    def all_totals(self) -> set[int]:
        """Every number that the table names as one of patients: in heads, labels, caption and notes."""
        texts = [cell.text for cell in self.table.cells] + [self.table.caption, self.table.notes]
        found = {_whole(each) for text in texts for each in _TOTAL.findall(clean(text))}
        return found | {total.value for total in self.totals.values()}

    @cached_property
    def entries(self) -> list[Entry]:
        """All counts with percentages."""
        return [entry for cell in self.table.cells if cell.role == "value" and (entry := self._entry(cell))]

    @cached_property
    def counts(self) -> dict[tuple[int, int], int]:
        """The counts of the table by row and column: of its entries, and bare whole numbers."""
        return {place: int(printed.stated.value) for place, printed in self.numbers.items()}

    @cached_property
    def numbers(self) -> dict[tuple[int, int], Printed]:
        """Where the counts of `counts` are printed, by row and column."""
        found = {(entry.cell.row, entry.cell.column): entry.count for entry in self.entries}
        for cell in self.table.cells:
            is_count = cell.role == "value" and _BARE.fullmatch(clean(cell.text))
            if is_count and not _is_measured(" ".join(cell.row_heads)):
                for printed in self.paper.numbers(cell.start, cell.end):
                    found[cell.row, cell.column] = printed
        return found

    def head(self, column: int) -> str:
        """All that stands over a column."""
        return " ".join(self._above.get(column, ()))

    def rows_of(self, entry: Entry) -> int:
        """How many rows with a value in the entry's column stand under its row head."""
        head, column = entry.cell.row_heads[:-1], entry.cell.column
        cells = (cell for cell in self.table.cells if cell.role == "value" and cell.column == column)
        return sum(bool(head) and cell.row_heads[:-1] == head for cell in cells)

    @cached_property
    def support(self) -> tuple[int, int]:
        """How many entries fit their column's total, and how many are off it by more than one in the last digit."""
        under = [
            (entry, self.totals[entry.cell.column].value) for entry in self.entries if entry.cell.column in self.totals
        ]
        return sum(e.fits(total) for e, total in under), sum(not e.is_about(total) for e, total in under)

    @property
    def is_kept(self) -> bool:
        """Whether the table's shares are, by and large, of their heads' totals."""
        fitting, others = self.support
        return others <= fitting / 2

    def block(self, entry: Entry) -> list[Entry]:
        """The entries of one column that stand under one row head: the categories of one variable."""
        head, column = entry.cell.row_heads[:-1], entry.cell.column
        if not head:
            return [entry]
        return [each for each in self.entries if each.cell.column == column and each.cell.row_heads[:-1] == head]

    def _of_caption(self) -> Total | None:
        """The one total that the caption names: `Patient characteristics (n=110)`."""
        matches = list(_TOTAL.finditer(self.paper.document.text, self.table.start, self._first_cell))
        if len(matches) != 1:
            return None
        value = _whole(matches[0][1])
        return Total(value, Printed(*matches[0].span(1), Stated(value))) if value else None

    @property
    def _first_cell(self) -> int:
        return min((cell.start for cell in self.table.cells), default=self.table.start)

    def _total(self, cell: Cell) -> Total | None:
        text = clean(cell.text)
        if cell.role == "value" and cell.row_heads and _NUMBER_ROW.fullmatch(clean(cell.row_heads[-1])):
            match = _BARE.fullmatch(text)
        elif cell.role == "head" or _is_above(cell, self.table):
            match = _TOTAL.search(text)
        else:
            return None
        if match is None:
            return None
        value = _whole(match[match.lastindex or 0])
        numbers = [each for each in self.paper.numbers(cell.start, cell.end) if each.stated.value == value]
        return Total(value, numbers[-1]) if numbers and value else None

    def _entry(self, cell: Cell) -> Entry | None:
        text = clean(cell.text)
        label = " ".join(cell.row_heads)
        numbers = list(self.paper.numbers(cell.start, cell.end))
        match, turned = _SHARE.fullmatch(text), _SHARE_TURNED.fullmatch(text)
        if _is_measured(label) or not (match or turned) or len(numbers) != 2:
            return None
        count, percent = reversed(numbers) if turned else numbers
        sign = self._speaks_of_percent(cell)
        is_marked = bool(turned or (match and match[3]) or _PERCENT_SIGN.search(label) or sign is _COUNT_AND_PERCENT)
        if percent.stated.value > 100 or count.stated.decimals:
            return None
        entry = Entry(cell, count, percent, is_marked)
        return entry if is_marked or sign or self._is_about(entry) else None

    def _is_about(self, entry: Entry) -> bool:
        """Whether the second number is about the share of the first, so that nothing need say so."""
        total = self.totals_of_cells.get(entry.cell.column)
        return total is not None and abs(100 * entry.number / total.value - entry.percent.stated.value) < 1

    def _speaks_of_percent(self, cell: Cell) -> re.Pattern[str] | None:
        """The clearest of the signs that counts and percentages stand under a head."""
        above = " ".join((*cell.column_heads, *self._above.get(cell.column, ()), self.table.stub_head))
        if _OTHER_PAIR.search(above) and not _PERCENT_SIGN.search(above):
            return None
        words = f"{above} {self.table.caption} {self.table.notes}"
        return next((sign for sign in (_COUNT_AND_PERCENT, _PERCENT_SIGN) if sign.search(words)), None)

    @cached_property
    def _above(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for cell in self.table.cells:
            if cell.role == "head" or _is_above(cell, self.table):
                for column in range(cell.column, cell.column + cell.columns):
                    found.setdefault(column, []).append(clean(cell.text))
        return found


def sheets(paper: Paper) -> Iterator[Sheet]:
    """The tables of a paper."""
    for table in paper.document.tables:
        yield Sheet(paper, table)


def _is_above(cell: Cell, table: Table) -> bool:
    """Whether a cell that was taken for a value stands over all labelled rows, as a second line of heads does."""
    first = min((each.row for each in table.cells if each.role == "label"), default=0)
    return cell.row < first


def _is_measured(label: str) -> bool:
    """Whether a row's numbers are no counts: means with their deviation, medians with their range."""
    return bool(_OTHER_PAIR.search(label) or (_MEASURE.search(label) and not _DIGIT.search(label)))


def _whole(text: str) -> int:
    return int(Stated.read(text).value)
