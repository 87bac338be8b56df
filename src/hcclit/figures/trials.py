"""A trial's medians and effects as plain data: this paper's own cohort only, what is stated twice once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeGuard

from hcclit.figures.rows import Interval, Row, RowPlot, Section
from hcclit.figures.times import DAYS
from hcclit.figures.wording import endpoint_name, number, plain
from hcclit.records import Record, Statistic

_DURATIONS = (
    "OS", "PFS", "TTP", "TTSP", "DFS", "time_to_response", "duration_of_response", "treatment_duration", "follow_up",
)  # fmt: skip
_UNITS = {"wk": " weeks", "d": " days", "a": " years"}
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MONTHS = {"mo": 1.0, "wk": DAYS["W"] / DAYS["M"], "d": 1 / DAYS["M"], "a": DAYS["Y"] / DAYS["M"]}
_RATIOS = {"HR": "hazard ratio", "OR": "odds ratio", "RR": "risk ratio"}


def medians_of(name: str, records: Sequence[Record]) -> RowPlot | None:
    """Medians of times by arm, in months; None where there are none. `name` is the paper's."""
    found = [s for s in _own(records) if s.measure == "median" and s.endpoint in _DURATIONS and s.unit in _MONTHS]
    sections = []
    for endpoint in _DURATIONS:
        rows = _rows([s for s in found if s.endpoint == endpoint])
        if rows:
            sections.append(Section(endpoint_name(endpoint), rows))
    title = f"Medians by arm ({name})"
    return RowPlot("medians", title, "months", log=False, sections=tuple(sections)) if sections else None


def is_effect(record: Record) -> TypeGuard[Statistic]:
    """Whether a record is a hazard, odds or risk ratio of this paper's own cohort."""
    return isinstance(record, Statistic) and record.subject == "cohort" and record.measure in _RATIOS


def effects_of(name: str, records: Sequence[Record]) -> RowPlot | None:
    """Hazard, odds and risk ratios; None where there are none. `name` is the paper's."""
    return _forest("forest", f"Hazard, odds and risk ratios ({name})", [("", [r for r in records if is_effect(r)])])


def effects_over(papers: Sequence[tuple[str, Sequence[Statistic]]]) -> RowPlot | None:
    """The ratios of several papers, each with its name, side by side by endpoint."""
    return _forest("forest", "Hazard, odds and risk ratios of all papers", papers)


def _forest(name: str, title: str, papers: Sequence[tuple[str, Sequence[Statistic]]]) -> RowPlot | None:
    groups: dict[tuple[str, str], list[Row]] = {}
    out = []
    for paper, effects in papers:
        out += [f"{s.measure} {number(s.value)} of {label_of(s)}: not above 0" for s in effects if s.value <= 0]
        drawn = [s for s in effects if s.value > 0]
        for key in dict.fromkeys((s.endpoint, s.measure) for s in drawn):
            rows = _rows([s for s in drawn if (s.endpoint, s.measure) == key])
            groups.setdefault(key, []).extend(
                replace(r, label=f"{paper}: {r.label}" if paper else r.label) for r in rows
            )
    sections = tuple(Section(heading_of(*key), tuple(rows)) for key, rows in groups.items())
    return (
        RowPlot(name, title, "ratio (log scale)", log=True, sections=sections, left_out=tuple(out)) if groups else None
    )


def heading_of(endpoint: str, measure: str) -> str:
    """What stands over the ratios of one endpoint."""
    return f"{endpoint_name(endpoint)}, {_RATIOS[measure]}"


def _own(records: Sequence[Record]) -> Iterable[Statistic]:
    return (r for r in records if isinstance(r, Statistic) and r.subject == "cohort")


def _rows(statistics: Sequence[Statistic]) -> tuple[Row, ...]:
    """A row for each value: what another place states with less about it is the same."""
    kept: list[Statistic] = []
    for each in statistics:
        index = next((i for i, other in enumerate(kept) if _same(each, other)), None)
        if index is None:
            kept.append(each)
        elif _says(each) > _says(kept[index]):
            kept[index] = each
    return tuple(row_of(each) for each in kept)


_LABELS = ("group", "comparator_group", "factor")
_ENDS = ("ci_low", "ci_high", "range_low", "range_high")


def _same(a: Statistic, b: Statistic) -> bool:
    """Whether two places state one number: of one group, or with one interval, and nothing against it."""
    if (a.value, a.unit) != (b.value, b.unit):
        return False
    return (_agree(a, b, _LABELS, strictly=True) and _agree(a, b, _ENDS)) or (
        any(getattr(a, end) is not None for end in _ENDS)
        and _agree(a, b, _ENDS, strictly=True)
        and _agree(a, b, _LABELS)
    )


def _agree(a: Statistic, b: Statistic, names: tuple[str, ...], *, strictly: bool = False) -> bool:
    """Whether fields are equal, letters' case aside; if not `strictly`, one that is not stated agrees with any."""
    pairs = [(_folded(getattr(a, name)), _folded(getattr(b, name))) for name in names]
    return all(x == y or (not strictly and (x is None or y is None)) for x, y in pairs)


def _folded(value: str | float | None) -> str | float | None:
    return value.casefold() if isinstance(value, str) else value


def _says(statistic: Statistic) -> int:
    return sum(getattr(statistic, name) is not None for name in (*_LABELS, *_ENDS))


def label_of(statistic: Statistic) -> str:
    """Whom or what a number is about: a factor, a comparison, an arm, or all patients."""
    group = plain(statistic.group or "")
    if statistic.comparator_group:
        group = f"{group or 'group not stated'} vs {plain(statistic.comparator_group)}"
    if statistic.factor:
        factor = plain(statistic.factor)
        return f"{factor}: {group}" if group and group.lower() not in factor.lower() else factor
    if not group:
        return "factor not stated" if statistic.measure in _RATIOS else "all patients"
    return group


def row_of(statistic: Statistic) -> Row:
    """The row of one number."""
    factor = _MONTHS.get(statistic.unit or "", 1.0)
    stated = list(_intervals(statistic))
    drawn = tuple(replace(i, low=_times(i.low, factor), high=_times(i.high, factor)) for i in stated)
    value = _as_stated(statistic)
    unit = _UNITS.get(statistic.unit or "", "")
    text = " ".join([f"{value}{unit}", *(f"({_words(i, _decimals(value))})" for i in stated)])
    return Row(label_of(statistic), statistic.value * factor, drawn, text)


def _as_stated(statistic: Statistic) -> str:
    """The value with the digits that the paper prints: `12.0`."""
    printed = _NUMBER.match(statistic.text.replace("·", "."))
    return printed[0] if printed and float(printed[0]) == statistic.value else number(statistic.value)


def _decimals(written: str) -> int:
    return len(written.partition(".")[2])


def _intervals(s: Statistic) -> Iterable[Interval]:
    if s.ci_low is not None or s.ci_high is not None:
        yield Interval("CI", s.ci_low, s.ci_high, s.ci_level or 95)
    if s.range_low is not None or s.range_high is not None:
        yield Interval("IQR" if s.range_kind == "iqr" else "range", s.range_low, s.range_high)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _words(interval: Interval, decimals: int) -> str:
    """`95% CI 0.45–1.00`, an open end as `NR` (not reached).

    An end gets the zeros back that numbers lose, if the other has as many decimals as the value between them.
    """
    written = [number(end) for end in (interval.low, interval.high) if end is not None]
    padded = max(map(_decimals, written), default=0) == decimals
    ends = "–".join(
        "NR" if end is None else (f"{end:,.{decimals}f}" if padded else number(end))
        for end in (interval.low, interval.high)
    )
    kind = f"{number(interval.level or 95)}% CI" if interval.kind == "CI" else interval.kind
    return f"{kind} {ends}"
