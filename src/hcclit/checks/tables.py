"""Counts with percentages in the cells of tables, and the numbers that they are counted out of.

A column's total is read from its head (`Sorafenib (n = 42)`) or from a row of patient numbers. What stands in a cell
as `34 (81)` is a count with its percentage only where the table says so by a % sign, or where most of such cells are
shares of their column's total, and nothing in the row's label speaks of means, medians or ranges.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from hcclit.checks.entries import OTHER_PAIR, PERCENT_SIGN, WHOLE, Entry, is_measured, read_entry
from hcclit.checks.intervals import Stated
from hcclit.checks.paper import Paper, Printed
from hcclit.document import Cell, Table
from hcclit.view import clean

_BARE = re.compile(WHOLE)
_TOTAL = re.compile(rf"\bn\s?[=:]\s?({WHOLE})(?![.\d]|\s?%)", re.IGNORECASE)
_NUMBER_ROW = re.compile(
    r"(?:total )?(?:(?:no\.?|number|n)(?: of)? (?:patients|subjects|participants|cases|women)|number|n)(?: \(?n\)?)?"
    r"|(?:all )?patients",
    re.IGNORECASE,
)
_COUNT_AND_PERCENT = re.compile(r"\b(?:n|no\.?|number|patients),? ?[(\[]%[)\]]", re.IGNORECASE)
_MISSING = re.compile(r"unknown|missing|not (?:available|known|reported|assess|evaluable|done)|\bn/?a\b", re.IGNORECASE)
_LARGE = 5000
"""Cells of a table; what has more is a listing."""
_FEW, _MOST = 4, 0.7
"""So many, and so many of all, of the pairs that nothing marks must be shares for all of them to be read so."""


@dataclass(frozen=True, slots=True)
class Total:
    """A column's total and where it is printed."""

    value: int
    printed: Printed


Block = tuple[int, tuple[str, ...]]
"""A column and the heads of some rows."""


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
    def named_totals(self) -> set[int]:
        """Every number that the table names as one of patients outside its heads: in labels, values, caption, notes."""
        texts = [cell.text for cell in self.table.cells if cell.role != "head" and not self._is_above(cell)]
        texts += [self.table.caption, self.table.notes]
        return {_whole(each) for text in texts for each in _TOTAL.findall(clean(text))}

    @cached_property
    def entries(self) -> list[Entry]:
        """All counts with percentages."""
        read = [(cell, self._speaks_of_percent(cell)) for cell in self.table.cells if cell.role == "value"]
        found = [(read_entry(self.paper, cell, sign is _COUNT_AND_PERCENT), sign) for cell, sign in read]
        pairs = [(entry, entry.is_marked or bool(sign)) for entry, sign in found if entry]
        near = [self._is_near(entry) for entry, is_told in pairs if not is_told]
        are_shares = sum(near) >= max(_FEW, _MOST * len(near))
        return [entry for entry, is_told in pairs if is_told or are_shares or self._is_near(entry)]

    @cached_property
    def columns(self) -> dict[int, list[Entry]]:
        """The counts with percentages of each column, from top to bottom."""
        found: dict[int, list[Entry]] = {}
        for entry in sorted(self.entries, key=lambda entry: entry.cell.row):
            found.setdefault(entry.cell.column, []).append(entry)
        return found

    def _is_near(self, entry: Entry) -> bool:
        """Whether the second number is about the share of the first, so that nothing need say so."""
        total = self.totals_of_cells.get(entry.cell.column)
        return total is not None and abs(100 * entry.number / total.value - entry.percent.stated.value) < 1

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
            if is_count and not is_measured(" ".join(cell.row_heads)):
                for printed in self.paper.numbers(cell.start, cell.end):
                    found[cell.row, cell.column] = printed
        return found

    def head(self, column: int) -> str:
        """All that stands over a column."""
        return " ".join(self._above.get(column, ()))

    def missing(self, column: int, rows: range) -> set[int]:
        """The counts of those for whom a value is missing, in some rows of a column."""
        labels = {c.row: clean(c.row_heads[-1]) for c in self.table.cells if c.role == "value" and c.row_heads}
        return {
            count
            for (row, at), count in self.counts.items()
            if at == column and row in rows and _MISSING.search(labels.get(row, ""))
        }

    def rows_of(self, entry: Entry) -> int:
        """How many rows with a value in the entry's column stand under its row head."""
        head = entry.cell.row_heads[:-1]
        return self._filled[entry.cell.column, head] if head else 0

    @cached_property
    def _filled(self) -> Counter[Block]:
        return Counter((c.column, c.row_heads[:-1]) for c in self.table.cells if c.role == "value")

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
        head = entry.cell.row_heads[:-1]
        return self._blocks[entry.cell.column, head] if head else [entry]

    @cached_property
    def _blocks(self) -> dict[Block, list[Entry]]:
        found: dict[Block, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault((entry.cell.column, entry.cell.row_heads[:-1]), []).append(entry)
        return found

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
        elif cell.role == "head" or self._is_above(cell):
            match = _TOTAL.search(text)
        else:
            return None
        if match is None:
            return None
        value = _whole(match[match.lastindex or 0])
        numbers = [each for each in self.paper.numbers(cell.start, cell.end) if each.stated.value == value]
        return Total(value, numbers[-1]) if numbers and value else None

    def _speaks_of_percent(self, cell: Cell) -> re.Pattern[str] | None:
        """The clearest of the signs that counts and percentages stand under a head."""
        above = " ".join((*cell.column_heads, *self._above.get(cell.column, ()), self.table.stub_head))
        if OTHER_PAIR.search(above) and not PERCENT_SIGN.search(above):
            return None
        words = f"{above} {self.table.caption} {self.table.notes}"
        return next((sign for sign in (_COUNT_AND_PERCENT, PERCENT_SIGN) if sign.search(words)), None)

    def _is_above(self, cell: Cell) -> bool:
        """Whether a cell that was taken for a value stands over all labelled rows, as a second line of heads does."""
        return cell.row < self._first_label

    @cached_property
    def _first_label(self) -> int:
        return min((each.row for each in self.table.cells if each.role == "label"), default=0)

    @cached_property
    def _above(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for cell in self.table.cells:
            if cell.role == "head" or self._is_above(cell):
                for column in range(cell.column, cell.column + cell.columns):
                    found.setdefault(column, []).append(clean(cell.text))
        return found


def sheets(paper: Paper) -> list[Sheet]:
    """The tables of a paper, each read once; listings without end are left out."""
    return paper.once(
        "sheets", lambda: [Sheet(paper, each) for each in paper.document.tables if len(each.cells) <= _LARGE]
    )


def _whole(text: str) -> int:
    return int(Stated.read(text).value)
