"""A median progression-free survival that is longer than the median overall survival of the same patients.

Formula: who has died has progressed or died, so at every time fewer are alive without progression than alive, and the
median of PFS is at most that of OS. Time to progression leaves the deaths out, and may be longer: a note.

Source: FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics, 2018: PFS counts progression or
death, TTP progression alone.

Left alone: medians of different groups or paragraphs (in a table: columns), of subgroups, of other work unless the same
study is named, from another analysis; groups for which a paragraph gives several; a median that is not reached.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator

from hcclit.checks.intervals import Interval
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper, Printed
from hcclit.records import Statistic

NAME = __name__.rpartition(".")[2]
_MONTHS = {"d": 12 / 365.25, "wk": 12 * 7 / 365.25, "mo": 1.0, "a": 12.0}
_SURE = 0.7
"""Least confidence that a record's endpoint and value are right."""
_OTHER_POPULATION = re.compile(
    r"subgroup|responder|respon(?:se|ded)|second[- ]line|subsequent|post-?progression|after progression|landmark"
    r"|previous|final analysis|interim|update",
    re.IGNORECASE,
)


def check(paper: Paper) -> Iterator[Finding]:
    """Find groups whose disease goes on after their death."""
    for told in _scopes(paper).values():
        alike = Counter((each.endpoint, each.group) for each in told)
        once = [each for each in told if alike[each.endpoint, each.group] == 1 and _is_sure(each)]
        survivals = {each.group: each for each in once if each.endpoint == "OS"}
        is_one_group = len({each.group for each in told}) == 1
        for other in once:
            survival = survivals.get(other.group)
            if other.endpoint in {"PFS", "TTP"} and survival and (other.group or is_one_group):
                yield from _compare(paper, survival, other)


def _scopes(paper: Paper) -> dict[tuple[Hashable, ...], list[Statistic]]:
    """Medians of survival by whom they are about and where: the paragraph, the column of a table."""
    scopes: dict[tuple[Hashable, ...], list[Statistic]] = {}
    for record in paper.statistics:
        if record.measure != "median" or record.endpoint not in {"OS", "PFS", "TTP"}:
            continue
        if record.subject == "cited" and record.study is None:
            continue
        if found := paper.cell_of(record):
            place: tuple[Hashable, ...] = ("table", found[0].start, found[1].column)
        elif (sentence := paper.sentence_of(record)) and not _OTHER_POPULATION.search(sentence.text):
            place = ("text", sentence.passage)
        else:
            continue
        scopes.setdefault((*place, record.subject, record.study), []).append(record)
    return scopes


def _is_sure(record: Statistic) -> bool:
    is_sure = record.confidence is None or record.confidence >= _SURE
    return is_sure and record.at is None and record.factor is None and record.unit in _MONTHS


def _compare(paper: Paper, survival: Statistic, other: Statistic) -> Iterator[Finding]:
    printed = [found for each in (other, survival) if (found := paper.printed(each, each.value))]
    if len(printed) < 2:
        return
    without, alive = (_months(*each) for each in zip(printed, (other, survival), strict=True))
    if without.low <= alive.high:
        return
    spans = tuple(map(paper.span_of, printed))
    group = survival.group or "all patients"
    but = "" if other.endpoint == "PFS" else ", which is possible only where many die without progression"
    yield Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning" if other.endpoint == "PFS" else "note",
        message=f"The median {other.endpoint} of {group} ({other.text}) is longer than the median OS ({survival.text})"
        f"{but}.",
        stated=other.text,
        expected=f"at most {survival.text}",
        spans=spans,
        computed=f"{without.low:.3g} months > {alive.high:.3g} months",
        records=(other.id, survival.id),
    )


def _months(printed: Printed, record: Statistic) -> Interval:
    return printed.stated.rounded * Interval.exactly(_MONTHS[record.unit or "mo"])
