"""Text that a page carries but does not show: what lies outside the part that is cut out of a placed page.

Figures are often pages of other files, placed with all their text and cut down to the picture.
"""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
from pypdfium2 import raw

_MOST_OBJECTS = 20_000  # of a page; more is a drawing
_MOST_PATHS = 8
_MOST_POINTS = 500


def has_forms(page: pdfium.PdfPage) -> bool:
    """Whether other pages or drawings are placed on a page."""
    count = min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)
    kinds = (raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page.raw, i)) for i in range(count))
    return any(kind == raw.FPDF_PAGEOBJ_FORM for kind in kinds)


def is_hidden(pointer: int) -> bool:
    """Whether the middle of a text object, given by its address, lies outside the paths that it is cut down to."""
    item = ctypes.cast(pointer, raw.FPDF_PAGEOBJECT)
    clip = raw.FPDFPageObj_GetClipPath(item)
    count = min(raw.FPDFClipPath_CountPaths(clip), _MOST_PATHS)
    box = [ctypes.c_float() for _ in range(4)]
    if count < 1 or not raw.FPDFPageObj_GetBounds(item, *box):
        return False
    left, bottom, right, top = (value.value for value in box)
    return any(not _around(clip, i, ((left + right) / 2, (bottom + top) / 2)) for i in range(count))


def _around(clip: object, index: int, place: tuple[float, float]) -> bool:
    """Whether a place is within the bounds of one path; a path without points hides nothing that can be told."""
    points = [_point(clip, index, k) for k in range(min(raw.FPDFClipPath_CountPathSegments(clip, index), _MOST_POINTS))]
    if not points:
        return True
    xs, ys = zip(*points, strict=True)
    return bool(min(xs) <= place[0] <= max(xs) and min(ys) <= place[1] <= max(ys))


def _point(clip: object, index: int, number: int) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, index, number), x, y)
    return x.value, y.value
