"""Tables whose columns stand apart by tabs: a field's place among the tabs is its column."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hcclit.readers.broken_labels import with_whole_labels
from hcclit.readers.grid import Grid, GridRow, Heads, Span
from hcclit.readers.head_atoms import is_stub
from hcclit.readers.raw_rows import RawRow, tab_fields
from hcclit.readers.tab_heads import tab_heads
from hcclit.readers.tab_labels import is_value, whole_labels

_LEVEL = re.compile(
    r"\d|\d\s?[–/-]\s?\d|(?:19|20)\d\d|\d{1,3}(?:\s?-\s?|\s?)(?:years?|yrs?|y|months?|mos?|m|weeks?|wks?|w|days?|d)\.?"
    r"(?:\s?\(%\))?",
    re.IGNORECASE,
)
_HEADLIKE = re.compile(
    r"\(?[nN]\s?=\s?\d+\)?|[(\[][^()\[\]\d]{1,60}[)\]]|\(?[nN]o?\.?(?:,?\s?\(?%\)?)?\)?|\(?%\)?|(?:mean|median)\b.{0,30}",
    re.IGNORECASE,
)
_MOST_HEADS = 20
"""Rows; a table that has more of them has none that could be told."""

Fields = list[Span]


def is_tabbed(text: str, rows: list[RawRow]) -> bool:
    """Whether most rows have tabs between their fields."""
    tabbed = sum("\t" in text[row.start : row.end] for row in rows)
    all_rows = sum(row.role != "rule" for row in rows)
    return (tabbed >= 2 and tabbed * 2 >= all_rows) or tabbed >= 4 or tabbed == all_rows > 0


def tab_grid(text: str, rows: list[RawRow], known_heads: int | None = None) -> Grid | None:
    """Read a tab-separated body; None where the tabs do not tell columns.

    Args:
        text: the document's text.
        rows: the body's lines.
        known_heads: how many of the first rows are heads, where the format says so.
    """
    kept = [row for row in rows if row.role != "rule"]
    if not kept:
        return None
    fields = _padded([tab_fields(text, row) for row in kept])
    width = max((len(_trimmed(row)) for row in fields), default=0)
    if width < 2:
        return None
    heads = min(known_heads or _head_count(text, fields, width), _MOST_HEADS)
    found = tab_heads(text, [_trimmed_to(row, width) for row in fields[:heads]], width)
    grid = Grid(heads=found.columns, stub=found.stub)
    grid.head_starts = {start for row in fields[:heads] for start, _ in row}
    again = {_texts(text, row) for row in fields[:heads] if len(_filled(row)) > 1}
    if again & {_texts(text, row) for row in fields[heads:]}:  # parts with the same heads, each with its title
        titles = [row[0] for row in fields[:heads] if _filled(row) == [0]]
        grid.stub = tuple(span for span in grid.stub if span not in titles)
        grid.rows += [GridRow(span) for span in titles]
    for row, parts in zip(kept[heads:], whole_labels(text, fields[heads:], width), strict=True):
        if _texts(text, parts) in again:
            grid.head_starts |= {start for start, _ in parts}
        elif _filled(parts):
            grid.rows.append(_row(row, parts, found.wide, width))
    grid.rows = _with_labels(text, grid.rows)
    return grid


def _texts(text: str, fields: Fields) -> tuple[str, ...]:
    return tuple(text[slice(*span)] for span in _trimmed(fields))


def _padded(raw: list[Fields]) -> list[Fields]:
    """Fields as they stand where all rows have as many, or as few as heads over several columns make them."""
    trimmed = [_trimmed(row) for row in raw]
    aligned = _aligned(trimmed)
    counts = Counter(map(len, raw))
    if aligned is trimmed or counts.most_common(1)[0][1] * 10 >= 8 * len(raw):
        return _without_extra(raw)
    return aligned


def _without_extra(raw: list[Fields]) -> list[Fields]:
    """Take one of two empty fields before heads for none, where the labels below are one field."""
    counts = Counter(map(len, raw))
    usual = counts.most_common(1)[0][0]
    index = 0
    while index < len(raw) and len(raw[index]) == usual + 1 and not _filled(raw[index][:2]):
        index += 1
    fits = index and all(len(row) <= usual for row in raw[index:])
    return [row[1:] for row in raw[:index]] + raw[index:] if fits else raw


def _trimmed_to(fields: Fields, width: int) -> Fields:
    """A row without fields beyond the table's columns."""
    return fields[:width]


def _trimmed(fields: Fields) -> Fields:
    """A row without the empty fields at its end."""
    last = next((i for i in range(len(fields) - 1, 0, -1) if fields[i][1] > fields[i][0]), 0)
    return fields[: last + 1]


def _filled(fields: Fields) -> list[int]:
    return [i for i, (start, end) in enumerate(fields) if end > start]


def _aligned(table: list[Fields]) -> list[Fields]:
    """Take runs of tabs for one where they only line columns up, differently from row to row."""
    labelled = [filled for row in table if (filled := _filled(row))[:1] == [0]]
    most = max((len(filled) for filled in labelled), default=0)
    full = {tuple(filled) for filled in labelled if len(filled) == most}
    if len(full) <= 1 or most < 2:
        return table
    out = []
    for row in table:
        filled = _filled(row)
        if filled[:1] != [0]:  # heads with none over the labels
            out.append([(row[0][0], row[0][0]), *(row[i] for i in filled)] if len(filled) == most - 1 else row[:1])
        else:
            out.append([row[i] for i in filled] if len(filled) == most else row[:1])
    return out


def _head_count(text: str, table: list[Fields], width: int) -> int:
    """How many rows at the top are heads: up to the first with values, or after heads over all columns."""
    covered: set[int] = set()
    count = 0
    for fields in table:
        filled = _filled(fields)
        inner = [i for i in filled if i > 0]
        if count and _continues(text, fields, filled, width):
            pass
        elif not inner:
            if filled and (covered or not any(_has_head_words(text, row) for row in table[count + 1 : count + 4])):
                break
        elif any(is_value(text, fields[i]) for i in inner) and not is_stub(text[slice(*fields[0])]):
            if not (count and filled[0] > 0 and _are_levels(text, [fields[i] for i in inner])):
                break
        elif len(covered) == width - 1 and filled[:1] == [0]:
            break
        count += 1
        covered |= set(inner) if len(inner) > 1 or width == 2 else set()
    return count if covered else 0


def _continues(text: str, fields: Fields, filled: list[int], width: int) -> bool:
    """Whether a row without a field over the labels goes on with the heads: `(XELOX)  (FOLFOX)`, `N = 64  N = 60`."""
    if len(filled) < 2 or (len(filled) == len(fields)) == (len(fields) >= width):
        return False
    return all(_HEADLIKE.fullmatch(text, *fields[i]) for i in filled)


def _are_levels(text: str, spans: list[Span]) -> bool:
    """Grades, years or landmarks that stand as heads (`0 1 2 3` under `Grade`), perhaps beside words."""
    return all(_LEVEL.fullmatch(text, *span) or not is_value(text, span) for span in spans)


def _has_head_words(text: str, fields: Fields) -> bool:
    return len(_filled(fields)) > 1 and not any(is_value(text, fields[i]) for i in _filled(fields)[1:])


def _row(row: RawRow, fields: Fields, wide: dict[int, Heads], width: int) -> GridRow:
    label = fields[0] if fields[0][1] > fields[0][0] else None
    indent = row.indent if label and label[0] == row.start else 0
    heads = wide.get(len(fields) - 1) if len(fields) < width else None
    if heads and len(_filled(fields)) > 1:
        cells = {c: span for c, span in zip(heads, fields[1:], strict=False) if span[1] > span[0]}
        return GridRow(label, indent, cells, heads=heads)
    return GridRow(label, indent, {i - 1: fields[i] for i in _filled(fields) if 0 < i < width})


def _with_labels(text: str, rows: list[GridRow]) -> list[GridRow]:
    """Give a row without a label the one above it (a label set once for several rows); join broken labels."""
    labelled: list[GridRow] = []
    for row in rows:
        if row.label is None and labelled and labelled[-1].cells:
            labelled.append(replace(row, label=labelled[-1].label, indent=labelled[-1].indent))
        else:
            labelled.append(row)
    return with_whole_labels(text, labelled)
