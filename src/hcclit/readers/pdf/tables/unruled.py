"""Tables without rules: lines of cells that follow a caption in its column, or stand above it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hcclit.readers.pdf.lines import LEVEL, scripts_of
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.labels import Label
from hcclit.readers.pdf.tables.regions import Flags, Index, Region

Edges = tuple[float, float]
_LONG_LINE = 14  # ems
_EVEN = 3.0  # points; ends of running text differ less
_RUNNING = 4  # lines
_SLACK = 6.0  # points
_FIRST_ROWS = 5  # ems
_ONE_LINE = 0.35  # ems between base lines of one line
_APART = 1.0  # ems between cells
_LONG = 0.8  # of the column's width: a line of running text
_LONGEST_CAPTION = 12  # lines
_FAR = 3.5  # ems between the lines of a table
_FEWEST = 2  # lines with cells
_SHARE = 0.35  # of a table's lines that have more than one cell
_LEFT = 1.5  # ems


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a column: its segments from left to right, its place, how many cells it seems to have."""

    index: tuple[int, ...]
    base: float
    size: float
    x0: float
    x1: float
    cells: int


def unruled_regions(segments: Segments, regions: list[Region], labels: list[Label]) -> list[Region]:
    """The tables without rules of a page, by their captions that no ruled table has."""
    taken = np.zeros(len(segments), bool)
    for ruled in regions:
        taken[ruled.members] = True
    out: list[Region] = []
    columns: list[Edges] | None = None
    for label in labels:
        if not label.table or taken[label.segment]:
            continue
        columns = _text_columns(segments, ~taken) if columns is None else columns
        region = _at_caption(segments, ~taken, label, (labels, columns))
        if region is not None:
            region.label, region.continued = label.number, label.continued
            taken[region.members] = True
            out.append(region)
    return out


def _text_columns(segments: Segments, free: Flags) -> list[Edges]:
    """Where the columns of running text begin and end: many long lines with the same ends."""
    long = np.flatnonzero(free & (segments.x1 - segments.x0 > _LONG_LINE * segments.size))
    ends = np.round(np.stack([segments.x0[long], segments.x1[long]]) / _EVEN).T
    found, counts = np.unique(ends, axis=0, return_counts=True)
    return [(float(x0) * _EVEN, float(x1) * _EVEN) for x0, x1 in found[counts >= _RUNNING]]


def _at_caption(segments: Segments, free: Flags, label: Label, page: tuple[list[Label], list[Edges]]) -> Region | None:
    """The table below a caption: over all columns of text, if none of them goes on beside it, or in the caption's."""
    labels, columns = page
    i = label.segment
    x0, x1, base = float(segments.x0[i]), float(segments.x1[i]), float(segments.base[i])
    own = [c for c in columns if c[0] - _SLACK <= x0 <= c[1]]
    others = [c for c in columns if c not in own and not (c[0] < x1 and x0 < c[1])]
    below = free & (segments.base > base - 1)
    starts = {k.segment for k in labels if k is not label}
    running = _running(segments, below, others)
    rows = _rows(segments, np.flatnonzero(below))
    first = next((row.base for row in rows if row.cells > 1), np.inf)
    running |= _running(segments, below & (segments.base > first), own)
    stop = float(segments.base[running].min()) if running.any() else np.inf
    if stop > base + _FIRST_ROWS * float(segments.size[i]):
        rows = [row for row in rows if row.base < stop]
        region = _below(segments, _until(rows, starts), _edges(rows))
        if region is not None:
            return region
    if not own:
        return None
    left, right = min(c[0] for c in own), max(c[1] for c in own)
    centre = (segments.x0 + segments.x1) / 2
    rows = _rows(segments, np.flatnonzero(below & (centre > left - _SLACK) & (centre < right + _SLACK)))
    return _below(segments, _until(rows, starts), (left, right))


def lines_below(segments: Segments, chosen: Flags, stops: set[int], skipped: int) -> Region | None:
    """The table that the chosen segments begin with, after some lines of a running head at most."""
    rows = _until(_rows(segments, np.flatnonzero(chosen)), stops)
    first = next((i for i, row in enumerate(rows[: skipped + 1]) if row.cells > 1), None)
    if first is None:
        return None
    found = [_table(segments, rows, k, _edges(rows)) for k in range(first, min(first + skipped, len(rows)))]
    return next((region for region in found if region is not None), None)


def _edges(rows: list[_Row]) -> Edges:
    return min((row.x0 for row in rows), default=0.0), max((row.x1 for row in rows), default=0.0)


def _running(segments: Segments, below: Flags, columns: list[Edges]) -> Flags:
    """Which segments are lines of running text in some columns."""
    out = np.zeros(len(segments), bool)
    for x0, x1 in columns:
        out |= (np.abs(segments.x0 - x0) < 2 * _EVEN) & (np.abs(segments.x1 - x1) < 2 * _EVEN)
    return out & below


def _until(rows: list[_Row], starts: set[int]) -> list[_Row]:
    """Lines up to the next caption."""
    stop = next((k for k, row in enumerate(rows) if k and starts.intersection(row.index)), len(rows))
    return rows[:stop]


def _rows(segments: Segments, part: Index) -> list[_Row]:
    """The lines of a column from the top down."""
    role, host = scripts_of(segments.select(part))
    groups: list[list[int]] = []
    place: dict[int, int] = {}
    order = np.argsort(segments.base[part], kind="stable")
    for k in order[role[order] == LEVEL].tolist():
        i = int(part[k])
        if not groups or segments.base[i] - segments.base[groups[-1][0]] >= _ONE_LINE * segments.size[i]:
            groups.append([])
        groups[-1].append(i)
        place[k] = len(groups) - 1
    for k in np.flatnonzero(role != LEVEL).tolist():
        groups[place.get(int(host[host[k]]), 0)].append(int(part[k]))
    return [_row(segments, sorted(group, key=lambda i: float(segments.x0[i]))) for group in groups]


def _row(segments: Segments, group: list[int]) -> _Row:
    size = float(segments.size[group].max())
    cells, end = 0, -np.inf
    for i in group:
        cells += segments.x0[i] - end > _APART * size
        end = max(end, float(segments.x1[i]))
    x0 = float(segments.x0[group].min())
    return _Row(tuple(group), float(segments.base[group].max()), size, x0, float(end), int(cells))


def _below(segments: Segments, rows: list[_Row], width: tuple[float, float]) -> Region | None:
    """The table in the lines that begin with its caption."""
    first = next((i for i, row in enumerate(rows) if i and (row.cells > 1 or i > _LONGEST_CAPTION)), None)
    if first is None or rows[first].cells < 2:
        return None
    return _table(segments, rows, _caption_end(rows, first), width)


def _table(segments: Segments, rows: list[_Row], first: int, width: Edges) -> Region | None:
    """The table whose first line is given; the lines above it are its caption."""
    end, last = first, 0
    while end < len(rows):
        row = rows[end]
        step = (row.base - rows[end - 1].base) / row.size
        if end > first and (step > _FAR or (row.cells == 1 and _runs(rows, end, width))):
            break
        last = end if row.cells > 1 else last
        end += 1
    several = sum(row.cells > 1 for row in rows[first : last + 1])
    if several < _FEWEST or several < _SHARE * (last + 1 - first):
        return None
    last = _with_wrapped(rows, last, end)
    notes = _notes(rows, last + 1, rows[first : last + 1])
    return _region(segments, rows, (first, last + 1, notes))


def _caption_end(rows: list[_Row], first: int) -> int:
    """The line after a caption: where the type or the distance changes, at the latest the first with cells."""
    for i in range(1, first):
        usual = rows[1].base - rows[0].base if i > 1 else 1.35 * rows[0].size
        if abs(rows[i].size - rows[0].size) > 0.07 * rows[0].size or rows[i].base - rows[i - 1].base > 1.25 * usual:
            return i
    return first


def _runs(rows: list[_Row], at: int, width: tuple[float, float]) -> bool:
    """Whether running text begins with a line: it and the next fill the column, or it alone stands apart."""
    row = rows[at]
    full = row.x1 - row.x0 > _LONG * (width[1] - width[0]) and row.x1 - row.x0 > 14 * row.size
    following = rows[at + 1] if at + 1 < len(rows) else None
    more = following is None or (
        following.cells == 1 and following.x1 - following.x0 > 0.5 * _LONG * (width[1] - width[0])
    )
    return full and more


def _with_wrapped(rows: list[_Row], last: int, end: int) -> int:
    """The last line of a table, with those that go on with cells other than the first of its last row."""
    left = min(row.x0 for row in rows[: last + 1] if row.cells > 1)
    while last + 1 < end and rows[last + 1].x0 > left + _LEFT * rows[last + 1].size:
        if rows[last + 1].base - rows[last].base > 1.4 * rows[last].size:
            break
        last += 1
    return last


def _notes(rows: list[_Row], start: int, table: list[_Row]) -> int:
    """The line after the notes: those below a table that are set no larger, and close."""
    size = float(np.median([row.size for row in table]))
    end = start
    while end < len(rows) and rows[end].size < 0.97 * size and rows[end].base - rows[end - 1].base < 2.2 * size:
        end += 1
    return end


def _region(segments: Segments, rows: list[_Row], edges: tuple[int, int, int]) -> Region:
    cuts = pairwise((0, *edges))
    parts = [np.array([i for row in rows[a:b] for i in row.index], np.intp) for a, b in cuts]
    everything = np.concatenate(parts)
    return Region(
        float(segments.x0[everything].min()), float(segments.x1[everything].max()),
        float(segments.top[everything].min()) - 1, float(segments.bottom[everything].max()),
        parts[0], parts[1], parts[2],
    )  # fmt: skip
