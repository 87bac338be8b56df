"""Response categories against the rates that they make up, by arm, in counts or percentages.

Formula: CR + PR = ORR; CR + PR + SD = ORR + SD = DCR; CR + PR <= CBR <= CR + PR + SD; CR + PR + SD + PD <= 100%.
Counts are compared as they are; percentages as the intervals of what rounds to them (or is cut, in a paper that cuts),
which are added up.

Source: RECIST 1.1 (Eisenhauer et al., Eur J Cancer 2009;45:228-247): best overall responses exclude one another; the
objective response is CR or PR, disease control adds SD.

Left alone: sets with other categories than the four (CRi, VGPR, unconfirmed responses); disease control with a least
duration, which not all SD have; numbers out of different totals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import add

from hcclit.checks.habits import cuts
from hcclit.checks.intervals import Interval
from hcclit.checks.model import Finding, Span
from hcclit.checks.paper import Paper
from hcclit.checks.responses import OTHER_CATEGORIES, Part, Parts, ResponseSet, response_sets

NAME = __name__.rpartition(".")[2]
_SUMS = [
    ("ORR", ("CR", "PR")),
    ("DCR", ("CR", "PR", "SD")),
    ("DCR", ("ORR", "SD")),
]
_CONTROL = r"(?:disease control|tumou?r control|clinical benefit|\bDCR|\bCBR)"
_LEAST = r"(?:weeks?|months?|days|durable|lasting|at least|≥|>=)"
_LASTING = re.compile(rf"{_CONTROL}[^.;]{{0,80}}{_LEAST}|{_LEAST}[^.;]{{0,80}}{_CONTROL}", re.IGNORECASE)
_ALL = ("CR", "PR", "SD", "PD")


def check(paper: Paper) -> Iterator[Finding]:
    """Find response rates that are not the sum of their categories."""
    for found in response_sets(paper):
        if not OTHER_CATEGORIES.search(found.words):
            for whole, names in _sums(found):
                yield from _unequal(paper, found.parts, whole, names)
            yield from _too_many(paper, found.parts)


def _sums(found: ResponseSet) -> list[tuple[str, tuple[str, ...]]]:
    """The sums that can be made of a set, each whole once."""
    sums: dict[str, tuple[str, ...]] = {}
    for whole, names in _SUMS:
        is_whole = all(name in found.parts for name in (whole, *names))
        if is_whole and not (whole == "DCR" and _LASTING.search(found.words)):
            sums.setdefault(whole, names)
    return list(sums.items())


def _unequal(paper: Paper, parts: Parts, whole: str, names: tuple[str, ...]) -> Iterator[Finding]:
    chosen = [parts[whole], *(parts[name] for name in names)]
    if _counted(chosen):
        counts = [part.count or 0 for part in chosen]
        if counts[0] != sum(counts[1:]):
            yield _finding(paper, chosen, whole, names, (str(counts[0]), str(sum(counts[1:])), _plus(counts[1:])))
    elif (percents := _percents(paper, chosen)) and not percents[0].meets(reduce(add, percents[1:])):
        shown = [part.percent for part in chosen if part.percent]
        total = f"{sum(each.value for each in shown[1:]):.4g}%"
        computed = f"{_plus(each.value for each in shown[1:])} = {total}"
        yield _finding(paper, chosen, whole, names, (f"{shown[0]}%", total, computed))


def _too_many(paper: Paper, parts: Parts) -> Iterator[Finding]:
    chosen = [parts[name] for name in _ALL if name in parts]
    percents = _percents(paper, chosen)
    if len(chosen) > 2 and percents and sum(each.low for each in percents) > 100:
        shown = [part.percent for part in chosen if part.percent]
        names = tuple(name for name in _ALL if name in parts)
        total = f"{sum(each.value for each in shown):.4g}%"
        yield _finding(
            paper,
            chosen,
            "All responses",
            names,
            (total, "at most 100%", f"{_plus(each.value for each in shown)} = {total}"),
        )


def _counted(chosen: list[Part]) -> bool:
    """Whether all are counts out of one total, as far as that is stated."""
    totals = {part.record.total for part in chosen} - {None}
    return all(part.count is not None for part in chosen) and len(totals) <= 1


def _percents(paper: Paper, chosen: list[Part]) -> list[Interval] | None:
    """The percentages as intervals, where all are stated and out of one total."""
    is_cut = cuts(paper)
    totals = {part.record.total for part in chosen} - {None}
    stated = [part.percent for part in chosen if part.percent]
    found = [each.rounded_or_cut if is_cut else each.rounded for each in stated]
    return found if len(found) == len(chosen) and len(totals) <= 1 else None


def _plus(numbers: Iterable[float]) -> str:
    return " + ".join(f"{number:g}" for number in numbers)


def _finding(
    paper: Paper, chosen: list[Part], whole: str, names: tuple[str, ...], said: tuple[str, str, str]
) -> Finding:
    stated, expected, computed = said
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="error",
        message=f"{whole} does not fit {' + '.join(names)}.",
        stated=stated,
        expected=expected,
        spans=tuple(dict.fromkeys(_span(paper, part, is_count="%" not in stated) for part in chosen)),
        computed=computed,
        records=tuple(part.record.id for part in chosen),
    )


def _span(paper: Paper, part: Part, is_count: bool) -> Span:
    printed = paper.printed(part.record, part.count) if is_count and part.count is not None else None
    return paper.span_of(printed or part.record)
