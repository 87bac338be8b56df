"""Lines of text from the segments of one column: raised and lowered pieces beside the line that they belong to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.fonts import BOLD, FACE_SHIFT, ITALIC
from hcclit.readers.pdf.glyphs import Floats, Glyphs
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.writing import RAISED, write_line

Index = NDArray[np.intp]
LEVEL, LOWERED = 0, 2
_LONGEST_SCRIPT = 24  # signs of a list of reference numbers
_LONGEST_MARK = 3  # signs of a note's mark
_LONGEST_LEAD = 80  # signs of a title that runs into its text
_BEFORE_NOTE = 2.0  # ems between a note's mark and the note
_MOST_PAIRS = 2000  # segments of one column that are compared pairwise; more is a drawing


@dataclass(slots=True)
class Line:
    """A line of a page: its text, a box for each sign, its place in the reading frame, what most of it looks like.

    `wide` holds the places of spaces as wide as the gaps between columns of a table; `left` and `right` are the
    edges of the column that it stands in; `part` numbers the columns of a page. `face` tells fonts apart, `lead` is
    the bold text that a line of another weight begins with.
    """

    text: str
    boxes: Floats
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    italic: bool
    wide: tuple[int, ...]
    face: int = 0
    lead: str = ""
    ends_bold: bool = False
    page: int = 0
    part: int = 0
    left: float = 0.0
    right: float = 0.0

    @property
    def height(self) -> float:
        """From the top to the bottom of the letters."""
        return self.bottom - self.top


def lines_of(glyphs: Glyphs, segments: Segments) -> list[Line]:
    """The lines of one column, from the top down."""
    if not len(segments):
        return []
    role, host = scripts_of(segments)
    lines = _grouped(segments, role)
    found = {i: k for k, group in enumerate(lines) for i in group}
    for i in np.flatnonzero(role != LEVEL).tolist():
        at = host[i]
        while at not in found and host[at] != at:  # a mark beside a mark
            found[i] = found.get(int(host[at]), 0)
            at = int(host[at])
        lines[found.get(at, 0)].append(i)
    lines = _with_drop_caps(segments, lines)
    made = [_line(glyphs, segments, (group, role)) for group in lines]
    return [line for line in made if line.text.strip()]


def scripts_of(segments: Segments) -> tuple[NDArray[np.uint8], Index]:
    """Which segments are raised or lowered beside another, and which that is."""
    count = len(segments)
    role, host = np.zeros(count, np.uint8), np.arange(count)
    if count > _MOST_PAIRS:
        return role, host
    size, base = segments.size, segments.base
    shift = (base[None, :] - base[:, None]) / np.maximum(size[None, :], 1)  # of the row's above the column's, in ems
    ratio = size[:, None] / np.maximum(size[None, :], 1)
    apart = np.maximum(segments.x0[:, None] - segments.x1[None, :], segments.x0[None, :] - segments.x1[:, None])
    length = (segments.last - segments.first)[:, None]
    ahead = segments.x0[None, :] - segments.x1[:, None]
    note = (length <= _LONGEST_MARK) & (ahead > 0) & (ahead < _BEFORE_NOTE * size[None, :])
    near = (apart < 0.45 * size[None, :]) | note
    small = (ratio < 0.87) & (ratio > 0.4) & (length <= _LONGEST_SCRIPT)
    raised = small & (shift > 0.08) & (shift < 0.95)
    raised |= (ratio < 1.03) & (shift > 0.2) & (shift < 0.6) & (length <= 8) & (apart < 0.2 * size[None, :])
    lowered = small & (shift < -0.04) & (shift > -0.5)
    fits = near & (raised | lowered)
    np.fill_diagonal(fits, False)
    cost = np.where(fits, np.maximum(apart, 0) + np.abs(shift) * size[None, :], np.inf)
    best = cost.argmin(axis=1)
    has = np.isfinite(cost.min(axis=1))
    host[has] = best[has]
    role[has] = np.where(shift[np.flatnonzero(has), best[has]] > 0, RAISED, LOWERED)
    return role, host


def _grouped(segments: Segments, role: NDArray[np.uint8]) -> list[list[int]]:
    """Segments on one base line, from the top down."""
    lines: list[list[int]] = []
    level = np.flatnonzero(role == LEVEL)
    if not len(level):
        return [list(range(len(segments)))]
    for i in level[np.argsort(segments.base[level], kind="stable")].tolist():
        if lines and _on_one_line(segments, i, lines[-1][0]):
            lines[-1].append(i)
        else:
            lines.append([i])
    return lines


def _on_one_line(segments: Segments, i: int, other: int) -> bool:
    small, large = sorted((float(segments.size[i]), float(segments.size[other])))
    return bool(segments.base[i] - segments.base[other] < 0.3 * small) and large < 1.6 * small


def _with_drop_caps(segments: Segments, lines: list[list[int]]) -> list[list[int]]:
    """Put a letter as tall as several lines before the first of them."""
    usual = float(np.median(segments.size))
    for group in list(lines):
        i = group[0]
        if len(group) > 1 or segments.size[i] < 1.8 * usual or segments.last[i] - segments.first[i] > 2:
            continue
        top = segments.base[i] - 0.75 * segments.size[i]
        beside = [
            other
            for other in lines
            if other is not group
            and segments.base[other[0]] > top
            and segments.base[other[0]] < segments.base[i] + 0.1 * usual
            and 0 < segments.x0[other].min() - segments.x0[i] < 2.5 * segments.size[i]
        ]
        if len(beside) > 1:
            lines.remove(group)
            beside[0].insert(0, i)
    return lines


def _line(glyphs: Glyphs, segments: Segments, chosen: tuple[list[int], NDArray[np.uint8]]) -> Line:
    group, role = chosen
    group = sorted(group, key=lambda i: float(segments.x0[i]))
    index = np.concatenate([np.arange(segments.first[i], segments.last[i]) for i in group])
    roles = np.concatenate([np.full(segments.last[i] - segments.first[i], role[i], np.uint8) for i in group])
    if len(group) > 1:
        keys = np.concatenate([_keys(glyphs, segments, i, int(role[i])) for i in group])
        order = np.argsort(keys, kind="stable")
        index, roles = index[order], roles[order]
    text, boxes, wide = write_line(glyphs, index, roles)
    main = max(group, key=lambda i: (role[i] == LEVEL, int(segments.last[i] - segments.first[i])))
    size, base = float(glyphs.size[segments.first[main]]), float(glyphs.base[segments.first[main]])
    styles = glyphs.style[index]
    bold, italic, face = _look(styles)
    return Line(
        text=text, boxes=boxes, x0=float(glyphs.x0[index[0]]), x1=float(glyphs.x1[index].max()),
        top=base - 0.75 * size, bottom=base + 0.22 * size, base=base, size=size,
        bold=bold, italic=italic, wide=wide, face=face,
        lead=_lead(text, styles), ends_bold=bool(styles[-1] & BOLD),
    )  # fmt: skip


def _lead(text: str, styles: NDArray[np.uint32]) -> str:
    """The text of the bold signs that a line begins with, if others follow."""
    if not styles[0] & BOLD:
        return ""
    plain = np.flatnonzero((styles & BOLD) == 0)
    if not len(plain) or plain[0] > _LONGEST_LEAD:
        return ""
    signs = 0
    for at, sign in enumerate(text):
        signs += not sign.isspace()
        if signs == plain[0]:
            return text[: at + 1]
    return ""


def _look(styles: NDArray[np.uint32]) -> tuple[bool, bool, int]:
    """Whether most of a line is bold, and italic, and the face of most of it."""
    first = int(styles[0])
    if (styles == first).all():
        return bool(first & BOLD), bool(first & ITALIC), first >> FACE_SHIFT
    found, counts = np.unique(styles, return_counts=True)
    bold, italic = (2 * int(counts[(found & flag) > 0].sum()) > len(styles) for flag in (BOLD, ITALIC))
    return bold, italic, int(found[counts.argmax()]) >> FACE_SHIFT


def _keys(glyphs: Glyphs, segments: Segments, i: int, role: int) -> Floats:
    """Where the signs of a segment stand in the line; those of a raised piece stay together."""
    places = glyphs.x0[segments.first[i] : segments.last[i]]
    return places if role == LEVEL else np.full(len(places), segments.x0[i], np.float32)
