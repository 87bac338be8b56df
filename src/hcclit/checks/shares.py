"""Shares in running text: a count, the number that it is counted out of, and a percentage, in one construct.

Only forms in which all three stand together are read: `k/N (x%)`, `x% (k/N)`, `k of N patients (x%)`, `x% (k of N)`,
`k (x%) of N patients`. Numbers written as words count. What merely looks so is left alone: grades (`grade 3/4 (12%)`),
genotypes (`HPV 16/18 (93%)`), percentages with a comparator (`<1%`), lists of percentages, a number of which thousands
are parted by spaces (`17 288`), and a share of all before its breakdown by group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.checks.intervals import Interval, Stated
from hcclit.checks.paper import Paper
from hcclit.language import Sentence
from hcclit.quantity import WORD_NUMBER, unit_at

_PARTED = r"\s\d{3}(?!\d)"
"""The rest of a number whose thousands are parted by a space."""
_COUNT = rf"(?:(?<![\w.,/<>=~-])(?<!\d )(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?![\d.,]*\d|%|\s?%|{_PARTED})|{WORD_NUMBER})"
_PERCENT = r"(?P<percent>\d+(?:\.\d+)?)\s?(?:%|per ?cent\b)"
_HAS_PERCENT = re.compile(r"\d\s?(?:%|per ?cent\b)", re.IGNORECASE)
_OUT_OF = r"\s(?:out\s)?of\s(?:the\s|all\s|these\s|our\s|a\stotal\sof\s)?"
_ASIDE = r"(?:[;,]\s[^()\[\]]{0,80})?"
"""What may follow a percentage in its brackets: an interval, a p-value."""
_SLASH = r"(?<![\w.,/<>=~-])(?P<count>\d+)\s?/\s?(?P<total>\d{1,3}(?:,\d{3})+|\d+)(?![\d./]*\d|\w|{_PARTED})"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_SLASH}(?P<between>(?:\s[a-z-]+){{0,2}})(?:\s?[(\[]|\s?=\s?|,\s|;\s){_PERCENT}(?![-\d])",
        rf"{_PERCENT}(?:\s?[(\[]|,\s|;\s)(?:n\s?=\s?)?{_SLASH}",
        rf"(?P<count>{_COUNT}){_OUT_OF}(?P<total>{_COUNT})(?P<between>(?:\s[a-z-]+){{0,3}})\s?[(\[]{_PERCENT}(?=\s?[)\];,])",
        rf"{_PERCENT}\s?[(\[](?:n\s?=\s?)?(?P<count>{_COUNT}){_OUT_OF}(?P<total>{_COUNT})",
        rf"(?P<count>{_COUNT})(?:\s[a-z-]+){{0,2}}\s?[(\[]{_PERCENT}{_ASIDE}[)\]](?:\s[a-z-]+)?{_OUT_OF}(?P<total>{_COUNT})",
    )
]  # fmt: skip
_LEAD = re.compile(
    r"(?:^|[(\[,;:=]|\b(?:in|of|was|were|and|or|vs?\.?|versus|with|by|to|for|from|only|than|at|is|are|had|showed)"
    r"|n\s?=)\s*$",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"\b(?:grades?|stages?|levels?|scores?|class|types?|phase|weeks?|days?|months?|years?|cycles?|figs?\.?|figures?|tables?"
    r"|but|except|ECOG|PS|status|Child-Pugh|HPV|exons?|codons?|arms?|groups?|parts?|steps?|doses?|points?|items?|of\s\d+|T|N|G)\s?$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?:[<>=≤≥~±+-]|\b(?:than|about|approximately|nearly|almost|over|around|least|most|minimum of))\s?$", re.I
)
_LISTED = re.compile(
    r"\s?(?:%|per ?cent)\s?[,;/]?\s?(?:(?:and|or)\s)?\d+(?:\.\d+)?\s?%(?!\s?-?(?:CI|confid|cred))", re.IGNORECASE
)
"""A list of percentages goes on: `one of four values (50%, 30%, 15% and 5%)`."""
_BROKEN_DOWN = re.compile(r"[^()\[\]]{1,60}?\d+\s?(?:/|of)\s?\d+[^()\[\]]{0,60}[)\]]")
"""A second count with its total in the same bracket: the share before both is that of their sum."""
_COUNT_BEFORE = re.compile(rf"(?:\d|\b{WORD_NUMBER})(?:\s[a-z-]+){{0,3}}\s?[(\[]\s?\Z", re.IGNORECASE)
_SEASON = re.compile(r"(?:19|20)\d\d\s?/\s?(?:\d\d|(?:19|20)\d\d)(?!\d)")
"""Two years (`In 2013/14, 74.6% ...`)."""
_LEVEL = re.compile(r"\s?%?\s?-?(?:CI|CrI|CL|PI|confidence|credible|prediction)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Share:
    """Count, total and percentage with their places in the text that was searched (start, end)."""

    count: tuple[int, int]
    total: tuple[int, int]
    percent: tuple[int, int]
    is_close: bool
    """Whether nothing but signs stands between the three."""
    percent_first: bool

    def read(self, text: str) -> tuple[int, int, Stated]:
        """The three numbers."""
        count, total = (int(Stated.read(text[slice(*each)]).value) for each in (self.count, self.total))
        return count, total, Stated.read(text[slice(*self.percent)])


_PERSONS = r"(?:patients?|subjects?|participants?|persons?|people|individuals?|women|men|cases?|children|adults)"
_PAIR = re.compile(
    rf"(?P<count>{_COUNT})(?P<persons>(?:\s[a-z-]+){{0,2}}?\s{_PERSONS})?\s?[(\[]{_PERCENT}{_ASIDE}[)\]]"
    rf"(?P<after>(?:\s(?:of\s)?(?:the\s)?[a-z-]+)?\s{_PERSONS})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A count of persons and its percentage, without a total, with their places in the text that was searched."""

    count: tuple[int, int]
    percent: tuple[int, int]

    def number(self, text: str) -> int:
        """The count."""
        return int(Stated.read(text[slice(*self.count)]).value)

    def stated(self, text: str) -> Stated:
        """The percentage."""
        return Stated.read(text[slice(*self.percent)])

    def totals(self, text: str) -> Interval | None:
        """What the count may be out of; None where the percentage tells nothing."""
        share = self.stated(text).rounded_or_cut
        count = self.number(text)
        return Interval(100 * count / share.high, 100 * count / share.low) if share.low > 0 and count else None


def find_pairs(text: str, start: int = 0, end: int | None = None) -> Iterator[Pair]:
    """Counts of persons with percentages in a stretch of cleaned text: `14 (12.7%) patients`, `14 patients (12.7%)`."""
    for match in _PAIR.finditer(text, start, len(text) if end is None else end):
        pair = Pair(match.span("count"), match.span("percent"))
        is_count = (match["persons"] or match["after"]) and not _NO_COUNT.search(_before(text, pair.count))
        if is_count and not _COMPARED.search(_before(text, pair.percent)) and pair.stated(text).value <= 100:
            yield pair


def shares_of(paper: Paper) -> list[Share]:
    """The shares of a paper's sentences, with places in the analysis' text."""
    text = paper.analysis.text
    return paper.once(
        "shares", lambda: [s for each in with_percent(paper) for s in find_shares(text, each.start, each.end)]
    )


def with_percent(paper: Paper) -> list[Sentence]:
    """The sentences of a paper that state a percentage."""
    return paper.once("with percent", lambda: [s for s in paper.sentences if _HAS_PERCENT.search(s.text)])


def find_shares(text: str, start: int = 0, end: int | None = None) -> Iterator[Share]:
    """The shares of a stretch of cleaned text, in the order of the forms above; each percentage once."""
    seen: set[tuple[int, int]] = set()
    for form in _FORMS:
        for match in form.finditer(text, start, len(text) if end is None else end):
            share = _share(match)
            if share.percent not in seen and _is_share(match, share):
                seen.add(share.percent)
                yield share


def _share(match: re.Match[str]) -> Share:
    between = match.groupdict().get("between") or ""
    percent_first = match.start("percent") < match.start("count")
    return Share(match.span("count"), match.span("total"), match.span("percent"), not between.strip(), percent_first)


def _is_share(match: re.Match[str], share: Share) -> bool:
    text = match.string
    count, total, percent = share.read(text)
    return (
        count >= 0
        and total > 0
        and percent.value <= 100
        and not _NO_COUNT.search(_before(text, share.count))
        and not _COMPARED.search(_before(text, share.count))
        and not _COMPARED.search(_before(text, share.percent))
        and not _LEVEL.match(text, share.percent[1])
        and not _LISTED.match(text, share.percent[1])
        and not _SEASON.match(text, share.count[0])
        and not _is_broken_down(text, match, share)
        and not (not share.is_close and text[match.end() :].lstrip(" %")[:1].isalpha())
        and not (_is_fraction(text, share) and not _is_count_of_persons(text, match, share))
    )


def _is_broken_down(text: str, match: re.Match[str], share: Share) -> bool:
    """Whether count and total are one group of several: `three patients (13%, 2/14 in one arm, 1/9 in the other)`."""
    is_second = share.percent_first and _COUNT_BEFORE.search(_before(text, share.percent))
    return bool(is_second) and _BROKEN_DOWN.match(text, match.end()) is not None


def _is_fraction(text: str, share: Share) -> bool:
    return text[share.count[1] : share.total[0]].strip() == "/"


def _is_count_of_persons(text: str, match: re.Match[str], share: Share) -> bool:
    """Whether two numbers with a slash are a count and its total: no grades, doses or types."""
    return unit_at(text, share.total[1]) is None and bool(
        share.percent_first or _LEAD.search(_before(text, match.span()))
    )


def _before(text: str, place: tuple[int, int]) -> str:
    return text[max(0, place[0] - 24) : place[0]]
