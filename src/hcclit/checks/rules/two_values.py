"""One fact with two values: the same statement in abstract, text, table or caption, with one number that differs.

Formula: of two statements on one endpoint with three numbers each (estimate and both limits, two arms and their
p-value, CR and PR and SD), two numbers are the same and the third is not. Printed with the same decimals, the same
numbers are equal; with other decimals, one rounds (or is cut) to the other.

Source: such slips between abstract and paper are counted by Pitkin et al. (JAMA 1999;281:1110-1111); CONSORT for
abstracts (Hopewell et al., Lancet 2008;371:281-283) names what an abstract must repeat.

Left alone: endpoints that are not known; a sensitivity analysis against the main one, a univariate against a
multivariate one; a statement whose sentence has another that is the counterpart (the second item of a list with
`respectively`); two statements of one section, or of tables; two statements that each have a counterpart with all three
numbers; numbers of one digit; facts that are told apart by their words alone (other populations, subgroups, assessors).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, islice

from hcclit.checks.facts import Fact, find_facts
from hcclit.checks.intervals import Stated
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper

NAME = __name__.rpartition(".")[2]
_SENSITIVITY = re.compile(
    r"sensitivity anal|did not change|(?:when|after) (?:we )?(?:adjust|consider|exclud|includ)|per[- ]protocol|\bimput"
    r"|missing(?:ness)?\b|robust",
    re.IGNORECASE,
)
_CRUDE = re.compile(r"\bunivari|\bunadjusted|\bcrude", re.IGNORECASE)
_ADJUSTED = re.compile(r"\bmultivari|\bmultivariable|\badjusted", re.IGNORECASE)
_MOST = 400
"""No paper states more, and each is held against each."""


def check(paper: Paper) -> Iterator[Finding]:
    """Find statements that differ from a twin in one number."""
    facts = list(islice(find_facts(paper), _MOST))
    pairs = [(a, b) for a, b in combinations(facts, 2) if _may_be_one(a, b)]
    pairs = [pair for pair in pairs if not _is_of_another_analysis(paper, pair)]
    twins = [pair for pair in pairs if not _differing(*pair)]
    settled = {id(fact) for pair in twins for fact in pair}
    listed = {_listing(paper, a, b) for pair in twins for a, b in (pair, pair[::-1])}
    told: set[int] = set()
    for pair in pairs:
        # the one without a counterpart is the one in question
        first, second = sorted(pair, key=lambda fact: id(fact) in settled)
        differing = _differing(first, second)
        is_listed = _listing(paper, first, second) in listed
        if len(differing) == 1 and id(first) not in settled | told and not is_listed:
            told |= {id(first), id(second)} - settled
            yield _finding(paper, differing[0], first, second)


def _may_be_one(first: Fact, second: Fact) -> bool:
    same = (first.kind, first.key) == (second.kind, second.key)
    endpoints = {first.endpoint, second.endpoint}
    is_one = endpoints != {"other"} and (len(endpoints) == 1 or "other" in endpoints)
    return same and first.section != second.section and is_one


def _is_of_another_analysis(paper: Paper, pair: tuple[Fact, Fact]) -> bool:
    """Whether one of two statements, and not the other, is told as a sensitivity analysis, or one is univariate."""
    first, second = (sentence.text if (sentence := paper.sentence_of(fact.records[0])) else "" for fact in pair)
    if bool(_SENSITIVITY.search(first)) != bool(_SENSITIVITY.search(second)):
        return True
    crude, adjusted = ((bool(each.search(first)), bool(each.search(second))) for each in (_CRUDE, _ADJUSTED))
    return crude[0] != crude[1] and adjusted[0] != adjusted[1] and crude != adjusted


def _listing(paper: Paper, first: Fact, second: Fact) -> tuple[int, int]:
    """The sentence of one statement, and the other statement.

    Where a sentence holds a twin of it, another number of the sentence is another item: `were x and y, respectively`.
    """
    sentence = paper.sentence_of(first.records[0])
    return (sentence.index if sentence else -1 - id(first), id(second))


def _differing(first: Fact, second: Fact) -> list[str]:
    return [name for name in first.numbers if not _agree(first.numbers[name].stated, second.numbers[name].stated)]


def _agree(first: Stated, second: Stated) -> bool:
    """Whether both can be one number, as far as they are printed."""
    coarse, fine = sorted((first, second), key=lambda stated: stated.decimals)
    if coarse.decimals == fine.decimals:
        return coarse.value == fine.value
    return coarse.rounded_or_cut.holds(fine.value)


def _finding(paper: Paper, name: str, first: Fact, second: Fact) -> Finding:
    wrong, other = first.numbers[name], second.numbers[name]
    shared = [each for each in first.numbers if each != name]
    numbers = [fact.numbers[each] for each in shared for fact in (first, second)]
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning",
        message=f"The {name} is {wrong.stated} here ({first.section}) and {other.stated} there ({second.section}).",
        stated=str(wrong.stated),
        expected=str(other.stated),
        spans=tuple(dict.fromkeys(paper.span_of(each) for each in (wrong, other, *numbers))),
        computed=f"same {' and '.join(shared)}: {', '.join(str(first.numbers[each].stated) for each in shared)}",
        records=tuple(record.id for fact in (first, second) for record in fact.records),
    )
