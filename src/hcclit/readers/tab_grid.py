"""Tables whose columns stand apart by tabs: a field's place among the tabs is its column."""

from __future__ import annotations

import re
from dataclasses import replace

from hcclit.readers.broken_labels import with_whole_labels
from hcclit.readers.grid import Grid, GridRow, Span
from hcclit.readers.head_atoms import is_stub
from hcclit.readers.raw_rows import RawRow, tab_fields
from hcclit.readers.value_units import units

_LEVEL = re.compile(r"\d|\d\s?[–/-]\s?\d|(?:19|20)\d\d")

Fields = list[Span]


def is_tabbed(text: str, rows: list[RawRow]) -> bool:
    """Whether most rows have tabs between their fields."""
    tabbed = sum("\t" in text[row.start : row.end] for row in rows)
    all_rows = sum(row.role != "rule" for row in rows)
    return (tabbed >= 2 and tabbed * 2 >= all_rows) or tabbed >= 4 or tabbed == all_rows > 0


def tab_grid(text: str, rows: list[RawRow]) -> Grid | None:
    """Read a tab-separated body; None where the tabs do not tell columns."""
    kept = [row for row in rows if row.role != "rule"]
    fields = _aligned([_trimmed(tab_fields(text, row)) for row in kept])
    width = max((len(row) for row in fields), default=0)
    if width < 2:
        return None
    heads = _head_count(text, fields, width)
    grid = Grid()
    _place_heads(text, grid, fields[:heads], width)
    for row, parts in zip(kept[heads:], fields[heads:], strict=True):
        grid.rows.append(_row(row, parts))
    grid.rows = _with_labels(text, grid.rows)
    return grid


def _trimmed(fields: Fields) -> Fields:
    while len(fields) > 1 and fields[-1][0] == fields[-1][1]:
        fields = fields[:-1]
    return fields


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
        if not inner:
            if covered or not any(_has_head_words(text, row) for row in table[count + 1 : count + 4]):
                break
        elif any(_is_value(text, fields[i]) for i in inner) and not is_stub(text[slice(*fields[0])]):
            if not (count and filled[0] > 0 and all(_is_level(text, fields[i]) for i in inner)):
                break
        elif len(covered) == width - 1 and filled[:1] == [0]:
            break
        count += 1
        covered |= set(inner) if len(inner) > 1 or width == 2 else set()
    return count if covered else 0


def _is_level(text: str, span: Span) -> bool:
    """A grade or year that stands as a head (`0 1 2 3` under `Grade`)."""
    return bool(_LEVEL.fullmatch(text, *span))


def _has_head_words(text: str, fields: Fields) -> bool:
    return len(_filled(fields)) > 1 and not any(_is_value(text, fields[i]) for i in _filled(fields)[1:])


def _is_value(text: str, span: Span) -> bool:
    parts = units(text, *span) if span[1] - span[0] < 200 else []
    return len(parts) == 1 and parts[0].kind == "value" and any(c.isdigit() for c in text[span[0] : span[1]])


def _place_heads(text: str, grid: Grid, heads: list[Fields], width: int) -> None:
    columns: dict[int, list[Span]] = {}
    stub: list[Span] = []
    leaf = heads[-1] if heads else []
    for fields in heads:
        if fields[0][1] > fields[0][0] and not (len(fields) == width - 1 and not is_stub(text[slice(*fields[0])])):
            stub.append(fields[0])
        for column, span in _columns(text, fields, leaf, width).items():
            columns.setdefault(column - 1, []).append(span)
    grid.stub = tuple(stub)
    grid.heads = {column: tuple(spans) for column, spans in columns.items()}


def _columns(text: str, fields: Fields, leaf: Fields, width: int) -> dict[int, Span]:
    """The columns that a head row's fields stand over."""
    inner = [i for i in _filled(fields) if i > 0]
    if len(fields) == width - 1 and _filled(fields) == list(range(width - 1)) and not is_stub(text[slice(*fields[0])]):
        return {i + 1: fields[i] for i in range(width - 1)}  # no head over the labels
    if fields is leaf or len(inner) == width - 1:
        return {i: fields[i] for i in inner}
    if not inner:
        return {}
    compact = inner == list(range(inner[0], inner[0] + len(inner)))
    if len(inner) > 1 and compact and inner[-1] < width - 1:
        return _even(text, [fields[i] for i in inner], leaf, (inner[0], width))
    out: dict[int, Span] = {}
    for at, nxt in zip(inner, [*inner[1:], width], strict=True):
        out |= dict.fromkeys(range(at, nxt), fields[at])
    return out


def _even(text: str, spans: list[Span], leaf: Fields, reach: tuple[int, int]) -> dict[int, Span]:
    """Heads over several columns each, without a tab for every column: sure only where those below repeat."""
    first, width = reach
    size, rest = divmod(width - first, len(spans))
    below = [text[slice(*span)] for span in leaf[first:width]]
    if rest or len(below) != width - first or any(below[i] != below[i % size] for i in range(len(below))):
        return {}
    return {first + i: spans[i // size] for i in range(width - first)}


def _row(row: RawRow, fields: Fields) -> GridRow:
    label = fields[0] if fields[0][1] > fields[0][0] else None
    indent = row.indent if label and label[0] == row.start else 0
    return GridRow(label, indent, {i - 1: fields[i] for i in _filled(fields) if i > 0})


def _with_labels(text: str, rows: list[GridRow]) -> list[GridRow]:
    """Give a row without a label the one above it (a label set once for several rows); join broken labels."""
    labelled: list[GridRow] = []
    for row in rows:
        if row.label is None and labelled and labelled[-1].cells:
            labelled.append(replace(row, label=labelled[-1].label, indent=labelled[-1].indent))
        else:
            labelled.append(row)
    return with_whole_labels(text, labelled)
