"""Rows of a tab-separated table that lack the field of a label set once for several rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hcclit.readers.grid import Span
from hcclit.readers.value_units import units

Fields = list[Span]
_FIGURE = re.compile(r"\(.*|\d[\d.,]*\s?[%(].*", re.DOTALL)  # a bare range may be a class: `10,000-99,999`
_LONGEST_VALUE = 200
_MOST = 0.8


def whole_labels(text: str, rows: Sequence[Fields], width: int) -> list[Fields]:
    """Give rows that lack the first of two labels that of the row above; empty those that begin with a figure."""
    levels = _are_levels(text, [row[1] for row in rows if len(row) >= width > 2])
    out: list[Fields] = []
    label: Span | None = None
    for row in rows:
        short = len(row) < width and row[0][1] > row[0][0]
        if short and _is_figure(text, row):
            out.append([(row[0][0], row[0][0])])
        elif short and levels and label and len(row) > 1 and not is_value(text, row[0]) and is_value(text, row[1]):
            out.append([label, *row])
        else:
            out.append(row)
            label = row[0] if row[0][1] > row[0][0] else label
    return out


def _are_levels(text: str, spans: list[Span]) -> bool:
    """Whether the second fields are labels too: `Sex  Male`, `  Female`."""
    filled = [span for span in spans if span[1] > span[0]]
    words = sum(not is_value(text, span) for span in filled)
    return bool(filled) and words >= _MOST * len(filled)


def _is_figure(text: str, row: Fields) -> bool:
    """Whether a row begins with a cell's figure (`(9.6, 83.9)`, `12.5%`) instead of a label."""
    return len(row) > 1 and is_value(text, row[0]) and bool(_FIGURE.fullmatch(text, *row[0]))


def is_value(text: str, span: Span) -> bool:
    """Whether a field is a number or an interval."""
    parts = units(text, *span) if span[1] - span[0] < _LONGEST_VALUE else []
    return len(parts) == 1 and parts[0].kind == "value" and any(c.isdigit() for c in text[span[0] : span[1]])
