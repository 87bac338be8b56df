"""Segments: stretches of a page's signs that follow one another on one base line without a wide gap."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.glyphs import Floats, Glyphs

WIDE_GAP = 1.0  # ems; as wide as the narrowest gutter between columns
_BASE_SHIFT = 0.08  # ems
_JUMP_BACK = 0.6  # ems
_NEXT_WORD = 0.5  # ems; no wider than a space that is set wide
_LIGATURE = 1.5  # ems that the box of a ligature's first letter may reach over the next ones
_SAME_PLACE = 0.12  # ems; closer twins are one sign printed twice to look bold


@dataclass(slots=True)
class Segments:
    """One entry for each segment: its signs `first` up to `last` (half open), its box, base line, size."""

    first: NDArray[np.intp]
    last: NDArray[np.intp]
    x0: Floats
    x1: Floats
    top: Floats
    bottom: Floats
    base: Floats
    size: Floats

    def __len__(self) -> int:
        return len(self.first)

    def select(self, index: NDArray[np.intp] | NDArray[np.bool_]) -> Segments:
        """Some of the segments."""
        return Segments(*(getattr(self, field.name)[index] for field in fields(self)))


def segments_of(glyphs: Glyphs) -> Segments:
    """Cut the signs of a page, in the order of its content, into segments."""
    count = len(glyphs)
    size = np.maximum(np.maximum(glyphs.size[1:], glyphs.size[:-1]), 1)
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    shift = np.abs(glyphs.base[1:] - glyphs.base[:-1])
    smaller = np.minimum(glyphs.size[1:], glyphs.size[:-1]) < 0.87 * size
    breaks = (gap > WIDE_GAP * size) | (gap < -_JUMP_BACK * size) | (shift > _BASE_SHIFT * size)
    breaks |= smaller & (shift > 0.02 * size)
    first = np.concatenate([[0], np.flatnonzero(breaks) + 1]) if count else np.zeros(0, np.intp)
    last = np.concatenate([first[1:], [count]]) if count else first
    if not count:
        empty = np.zeros(0, np.float32)
        return Segments(first, last, empty, empty, empty, empty, empty, empty)
    return Segments(
        first=first,
        last=last,
        x0=np.minimum.reduceat(glyphs.x0, first),
        x1=np.maximum.reduceat(glyphs.x1, first),
        top=np.minimum.reduceat(glyphs.base - 0.75 * glyphs.size, first),
        bottom=np.maximum.reduceat(glyphs.base + 0.22 * glyphs.size, first),
        base=np.maximum.reduceat(glyphs.base, first),
        size=np.maximum.reduceat(glyphs.size, first),
    )


def joined(segments: Segments) -> tuple[Segments, NDArray[np.intp]]:
    """Segments that follow one another as the pieces of one line do (a raised mark, the text after it) as one.

    Returns:
        The joined ones, and for each segment which of them it belongs to.
    """
    if len(segments) < 2:
        return segments, np.zeros(len(segments), np.intp)
    size = np.maximum(segments.size[1:], segments.size[:-1])
    smaller = np.minimum(segments.size[1:], segments.size[:-1])
    gap = segments.x0[1:] - segments.x1[:-1]
    shared = np.minimum(segments.bottom[1:], segments.bottom[:-1]) - np.maximum(segments.top[1:], segments.top[:-1])
    linked = (gap < _NEXT_WORD * size) & (gap > -_LIGATURE * size) & (segments.x0[1:] > segments.x0[:-1])
    linked &= (shared > 0.3 * smaller) & (smaller > 0.4 * size)
    group = np.concatenate([[0], np.cumsum(~linked)])
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    longest = np.lexsort((segments.last - segments.first, group))[np.append(starts[1:], len(group)) - 1]
    return Segments(
        first=segments.first[starts],
        last=segments.last[np.append(starts[1:], len(group)) - 1],
        x0=np.minimum.reduceat(segments.x0, starts),
        x1=np.maximum.reduceat(segments.x1, starts),
        top=segments.top[longest],
        bottom=segments.bottom[longest],
        base=segments.base[longest],
        size=segments.size[longest],
    ), group


def without_twins(glyphs: Glyphs) -> Glyphs:
    """Drop signs printed a second time in their place."""
    if len(glyphs) < 2:
        return glyphs
    step = np.maximum(glyphs.size * _SAME_PLACE, 0.1)
    order = np.lexsort((glyphs.x0, np.round(glyphs.base / 2), glyphs.code))
    a, b = order[:-1], order[1:]
    twins = (
        (glyphs.code[a] == glyphs.code[b])
        & (np.abs(glyphs.x0[a] - glyphs.x0[b]) < step[a])
        & (np.abs(glyphs.base[a] - glyphs.base[b]) < step[a])
        & (np.abs(glyphs.size[a] - glyphs.size[b]) < 0.1)
        & ((np.abs(a - b) > 1) | (glyphs.x0[a] != glyphs.x0[b]))  # the letters of one ligature share its place
    )
    if not twins.any():
        return glyphs
    kept = np.ones(len(glyphs), bool)
    kept[np.maximum(a[twins], b[twins])] = False
    return glyphs.select(kept)
