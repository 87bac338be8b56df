"""Tables of patients: a row begins with the patient's number, its cells are numbers and words mixed."""

from __future__ import annotations

import re
from collections import Counter

from hcclit.readers.grid import Grid, GridRow, Span, bare
from hcclit.readers.head_atoms import atoms, is_stub, segments
from hcclit.readers.raw_rows import RawRow
from hcclit.readers.stacked_heads import place_heads, stacked_phrases
from hcclit.readers.value_units import Unit, is_missing, units

_FIRST = re.compile(r"(?:(?:[Cc]ase|[Pp]atient|[Pp]t|[Nn]o)\.?\s?|[#PC])?(\d{1,3})[*†‡§¶#.]*")
_MIN_ROWS = 3
_SHARE = 0.8


def numbered_grid(text: str, rows: list[RawRow]) -> Grid | None:
    """Read a body whose rows are numbered 1, 2, 3 …; None if it is not such a table."""
    starts = _starts(text, rows)
    if len(starts) < _MIN_ROWS or any(row.role in ("row", "value") and row.tail for row in rows[: starts[0]]):
        return None
    ends = [rows[i - 1].end for i in starts[1:]] + [rows[-1].end]
    table = [units(text, rows[i].start, min(end, rows[i].start + 1000)) for i, end in zip(starts, ends, strict=True)]
    heads = [row for row in rows[: starts[0]] if row.role != "rule"]
    if not _in_sequence_only(rows, starts):
        return None
    return _whole(text, table, heads) or _from_the_ends(text, table, heads)


def _starts(text: str, rows: list[RawRow]) -> list[int]:
    """The rows that open with the next number."""
    out: list[int] = []
    for index, row in enumerate(rows):
        match = _FIRST.match(text, row.start, row.end) if len(row.units) > 1 else None
        if match and int(match[1]) == len(out) + 1 and text[match.end()].isspace():
            out.append(index)
    return out


def _in_sequence_only(rows: list[RawRow], starts: list[int]) -> bool:
    """Whether hardly any row with values stands between the numbered ones: it would be one of its own."""
    opening = set(starts)
    between = [row for i, row in enumerate(rows) if i > starts[0] and i not in opening and row.worded and row.tail]
    return len(between) <= len(starts) / 3


def _whole(text: str, table: list[list[Unit]], heads: list[RawRow]) -> Grid | None:
    """Every unit is a cell where nearly all rows have equally many, of the same kind in each column."""
    width, share = Counter(len(row) for row in table).most_common(1)[0]
    full = [row for row in table if len(row) == width]
    if share < max(_MIN_ROWS, _SHARE * len(table)) or width < 3 or not _is_even(text, full):
        return None
    grid = Grid()
    placed = place_heads(text, heads, width - 1)
    if placed is not None and not placed.blocks:
        grid.heads, grid.stub = placed.columns, placed.stub
    for row in table:
        spans = [(unit.start, unit.end) for unit in row]
        grid.rows.append(GridRow(spans[0], 0, dict(enumerate(spans[1:])) if len(row) == width else {}))
    return grid


def _is_even(text: str, table: list[list[Unit]]) -> bool:
    """Whether no column mixes numbers and words, as it would if a cell of two words were taken for two."""
    for column in zip(*table, strict=True):
        kinds = {
            unit.kind == "value" for unit in column if not is_missing(text[slice(*bare(text, (unit.start, unit.end)))])
        }
        if len(kinds) > 1:
            return False
    return True


def _from_the_ends(text: str, table: list[list[Unit]], heads: list[RawRow]) -> Grid | None:
    """Count cells from both ends as far as all rows have values there; between them lies one cell of text."""
    left = min(_run(row[1:]) for row in table)
    right = min(_run(row[:0:-1]) for row in table)
    if not right or left + right >= min(len(row) for row in table):
        return None
    grid = Grid()
    for row in table:
        spans = [(unit.start, unit.end) for unit in row[1:]]
        middle = spans[left : len(spans) - right]
        cells = dict(enumerate(spans[:left]))
        cells |= {left: (middle[0][0], middle[-1][1])} if middle else {}
        cells |= dict(enumerate(spans[len(spans) - right :], left + 1))
        grid.rows.append(GridRow((row[0].start, row[0].end), 0, cells))
    _last_heads(text, grid, heads, (left + 1, right))
    return grid


def _run(row: list[Unit]) -> int:
    return next((i for i, unit in enumerate(row) if unit.kind != "value"), len(row))


def _last_heads(text: str, grid: Grid, heads: list[RawRow], place: tuple[int, int]) -> None:
    """Place the last heads over the last columns, if each of them is surely one head."""
    first, count = place
    if not heads:
        return
    phrases = stacked_phrases(text, heads)
    if is_stub(text[slice(*phrases[0][0])]):
        grid.stub = (phrases[0][0],)
    spans: list[Span] = []
    for span, lines in reversed(phrases):
        parts = segments(atoms(text, *span))
        if lines == 1 and any(len(part) > 1 for part in parts):
            break
        spans = ([span] if lines > 1 else [(part[0].start, part[-1].end) for part in parts]) + spans
        if len(spans) >= count:
            break
    if len(spans) >= count:
        grid.heads = {first + i: (span,) for i, span in enumerate(spans[-count:])}
