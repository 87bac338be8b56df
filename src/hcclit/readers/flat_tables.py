"""Rows and columns of a flattened table: cells with their heads, from the lines of its region."""

from __future__ import annotations

from hcclit.document import Table
from hcclit.readers.lines import Line


def parse_table(text: str, lines: list[Line]) -> Table | None:
    """Read the cells of a table from its lines; None where rows and columns cannot be told apart."""
    return None
