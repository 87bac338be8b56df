"""Signs as they are written: symbols and letters of formulas plain, ligatures apart, nothing invisible."""

from __future__ import annotations

import unicodedata

import numpy as np

from hcclit.readers.pdf.glyphs import Glyphs

_HYPHENS = (0x02, 0xFFFE, 0xAD, 0x2010)  # the first two are what PDFium writes for a hyphen that a line ends with
_SYMBOLS = dict(zip(
    (0xF0B1, 0xF0A3, 0xF0B3, 0xF0B4, 0xF06D, 0xF061, 0xF062, 0xF067, 0xF06B, 0xF063, 0xF044, 0xF0B7, 0xF02D, 0xF03C,
     0xF03E, 0xF03D, 0xF02B, 0xF0B0, 0xF0B2, 0xF0BB, 0xF025, 0xF028, 0xF029, 0xF06C, 0xF073),
    "±≤≥×µαβγκχΔ•−<>=+°″≈%()λσ", strict=True))  # fmt: skip
"""Signs of the Symbol font that come without a character map: Adobe's encoding at U+F000."""
_INVISIBLE = (0x200B, 0x200C, 0x200D, 0xFEFF, 0x2060, 0x200E, 0x200F)


def clean_signs(glyphs: Glyphs) -> Glyphs:
    """Write each sign in its plain form; a ligature becomes several signs in one place."""
    odd = [code for code in np.unique(glyphs.code).tolist() if code > 0x7E or code < 0x20]
    new = {code: _plain(code) for code in odd}
    if all(plain == chr(code) for code, plain in new.items() if code < 0x110000):
        return glyphs
    repeats = np.ones(len(glyphs), np.intp)
    for code, plain in new.items():
        here = glyphs.code == code
        repeats[here] = len(plain)
        if len(plain) == 1:
            glyphs.code[here] = ord(plain)
    out = glyphs.select(np.repeat(np.arange(len(glyphs)), repeats))
    for code, plain in new.items():
        if len(plain) > 1:
            at = np.flatnonzero(out.code == code)
            out.code[at] = np.resize([ord(sign) for sign in plain], len(at))
    return out


def _plain(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code in _INVISIBLE:
        return ""
    sign = chr(code)
    if 0xFB00 <= code <= 0xFB06 or 0x1D400 <= code <= 0x1D7FF:
        return unicodedata.normalize("NFKC", sign)
    return sign
