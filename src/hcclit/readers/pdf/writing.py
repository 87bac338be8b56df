"""How the signs of a line are written: spaces between words, raised signs, accents."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.glyphs import GUESSED_SPACE, NO_SPACE, REAL_SPACE, Floats, Glyphs

_RAISED = str.maketrans(
    "0123456789+-−–‒=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_RAISABLE = re.compile(r"[0-9+\-−–‒=()a-z]{1,4}")
_REFERENCES = re.compile(r"\[?\d{1,3}(?:[,;–‒-]\d{1,3})*[,;]?\]?")
_MARKS = re.compile(r"(?=.*\d)[\da-z,;–‒\-()*∗†‡§¶#]{1,12}")
"""Marks of several kinds (`1,2,*`), which would be read as a part of the number before them."""
_POWERS = re.compile(r"[+\-−–‒]?\d{1,2}")
_BEFORE_POWER = re.compile(r"(?:(?<![\d.,])10|(?<![^\W\d_])(?:[kcdmµμn]?m|s|h|min|[RrIχxXpPtTcCΔ]|[A-Z]))$")
"""What a raised number is a power of: ten, a length or time, a single letter of statistics (R², χ², I²)."""
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_ACCENTS = dict(zip("`\u00b4\u00a8\u02c6\u02dc\u00af\u02da\u00b8\u02c7\u02d9\u02d8\u02dd\u02db", (
    "\u0300", "\u0301", "\u0308", "\u0302", "\u0303", "\u0304", "\u030a", "\u0327", "\u030c", "\u0307", "\u0306",
    "\u030b", "\u0328"), strict=True))  # fmt: skip

_MIDDLE_DOTS = frozenset({0xB7, 0x2219, 0x22C5})
_NUMBER_GAP = 0.22  # ems; less is the play of a justified line, not a space that would cut a number

RAISED = 1
WIDE = 1.2  # ems; a gap between columns of a table, hardly one between words
_LIMITS = np.zeros(3)
"""Ems from which a gap parts words: after a blank, after one that was guessed, otherwise."""
_LIMITS[[REAL_SPACE, GUESSED_SPACE, NO_SPACE]] = 0.02, 0.05, 0.1


def write_line(
    glyphs: Glyphs, index: NDArray[np.intp], roles: NDArray[np.uint8]
) -> tuple[str, Floats, tuple[int, ...]]:
    """The text of a line, a box for each of its signs, and the places of its wide spaces.

    Args:
        glyphs: the signs of the page.
        index: those of the line, from left to right.
        roles: for each whether it is level (0), raised (1) or lowered (2).
    """
    spaces = _spaces(glyphs, index, roles)
    gaps = np.flatnonzero(spaces)
    if (roles == RAISED).any():
        text, sources = _with_raised(glyphs.code[index], spaces, roles)
        wide = _wide_places(sources, np.flatnonzero(spaces > 1))
    else:
        sources, codes = _spread(gaps, glyphs.code[index])
        text = _decoded(codes)
        wide = tuple((np.flatnonzero(spaces > 1) + np.searchsorted(gaps, np.flatnonzero(spaces > 1))).tolist())
    return _accented(text, glyphs.boxes[index[sources]], wide)


def _spread(gaps: NDArray[np.intp], codes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
    """Signs with a space before those at some places, and where each sign, or the one after a space, comes from."""
    steps = np.ones(len(codes), np.intp)
    steps[gaps] = 2
    places = np.cumsum(steps) - 1
    out = np.full(len(codes) + len(gaps), 0x20, np.uint32)
    out[places] = codes
    sources = np.zeros(len(out), np.intp)
    sources[places] = np.arange(len(codes))
    sources[places[gaps] - 1] = gaps
    return sources, out


def _decoded(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le", "replace")


def _wide_places(sources: NDArray[np.intp], wide: NDArray[np.intp]) -> tuple[int, ...]:
    """Where in the text the spaces stand whose following signs are given."""
    return tuple(np.searchsorted(sources, wide).tolist())


def _with_raised(
    codes: NDArray[np.uint32], spaces: NDArray[np.uint8], roles: NDArray[np.uint8]
) -> tuple[str, NDArray[np.intp]]:
    """A line with raised signs, piece by piece; for each sign of the text which of the line's it comes from."""
    pieces: list[str] = []
    sources: list[int] = []
    for start, end in _stretches(spaces, roles):
        if spaces[start]:
            pieces.append(" ")
            sources.append(start)
        text = _decoded(codes[start:end])
        if roles[start] == RAISED:
            new = _raised(text, ("".join(pieces[-8:]), end < len(roles) and not spaces[end]))
            shift = len(new) - len(new.lstrip()) + (new.lstrip()[:1] == "[")
            sources += [min(max(start, start + i - shift), end - 1) for i in range(len(new))]
            pieces.append(new)
            continue
        for i in range(start, end):
            if i > start and spaces[i]:
                pieces.append(" ")
                sources.append(i)
            pieces.append(text[i - start])
            sources.append(i)
    return "".join(pieces), np.array(sources, np.intp)


def _spaces(glyphs: Glyphs, index: NDArray[np.intp], roles: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """For each sign whether a space (1) or a wide one (2) stands before it."""
    out = np.zeros(len(index), np.uint8)
    sizes, right = glyphs.size[index], np.maximum.accumulate(glyphs.x1[index])
    gap = (glyphs.x0[index[1:]] - right[:-1]) / np.maximum(np.maximum(sizes[1:], sizes[:-1]), 1)
    flags = np.where(np.diff(index) == 1, glyphs.space[index[1:]], NO_SPACE)
    limits = _LIMITS[flags]
    unmarked = gap[(flags == NO_SPACE) & (gap < 0.5)]
    if len(unmarked) and (unmarked > 0.04).any():
        limits[flags == NO_SPACE] += 2 * max(0.0, float(np.median(unmarked)))  # letters set apart
    limits[roles[1:] != roles[:-1]] = 0.15
    if len(sizes) > 1 and sizes[0] > 1.8 * sizes[1] and flags[0] != REAL_SPACE:
        limits[0] = np.inf  # a large first letter
    _keep_numbers(glyphs.code[index], flags, limits)
    out[1:] = gap > limits
    out[1:][gap > WIDE] = 2
    return out


def _keep_numbers(codes: NDArray[np.uint32], flags: NDArray[np.uint8], limits: NDArray[np.float64]) -> None:
    """Raise the limits on either side of a decimal sign between two digits: the play of a line is no space there."""
    digit = (codes >= 0x30) & (codes <= 0x39)
    for i in np.flatnonzero(digit[:-2] & digit[2:]).tolist():
        if codes[i + 1] in _MIDDLE_DOTS:  # no sentence ends with it
            limits[i : i + 2] = WIDE
        elif codes[i + 1] == 0x2E:
            beside = limits[i : i + 2]
            np.maximum(beside, np.where(flags[i : i + 2] == REAL_SPACE, 0, _NUMBER_GAP), out=beside)


def _stretches(spaces: NDArray[np.uint8], roles: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Level, lowered and raised pieces of a line; raised ones end at a space where a level one would."""
    changes = np.flatnonzero((roles[1:] != roles[:-1]) | ((spaces[1:] > 1) & (roles[1:] == RAISED)))
    edges = [0, *(changes + 1).tolist(), len(roles)]
    return list(pairwise(edges))


def _raised(text: str, beside: tuple[str, bool]) -> str:
    """A power raised, reference numbers as a mark of their own, so that neither becomes part of a number.

    Args:
        text: the raised signs.
        beside: what stands before them, and whether a letter follows without a space.
    """
    before, joined = beside
    if text in _ORDINALS and before[-1:].isdigit():
        return text
    if _POWERS.fullmatch(text) and (_BEFORE_POWER.search(before) or not text[0].isdigit()):
        return text.translate(_RAISED)
    opens_word = joined and (not before or before[-1:] in " (/-–")
    if _REFERENCES.fullmatch(text) and not opens_word and before:  # at a line's begin it is the mark of a note
        return f"{'' if before.endswith(' ') else ' '}[{text.strip('[],;')}]"
    return text.translate(_RAISED) if _RAISABLE.fullmatch(text) or _MARKS.fullmatch(text) else text


def _accented(text: str, boxes: Floats, wide: tuple[int, ...]) -> tuple[str, Floats, tuple[int, ...]]:
    """Set accents that are printed over a letter as signs of their own (`o¨`) on it."""
    if (text.isascii() and "`" not in text) or not any(sign in _ACCENTS for sign in set(text)):
        return text, boxes, wide
    kept = list(range(len(text)))
    signs = list(text)
    for i, sign in enumerate(text):
        if sign not in _ACCENTS:
            continue
        for at in (i + 1, i - 1):
            if 0 <= at < len(text) and text[at].isalpha() and _over(boxes[i], boxes[at]):
                signs[at] = unicodedata.normalize("NFC", text[at].replace("ı", "i") + _ACCENTS[sign])
                kept.remove(i)
                break
    joined = "".join(signs[i] for i in kept)
    if len(joined) != len(kept):
        return text, boxes, wide
    place = {old: new for new, old in enumerate(kept)}
    return joined, boxes[kept], tuple(place[i] for i in wide if i in place)


def _over(accent: Floats, letter: Floats) -> bool:
    middle = (float(accent[0]) + float(accent[2])) / 2
    return float(letter[0]) - 0.5 <= middle <= float(letter[2]) + 0.5
