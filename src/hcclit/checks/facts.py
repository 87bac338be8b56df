"""Statements that can be told from all others by their numbers.

An estimate with both limits, two arms with a p-value, or the shares of three responses.

Whether two sentences speak of the same fact is hard to say by their words: populations, subgroups and assessors differ.
By their numbers it is not: two statements on one endpoint that share all numbers but one are the same fact, one of them
with a slip. Only numbers of at least two digits count, since others agree by chance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.checks.paper import Paper, Printed
from hcclit.checks.responses import ResponseSet, response_sets
from hcclit.records import Statistic

Key = tuple[str, str | None, str | None, float | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement: its records, its numbers by name, and the section that it stands in."""

    kind: str
    endpoint: str
    key: Key
    records: tuple[Statistic, ...]
    numbers: dict[str, Printed]
    section: str


def find_facts(paper: Paper) -> Iterator[Fact]:
    """The statements of a paper, in the order of the text."""
    own = [record for record in paper.statistics if record.subject in ("cohort", None)]
    for record in own:
        if record.ci_low is not None and record.ci_high is not None:
            yield from _estimate(paper, record)
    for records in _pairs(paper, own):
        yield from _pair(paper, records)
    for found in response_sets(paper):
        yield from _responses(paper, found)


def _estimate(paper: Paper, record: Statistic) -> Iterator[Fact]:
    values = {"estimate": record.value, "lower limit": record.ci_low, "upper limit": record.ci_high}
    numbers = {name: paper.printed(record, value) for name, value in values.items() if value is not None}
    yield from _fact(paper, "estimate", (record,), numbers)


def _pair(paper: Paper, records: list[Statistic]) -> Iterator[Fact]:
    first, second = records
    if first.p is None or first.p != second.p or first.p_op not in ("=", None):
        return
    values = {"first": (first, first.value), "second": (second, second.value), "p-value": (second, first.p)}
    yield from _fact(paper, "pair", (first, second), {name: paper.printed(*each) for name, each in values.items()})


def _responses(paper: Paper, found: ResponseSet) -> Iterator[Fact]:
    """The shares of three categories in one sentence."""
    records = [found.parts[name].record for name in ("CR", "PR", "SD") if name in found.parts]
    if found.table is None and len(records) == 3:
        numbers = {record.endpoint: paper.printed(record, record.value) for record in records}
        yield from _fact(paper, "responses", tuple(records), numbers)


def _fact(paper: Paper, kind: str, records: tuple[Statistic, ...], found: dict[str, Printed | None]) -> Iterator[Fact]:
    record = records[0]
    numbers = {name: printed for name, printed in found.items() if printed is not None}
    starts = {printed.start for printed in numbers.values()}
    if record.section and len(starts) == len(found) and all(_is_telling(each) for each in numbers.values()):
        key = (record.measure, record.unit, record.at, record.ci_level)
        yield Fact(kind, record.endpoint, key, records, numbers, record.section)


def _is_telling(printed: Printed) -> bool:
    digits = f"{printed.stated}".replace(".", "").lstrip("0")
    return len(digits) > 1


def _pairs(paper: Paper, records: list[Statistic]) -> Iterator[list[Statistic]]:
    """Two numbers of one endpoint that a sentence or a table's row compares, where it has no more of them."""
    groups: dict[object, list[Statistic]] = {}
    for record in records:
        if record.measure in ("median", "mean", "rate") and not record.endpoint.startswith(
            ("AE:", "baseline:", "other")
        ):
            found = paper.cell_of(record)
            sentence = paper.sentence_of(record)
            where = (found[0].start, found[1].row) if found else sentence.index if sentence else None
            groups.setdefault((where, record.endpoint, record.measure, record.at), []).append(record)
    for (where, *_), group in ((key, group) for key, group in groups.items() if isinstance(key, tuple)):
        if where is not None and len(group) == 2:
            yield group
