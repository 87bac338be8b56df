"""Dates with the month's name: `May 14, 2009`, `2nd of December, 2010`, `3-9 March 2012`, `July`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.dates.model import Element

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = r"(?:\s?(?:st|nd|rd|th)\b)?"
_SPAN = r"\s?(?:-|to|and|&|or|until|through|/)\s?"
# not the beginning of a longer number, of `2009-1027` or of the decade `2010s`
_YEAR = r"(?P<year>(?:18|19|20)\d\d)(?!\d|s\b|[.,]\d\d\d|-\d{3,})"
_WITH_YEAR = rf"(?:(?:[.,]?\s?,?\s?|,?\s?of\s(?:the\syear\s)?|-|/){_YEAR})"
_SHORT_YEAR = r"(?:-(?P<short>\d\d)(?![\d-]))"

_WRITTEN = re.compile(
    rf"(?<![\w])(?=[\djfmasond])(?:"  # a digit or a month's first letter
    rf"(?P<before>(?:(?<![\d.,/])(?P<b1>{_DAY}){_ORDINAL}{_SPAN})?(?<![\d.,/])(?P<b2>{_DAY}){_ORDINAL}"
    rf"(?:\s?(?:of\s)?|[.]\s?|-|/)){_MONTH}(?![a-z])(?:{_WITH_YEAR}|{_SHORT_YEAR})?"
    rf"|{_MONTH.replace('<month>', '<month2>')}(?![a-z])[.,]?\s?(?P<a1>{_DAY}){_ORDINAL}(?![\d:]|[.,]\d)"
    rf"(?:{_SPAN}(?P<a2>{_DAY}){_ORDINAL}(?![\d:]))?(?:{_WITH_YEAR.replace('<year>', '<year2>')})?"
    rf"|(?<![\w.,/$-])(?P<year4>(?:19|20)\d\d)[\s-]{_MONTH.replace('<month>', '<month4>')}(?![a-z])"
    rf"(?:[\s-](?P<d4>{_DAY})(?![\d:.-]))?(?!,?\s?(?:{_DAY},?\s)?(?:19|20)\d\d)"
    rf"|{_MONTH.replace('<month>', '<month3>')}(?![a-z])(?:{_WITH_YEAR.replace('<year>', '<year3>')})?"
    rf")",
    re.IGNORECASE | re.ASCII,
)
# after `May 12` without a year: a sign or a word that shows that 12 counts nothing
_DAY_ENDS = re.compile(
    r"\s*(?:$|[.,;:)\]]|(?:-|to|and|until|through|when|where|he|she|it|they|we|the|was|were|with|a|an"
    r"|at|by|for|his|her|in"
    r"|after|before|because|due|of)\b)"
)


def find_written(text: str) -> Iterator[Element]:
    """Give every date with a month's name, in order; those without a year have `year` None."""
    at = 0
    while match := _WRITTEN.search(text, at):
        name = match["month"] or match["month2"] or match["month3"] or match["month4"]
        at = match.end()
        if match["a1"] and not match["year2"] and not _is_day(text, match):
            # `In May 12 patients`: the number counts something
            yield from _elements_month_alone(text, match.start("month2"), name)
            at = match.start("month2") + len(name)
        elif _is_name(match, name):
            yield from _elements(match, _MONTHS.index(name[:3].lower()) + 1)


def _is_day(text: str, match: re.Match[str]) -> bool:
    if "," in text[match.end("month2") : match.start("a1")]:
        return False  # `3,400 in January, 12 in March`
    return bool(_DAY_ENDS.match(text, match.end())) or text[match.end() - 2 : match.end()].isalpha()


def _is_name(match: re.Match[str], name: str) -> bool:
    """A month is written with a capital; in small letters only a year beside it shows that it is one."""
    year = match["year"] or match["year2"] or match["year3"] or match["short"] or match["year4"]
    return name[0].isupper() or bool(year)


def _elements_month_alone(text: str, start: int, name: str) -> Iterator[Element]:
    if name[0].isupper():
        yield Element(start, start + len(name.rstrip(".")), None, _MONTHS.index(name[:3].lower()) + 1)


def _elements(match: re.Match[str], month: int) -> Iterator[Element]:
    year_text = match["year"] or match["year2"] or match["year3"]
    year = int(year_text) if year_text else _full_year(match["short"])
    end = match.end() if year or match["month3"] is None else match.start() + len(match["month3"].rstrip("."))
    if match["before"]:
        if match["b1"]:
            yield _first_day(match, "b1", (year, month, "b2"))
        start = match.start("b2") if match["b1"] else match.start()
        stop = end if year else match.start("month") + len(match["month"].rstrip("."))
        yield Element(start, stop, year, month, int(match["b2"]))
    elif match["month4"]:
        yield Element(match.start(), match.end(), int(match["year4"]), month, int(match["d4"]) if match["d4"] else None)
    elif match["month2"]:
        if match["a2"]:
            first = _first_day(match, "a1", (year, month, "a2"))
            first.start = match.start("month2")
            yield first
            yield Element(match.start("a2"), end, year, month, int(match["a2"]))
        else:
            yield Element(match.start("month2"), end, year, month, int(match["a1"]))
    else:
        yield Element(match.start(), end, year, month)


def _first_day(match: re.Match[str], group: str, rest: tuple[int | None, int, str]) -> Element:
    """The first of two days that share month and year; its span is the day, with an ordinal's letters."""
    year, month, second = rest
    written = match.string[match.start(group) : match.start(second)]
    ordinal = re.match(r"\d+(?:\s?(?:st|nd|rd|th)\b)?", written, re.IGNORECASE)
    length = ordinal.end() if ordinal else len(match[group])
    return Element(match.start(group), match.start(group) + length, year, month, int(match[group]))


def _full_year(short: str | None) -> int | None:
    """`14-May-09` → 2009; papers look back, so that 31 and more are of the last century."""
    if short is None:
        return None
    return int(short) + (2000 if int(short) <= 30 else 1900)
