"""The rules of a page: straight lines, thin boxes, and edges of shaded or framed boxes, in the page's reading frame."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from hcclit.readers.pdf.glyphs import Floats, page_area, turned

_MOST_OBJECTS = 20_000  # of a page; more is a drawing
_MOST_POINTS = 400  # of a path; more is a curve
_MOST_BOXES = 1500
_DEEPEST = 3
_THIN = 2.5
_SHORTEST = 4.0
_EDGE = 2.0  # points that a figure's axis may reach beyond its box
_ALIKE = 2.0  # points; rules that begin and end closer together are alike
_JOINT = 2.5  # points between pieces of one rule
_WHITE = 250
_FULL = 0.88  # of a table's width
Edges = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: its ends along its direction and its place across."""

    start: float
    end: float
    at: float

    @property
    def length(self) -> float:
        """In points."""
        return self.end - self.start

    def covers(self, start: float, end: float, slack: float = 3.0) -> bool:
        """Whether it runs along all of a stretch."""
        return self.start <= start + slack and self.end >= end - slack


@dataclass(slots=True)
class Rulings:
    """Horizontal rules from the top down, vertical ones from left to right."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)

    def outside(self, boxes: Sequence[Floats]) -> Rulings:
        """Those that are not a part of a figure, given by the boxes of all: its axes, its frame, its bars."""
        x = [(float(box[0]), float(box[2])) for box in boxes]
        y = [(float(box[1]), float(box[3])) for box in boxes]
        return Rulings(
            _outside(self.across, list(zip(x, y, strict=True))), _outside(self.down, list(zip(y, x, strict=True)))
        )


@dataclass(slots=True)
class _Found:
    """Left, bottom, right, top of lines and of filled boxes with their colour, in the page's own frame."""

    lines: list[Box] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    colours: list[int] = field(default_factory=list)
    seen: int = 0


def _outside(rules: list[Rule], boxes: list[tuple[Edges, Edges]]) -> list[Rule]:
    """The rules outside all boxes, and those inside that begin and end where one outside does: a table's last."""
    ends = [(round(rule.start / _ALIKE), round(rule.end / _ALIKE)) for rule in rules]
    inside = [any(_within(rule, along, across) for along, across in boxes) for rule in rules]
    kept = {end for end, within in zip(ends, inside, strict=True) if not within}
    return [rule for rule, end in zip(rules, ends, strict=True) if end in kept]


def _within(rule: Rule, along: Edges, across: Edges) -> bool:
    inside = along[0] - _EDGE <= rule.start and rule.end <= along[1] + _EDGE
    return inside and across[0] - _EDGE <= rule.at <= across[1] + _EDGE


def read_rulings(page: pdfium.PdfPage, turn: int) -> Rulings:
    """The rules of a page in the frame that it is read in."""
    found = _Found()
    count = raw.FPDFPage_CountObjects(page.raw)
    _collect(found, (raw.FPDFPage_GetObject(page.raw, i) for i in range(min(count, _MOST_OBJECTS))), (), 0)
    lines = [*found.lines, *_edges(found)]
    if not lines:
        return Rulings()
    boxes = turned(page_area(page), turn, np.array(lines, np.float32).T).T
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    flat = boxes[(high < _THIN) & (wide >= high)]
    upright = boxes[(wide < _THIN) & (high > wide)]
    return Rulings(
        _joined([(float(b[0]), float(b[2]), float(b[1] + b[3]) / 2) for b in flat]),
        _joined([(float(b[1]), float(b[3]), float(b[0] + b[2]) / 2) for b in upright]),
    )


def has_picture(page: pdfium.PdfPage) -> bool:
    """Whether an image is on a page."""
    items = range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS))
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, i)) for i in items)
    return any(kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) for kind in kinds)


def _joined(pieces: list[tuple[float, float, float]]) -> list[Rule]:
    """Pieces of one rule together, by their place across."""
    out: list[Rule] = []
    for start, end, at in sorted(pieces, key=lambda piece: (round(piece[2]), piece[0])):
        touches = bool(out) and start - out[-1].end < _JOINT and out[-1].start - end < _JOINT
        if touches and abs(out[-1].at - at) < 1.5:
            out[-1] = Rule(min(start, out[-1].start), max(end, out[-1].end), out[-1].at)
        else:
            out.append(Rule(start, end, at))
    return sorted((rule for rule in out if rule.length > _SHORTEST), key=lambda rule: (rule.at, rule.start))


def _collect(found: _Found, items: Iterator[object], outer: tuple[raw.FS_MATRIX, ...], depth: int) -> None:
    for item in items:
        found.seen += 1
        if found.seen > _MOST_OBJECTS:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            _path(found, item, outer)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = raw.FPDFFormObj_CountObjects(item)
            inner = (raw.FPDFFormObj_GetObject(item, i) for i in range(min(max(count, 0), _MOST_OBJECTS)))
            _collect(found, inner, (_matrix(item), *outer), depth + 1)


def _path(found: _Found, item: object, outer: tuple[raw.FS_MATRIX, ...]) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    colour = _colour(item, bool(stroke.value))
    if not (fill.value or stroke.value) or colour is None:
        return
    count = raw.FPDFPath_CountSegments(item)
    if count > _MOST_POINTS:
        return
    box = _bounds(item, outer)
    if box is None:
        return
    if min(box[2] - box[0], box[3] - box[1]) < _THIN:
        found.lines.append(box)
    elif not stroke.value and count <= 5:
        if len(found.boxes) < _MOST_BOXES:
            found.boxes.append(box)
            found.colours.append(colour)
    else:
        found.lines += _straight(item, count, (_matrix(item), *outer))


def _bounds(item: object, outer: tuple[raw.FS_MATRIX, ...]) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    x0, y0 = _moved((left.value, bottom.value), outer)
    x1, y1 = _moved((right.value, top.value), outer)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _colour(item: object, stroked: bool) -> int | None:
    """The colour that a path is drawn in; None where it cannot be seen on white."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ask = raw.FPDFPageObj_GetStrokeColor if stroked else raw.FPDFPageObj_GetFillColor
    if not ask(item, red, green, blue, alpha):
        return 0
    if alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE:
        return None
    return int((red.value << 16) | (green.value << 8) | blue.value)


def _straight(item: object, count: int, matrices: tuple[raw.FS_MATRIX, ...]) -> Iterator[Box]:
    """The level and upright lines of a path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = _moved((x.value, y.value), matrices)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _level(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _level(last, start)
            last = start


def _level(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Box]:
    if abs(a[0] - b[0]) < 1 or abs(a[1] - b[1]) < 1:
        yield min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _matrix(item: object) -> raw.FS_MATRIX:
    matrix = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return matrix


def _moved(point: tuple[float, float], matrices: tuple[raw.FS_MATRIX, ...]) -> tuple[float, float]:
    x, y = point
    for m in matrices:
        x, y = m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f
    return x, y


def _edges(found: _Found) -> list[Box]:
    """The edges of filled boxes that can be seen: where the same colour goes on, there is none."""
    if not found.boxes:
        return []
    boxes, colours = np.array(found.boxes), np.array(found.colours)
    out: list[Box] = []
    for (x0, y0, x1, y1), colour in zip(found.boxes, found.colours, strict=True):
        same = boxes[colours == colour]
        for edge, outside in (
            ((x0, y0, x1, y0), (x0 + 1, y0 - 0.8, x1 - 1, y0 - 0.8)),
            ((x0, y1, x1, y1), (x0 + 1, y1 + 0.8, x1 - 1, y1 + 0.8)),
            ((x0, y0, x0, y1), (x0 - 0.8, y0 + 1, x0 - 0.8, y1 - 1)),
            ((x1, y0, x1, y1), (x1 + 0.8, y0 + 1, x1 + 0.8, y1 - 1)),
        ):
            if not _covered(same, outside):
                out.append(edge)
    return out


def _covered(boxes: NDArray[np.float64], line: Box) -> bool:
    inside = (boxes[:, 0] <= line[0]) & (boxes[:, 1] <= line[1]) & (boxes[:, 2] >= line[2]) & (boxes[:, 3] >= line[3])
    return bool(inside.any())


def full_rules(across: list[Rule], left: float, right: float) -> list[Rule]:
    """The rules that go over the whole width, perhaps in pieces."""
    out: list[Rule] = []
    groups: list[list[Rule]] = []
    for rule in sorted(across, key=lambda rule: rule.at):
        if groups and rule.at - groups[-1][0].at < 1.5:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for group in groups:
        inside = sum(min(r.end, right) - max(r.start, left) for r in group if r.end > left and r.start < right)
        if inside > _FULL * (right - left):
            out.append(Rule(min(r.start for r in group), max(r.end for r in group), group[0].at))
    return out
