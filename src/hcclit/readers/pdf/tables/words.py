"""The words of a table's region and the lines that they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.fonts import BOLD, ITALIC
from hcclit.readers.pdf.glyphs import NO_SPACE, Glyphs
from hcclit.readers.pdf.lines import LEVEL, scripts_of
from hcclit.readers.pdf.segments import Segments

_SPACE = 0.16  # ems between words where no space is set
_ONE_LEVEL = 0.3  # ems


@dataclass(slots=True, eq=False)
class Word:
    """A word: its place in the reading frame, its text, and its signs `first` up to `last` among the page's glyphs.

    `base` is the base line of what it is raised or lowered beside, if it is; `role` tells that as lines do.
    """

    x0: float
    x1: float
    base: float
    size: float
    text: str
    bold: bool
    italic: bool
    role: int
    first: int
    last: int

    @property
    def level(self) -> bool:
        """Whether it is neither raised nor lowered."""
        return self.role == LEVEL

    @property
    def centre(self) -> float:
        """Its middle."""
        return (self.x0 + self.x1) / 2


def words_of(glyphs: Glyphs, segments: Segments) -> list[Word]:
    """The words of some segments, line by line from the top down, each line from left to right."""
    if not len(segments):
        return []
    role, host = scripts_of(segments)
    root = _roots(host)
    out = [
        word
        for i in range(len(segments))
        for word in _cut(glyphs, (int(segments.first[i]), int(segments.last[i])), (
            float(segments.base[root[i]]), float(segments.size[root[i]]), int(role[i])))
    ]  # fmt: skip
    return sorted(out, key=lambda word: (word.base, word.x0))


def _roots(host: NDArray[np.intp]) -> NDArray[np.intp]:
    """What each piece stands beside in the end, where a mark stands beside a mark."""
    for _ in range(3):
        host = host[host]
    return host


def _cut(glyphs: Glyphs, span: tuple[int, int], line: tuple[float, float, int]) -> list[Word]:
    first, last = span
    base, size, role = line
    x0, x1 = glyphs.x0[first:last], glyphs.x1[first:last]
    gap = (x0[1:] - x1[:-1]) / max(1.0, float(glyphs.size[first:last].max()))
    cuts = np.flatnonzero(((glyphs.space[first + 1 : last] != NO_SPACE) & (gap > 0.02)) | (gap > _SPACE)) + 1
    edges = [0, *cuts.tolist(), last - first]
    text = glyphs.code[first:last].astype("<u4").tobytes().decode("utf-32-le", "replace")
    style = glyphs.style[first + (last - first) // 2]  # of most of it
    bold, italic = bool(style & BOLD), bool(style & ITALIC)
    return [
        Word(float(x0[a]), float(x1[a:b].max()), base, size, text[a:b], bold, italic, role, first + a, first + b)
        for a, b in pairwise(edges)
    ]  # fmt: skip


def levels_of(words: list[Word], slack: float = _ONE_LEVEL) -> list[list[Word]]:
    """Words on about one base line together, from the top down, each line from left to right."""
    out: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if out and word.base - out[-1][0].base < slack * min(word.size, out[-1][0].size):
            out[-1].append(word)
        else:
            out.append([word])
    for level in out:
        level.sort(key=lambda word: word.x0)
    return out
