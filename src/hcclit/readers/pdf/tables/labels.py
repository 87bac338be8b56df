"""The beginnings of captions on a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from hcclit.readers.pdf.glyphs import NO_SPACE, Glyphs
from hcclit.readers.pdf.segments import Segments

_LABEL = re.compile(
    r"(?:(?:supp(?:lement(?:ary|al))?\.?|supporting|appendix|additional|extended data|online)\s*)?"
    r"(?P<kind>tab(?:le|\.)|fig(?:ure|\.)|scheme|chart|box)\s*(?P<number>[A-Z]?[-.]?\d+(?:[.-]\d+)*[a-z]?|[IVX]+)\b"
    r"(?!\s*[),;\]])(?P<after>.{0,40})",
    re.I | re.S,
)
_SENTENCE = re.compile(r"\s+(?!cont(?:inued|\b|['’]d))[a-z]{2,}\b")  # `Table 2 shows`
_CONTINUED = re.compile(r"\W*\(?cont(?:inued|['’]d|\b)", re.I)
_LONGEST = 90  # signs of a line that are looked at


@dataclass(frozen=True, slots=True)
class Label:
    """Where a caption begins: its segment, what it names, its number, and whether it goes on with an earlier one."""

    segment: int
    table: bool
    number: str
    continued: bool


def labels_of(glyphs: Glyphs, segments: Segments) -> list[Label]:
    """The segments that captions of tables and figures begin with, from the top down."""
    initial = glyphs.code[segments.first]
    out = []
    for i in np.flatnonzero(np.isin(initial, [ord(sign) for sign in "TFSABECOtf"])).tolist():
        text = _opening(glyphs, int(segments.first[i]), int(segments.last[i]))
        match = _LABEL.match(text)
        if match is None or _SENTENCE.match(match["after"]):
            continue
        table = match["kind"].lower().startswith("tab")
        number = re.sub(r"\W", "", match["number"]).lower()
        out.append(Label(i, table, number, bool(_CONTINUED.match(match["after"]))))
    return sorted(out, key=lambda label: float(segments.top[label.segment]))


def _opening(glyphs: Glyphs, first: int, last: int) -> str:
    """The first signs of a segment as text."""
    last = min(last, first + _LONGEST)
    signs = zip(glyphs.code[first:last].tolist(), glyphs.space[first:last].tolist(), strict=True)
    return "".join(chr(code) if space == NO_SPACE else f" {chr(code)}" for code, space in signs).lstrip()
