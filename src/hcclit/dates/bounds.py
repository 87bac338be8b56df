"""What a date bounds: the ends of a stated interval, `since` and `until`, start, middle and end of a time.

An interval's `from` and `to` stand above `start`, `mid` and `end` (`from the end of 2008 to mid-2010`).
`by X` and a data cut-off bound nothing.
"""

from __future__ import annotations

import re

from hcclit.dates.model import Element
from hcclit.records import Bound

_PARTS: tuple[tuple[Bound, str], ...] = (
    (
        "start",
        r"(?:beginning|start|onset|first part|early part|early months)\sof\s(?:the\syear\s)?"
        r"|early(?:\sin|\son)?[\s-]",
    ),
    ("mid", r"mid[\s-]*|middle\sof\s(?:the\syear\s)?"),
    ("end", r"(?:end|close|latter part|late part)\sof\s(?:the\syear\s)?|late(?:\sin)?[\s-]|end[-\s]"),
)
_PART = re.compile(
    rf"(?:\bthe\s)?\b(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in _PARTS)})$", re.IGNORECASE
)
_FILL = r"(?:\b(?:the|in|on|of|about|approximately|around|year|month|years|day)\s)*"
_MODIFIER = rf"(?:(?:\bthe\s)?\b(?:{'|'.join(pattern for _, pattern in _PARTS)}))?"
_TO = re.compile(
    rf"[^.;]{{0,60}}?(?:\b(?:to|until|till|through|thru|up to|up until)\s|[-—]\s?){_FILL}{_MODIFIER}",
    re.IGNORECASE,
)
_DIRECT_TO = re.compile(
    rf"\s*,?\s*(?:\b(?:to|until|till|through|thru|up to|up until)\b\s|[-—~∼～]\s?){_FILL}{_MODIFIER}",
    re.IGNORECASE,
)
_AND = re.compile(
    rf"[^.;]{{0,40}}?\s*,?\s*(?:\b(?:and|to|until|till|through)\s|&\s?|[-—]\s?){_FILL}{_MODIFIER}",
    re.IGNORECASE,
)
_FROM_WORD = re.compile(
    rf"\b(?:from|since|(?:starting|beginning|commencing)\s(?:in|on|from|with)|as\sfrom|effective)\s{_FILL}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"\b(?:from|since|starting(?:\s(?:in|on|from))?|beginning(?:\s(?:in|on))?|between)\s{_FILL}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\bbetween\s{_FILL}$", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:until|till|til|to|through|thru|up\sto|ending\s(?:in|on))\s{_FILL}$", re.IGNORECASE)
# "prior to 2008" and the like: the preposition belongs to another word
_OTHER_TO = re.compile(
    r"\b(?:prior|due|according|compared|relative|similar|previous|back|subsequent|equal|close|next"
    r"|limited|related|addition"
    r"|corresponding|owing|respect|regard|reference|attributed|referred|similarly|contrast|opposed"
    r"|assigned|dates|dating)\sto\s"
    rf"{_FILL}$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(r"\s(?:onwards?|and\slater|or\slater|and\sonwards?)\b", re.IGNORECASE)
_BEFORE = 60


def set_bounds(text: str, elements: list[Element]) -> None:
    """Set `bound` on dates in order of place."""
    befores: list[str] = []
    for element in elements:
        before = text[max(0, element.start - _BEFORE) : element.start]
        part = _PART.search(before)
        if part and part.lastgroup:
            element.bound = _bound(part.lastgroup)
            before = before[: part.start()]
        befores.append(before)
    for index, element in enumerate(elements):
        element.bound = _edge(befores[index], text[element.end : element.end + 12]) or element.bound
    for index in range(len(elements) - 1):
        if _is_interval(text, elements[index], elements[index + 1], befores[index]):
            elements[index].bound, elements[index + 1].bound = "from", "to"


def _bound(name: str) -> Bound:
    return next(part for part, _ in _PARTS if part == name)


def _edge(before: str, after: str) -> Bound | None:
    """The bound that a single date has by its preposition."""
    if _FROM_WORD.search(before) or _ONWARDS.match(after):
        return "from"
    if _UNTIL.search(before) and not _OTHER_TO.search(before):
        return "to"
    return None


def _is_interval(text: str, left: Element, right: Element, before: str) -> bool:
    if right.start - left.end > 90:
        return False
    gap = text[left.end : right.start]
    if _BETWEEN.search(before):
        return bool(_AND.fullmatch(gap))
    if _FROM.search(before):
        return bool(_TO.fullmatch(gap))
    return bool(_DIRECT_TO.fullmatch(gap))
