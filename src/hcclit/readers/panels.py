"""A panel: rows within a table for which a line divides each column (`First visit  Last visit`)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hcclit.readers.grid import GridRow, Heads, Span
from hcclit.readers.head_phrases import fit
from hcclit.readers.raw_rows import RawRow

_MIN_ROWS = 3


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows `first` to `last`, where each of the table's columns is `factor` columns with own heads."""

    first: int
    last: int
    columns: int
    factor: int
    heads: tuple[Span, ...]

    def place(self, row: GridRow, heads: Heads, inside: bool) -> None:
        """Put a row's cells into the finer columns; a cell over several stands in the first of them."""
        if inside:
            row.heads = {i: (*heads.get(i // self.factor, ()), head) for i, head in enumerate(self.heads)}
        else:
            row.cells = {column * self.factor: span for column, span in row.cells.items()}

    def widened(self, heads: Heads) -> Heads:
        """The heads outside the panel, over the finer columns."""
        return {column * self.factor: spans for column, spans in heads.items()}


def find_panel(text: str, rows: list[RawRow], columns: int) -> Panel | None:
    """Find the panel of a table with `columns` columns; there may be one."""
    more = Counter(row.tail for row in rows if row.worded and row.tail > columns and row.tail % columns == 0)
    if not more or max(more.values()) < _MIN_ROWS:
        return None
    wide = more.most_common(1)[0][0]
    for index, row in enumerate(rows):
        if len(row.units) < wide or any(unit.kind == "value" for unit in row.units):
            continue
        found = fit(text, row.start, row.end, wide)
        if found is None or found.stub or not _repeats([text[slice(*span)] for span in found.columns], wide // columns):
            continue
        last = max(
            (i for i, other in enumerate(rows) if i > index and other.worded and other.tail == wide),
            default=index,
        )
        if last > index:
            return Panel(index + 1, last, wide, wide // columns, found.columns)
    return None


def _repeats(heads: list[str], size: int) -> bool:
    """Whether each of the table's columns gets the same heads."""
    return size > 1 and heads == heads[:size] * (len(heads) // size)
