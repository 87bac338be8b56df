"""Every p-value that is printed with its sign, in running text and in columns of p-values, whatever it is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.checks.effect import Place
from hcclit.checks.effect_cells import P_HEAD
from hcclit.checks.effect_patterns import read_number
from hcclit.checks.paper import Paper
from hcclit.document import Table
from hcclit.view import clean

_TEXT = re.compile(
    r"(?<![\w.\u00b7^/*&+-])(?<![&+/\u03b1-\u03c9]\s)(?<!\b[Rr] )[pP](?:[- ]?[vV]alues?)?"
    r"\s?(?:[=<>\u2264\u2265]|\b(?:was|of|is)\b)"
    r"\s?[=<]?\s?(?P<p>-?(?:\d+\.\d+|\.\d+|\d+(?!\s?[.,\u00b7]\s?\d)))"
    r"(?![\w%]|-\d|[.,\u00b7:]\d|\s?[x\u00d7*\u00b7^/%]|\s?\d)"
    r"(?!\s(?:per ?cent|mm|cm|k?Pa|bar|W|N|kg|[\u00b5mn]?g|m[lL]|hours?|days?|weeks?|months?|years?|cycles|patients)\b)"
)
"""No end of an arm's name (`T&P = 11`), no subscript (`R p = 0.0`, also of a beta), no half of a number (`0. 42`)."""
_SHOWN_AGAIN = re.compile(r"[^()\[\];]{0,20}\b[pP]\s?[=<>\u2264\u2265]\s?0?\.\d")
"""A p-value that follows in the same bracket."""
_SIGN = re.compile(r"[=<>\u2264\u2265]")
_CELL = re.compile(r"(?P<sign>[=<>\u2264\u2265])?\s?(?P<p>\d+(?:[.,]\d+)?|\.\d+)\s?[*\u2020\u2021a-d]{0,2}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A p-value and where it stands; `sign` is its comparator, `is_sure` whether its neighbours are p-values too."""

    place: Place
    sign: str
    is_sure: bool


def p_values(paper: Paper) -> Iterator[Seen]:
    """All p-values, those of the text first."""
    view = paper.analysis.view
    for match in _TEXT.finditer(view.text):
        start, end = view.to_source(*match.span("p"))
        sign = _SIGN.search(match[0])
        if _is_of_next_cell(paper, start, match) or _is_no_p(view.text, match):
            continue
        yield Seen(Place(start, end, read_number(match["p"])), sign[0] if sign else "=", bool(sign))
    for table in paper.document.tables:
        yield from _in_table(paper, table)


def _is_of_next_cell(paper: Paper, start: int, match: re.Match[str]) -> bool:
    """Whether a whole number stands on the line below the sign: the head of a flattened table goes on there."""
    return match["p"].isdigit() and "\n" in paper.document.text[max(0, start - 3) : start]


def _is_no_p(text: str, match: re.Match[str]) -> bool:
    """Whether a zero with at most one decimal is followed by the p-value itself: `(p = 0.0, p > 0.05)`."""
    is_zero = float(match["p"]) == 0 and len(match["p"].partition(".")[2]) < 2
    return is_zero and _SHOWN_AGAIN.match(text, match.end()) is not None


def _in_table(paper: Paper, table: Table) -> Iterator[Seen]:
    columns: dict[int, list[Seen]] = {}
    for cell in table.cells:
        match = _CELL.fullmatch(clean(cell.text)) if cell.role == "value" and cell.column_heads else None
        if match and P_HEAD.match(clean(cell.column_heads[-1])):
            printed = paper.document.text[cell.start : cell.end]
            at = re.search(r"[\d.]", printed)
            start = cell.start + (at.start() if at else 0)
            number = read_number(match["p"])
            place = Place(start, start + len(match["p"]), number)
            columns.setdefault(cell.column, []).append(Seen(place, match["sign"] or "=", False))
    for seen in columns.values():
        others = [each for each in seen if 0 <= each.place.stated.value <= 1]
        is_sure = len(others) >= max(3, len(seen) - 1)
        yield from (Seen(each.place, each.sign, is_sure) for each in seen)
