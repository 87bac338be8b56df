"""Dates in digits: `2010-11-23`, `2010/11/23`, `17.03.2011`, `03/17/2011`, `02/2011`.

Whether day or month stands first is decided by the whole text: a first number above 12 is a day, a second one
above 12 shows that the first is the month. Without such evidence, or with evidence for both, `03/05/2011` cannot
be known and is left out. Full stops are the European way: day first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.dates.model import Element

_ISO = re.compile(r"(?<![\w/.,-])(?P<y>(?:18|19|20)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\w/-]|\.\d)")
_DAY_MONTH = re.compile(
    r"(?<![\w/.,-])(?P<a>\d{1,2})(?:(?P<s>[-/])|\.\s?)(?P<b>\d{1,2})(?:(?P=s)|\.\s?)(?P<y>(?:18|19"
    r"|20)\d\d)(?![\w/-]|\.\d)"
)
_DOTTED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.")
_MONTH_YEAR = re.compile(r"(?<![\w/.,-])(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:18|19|20)\d\d)(?![\w/-]|[.,]\d)")
_YEAR_MONTH = re.compile(r"(?<![\w/.,-])(?P<y>(?:18|19|20)\d\d)(?P<s>[-/])(?P<m>0[1-9]|1[0-2])(?![\w/-]|[.,]\d)")
_SHORT = re.compile(r"(?<![\w/.,-])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d\d)(?![\w/-]|[.,]\d)")
_ON = re.compile(r"\b(?:on|dated?|since|until)\s$", re.I)
_PADDED = re.compile(r"0\d/")
# a number with slashes may be a code; what names it stands before it
_CODE = re.compile(
    r"(?:\b(?:no|nr|number|numbers|code|id|protocol|reference|ref|approval|approved|registration|grant"
    r"|ethics"
                   r"|irb|eudract|edition|version|v|directive|lot|file|document|study|trial"
                       r"|permit)\b[\s.:#(]*|#\s?)$", re.I)  # fmt: skip
_TIME_WORD = re.compile(
    r"(?:\b(?:in|on|since|from|until|till|to|between|and|by|of|before|after|during|through|dated?"
    r"|around|late|early|mid"
    r"|end|was|were)\b[\s:]*|[(;]\s?)$",
    re.I,
)


def find_numeric(text: str) -> Iterator[Element]:
    """Give every date in digits; the forms do not overlap, but come form by form."""
    for match in _ISO.finditer(text):
        if not _is_code(text, match.start()):
            yield _element(match, int(match["m"]), int(match["d"]))
    yield from _day_and_month(text)
    for pattern in (_MONTH_YEAR, _YEAR_MONTH):
        for match in pattern.finditer(text):
            if _is_month(text, match):
                yield _element(match, int(match["m"]), None)


def _element(match: re.Match[str], month: int, day: int | None) -> Element:
    year = int(match["y"])
    return Element(match.start(), match.end(), year, month, day)


def _is_code(text: str, start: int) -> bool:
    return bool(_CODE.search(text[max(0, start - 30) : start]))


def _day_and_month(text: str) -> Iterator[Element]:
    matches = list(_DAY_MONTH.finditer(text))
    short = [m for m in _SHORT.finditer(text) if _is_short_date(text, m)]
    day_first = _day_stands_first(matches + short)
    for match in matches + short:
        first, second = int(match["a"]), int(match["b"])
        if _is_code(text, match.start()):
            continue
        if second > 12:
            day, month = second, first
        elif _DOTTED.match(match.group()) or first > 12 or first == second or day_first is True:
            day, month = first, second
        elif day_first is False:
            day, month = second, first
        else:
            continue
        element = _element(match, month, day)
        if element.year is not None and element.year < 100:
            element.year += 2000 if element.year <= 30 else 1900
        if 1 <= month <= 12:
            yield element


def _is_short_date(text: str, match: re.Match[str]) -> bool:
    """`09/14/10` after a word of time; `9/14/10` may be three counts, but not after `on`."""
    before = text[max(0, match.start() - 12) : match.start()]
    return bool((_TIME_WORD if len(match.group()) == 8 else _ON).search(before))


def _day_stands_first(matches: list[re.Match[str]]) -> bool | None:
    """What the paper's own dates show, or None where they show nothing, or both."""
    slashed = [(int(m["a"]), int(m["b"])) for m in matches if not _DOTTED.match(m.group())]
    days = any(12 < a <= 31 and b <= 12 for a, b in slashed)
    months = any(12 < b <= 31 and a <= 12 for a, b in slashed)
    return None if days == months else days


def _is_month(text: str, match: re.Match[str]) -> bool:
    """`02/2011` is a month where a word of time stands before it, else it may be a count or a code."""
    start, year, month = match.start(), int(match["y"]), int(match["m"])
    if _is_code(text, start):
        return False
    if match["m"] in match.group()[4:] and year % 100 < month:  # `2007-10`, `2011/12` may be years
        return False
    # what is counted follows; a month is followed by anything else
    if re.match(r"\s?(?:%|\(\d|patients|cases|subjects)", text[match.end() : match.end() + 12]):
        return False
    return bool(_TIME_WORD.search(text[max(0, start - 12) : start])) or bool(_PADDED.match(match.group()))
