"""Response categories and their sums that belong together: one arm's column of a table, or one sentence.

In a table, the records of one column belong together until an endpoint comes again (another assessor, another time).
In running text the i-th numbers of all endpoints of a sentence do, where every endpoint has as many: `ORR 25% vs 31%
(CR 5% vs 6%; PR 20% vs 25%)`, `ORR 25% (CR 5%, PR 20%) and 31% (CR 6%, PR 25%)`. A paragraph that states each endpoint
once, of one group, is read like a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from hcclit.checks.intervals import Stated
from hcclit.checks.paper import Paper
from hcclit.document import Cell, Table
from hcclit.records import Statistic

ENDPOINTS = ("CR", "PR", "SD", "PD", "ORR", "DCR", "CBR")
OTHER_CATEGORIES = re.compile(
    r"\b(?:n-?PR|CR-?i|CR-?u|uCR|uPR|V?GPR|sCR|MR|CCR|nodular|very good|incomplete|(?:un)?confirmed|minor|near"
    r"|stringent|metabolic|pathologic(?:al)?|pCR|irRC|immune-related)\b",
    re.IGNORECASE,
)
"""Words of other categories or of a second way to count them: the four may not be all."""


@dataclass(frozen=True, slots=True)
class Part:
    """One endpoint's number: how many patients, and the percentage as printed, as far as they are stated."""

    record: Statistic
    count: int | None
    percent: Stated | None


_NO_ARM = re.compile(r"\b(?:CR|PR|SD|PD|ORR|DCR)\b|\bresponses?\b|%|\bFig")
_NONE = Stated(0, 9)
"""None of the patients is no percent of them."""
Parts = dict[str, Part]


@dataclass(frozen=True, slots=True)
class ResponseSet:
    """Endpoints that belong together, by name, with the words around them; `column` is set in a table."""

    parts: Parts
    words: str
    table: Table | None = None
    column: int = 0


def response_sets(paper: Paper) -> list[ResponseSet]:
    """The sets of a paper, those of tables first."""
    return paper.once("response sets", lambda: list(_sets(paper)))


def _sets(paper: Paper) -> Iterator[ResponseSet]:
    found = [r for r in paper.statistics if r.endpoint in ENDPOINTS and r.measure in ("rate", "count")]
    yield from _of_tables(paper, [r for r in found if paper.cell_of(r)])
    yield from _of_text(paper, [r for r in found if paper.sentence_of(r) and r.subject == "cohort"])


def _of_tables(paper: Paper, records: list[Statistic]) -> Iterator[ResponseSet]:
    by_table: dict[int, list[tuple[Cell, Statistic]]] = {}
    for record in records:
        if found := paper.cell_of(record):
            by_table.setdefault(found[0].start, []).append((found[1], record))
    for table in paper.document.tables:
        inside = by_table.get(table.start, [])
        if len(inside) < 2:
            continue
        words = "; ".join([table.caption, table.notes, *(cell.text for cell in table.cells if cell.role == "label")])
        inside.sort(key=lambda pair: (pair[0].column, pair[0].row))
        for number, column in groupby(inside, key=lambda pair: pair[0].column):
            for run in _runs(record for _, record in column):
                yield ResponseSet({record.endpoint: _part(paper, record) for record in run}, words, table, number)


def _runs(records: Iterable[Statistic]) -> Iterator[list[Statistic]]:
    run: list[Statistic] = []
    for record in records:
        if any(each.endpoint == record.endpoint or each.at != record.at for each in run):
            yield run
            run = []
        run.append(record)
    if run:
        yield run


def _of_text(paper: Paper, records: list[Statistic]) -> Iterator[ResponseSet]:
    passages: dict[int, list[Statistic]] = {}
    for record in records:
        if sentence := paper.sentence_of(record):
            passages.setdefault(sentence.passage, []).append(record)
    for inside in passages.values():
        by_sentence: dict[int, list[Statistic]] = {}
        for record in inside:
            if sentence := paper.sentence_of(record):
                by_sentence.setdefault(sentence.index, []).append(record)
        for index, group in by_sentence.items():
            yield from _in_order(paper, group, paper.analysis.sentences[index].text)
        if len(by_sentence) > 1 and len({record.group for record in inside}) == 1:
            words = " ".join(paper.analysis.sentences[index].text for index in by_sentence)
            sets = list(_in_order(paper, inside, words))
            if len(sets) == 1:
                yield sets[0]


def _in_order(paper: Paper, records: list[Statistic], words: str) -> Iterator[ResponseSet]:
    lists: dict[str, list[Statistic]] = {}
    for record in records:
        lists.setdefault(record.endpoint, []).append(record)
    if len({len(each) for each in lists.values()}) == 1 and len({record.at for record in records}) == 1:
        for together in zip(*lists.values(), strict=True):
            if len({record.group for record in together if not _is_misread(record.group)}) <= 1:
                yield ResponseSet({record.endpoint: _part(paper, record) for record in together}, words)


def _is_misread(group: str | None) -> bool:
    """Whether a group says nothing: there is none, or it names responses or a figure, as no arm does."""
    return group is None or bool(_NO_ARM.search(group))


def _part(paper: Paper, record: Statistic) -> Part:
    if record.measure == "count":
        count = int(record.value)
        return Part(record, count, None if count else _NONE)
    printed = paper.printed(record, record.value)
    return Part(record, record.n, printed.stated if printed else None)
