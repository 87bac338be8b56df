"""Tables that need no caption to be told: boxes side by side and one below the other, most of them with text."""

from __future__ import annotations

import numpy as np

from hcclit.readers.pdf.glyphs import Floats, Glyphs
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.boxes import box_cells
from hcclit.readers.pdf.tables.regions import Flags, Region
from hcclit.readers.pdf.tables.rulings import Rule, Rulings
from hcclit.readers.pdf.tables.words import words_of

_TOUCH = 3.0  # points
_FEWEST = 3  # rules in each direction
_MOST = 600  # rules in each direction; more is a drawing
_LEAST_FILLED = 0.6  # of the boxes


def framed_regions(glyphs: Glyphs, segments: Segments, rulings: Rulings, regions: list[Region]) -> list[Region]:
    """The tables of a page that are drawn as boxes and are none of those known already."""
    counts = len(rulings.across), len(rulings.down)
    if min(counts) < _FEWEST or max(counts) > _MOST:
        return []
    out = []
    for group in _groups(rulings):
        region = _region(segments, group)
        known = any(_overlap(region, other) for other in regions)
        if not known and len(region.body) and _is_table(glyphs, segments, region):
            out.append(region)
    return out


def _groups(rulings: Rulings) -> list[Rulings]:
    """Rules that touch one another, directly or by others, with enough in both directions."""
    across, down = (_ends(rules) for rules in (rulings.across, rulings.down))
    meet = (down[:, 0] - _TOUCH <= across[:, None, 2]) & (across[:, None, 2] <= down[:, 1] + _TOUCH)
    meet &= (across[:, None, 0] - _TOUCH <= down[:, 2]) & (down[:, 2] <= across[:, None, 1] + _TOUCH)
    out, left = [], set(range(len(across)))
    while left:
        level = np.zeros(len(across), bool)
        level[left.pop()] = True
        while True:
            upright = meet[level].any(axis=0)
            more = meet[:, upright].any(axis=1) | level
            if more.sum() == level.sum():
                break
            level = more
        left -= set(np.flatnonzero(level).tolist())
        if min(level.sum(), upright.sum()) >= _FEWEST:
            out.append(Rulings(_chosen(rulings.across, level), _chosen(rulings.down, upright)))
    return out


def _chosen(rules: list[Rule], flags: Flags) -> list[Rule]:
    return [rules[i] for i in np.flatnonzero(flags).tolist()]


def _ends(rules: list[Rule]) -> Floats:
    return np.array([(rule.start, rule.end, rule.at) for rule in rules], np.float32)


def _region(segments: Segments, group: Rulings) -> Region:
    x0, x1 = min(rule.start for rule in group.across), max(rule.end for rule in group.across)
    top, bottom = group.across[0].at, group.across[-1].at
    x, y = (segments.x0 + segments.x1) / 2, (segments.top + segments.bottom) / 2
    body = np.flatnonzero((x > x0) & (x < x1) & (y > top) & (y < bottom))
    none = np.zeros(0, np.intp)
    return Region(x0, x1, top - 1, bottom, none, body, none, group)


def _overlap(a: Region, b: Region) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _is_table(glyphs: Glyphs, segments: Segments, region: Region) -> bool:
    """Whether most boxes have text, in two rows and two columns at least."""
    words = words_of(glyphs, segments.select(region.body))
    cells = box_cells(words, region.rulings, float(np.median([word.size for word in words]))) or []
    rows, columns = {cell.row for cell in cells}, {cell.column for cell in cells}
    filled = sum(cell.rows * cell.columns for cell in cells)
    slots = (max(rows, default=0) + 1) * (max(columns, default=0) + 1)
    return min(len(rows), len(columns)) > 1 and filled >= _LEAST_FILLED * slots
