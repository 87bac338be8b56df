"""Candidate values of a sentence: times, percentages and counts that nothing else has claimed.

A percentage takes its count and total with it (`14 (12.7%)`, `63.6% (70/110)`, `33 (55%; 95% CI 42-68) of 60`); a
number without a unit takes the unit that a list shares (`6.5 vs. 4.2 months`) or that follows its brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from hcclit.extractors.statistic.counts import counts_of
from hcclit.extractors.statistic.scene import Figure, Scene, mark
from hcclit.quantity import unit_at

ValueKind = Literal["time", "percent", "count", "ratio"]
TIME_UNITS = ("mo", "wk", "d", "a", "h")
PEOPLE = (
    r"(?:patients?|pts?|cases?|subjects?|participants?|men|women|males|females|individuals?|people|persons?|children|adults|responders?|recipients?"
    r"|survivors?|controls?|volunteers?|adolescents|infants|boys|girls|tumou?rs)"
)

_SHARED = re.compile(
    r"\s*(?:months?\s|years?\s|weeks?\s)?\s*(?:(?:in|for|with|on|among)\s[^,;()]{1,60}?)?\s*,?\s*(?:and|vs?\.?|versus|,|or|to|(?:as\s)?compared (?:with|to))\s*(?:the\s)?(?:median\s)?\s*"
)
_DIRECT = re.compile(r"\s*,?\s*(?:and|vs?\.?|versus|,|or|(?:as\s)?compared (?:with|to))\s*")
_NOT_A_RESULT = re.compile(
    r"(?:\b(?:at|after|within|every|for|during|per|by|aged?|ages|until|over|last|first|next|previous|past|than|before|since|day|days|week|weeks|month|months"
    r"|year|years|cycles?|grades?|stages?|phase|levels?|score|prior|preceding|following|additional|another|each|about every|initial|of age"
    r"|between|from|up to|to|minimum of|maximum of)|[<>≥≤+/-]|≥\s?)\s*$",
    re.I,
)
_DENOMINATOR = re.compile(
    r"(?:\d[%)\]]?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|none|all|most|half))\s*(?:patients?\s)?(?:/|(?:out )?of(?:\sthe|\sthese|\sall)?\s)\s*$", re.I
)
_CHANGE_AFTER = re.compile(
    r"\s(?:relative\s|absolute\s|proportional\s|significant\s|risk\s|overall\s)?(?:differences?|reductions?|increases?|improvements?|decreases?|lower|higher|greater|relative|confidence|power|CI)\b", re.I
)
_LEADS_TIME = re.compile(r"\b(?:median|mean|average|was|were|of|is|reached|=|:|,)\s*(?:about|approximately|only)?\s*[(\[]?$", re.I)
_FOR_A_MEDIAN = re.compile(r"\b(?:to|from|at|after|for|over|with)\s*$", re.I)
_OF_SOMETHING = re.compile(r"\s(?:of\s(?!median|mean|overall|survival|PFS|OS|follow|observation|age|those|patients|the)|old\b|earlier|later|longer|shorter|apart|ago|after|before|prior)", re.I)
_ONE_OF = re.compile(rf"\s*(?:(?:out )?of (?:the |all |these )?\d[\d,]*\s+)?(?:(?-i:[a-z-]+)\s+){{0,3}}?{PEOPLE}\b(?!\s(?:reports?|series|stud|control|fatality|group))", re.I)


@dataclass(slots=True)
class Value:
    """A value in the making. `left` and `right` enclose it with its count, unit and everything attached."""

    start: int
    end: int
    left: int
    right: int
    kind: ValueKind
    unit: str
    figure: Figure
    n: Figure | None = None
    total: Figure | None = None
    endpoint: str | None = None
    measure: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    order: int = -1  # its place among the values of its name
    named_at: int = -1  # where the endpoint that it belongs to is named


def find_values(scene: Scene) -> list[Value]:
    """Find the values of a sentence, in order, and mark their figures."""
    _share_units(scene)
    values = [*_times(scene), *_percentages(scene)]
    values += _counts(scene)
    return sorted(values, key=lambda v: v.start)


def _share_units(scene: Scene) -> None:
    """Give numbers without a unit the one that stands behind their brackets, or that their list shares."""
    free = [f for f in scene.figures if f.role is None]
    for figure in free:
        if figure.kind is None and (unit := _unit_behind_brackets(scene, figure)):
            figure.unit, figure.kind = unit, "percent" if unit == "%" else "time"
    for figure, following in reversed(list(zip(free, free[1:], strict=False))):
        if _can_take(figure, following, scene.skeleton(figure.end, following.start)):
            figure.unit, figure.kind = following.unit, following.kind
    for previous, figure in zip(free, free[1:], strict=False):
        gap = scene.skeleton(previous.unit_end, figure.start)
        if figure.is_decimal and _can_take(figure, previous, gap):
            figure.unit, figure.kind = previous.unit, previous.kind


def _can_take(figure: Figure, other: Figure, gap: str) -> bool:
    if not figure.is_plain and not (figure.sd is not None and figure.kind is None):
        return False
    if other.kind not in ("time", "percent") or other.is_bound or figure.is_bound:
        return False
    pattern = _SHARED if figure.is_decimal else _DIRECT
    return bool(pattern.fullmatch(gap))


def _unit_behind_brackets(scene: Scene, figure: Figure) -> str | None:
    """`10.4 (95% CI 8.1-12.9) months`: the unit after the bracket that follows the number."""
    space = re.compile(r"\s*").match(scene.text, figure.end)
    place = space.end() if space else figure.end
    bracket = next((b for b in scene.brackets if b[0] == place), None)
    if bracket is None or not any(a[0] <= bracket[1] and bracket[0] <= a[0] for a in scene.asides):
        return None
    unit = unit_at(scene.text, bracket[1])
    return unit.code if unit and (unit.kind == "time" or unit.code == "%") and len(scene.text[unit.start : unit.end]) > 1 or unit and unit.code == "%" else None


def _times(scene: Scene) -> Iterator[Value]:
    for figure in scene.figures:
        if figure.kind != "time" or figure.role is not None or figure.unit not in TIME_UNITS or figure.is_bound:
            continue
        if _is_span_of(scene, figure) or _CHANGE_AFTER.match(scene.text, figure.unit_end):
            continue
        if "-" in scene.text[figure.end : figure.unit_end] or not _may_be_result(scene, figure):
            continue
        mark([figure], "value")
        end = figure.unit_end
        yield Value(figure.start, end, figure.left, end, "time", figure.unit, figure)


def _is_span_of(scene: Scene, figure: Figure) -> bool:
    """`5 years of letrozole`, `2 months earlier`; not `a median OS of 9 months after TACE`."""
    found = _OF_SOMETHING.match(scene.text, figure.unit_end)
    if found is None or figure.has_interval:
        return False
    before = scene.text[max(0, figure.left - 40) : figure.left]
    return not (found.group().strip() in ("after", "before", "prior") and re.search(r"\b(?:median|mean)\b", before))


def _may_be_result(scene: Scene, figure: Figure) -> bool:
    """Whether the word before a time lets it be a result: not `every 4 weeks`, not `for 6 months`."""
    before = scene.text[max(0, figure.left - 24) : figure.left]
    if figure.has_interval or figure.sd is not None:
        return True
    if re.search(r"\b(?:compared (?:with|to)|versus|vs\.?|ranged from|(?:increased|improved|prolonged|extended|rose|fell|decreased|reduced) (?:from|to|by))\s*$", before):
        return not before.rstrip().endswith("by")
    if re.search(r"\b(?:correspond\w+|amount\w+|equal|estimated|equivalent) to\s(?:be\s)?$", before):
        return True
    if re.search(r"\bfrom\s[\d.]+\s?(?:months?|years?|weeks?|days)?\s*to\s*$", scene.text[max(0, figure.left - 30) : figure.left]):
        return True
    return not _NOT_A_RESULT.search(re.sub(r"(?:only|just|approximately|about|nearly|almost)\s*$", "", before, flags=re.I))


def _percentages(scene: Scene) -> Iterator[Value]:
    for figure in scene.figures:
        if figure.kind != "percent" or figure.role is not None or figure.value > 100 or _is_negative(scene, figure):
            continue
        if _CHANGE_AFTER.match(scene.text, figure.unit_end):
            continue
        n, total = counts_of(scene, figure)
        left = min(figure.left, n.left if n is not None else figure.left)
        right = max([figure.unit_end] + [f.unit_end for f in (n, total) if f is not None])
        mark([f for f in (n, total) if f is not None], "count")
        if figure.is_bound:
            if n is not None and figure.comparator == "<":  # "two (<1%)": the count is what is stated
                yield Value(n.start, n.end, n.left, right, "count", "1", n)
            continue
        mark([figure], "value")
        yield Value(figure.start, figure.unit_end, left, right, "percent", "%", figure, n, total)


def _is_negative(scene: Scene, figure: Figure) -> bool:
    return bool(re.search(r"(?:^|[\s(\[])-\s?$", scene.text[max(0, figure.left - 3) : figure.left]))


def _counts(scene: Scene) -> Iterator[Value]:
    """Whole numbers that nothing else has claimed; most of them are no results."""
    for figure in scene.figures:
        if figure.role is not None or not figure.is_plain or figure.is_bound or figure.value != int(figure.value):
            continue
        if not 0 < figure.value < 1_000_000 or _DENOMINATOR.search(scene.text[max(0, figure.left - 30) : figure.left]):
            continue
        yield Value(figure.start, figure.end, figure.left, _past_people(scene, figure), "count", "1", figure)


def _past_people(scene: Scene, figure: Figure) -> int:
    match = _ONE_OF.match(scene.text, figure.end)
    return match.end() if match else figure.end
