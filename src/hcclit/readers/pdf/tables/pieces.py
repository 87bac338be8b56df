"""The pieces of a table's lines: words that stand close together, each in its column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from hcclit.readers.pdf.tables.words import Word

_CLOSE = 0.6  # ems between words of one cell
_SLACK = 0.35  # ems that a cell may stand over its column's edge
_FIGURE = re.compile(r"[(\[<>≤≥⩽⩾=~≈±+−–—-]*\s?\d")
_MISSING = re.compile(r"[-−–—.…]+|N/?[ARSED]|n/?a|ns|n\.?[sda]\.?|nr")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_LETTERS = 0.5  # of a value's signs outside brackets


def is_value(text: str) -> bool:
    """Whether a text is a figure, perhaps with its unit, or says that there is none."""
    if not _FIGURE.match(text):
        return bool(_MISSING.fullmatch(text))
    bare = _BRACKETS.sub("", text)
    return len(_LETTER.findall(bare)) <= _MOST_LETTERS * len(bare)


@dataclass(slots=True, eq=False)
class Piece:
    """Words that stand close together on one base line, the column that they are in and the last that they reach."""

    words: list[Word]
    column: int
    last: int
    text: str = ""
    x0: float = 0.0
    x1: float = 0.0
    base: float = 0.0
    is_value: bool = False

    def __post_init__(self) -> None:
        self.text = " ".join(word.text for word in self.words)
        self.x0, self.x1 = self.words[0].x0, max(word.x1 for word in self.words)
        self.base = next((word.base for word in self.words if word.level), self.words[0].base)
        self.is_value = is_value(self.text)

    @property
    def centre(self) -> float:
        """Its middle."""
        return (self.x0 + self.x1) / 2

    @property
    def bold(self) -> bool:
        """Whether all of it is set bold."""
        return all(word.bold for word in self.words)


@dataclass(slots=True)
class Column:
    """How the cells of a column are set: where most begin, end and have their middle, and which of these holds best."""

    left: float
    right: float
    centre: float
    x0: float
    x1: float
    fixed: str = "left"
    edges: dict[str, float] = field(default_factory=dict)

    def distance(self, piece: Piece) -> float:
        """How far a piece stands from where the column's cells do."""
        places = {"left": piece.x0, "right": piece.x1, "centre": piece.centre}
        return abs(places[self.fixed] - self.edges[self.fixed])


def pieces_of(levels: list[list[Word]], cuts: list[float], em: float) -> tuple[list[list[Piece]], list[Column]]:
    """The pieces of each line, each in its column, and how the columns are set."""
    chunks = [_chunks(level, em) for level in levels]
    plain: list[list[Piece]] = [[] for _ in range(len(cuts) + 1)]
    for level in chunks:
        for chunk in level:
            if not _inside(cuts, chunk, em):
                column = int(np.searchsorted(cuts, (chunk[0].x0 + chunk[-1].x1) / 2))
                plain[column].append(Piece(chunk, column, column))
    edges = [levels_left(levels), *cuts, max(w.x1 for level in levels for w in level)]
    columns = [_column(pieces, edges[i], edges[i + 1]) for i, pieces in enumerate(plain)]
    out = []
    for level in chunks:
        parts = [part for chunk in level for part in _split(chunk, cuts, columns, em, len(level) == 1)]
        out.append(_disjoint([_placed(part, cuts, columns, em) for part in parts]))
    return out, columns


def _disjoint(pieces: list[Piece]) -> list[Piece]:
    """Pieces of one line that reach into each other's columns, each in its own."""
    for a, b in pairwise(pieces):
        if b.column <= a.last and b.last > a.last:
            b.column = a.last + 1
        elif b.column <= a.last and a.column < b.column:
            a.last = b.column - 1
    return pieces


def levels_left(levels: list[list[Word]]) -> float:
    """Where the leftmost word begins."""
    return min(level[0].x0 for level in levels)


def _chunks(level: list[Word], em: float) -> list[list[Word]]:
    out: list[list[Word]] = []
    end = 0.0
    for word in level:
        if out and word.x0 - end < _CLOSE * em:
            out[-1].append(word)
            end = max(end, word.x1)
        else:
            out.append([word])
            end = word.x1
    return out


def _inside(cuts: list[float], chunk: list[Word], em: float) -> list[float]:
    """The column edges that a chunk stands over."""
    x0, x1 = chunk[0].x0, max(word.x1 for word in chunk)
    return [cut for cut in cuts if x0 + _SLACK * em < cut < x1 - _SLACK * em]


def _column(pieces: list[Piece], start: float, end: float) -> Column:
    if not pieces:
        return Column(start, end, (start + end) / 2, start, end, "centre", {"centre": (start + end) / 2})
    places = {
        "left": np.array([p.x0 for p in pieces]),
        "right": np.array([p.x1 for p in pieces]),
        "centre": np.array([p.centre for p in pieces]),
    }
    edges = {name: float(np.median(values)) for name, values in places.items()}
    spread = {name: float(np.median(np.abs(values - edges[name]))) for name, values in places.items()}
    fixed = min(spread, key=lambda name: spread[name])
    x0, x1 = float(places["left"].min()), float(places["right"].max())
    return Column(edges["left"], edges["right"], edges["centre"], x0, x1, fixed, edges)


def _split(chunk: list[Word], cuts: list[float], columns: list[Column], em: float, alone: bool) -> list[list[Word]]:
    """A chunk cut where two cells stand so close that they look like one."""
    parts = [chunk]
    for cut in _inside(cuts, chunk, em):
        part = parts[-1]
        at = next((i for i in range(1, len(part)) if part[i].centre > cut), 0)
        if at and _apart(part, at, (columns, int(np.searchsorted(cuts, cut))), em, alone):
            parts[-1:] = [part[:at], part[at:]]
    return parts


def _apart(part: list[Word], at: int, where: tuple[list[Column], int], em: float, alone: bool) -> bool:
    columns, right = where
    gap = part[at].x0 - max(w.x1 for w in part[:at])
    others = [b.x0 - a.x1 for i, (a, b) in enumerate(pairwise(part)) if i + 1 != at and b.x0 > a.x1]
    usual = float(np.median(others)) if others else 0.25 * em
    a, b = Piece(part[:at], 0, 0), Piece(part[at:], 0, 0)
    fits = columns[right - 1].distance(a) < 0.3 * em and columns[right].distance(b) < 0.3 * em
    signs = (gap > 1.5 * usual and gap > 0.35 * em) + fits + (a.is_value and b.is_value)
    return signs > alone


def _placed(part: list[Word], cuts: list[float], columns: list[Column], em: float) -> Piece:
    """A piece in the column that it fits best among those that it reaches."""
    x0, x1 = part[0].x0, max(word.x1 for word in part)
    first = int(np.searchsorted(cuts, x0 + _SLACK * em))
    last = int(np.searchsorted(cuts, x1 - _SLACK * em))
    last = max(first, last)
    if x1 - x0 < 2 * _SLACK * em:
        first = last = int(np.searchsorted(cuts, (x0 + x1) / 2))
    return Piece(part, first, last)


def column_edges(levels: list[list[Piece]], columns: list[Column]) -> list[tuple[float, float]]:
    """Where the cells of each column begin and end."""
    out: list[tuple[float, float]] = []
    for i, column in enumerate(columns):
        pieces = [piece for level in levels for piece in level if piece.column == piece.last == i]
        x0, x1 = (min(p.x0 for p in pieces), max(p.x1 for p in pieces)) if pieces else (column.x0, column.x1)
        out.append((x0, x1))
    return out
