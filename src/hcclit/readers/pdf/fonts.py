"""Fonts of a PDF: whether they are bold or italic, and a number that tells their faces apart."""

from __future__ import annotations

import ctypes
import re
import zlib

from pypdfium2 import raw

BOLD, ITALIC, FACE_SHIFT = 1, 2, 2
"""The flags of a style; above `FACE_SHIFT` it holds the face."""
_FACES = 1 << 16  # with the two flags below it, a face still is an exact number among 32-bit floats
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|-bd|[.-]bi?$|^(?:cm|ec|sf|lm)(?:ss)?bx", re.I)
_ITALIC_NAME = re.compile(r"italic|oblique|slanted|-it|[.-]b?i$", re.I)
_FORCED_BOLD, _SLANTED, _BOLD_WEIGHT = 1 << 18, 1 << 6, 600  # of a font's descriptor


def style_of(font: object) -> int:
    """Whether a font is bold or italic, by its name or its descriptor, and its face."""
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, length))
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
    flags = max(0, raw.FPDFFont_GetFlags(font))
    bold = _BOLD_NAME.search(name) or flags & _FORCED_BOLD or raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
    italic = _ITALIC_NAME.search(name) or flags & _SLANTED
    face = zlib.crc32(name.encode()) % _FACES
    return (BOLD if bold else 0) | (ITALIC if italic else 0) | face << FACE_SHIFT
