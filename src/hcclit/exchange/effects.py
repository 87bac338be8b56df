"""Effects for meta-analysis: a paper's hazard, odds and risk ratios on the log scale with their standard errors.

The standard error of a log ratio follows from its confidence interval, as it is symmetric on the log scale:
(ln high - ln low) / (2 z), z the normal quantile of the level; or, where only a p-value is stated, from
|ln ratio| / z(p), p two-sided (Cochrane Handbook, chapter 6.3.1 and 6.3.2; Altman and Bland, BMJ 2011;343:d2090). A
p-value that is stated as a bound (P<0.05) gives none. `se_from` says which of both it was.

A fact that a paper states several times is one row: rows that agree in everything that both state are put together, the
fullest gives the place. Results of other work, which a paper cites, are left out unless they are asked for: they belong
to the other paper.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from math import isfinite, log
from statistics import NormalDist
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from hcclit.records import Measure, Record, Statistic

RATIOS = ("HR", "OR", "RR")
_EQUAL = ("endpoint", "measure", "value", "subject", "factor", "at")
"""What two mentions of one fact state equally."""
_MERGED = ("group", "comparator_group", "ci_low", "ci_high", "ci_level", "p", "p_op", "study")
"""What two mentions of one fact may state or leave out, but not state differently."""


class Effect(BaseModel):
    """A row of the effect table: a ratio that a paper states, ready to be pooled."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    study: str
    """The study: the paper, or for cited work the trial or first author that the paper names."""
    doc_id: str
    """The paper that states it."""
    arm: str | None = None
    """The arm or subgroup that the ratio is of, as the text names it."""
    comparator: str | None = None
    """The arm that it is compared with."""
    endpoint: str
    """What is measured, as in the records."""
    factor: str | None = None
    """The factor of a regression; null for a comparison of arms."""
    at: str | None = None
    """The landmark, an ISO 8601 duration."""
    n: int | None = None
    """Patients in the arm, where the paper states one size for it."""
    n_comparator: int | None = None
    """Patients in the arm that it is compared with, where the paper states one size for it."""
    total: int | None = None
    """Patients in the whole study, where the paper states one size for it."""
    events: int | None = None
    """Patients with the event, where the text gives them with the ratio."""
    measure: Measure
    """Hazard ratio, odds ratio, or risk or rate ratio."""
    estimate: float
    """The ratio as stated."""
    ci_low: float | None = None
    """Low limit of its confidence interval."""
    ci_high: float | None = None
    """High limit of its confidence interval."""
    ci_level: float | None = None
    """Confidence level in percent."""
    p: float | None = None
    """The p-value as stated."""
    p_op: str | None = None
    """How the p-value is stated: `=`, `<`, ..."""
    log_estimate: float | None = None
    """Natural logarithm of the ratio (logHR, logOR, logRR); null for a ratio of 0."""
    se: float | None = None
    """Standard error of `log_estimate`."""
    se_from: Literal["ci", "p"] | None = None
    """What `se` was computed from: the confidence interval, or else the p-value."""
    yi: float | None = None
    """The same as `log_estimate`, by the name that metafor's own tables have."""
    sei: float | None = None
    """The same as `se`, by the name that metafor's own tables have."""
    subject: str | None = None
    """Whether it is of this paper (`cohort`, `patient`) or of other work (`cited`)."""
    mentions: int = 1
    """How often the paper states it."""
    span: str
    """Where it stands in the document's text, as start-end in Unicode code points; other mentions after `;`."""
    text: str
    """The mention."""
    page: int | None = None
    """Its page, in formats that have pages."""
    confidence: float | None = None
    """How likely span and core fields are right, of the mention that is given; null in gold."""
    record: str
    """The id of its record."""


def effects_of(records: Iterable[Record], cited: bool = False) -> list[Effect]:
    """The effects that a paper states, in the order of the text.

    Args:
        records: all records of one paper; sizes of arms come from them too.
        cited: whether to give the results of other work too.
    """
    statistics = [record for record in records if isinstance(record, Statistic)]
    own = [record for record in statistics if record.subject not in ("cited", "general")]
    ratios = [record for record in (statistics if cited else own) if record.measure in RATIOS]
    sizes = [record for record in own if record.endpoint == "sample_size" and record.measure == "count"]
    return [_effect(mentions, sizes) for mentions in _facts(ratios)]


def to_csv(effects: Iterable[Effect]) -> str:
    """Effects as CSV with a head; numbers with a point, empty cells for null."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(Effect.model_fields), lineterminator="\n")
    writer.writeheader()
    writer.writerows(effect.model_dump() for effect in effects)
    return out.getvalue()


def standard_error(low: float, high: float, level: float = 95) -> float | None:
    """The standard error of a log ratio by its confidence interval; None where the limits cannot be such.

    >>> round(standard_error(0.55, 0.87), 4)
    0.117
    """
    if not 0 < low < high or not isfinite(high) or not 0 < level < 100:
        return None
    return (log(high) - log(low)) / (2 * NormalDist().inv_cdf(0.5 + level / 200))


def standard_error_of_p(estimate: float, p: float) -> float | None:
    """The standard error of a log ratio by its two-sided p-value; None where that tells nothing.

    >>> round(standard_error_of_p(0.30, 0.034), 3)
    0.568
    """
    if estimate <= 0 or estimate == 1 or not 0 < p < 1:
        return None
    return abs(log(estimate)) / NormalDist().inv_cdf(1 - p / 2)


def _facts(ratios: Sequence[Statistic]) -> list[list[Statistic]]:
    """The mentions of each fact, the fullest first; facts in the order of their first mention."""
    facts: list[list[Statistic]] = []
    by_value: dict[tuple[object, ...], list[list[Statistic]]] = {}
    for record in sorted(ratios, key=lambda record: -_stated(record)):
        alike = by_value.setdefault(tuple(_folded(getattr(record, name)) for name in _EQUAL), [])
        fact = next((fact for fact in alike if all(_agree(record, other) for other in fact)), None)
        if fact is None:
            alike.append([record])
            facts.append(alike[-1])
        else:
            fact.append(record)
    return sorted(facts, key=lambda fact: min(record.start for record in fact))


def _stated(record: Statistic) -> int:
    return sum(getattr(record, name) is not None for name in _MERGED)


def _agree(one: Statistic, other: Statistic) -> bool:
    """Whether nothing that both mentions state differs."""
    pairs = ((_folded(getattr(one, name)), _folded(getattr(other, name))) for name in _MERGED)
    return all(a is None or b is None or a == b for a, b in pairs)


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def _effect(mentions: list[Statistic], sizes: list[Statistic]) -> Effect:
    fullest, own = mentions[0], sizes if mentions[0].subject != "cited" else []
    said = {name: next((v for m in mentions if (v := getattr(m, name)) is not None), None) for name in (*_MERGED, "n")}
    se, source = _error(fullest.value, said)
    logarithm = log(fullest.value) if fullest.value > 0 else None
    arm, comparator = said["group"], said["comparator_group"]
    n, n_comparator = (_size(own, group) if group else None for group in (arm, comparator))
    total = _size(own, None)
    if total is not None and total < (n or 0) + (n_comparator or 0):
        total = None  # the size of some part of the study
    return Effect(
        study=said["study"] or fullest.doc_id, doc_id=fullest.doc_id, arm=arm, comparator=comparator,
        endpoint=fullest.endpoint, factor=fullest.factor, at=fullest.at,
        n=n, n_comparator=n_comparator, total=total, events=said["n"], measure=fullest.measure, estimate=fullest.value,
        ci_low=said["ci_low"], ci_high=said["ci_high"], ci_level=said["ci_level"], p=said["p"], p_op=said["p_op"],
        log_estimate=logarithm, se=se, se_from=source, yi=logarithm, sei=se, subject=fullest.subject,
        mentions=len(mentions), span=";".join(f"{record.start}-{record.end}" for record in mentions),
        text=" ".join(fullest.text.split()), page=fullest.page, confidence=fullest.confidence, record=fullest.id,
    )  # fmt: skip


def _error(estimate: float, said: dict[str, Any]) -> tuple[float | None, Literal["ci", "p"] | None]:
    """The standard error and what it is from. An interval beside its own estimate is misprinted or misread."""
    low, high = said["ci_low"], said["ci_high"]
    if low is not None and high is not None:
        inside = low <= estimate <= high
        se = standard_error(low, high, said["ci_level"] or 95) if inside else None
        return se, "ci" if se else None
    if said["p"] is not None and said["p_op"] in (None, "="):
        se = standard_error_of_p(estimate, said["p"])
        return se, "p" if se else None
    return None, None


def _size(sizes: list[Statistic], group: str | None) -> int | None:
    """The size of an arm, or of the whole study, where the paper states one and no other."""
    stated = {record.value for record in sizes if _folded(record.group) == _folded(group)}
    return int(stated.pop()) if len(stated) == 1 else None
