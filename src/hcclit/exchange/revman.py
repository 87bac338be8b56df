"""RevMan: the two CSV files of its import of study data, arms and results.

The columns are those of the files that RevMan itself imports and exports (Cochrane's RevMan knowledge base, "Populate
study data" and "Data package specification"). A ratio is a contrast: `Mean` is its natural logarithm and `SE` the
standard error of that, the estimate and its interval as stated stand in `Exp mean`, `Exp CI start` and `Exp CI end`. A
count of an arm with its denominator is a row of that arm, with `Cases` and `Sample size`.

RevMan takes one result for an outcome and two arms; where a paper has several, none is chosen for the reviewer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from hcclit.exchange.effects import Effect
from hcclit.exchange.papers import Problem
from hcclit.records import Record, Statistic

ARMS = ("Study", "Arm", "Description", "Intervention")
RESULTS = (
    "Study", "Outcome", "Data type", "Effect measure", "Arm", "Reference arm", "Sample size", "Cases", "Mean", "SD",
    "SE", "Variance", "CI level", "CI start", "CI end", "Exp mean", "Exp CI start", "Exp CI end", "t-test", "z-test",
    "P value", "Covariance method", "Covariance", "Other arm 1", "Other arm 2", "Correlation arm 1",
    "Correlation arm 2", "Correlation", "Other mean", "Other SE", "Other variance", "Other CI level",
    "Other CI start", "Other CI end", "Other exp mean", "Other exp CI start", "Other exp CI end", "Other t-test",
    "Other z-test", "Other P value", "Footnotes",
)  # fmt: skip

Row = Mapping[str, object]
_KEY = ("Study", "Outcome", "Effect measure", "Arm", "Reference arm")


def study_files(effects: Iterable[Effect], records: Iterable[Record]) -> tuple[dict[str, str], list[Problem]]:
    """The files by name, and the results that are ambiguous, which are left out.

    Args:
        effects: of all papers; those without arms, of a factor, or without a standard error have no place in RevMan.
        records: of all papers, for the counts of arms.
    """
    rows = [_contrast(effect) for effect in effects if _comparable(effect)]
    rows += [_arm(record) for record in records if _counted(record)]
    by_key: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        found = by_key.setdefault(tuple(row.get(name) for name in _KEY), [])
        if row not in found:
            found.append(row)
    kept = [found[0] for found in by_key.values() if len(found) == 1]
    problems = [
        Problem(" ".join(str(part) for part in key if part), f"{len(found)} different results; enter the right one")
        for key, found in by_key.items()
        if len(found) > 1
    ]
    arms = dict.fromkeys(
        (row["Study"], row[side]) for row in kept for side in ("Arm", "Reference arm") if row.get(side)
    )
    studies = [{"Study": study, "Arm": arm, "Intervention": arm} for study, arm in arms]
    return {"study-arms.csv": _csv(ARMS, studies), "study-results.csv": _csv(RESULTS, kept)}, problems


def _comparable(effect: Effect) -> bool:
    return bool(effect.arm and effect.comparator and effect.se and effect.factor is None)


def _contrast(effect: Effect) -> Row:
    return {
        "Study": effect.study, "Outcome": _outcome(effect.endpoint, effect.at), "Data type": "Dichotomous",
        "Effect measure": effect.measure, "Arm": effect.arm, "Reference arm": effect.comparator,
        "Mean": effect.log_estimate, "SE": effect.se, "CI level": effect.ci_level if effect.se_from == "ci" else None,
        "Exp mean": effect.estimate, "Exp CI start": effect.ci_low, "Exp CI end": effect.ci_high,
        "P value": effect.p if effect.p_op in (None, "=") else None,
        "Footnotes": f"{effect.doc_id} {effect.span}",
    }  # fmt: skip


def _counted(record: Record) -> bool:
    """Whether a record is a count of an arm of this paper with its denominator."""
    if not isinstance(record, Statistic) or record.subject in ("cited", "general") or record.measure != "rate":
        return False
    return record.group is not None and record.n is not None and record.total is not None


def _arm(record: Record) -> Row:
    assert isinstance(record, Statistic)
    return {
        "Study": record.doc_id, "Outcome": _outcome(record.endpoint, record.at), "Data type": "Dichotomous",
        "Arm": record.group, "Cases": record.n, "Sample size": record.total,
    }  # fmt: skip


def _outcome(endpoint: str, at: str | None) -> str:
    return f"{endpoint} at {at}" if at else endpoint


def _csv(names: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
