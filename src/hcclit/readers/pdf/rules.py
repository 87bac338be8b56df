"""Horizontal rules of a page and the tables that stand between them under their captions.

Here is only where a table is: what its columns and cells are is for a reader of tables to find out, which may look
at the region again by other means.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from hcclit.readers.pdf.glyphs import Glyphs, page_area, turned
from hcclit.readers.pdf.segments import Segments

Index = NDArray[np.intp]
_MOST_OBJECTS = 20_000  # of a page; more is a drawing
_THIN = 2.5
_SHORTEST = 40.0
_CAPTION_HEIGHT = 120.0  # points between the first line of a caption and the table's first rule
_LONGEST_TABLE_ROWS = 4  # lines of running text in a row between two rules: there the table has ended
_LABELS = ("table", "figur", "fig.")


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule: its ends and its height on the page."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Region:
    """Where a table stands, and the segments of its caption, its body and its notes."""

    x0: float
    x1: float
    top: float
    bottom: float
    caption: Index
    body: Index
    notes: Index


def table_regions(page: pdfium.PdfPage, turn: int, glyphs: Glyphs, segments: Segments) -> list[Region]:
    """The ruled tables of a page, from the top down. Pages without a caption of a table cost nothing."""
    labels = _label_segments(glyphs, segments)
    captions = [i for i, label in labels.items() if label == "table"]
    if not captions:
        return []
    rules = _rules(page, turn)
    regions: list[Region] = []
    for i in sorted(captions, key=lambda i: float(segments.top[i])):
        others = [float(segments.top[j]) for j in labels if j != i]
        region = _region(segments, rules, (i, others))
        if region is not None and not any(_overlap(region, other) for other in regions):
            regions.append(region)
    return regions


def has_picture(page: pdfium.PdfPage) -> bool:
    """Whether an image is on a page."""
    items = range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS))
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, i)) for i in items)
    return any(kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM) for kind in kinds)


def _overlap(a: Region, b: Region) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _label_segments(glyphs: Glyphs, segments: Segments) -> dict[int, str]:
    """Segments that begin with `Table` or `Figure`."""
    found = {}
    initial = glyphs.code[segments.first]
    for i in np.flatnonzero((initial == ord("T")) | (initial == ord("F"))).tolist():
        start = int(segments.first[i])
        word = "".join(chr(c) if c < 0x250 else "?" for c in glyphs.code[start : start + 5].tolist()).lower()
        label = next((label for label in _LABELS if word.startswith(label)), None)
        if label is not None:
            found[i] = label
    return found


def _region(segments: Segments, rules: list[Rule], label: tuple[int, list[float]]) -> Region | None:
    i, others = label
    top, bottom, x = float(segments.top[i]), float(segments.bottom[i]), float(segments.x0[i])
    below = [r for r in rules if r.y > bottom - 1 and r.x0 - 3 <= (x + float(segments.x1[i])) / 2 <= r.x1 + 3]
    if not below or below[0].y - top > _CAPTION_HEIGHT or any(bottom < other < below[0].y for other in others):
        return None
    first = last = below[0]
    for rule in rules:
        if rule.y <= last.y or rule.x0 < first.x0 - 3 or rule.x1 > first.x1 + 3:
            continue
        if (
            any(last.y < other < rule.y for other in others)
            or _running_lines(segments, first, (last.y, rule.y)) >= _LONGEST_TABLE_ROWS
        ):
            break
        last = rule
    if last.y - first.y < 8:
        return None
    return _filled(segments, (first, last), top)


def _running_lines(segments: Segments, rule: Rule, heights: tuple[float, float]) -> int:
    """Lines between two heights that fill the width of a rule."""
    inside = (segments.base > heights[0]) & (segments.base < heights[1])
    full = (segments.x1 - segments.x0 > 0.85 * (rule.x1 - rule.x0)) & (segments.x0 > rule.x0 - 6)
    return int(np.count_nonzero(inside & full & (segments.x1 < rule.x1 + 6)))


def _filled(segments: Segments, rules: tuple[Rule, Rule], top: float) -> Region:
    first, last = rules
    centre = (segments.x0 + segments.x1) / 2
    middle = (segments.top + segments.bottom) / 2
    within = (centre > first.x0 - 4) & (centre < first.x1 + 4)
    caption = within & (middle > top) & (middle < first.y)
    body = within & (middle >= first.y) & (middle < last.y)
    notes = _notes(segments, within, last.y)
    found = [np.flatnonzero(chosen) for chosen in (caption, body, notes)]
    bottom = max(last.y, float(segments.bottom[found[2]].max()) if len(found[2]) else 0)
    return Region(first.x0, first.x1, top - 1, bottom, found[0], found[1], found[2])


def _notes(segments: Segments, within: NDArray[np.bool_], bottom: float) -> NDArray[np.bool_]:
    """Small lines that follow the last rule closely."""
    usual = float(np.median(segments.size))
    out = np.zeros(len(segments), bool)
    for i in np.flatnonzero(within & (segments.base > bottom)).tolist():
        if segments.size[i] > 0.93 * usual or segments.top[i] - bottom > 1.2 * segments.size[i]:
            break
        out[i] = True
        bottom = max(bottom, float(segments.bottom[i]))
    return out


def _rules(page: pdfium.PdfPage, turn: int) -> list[Rule]:
    """Horizontal rules of a page in its reading frame, from the top down; pieces of one rule are joined."""
    boxes = np.array(_thin_boxes(page), np.float32).reshape(-1, 4)
    placed = turned(page_area(page), turn, boxes.T).T
    pieces = [(float(b[0]), float(b[2]), float(b[1] + b[3]) / 2) for b in placed if b[3] - b[1] < _THIN]
    out: list[Rule] = []
    for x0, x1, y in sorted(pieces, key=lambda piece: (round(piece[2]), piece[0])):
        if out and abs(out[-1].y - y) < 1.5 and x0 - out[-1].x1 < 6:
            out[-1] = Rule(min(x0, out[-1].x0), max(x1, out[-1].x1), out[-1].y)
        else:
            out.append(Rule(x0, x1, y))
    return sorted((rule for rule in out if rule.x1 - rule.x0 > _SHORTEST), key=lambda rule: rule.y)


def _thin_boxes(page: pdfium.PdfPage) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of the paths of a page that are lines, and the edges of plain boxes."""
    out: list[tuple[float, float, float, float]] = []
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for i in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        item = raw.FPDFPage_GetObject(page.raw, i)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if min(x1 - x0, y1 - y0) < _THIN:
            out.append((x0, y0, x1, y1))
        elif raw.FPDFPath_CountSegments(item) <= 5:
            out += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return out
