"""Where the columns of a table stand apart: places that many lines leave free and few print over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from hcclit.readers.pdf.glyphs import Floats
from hcclit.readers.pdf.tables.rulings import Rule
from hcclit.readers.pdf.tables.words import Word

Edges = tuple[float, float]
_STEP = 0.5  # points between the places that are looked at
_WORD_GAP, _SURE_GAP = 0.45, 0.95  # ems: a gap inside a cell at most; one between columns
_CLOSE = 0.6  # ems between words of one cell
_INTO = 0.3  # ems that a cell may stand over the place between columns
_LONE = 0.2  # weight of a line without a sure gap, which may be one cell
_AGAINST = 1.5  # weight of lines that print over a place
_WORD_SPACE = 0.9  # weight of a place between the words of a cell, less the space's width, against one inside a word
_LEAST = 1.0  # lines that have to leave a place free
_BESIDE = 0.75  # ems between base lines
_RULED = 3.0  # what a vertical rule beside a line is worth


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of free places: where it begins and ends, the best place in it, and the score of that."""

    start: float
    end: float
    best: float
    score: float


def separators(levels: list[list[Word]], em: float, down: list[Rule]) -> list[float]:
    """The places between the columns of a table, from left to right.

    Args:
        levels: the words of its lines.
        em: the size of its type.
        down: the vertical rules in its region.
    """
    left = min(level[0].x0 for level in levels)
    right = max(word.x1 for level in levels for word in level)
    places = np.arange(left, right + _STEP, _STEP, dtype=np.float32)
    free, taken = np.zeros_like(places), np.zeros_like(places)
    for level in _side_by_side(levels, em):
        _vote(places, (free, taken), level, em)
        for rule in down:
            if rule.start < level[0].base and rule.end > level[0].base - 0.5 * em:
                free[np.abs(places - rule.at) < 1] += _RULED
    score = free - _AGAINST * taken
    runs = _runs(places, score, free)
    found = _with_words_between(levels, [(run.best, run.score) for run in runs], em)
    return _with_hidden(levels, runs, found, em)


def _side_by_side(levels: list[list[Word]], em: float) -> Iterator[list[Word]]:
    """Each line with those that stand so close that they must be cells beside it."""
    for i, level in enumerate(levels):
        base = level[0].base
        near = [other for other in levels[max(0, i - 3) : i + 4] if abs(other[0].base - base) < _BESIDE * em]
        yield sorted((word for other in near for word in other), key=lambda word: word.x0)


def _vote(places: Floats, votes: tuple[Floats, Floats], level: list[Word], em: float) -> None:
    """Add what a line says: free where a gap is, taken inside words and between those of a cell."""
    free, taken = votes
    merged = spans(level)
    gaps = [(b[0] - a[1]) / em for a, b in pairwise(merged)]
    weight = 1.0 if any(gap > _SURE_GAP - 0.15 for gap in gaps) else _LONE
    edges = np.searchsorted(places, [edge for span in merged for edge in span]).tolist()
    for i in range(len(merged)):
        taken[edges[2 * i] : edges[2 * i + 1]] += weight
        if i < len(gaps):
            inside = slice(edges[2 * i + 1], edges[2 * i + 2])
            sure = min(1.0, max(0.0, (gaps[i] - _WORD_GAP) / (_SURE_GAP - _WORD_GAP)))
            free[inside] += sure * weight
            if gaps[i] < _WORD_GAP:
                taken[inside] += (_WORD_SPACE - gaps[i]) * weight
            else:
                taken[inside] += 0.3 * (1 - sure) * weight


def spans(level: list[Word]) -> list[tuple[float, float]]:
    """Where a line has words, those that overlap as one."""
    out: list[tuple[float, float]] = []
    for word in level:
        if out and word.x0 <= out[-1][1] + 0.1:
            out[-1] = (out[-1][0], max(out[-1][1], word.x1))
        else:
            out.append((word.x0, word.x1))
    return out


def _runs(places: Floats, score: Floats, free: Floats) -> list[_Run]:
    """Stretches of free places."""
    good = (score > 0) & (free >= _LEAST)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], good, [False]]).astype(np.int8)))
    out = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        best = float(score[first:last].max())
        top = np.flatnonzero(score[first:last] > best - 0.05)
        breaks = np.split(top, np.flatnonzero(np.diff(top) > 1) + 1)
        widest = max(breaks, key=len)
        middle = float(places[first + (widest[0] + widest[-1]) // 2])
        out.append(_Run(float(places[first]), float(places[last - 1]), middle, best))
    return out


def _with_hidden(levels: list[list[Word]], runs: list[_Run], cuts: list[float], em: float) -> list[float]:
    """The places with those around columns that so few lines fill that the others outvoted them."""
    lines = [chunks(level, em) for level in levels]
    out: list[float] = []
    for i, cut in enumerate(cuts):
        run = next(run for run in runs if run.best == cut)
        left, right = cuts[i - 1] if i else -np.inf, cuts[i + 1] if i + 1 < len(cuts) else np.inf
        inner = _cells_inside(lines, (left, right), run)
        edges = [run.start, *(edge for cell in inner for edge in cell), run.end]
        out += [(a + b) / 2 for a, b in zip(edges[::2], edges[1::2], strict=True)] if inner else [cut]
    return out


def _cells_inside(lines: list[list[Edges]], around: Edges, run: _Run) -> list[Edges]:
    """Where cells stand inside a run that have others on both sides, in the columns there."""
    cells: list[Edges] = []
    for line in lines:
        for a, b, c in zip(line, line[1:], line[2:], strict=False):
            if a[1] > around[0] and c[0] < around[1] and run.start < b[0] and b[1] < run.end:
                cells.append(b)
    out: list[Edges] = []
    for x0, x1 in sorted(cells):
        if out and x0 <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def _with_words_between(levels: list[list[Word]], runs: list[tuple[float, float]], em: float) -> list[float]:
    """Drop the weaker of two places between which no line has a cell of its own."""
    kept: list[tuple[float, float]] = []
    for place, score in runs:
        if kept and not _has_cell(levels, kept[-1][0], place, em):
            if score > kept[-1][1]:
                kept[-1] = (place, score)
            continue
        kept.append((place, score))
    first, last = (edge(word.centre for level in levels for word in level) for edge in (min, max))
    return [place for place, _ in kept if first < place < last]


def _has_cell(levels: list[list[Word]], left: float, right: float, em: float) -> bool:
    """Whether a line has words between two places that stand apart from all others."""
    for level in levels:
        for start, end in chunks(level, em):
            if start > left - _INTO * em and end < right + _INTO * em:
                return True
    return False


def chunks(level: list[Word], em: float) -> list[tuple[float, float]]:
    """Where a line has words, those that stand close as one."""
    out: list[tuple[float, float]] = []
    for start, end in spans(level):
        if out and start - out[-1][1] < _CLOSE * em:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out
