"""The glyphs of a PDF page as arrays: which sign, where, how large, in which font, in the frame that it is read in.

PDFium gives one sign at a time, so what is asked for each sign is kept to three calls; what belongs to a text
object (matrix, font, base line) is asked once for each object.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from hcclit.readers.pdf.clipping import has_forms, is_hidden
from hcclit.readers.pdf.fonts import style_of

Floats = NDArray[np.float32]
NO_SPACE, GUESSED_SPACE, REAL_SPACE = 0, 1, 2
_SAMPLE = 64
_LINE_END_HYPHENS = (0x02, 0xFFFE)
"""What PDFium writes for a hyphen that a line ends with."""


def _plain(function: object, result: type, *arguments: type) -> Callable[..., int]:
    """A function of PDFium that takes addresses as numbers: half the time of typed pointers, for millions of calls."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)  # type: ignore[arg-type]


_unicode_at = _plain(raw.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_text = _plain(raw.FPDFText_GetText, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p)
_object_at = _plain(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_loose_box_at = _plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


@dataclass(slots=True)
class Glyphs:
    """Signs other than spaces, one entry each, in the order of the page's content.

    Places are in points from the upper left corner of the frame in which most of the page's text runs to the
    right; `boxes` are x0, top, x1, bottom on the page as it is shown. `turn` counts quarter turns of a sign against
    the frame, `space` says whether a space stands before it, `style` holds flags and, above `FACE_SHIFT`, the face.
    """

    code: NDArray[np.uint32]
    x0: Floats
    x1: Floats
    top: Floats
    bottom: Floats
    base: Floats
    size: Floats
    style: NDArray[np.uint32]
    turn: NDArray[np.uint8]
    space: NDArray[np.uint8]
    boxes: Floats

    def __len__(self) -> int:
        return len(self.code)

    def select(self, index: NDArray[np.intp] | NDArray[np.bool_]) -> Glyphs:
        """Some of the signs."""
        return Glyphs(*(getattr(self, field.name)[index] for field in fields(self)))


@dataclass(slots=True)
class _Objects:
    """What text objects say, one row each: base line (x, y), size, direction in quarter turns, style."""

    index: NDArray[np.intp]
    rows: Floats


def read_glyphs(page: pdfium.PdfPage) -> tuple[Glyphs, int, float]:
    """The signs of a page, the quarter turns of its reading frame, and the share of signs that have no letter."""
    textpage = page.get_textpage()
    try:
        handle = textpage.raw
        count = max(0, raw.FPDFText_CountChars(handle))
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        codes = _whole_codes(_codes(address, count))
        boxes = _loose_boxes(address, count)
        objects = _objects(handle, codes, (boxes, has_forms(page)))
        generated = _generated(handle, codes)
        unmapped = _unmapped(handle, codes)
    finally:
        textpage.close()
    return *_in_frame(page, codes, boxes, (objects, generated)), unmapped


def _codes(handle: int, count: int) -> NDArray[np.uint32]:
    """The codes of all signs: as a whole where PDFium gives one for each, else one by one."""
    units = np.zeros(count + 1, np.uint16)
    if _text(handle, 0, count, units.ctypes.data) == count + 1:
        return units[:count].astype(np.uint32)
    return np.array([_unicode_at(handle, i) for i in range(count)], np.uint32)


def _whole_codes(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Put the two halves of signs beyond the first plane together; the second half becomes nothing."""
    high = np.flatnonzero((codes[:-1] >> 10 == 0xD800 >> 10) & (codes[1:] >> 10 == 0xDC00 >> 10))
    codes[high] = 0x10000 + ((codes[high] & 0x3FF) << 10) + (codes[high + 1] & 0x3FF)
    codes[high + 1] = 0
    return codes


def _loose_boxes(handle: int, count: int) -> Floats:
    """Left, top, right, bottom of each sign with its advance and its font's height, in the page's own frame."""
    boxes = np.zeros((count, 4), np.float32)
    start = boxes.ctypes.data
    for i in range(count):
        _loose_box_at(handle, i, start + 16 * i)
    return boxes


def _objects(handle: object, codes: NDArray[np.uint32], told: tuple[Floats, bool]) -> _Objects:
    """What text objects say of each sign; asked for at the first of a word and wherever the height changes.

    Args:
        handle: the text of the page.
        codes: the signs.
        told: their boxes, and whether the page has forms, in which text may be hidden.
    """
    boxes, forms = told
    count = len(codes)
    address = ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
    asked = np.ones(count, bool)
    apart = (codes <= 0x20) | (codes == 0xFFFE)
    asked[1:] = (boxes[1:, 1] != boxes[:-1, 1]) | (boxes[1:, 3] != boxes[:-1, 3]) | apart[1:] | apart[:-1]
    known: dict[int, int] = {0: 0}
    rows: list[tuple[float, ...]] = [(0.0, 0.0, 0.0, 0.0, 0.0)]
    fonts: dict[int, int] = {}
    found = []
    first = np.flatnonzero(asked)
    for i in first.tolist():
        pointer = 0 if codes[i] <= 0x20 else _object_at(address, i) or 0  # a guessed space has no matrix of its own
        if pointer not in known and forms and is_hidden(pointer):
            known[pointer] = 0
        elif pointer not in known:
            known[pointer] = len(rows)
            rows.append(_object_row(handle, i, pointer, fonts))
        found.append(known[pointer])
    lengths = np.diff(np.concatenate([first, [count]]))
    return _Objects(np.repeat(np.array(found, np.intp), lengths), np.array(rows, np.float32))


def _object_row(handle: object, i: int, pointer: int, fonts: dict[int, int]) -> tuple[float, ...]:
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(handle, i, x, y)
    raw.FPDFText_GetMatrix(handle, i, matrix)
    size = raw.FPDFText_GetFontSize(handle, i) * math.hypot(matrix.c, matrix.d)
    turn = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
    turn = round(turn) % 4 if abs(turn - round(turn)) < 0.1 else 4  # 4: askew, as watermarks are
    font = raw.FPDFTextObj_GetFont(ctypes.cast(pointer, raw.FPDF_PAGEOBJECT))
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in fonts:
        fonts[key] = style_of(font) if key else 0
    return x.value, y.value, abs(size), turn, fonts[key]


def _generated(handle: object, codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which spaces PDFium has guessed."""
    out = np.zeros(len(codes), bool)
    for i in np.flatnonzero(codes == 0x20).tolist():
        out[i] = raw.FPDFText_IsGenerated(handle, i) == 1
    return out


def _unmapped(handle: object, codes: NDArray[np.uint32]) -> float:
    """The share of signs whose font does not say which letter they are, by a sample."""
    sample = range(0, len(codes), max(1, len(codes) // _SAMPLE))
    lost = sum(_is_lost(int(codes[i])) or raw.FPDFText_HasUnicodeMapError(handle, i) == 1 for i in sample)
    return float(lost) / max(1, len(sample))


def _is_lost(code: int) -> bool:
    """Whether a code is no letter's: none, a stand-in, or of the private use area."""
    return code in (0, 0xFFFD) or 0xE000 <= code <= 0xF8FF


def _in_frame(
    page: pdfium.PdfPage, codes: NDArray[np.uint32], boxes: Floats, found: tuple[_Objects, NDArray[np.bool_]]
) -> tuple[Glyphs, int]:
    """Put what was read into the frame that most of the text runs to the right in; spaces become flags."""
    objects, generated = found
    kept = np.flatnonzero(~_blank(codes) & (objects.index != 0))
    base_x, base_y, size, turns, style = objects.rows[objects.index[kept]].T
    counts = np.bincount(turns.astype(np.intp), minlength=5)[:4]
    frame = int(counts.argmax()) if counts.any() else 0
    area, corners = page_area(page), boxes[kept].T
    x0, top, x1, bottom = turned(area, frame, corners)
    return Glyphs(
        code=codes[kept], x0=x0, x1=x1, top=top, bottom=bottom,
        base=turned(area, frame, np.stack([base_x, base_y, base_x, base_y]))[1],
        size=size, style=style.astype(np.uint32),
        turn=np.where(turns == 4, 4, (turns - frame) % 4).astype(np.uint8),
        space=_spaces_before(codes, generated, kept),
        boxes=turned(area, page.get_rotation() // 90, corners).T,
    ), frame  # fmt: skip


def _blank(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """White space and control signs, but for what stands for a hyphen."""
    blank: NDArray[np.bool_] = (codes <= 0x20) | (codes == 0xA0) | ((codes >= 0x2000) & (codes <= 0x200A))
    blank[np.isin(codes, _LINE_END_HYPHENS)] = False
    return blank


def page_area(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what is shown of a page, in its own frame; what it inherits counts."""
    left, bottom, right, top = page.get_bbox()
    return left, bottom, right, top


def turned(area: tuple[float, float, float, float], turns: int, corners: Floats) -> Floats:
    """Boxes (x0, y0, x1, y1 rows) from the page's own frame to one whose text runs up, left or down in it."""
    left, bottom, right, top = area
    x0, y0, x1, y1 = corners
    match turns % 4:
        case 0:
            pair = (x0 - left, top - y0, x1 - left, top - y1)
        case 1:
            pair = (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        case 2:
            pair = (right - x0, y0 - bottom, right - x1, y1 - bottom)
        case _:
            pair = (top - y0, right - x0, top - y1, right - x1)
    a, b, c, d = pair
    out: Floats = np.stack([np.minimum(a, c), np.minimum(b, d), np.maximum(a, c), np.maximum(b, d)])
    return out


def _spaces_before(
    codes: NDArray[np.uint32], generated: NDArray[np.bool_], kept: NDArray[np.intp]
) -> NDArray[np.uint8]:
    """Whether blanks stand between a sign and the one before it: none, guessed ones or real ones."""
    real = np.concatenate([[0], np.cumsum(np.isin(codes, (0x20, 0xA0, 0x09)) & ~generated)])
    guessed = np.concatenate([[0], np.cumsum(generated)])
    before = np.concatenate([[0], kept[:-1] + 1]) if len(kept) else kept
    has_real = real[kept] > real[before]
    has_guessed = guessed[kept] > guessed[before]
    return np.where(has_real, REAL_SPACE, np.where(has_guessed, GUESSED_SPACE, NO_SPACE)).astype(np.uint8)
