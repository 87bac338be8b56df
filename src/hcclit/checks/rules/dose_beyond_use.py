"""A dose beyond any use of the drug, or in a unit that it cannot have.

Formula: for drugs taken every day, amount times administrations a day <= the most that was ever labelled or tried; for
drugs given now and then, one amount <= that. Grams and micrograms count as milligrams. A dose in micrograms that is
less than a thousandth of the most, and would be one if it were milligrams, has the wrong unit. A patient's dose above
the highest labelled one, but not above that, is a note.

Source: each limit has its own in `hcclit/checks/dose_limits.csv`: the label's highest dose, or the highest of a trial
where that is above it, and room above both, so that it is no opinion on dosing.

Left alone: drugs that are not in the table, doses in another unit than the table's, cumulative and total doses,
animals, cells, overdoses that are called so; S-1, where `S1` is only the number of a figure.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hcclit.checks.intervals import Interval
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper, Printed
from hcclit.records import Dose

NAME = __name__.rpartition(".")[2]
_TO_TABLE = {
    "mg": ("mg", 1.0), "g": ("mg", 1000.0), "ug": ("mg", 0.001), "mg/m2": ("mg/m2", 1.0), "g/m2": ("mg/m2", 1000.0),
    "mg/kg": ("mg/kg", 1.0), "g/kg": ("mg/kg", 1000.0),
}  # fmt: skip
_TOO_LITTLE = 1000
_SURE = 0.6
"""Least confidence that a record's drug, amount and unit are right."""
_OTHER = re.compile(
    r"\b(?:total|cumulative|accumulat\w+|overdos\w+|mice|mouse|murine|rats?|rabbits?|dogs?|xenografts?|animals?"
    r"|in vitro|cells? lines?|per cycle|whole course|toxic dose|lethal|LD50|infus\w+ over"
    r"|per week|weekly|a week|monthly)\b",
    re.IGNORECASE,
)
_S1 = re.compile(r"\bS-1\b|\bTS-?1\b|\b(?:tegafur|teysuno|gimeracil)", re.IGNORECASE)
"""The drug's names; `S1` alone is a figure or table of a supplement as a rule."""
_FIGURE = re.compile(
    r"\b(?:fig(?:ure)?s?\.?|tables?|supp\w*\.?|files?|appendix|text|movie|video|data)\s?S-?\d+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Limit:
    """The most of a drug, in the unit of its key, a day or at once, with its source.

    `labelled` is the highest labelled dose, infinite where labels do not say one in this unit; `most` has room above
    all that was tried.
    """

    is_daily: bool
    labelled: float
    most: float
    source: str


@cache
def limits() -> dict[tuple[str, str], Limit]:
    """The table's limits by drug and unit."""
    text = (files("hcclit.checks") / "dose_limits.csv").read_text(encoding="utf-8")
    return {
        (row["drug"], row["unit"]): Limit(
            row["per"] == "day", float(row["labelled"] or "inf"), float(row["most"]), row["source"]
        )
        for row in csv.DictReader(io.StringIO(text))
    }


def check(paper: Paper) -> Iterator[Finding]:
    """Find doses that nobody gives."""
    for dose in paper.of(Dose):
        unit, factor = _TO_TABLE.get(dose.unit, ("", 0.0))
        limit = limits().get((dose.drug, unit))
        printed = paper.printed(dose, dose.amount)
        if limit is None or printed is None or not _is_single(paper, dose):
            continue
        times = dose.per_day if limit.is_daily and dose.per_day else 1.0
        given = printed.stated.rounded * Interval.exactly(factor * times)
        is_patient = dose.subject == "patient"
        if given.low > limit.most or (is_patient and given.low > limit.labelled):
            most = limit.labelled if given.low <= limit.most else limit.most
            yield _finding(paper, (dose, printed), f"at most {most:g} {unit}", (given, limit, unit))
        elif dose.unit == "ug" and given.high < limit.most / _TOO_LITTLE and dose.amount <= limit.most:
            yield _finding(paper, (dose, printed), f"{dose.amount:g} mg", (given, limit, unit))


def _is_single(paper: Paper, dose: Dose) -> bool:
    """Whether it is one patient's dose at a time or a day, for all that its sentence says."""
    if (dose.confidence is not None and dose.confidence < _SURE) or (dose.per_day is not None and dose.per_day < 1):
        return False
    if found := paper.cell_of(dose):
        words = " ".join((found[0].caption, *found[1].row_heads, *found[1].column_heads))
    else:
        sentence = paper.sentence_of(dose)
        words = sentence.text if sentence else ""
    return not _OTHER.search(words) and (dose.drug != "s-1" or _speaks_of_s1(paper))


def _speaks_of_s1(paper: Paper) -> bool:
    text = paper.analysis.text
    return paper.once("speaks of S-1", lambda: _S1.search(_FIGURE.sub("", text)) is not None)


def _finding(paper: Paper, place: tuple[Dose, Printed], expected: str, sum_: tuple[Interval, Limit, str]) -> Finding:
    (dose, _), (given, limit, unit) = place, sum_
    amount = f"{(given.low + given.high) / 2:g} {unit}"
    often = f" {dose.per_day:g} times a day" if limit.is_daily and dose.per_day and dose.per_day != 1 else ""
    is_tried = limit.labelled < given.low <= limit.most
    is_little = given.high < limit.most and not is_tried
    what = "beyond any labelled" if is_tried else "far below any" if is_little else "beyond any"
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="note" if is_tried else "error" if is_little or given.low > 5 * limit.most else "warning",
        message=f"{dose.amount:g} {dose.unit} of {dose.drug}{often} is {what} use of it ({limit.source}).",
        stated=dose.text,
        expected=expected,
        spans=(paper.span_of(dose),),
        computed=f"{dose.amount:g} {dose.unit}{often} is {amount}{' a day' if limit.is_daily else ''}",
        records=(dose.id,),
    )
