"""Text inside figures: what stands in or close to pictures and drawings, apart from captions and running text."""

from __future__ import annotations

import ctypes

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw
from scipy import ndimage

from hcclit.readers.pdf.fonts import BOLD, FACE_SHIFT
from hcclit.readers.pdf.glyphs import Floats, Glyphs, page_area, turned
from hcclit.readers.pdf.segments import Segments, joined

Flags = NDArray[np.bool_]
_MOST_OBJECTS = 4000  # of a page that are looked at
_SMALLEST = 30.0  # points, of a figure in both directions; less is an icon or a sign
_THIN = 2.5
_AXES = 0.8  # of a drawing's width and height: how far its axes may reach beyond its curves
_LONGEST_AXIS = 1.5  # widths or heights of a drawing; a longer line is a rule of the page
_BOX = (4, 5)  # segments of a path that is a plain box
_CELL = 12.0  # points; drawings as close as this belong together
_MOST_CELLS = 400  # in each direction
_LONG = 20  # ems; a longer line is running text
_LONGEST_LABEL = 12  # ems, of a label beside a drawing
_NEAR = 1.5  # ems
_ABOVE = 40.0  # points from the caption of a table to its first row
_LARGE = 1.15  # of the size of the text; no label of a figure
_STEPS, _FACE_BITS = 4, 16  # quarters of a point; bits of a face
_ROUNDS = 3  # of labels beside labels
_MOST_TEXT = 0.6  # of the signs inside a frame in long lines; it is a box around text then


def figures_of(page: pdfium.PdfPage, turn: int, glyphs: Glyphs, segments: Segments) -> list[Floats]:
    """The boxes of a page's figures with their axes. Pages without pictures and curves cost next to nothing."""
    boxes, rules = _drawings(page, turn)
    if not len(boxes) or not len(segments):
        return []
    lines, _ = joined(segments)
    found = (_with_axes(drawing, rules) for drawing in _clusters(boxes))
    return [box for box in found if not _frames_text(lines, box) and not _is_table(glyphs, lines, box)]


def figure_labels(figures: list[Floats], glyphs: Glyphs, segments: Segments) -> Flags:
    """Which segments of a page are text of its figures."""
    if not figures:
        return np.zeros(len(segments), bool)
    lines, line = joined(segments)
    found = np.zeros(len(lines), bool)
    body = _body(glyphs, lines)
    kept = _captions(lines, _openers(glyphs, lines)) | (lines.size > _LARGE * (body >> _FACE_BITS) / _STEPS)
    text = _is_text(glyphs, lines, body)
    for box in figures:
        found |= _labels(lines, box, (kept, text))
    return found[line]


def _drawings(page: pdfium.PdfPage, turn: int) -> tuple[Floats, Floats]:
    """The boxes of pictures, placed pages and curves, and those of lines and plain boxes, in the reading frame."""
    found: tuple[list[tuple[float, ...]], ...] = ([], [])
    box = [ctypes.c_float() for _ in range(4)]
    for i in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, i)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT or not raw.FPDFPageObj_GetBounds(item, *box):
            continue
        left, bottom, right, top = (value.value for value in box)
        boxed = kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPath_CountSegments(item) in _BOX
        found[boxed or min(right - left, top - bottom) <= _THIN].append((left, bottom, right, top))
    curves, rules = (turned(page_area(page), turn, np.array(boxes, np.float32).reshape(-1, 4).T).T for boxes in found)
    return curves, rules


def _with_axes(box: Floats, rules: Floats) -> Floats:
    """A drawing with the lines and plain boxes about as long that stand in it or close by: axes, bars."""
    size = box[2:] - box[:2]
    inside = (rules[:, :2] > box[:2] - _AXES * size).all(axis=1) & (rules[:, 2:] < box[2:] + _AXES * size).all(axis=1)
    inside &= (rules[:, 2:] - rules[:, :2] < _LONGEST_AXIS * size).all(axis=1)
    parts = np.vstack([box[None], rules[inside]])
    return np.concatenate([parts[:, :2].min(axis=0), parts[:, 2:].max(axis=0)])


def _clusters(boxes: Floats) -> list[Floats]:
    """Boxes around drawings that lie close together, those that are large enough for a figure."""
    low = boxes[:, :2].min(axis=0)
    cells = np.clip((boxes - np.tile(low, 2)) // _CELL, 0, _MOST_CELLS - 1).astype(np.intp)
    marked = np.zeros(cells[:, 2:].max(axis=0) + 1, bool)
    for x0, y0, x1, y1 in cells.tolist():
        marked[x0 : x1 + 1, y0 : y1 + 1] = True
    names = ndimage.label(marked, np.ones((3, 3)))[0][cells[:, 0], cells[:, 1]]
    out = []
    for one in np.unique(names).tolist():
        chosen = boxes[names == one]
        box = np.concatenate([chosen[:, :2].min(axis=0), chosen[:, 2:].max(axis=0)])
        if min(box[2] - box[0], box[3] - box[1]) > _SMALLEST:
            out.append(box)
    return out


def _openers(glyphs: Glyphs, lines: Segments) -> Flags:
    """Which lines begin as captions do."""
    return np.array([_word(glyphs, i).startswith(("fig", "table", "schem", "suppl")) for i in lines.first], bool)


def _word(glyphs: Glyphs, first: int) -> str:
    return "".join(chr(code) for code in glyphs.code[first : first + 5].tolist()).lower()


def _captions(lines: Segments, openers: Flags) -> Flags:
    """Lines of captions: the opening one, and those below it in its width and size."""
    out = openers.copy()
    order = np.argsort(lines.base, kind="stable")
    for first in np.flatnonzero(openers).tolist():
        size, base = lines.size[first], lines.base[first]
        inside = (lines.x0[order] > lines.x0[first] - size) & (lines.x1[order] < lines.x1[first] + 2 * size)
        same = np.abs(lines.size[order] - size) < 0.08 * size
        for i in order[inside & same & (lines.base[order] > base)].tolist():
            if lines.base[i] - base > _NEAR * size:
                break
            out[i], base = True, lines.base[i]
    return out


def _kinds(glyphs: Glyphs, lines: Segments) -> NDArray[np.int64]:
    """A number for the size and face of each line."""
    faces = (glyphs.style[lines.first] >> FACE_SHIFT).astype(np.int64)
    sizes: NDArray[np.int64] = np.round(lines.size * _STEPS).astype(np.int64)
    return sizes << _FACE_BITS | faces


def _body(glyphs: Glyphs, lines: Segments) -> int:
    """The size and face that most long lines have; as large as can be where there are none."""
    names, counts = np.unique(_kinds(glyphs, lines)[_is_long(lines)], return_counts=True)
    return int(names[counts.argmax()]) if len(names) else 1 << 40


def _is_text(glyphs: Glyphs, lines: Segments, body: int) -> Flags:
    """Lines in the type of the page's running text, and titles: bold lines that are no smaller."""
    bold = (glyphs.style[lines.first] & BOLD > 0) & (lines.size > 0.98 * (body >> _FACE_BITS) / _STEPS)
    return np.asarray((_kinds(glyphs, lines) == body) | bold, bool)


def _is_long(lines: Segments) -> Flags:
    return np.asarray(lines.x1 - lines.x0 > _LONG * lines.size, bool)


def _inside(lines: Segments, box: Floats) -> Flags:
    x, y = (lines.x0 + lines.x1) / 2, (lines.top + lines.bottom) / 2
    return np.asarray((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3]), bool)


def _frames_text(lines: Segments, box: Floats) -> bool:
    """Whether most of what a drawing holds is running text: a frame, a background, the picture of a scanned page."""
    length = lines.last - lines.first
    inside = _inside(lines, box)
    return bool(length[inside & _is_long(lines)].sum() > _MOST_TEXT * length[inside].sum())


def _is_table(glyphs: Glyphs, lines: Segments, box: Floats) -> bool:
    """Whether the caption of a table stands right above a drawing."""
    above = (lines.bottom < box[1] + lines.size) & (box[1] - lines.bottom < _ABOVE)
    above &= (lines.x0 < box[2]) & (lines.x1 > box[0])
    return any(_word(glyphs, i).startswith("table") for i in lines.first[above].tolist())


def _labels(lines: Segments, box: Floats, kept: tuple[Flags, Flags]) -> Flags:
    """The lines inside a drawing, and short ones beside it or beside those, in another type than the text's."""
    captions, text = kept
    long = _is_long(lines)
    labels = _inside(lines, box) & ~captions & ~long
    short = (lines.x1 - lines.x0 < _LONGEST_LABEL * lines.size) & ~captions & ~text & ~long
    around = box.copy()
    for _ in range(_ROUNDS):
        apart_x = np.maximum(around[0] - lines.x1, lines.x0 - around[2])
        apart_y = np.maximum(around[1] - lines.bottom, lines.top - around[3])
        more = short & ~labels & (np.maximum(apart_x, apart_y) < _NEAR * lines.size)
        if not more.any():
            break
        labels |= more
        around[:2] = np.minimum(around[:2], [lines.x0[more].min(), lines.top[more].min()])
        around[2:] = np.maximum(around[2:], [lines.x1[more].max(), lines.bottom[more].max()])
    return labels
