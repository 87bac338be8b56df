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
from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.scene import Figure, Scene, mark
from hcclit.extractors.statistic.units import share_units

ValueKind = Literal["time", "percent", "count", "ratio"]
TIME_UNITS = ("mo", "wk", "d", "a", "h")
PEOPLE = (
    r"(?:patients?|pts?|cases?|subjects?|participants?|men|women|males|females|individuals?|people|persons?|children"
    r"|adults|responders?|recipients?|survivors?|controls?|volunteers?|adolescents|infants|boys|girls|tumou?rs"
    r"|smokers|caregivers|carers|parents|relatives)"
)

_NO_RESULT = re.compile(rf"(?:\b{any_of('no result before')}|[<>≥≤+/-]|≥\s?)\s*$", re.I)
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|rang(?:ed|ing) from"
    r"|(?:increased|improved|prolonged|extended|rose|fell|decreased|reduced) (?:from|to|by))\s*$"
)
_CORRESPONDS = re.compile(r"\b(?:correspond\w+|amount\w+|equal|estimated|equivalent) to\s(?:be\s)?$")
_FROM_TO = re.compile(r"\bfrom\s[\d.]+\s?(?:months?|years?|weeks?|days)?\s*to\s*$")
_CHANGED_TO = re.compile(r"\b(?:PFS|OS|DFS|TTP|survival|progression|response)\s(?:times?\s)?(?:to|from)\s*$")
_AND_FROM = re.compile(r"\b(?:and|versus|vs|but|than)\sfrom\s$")
_FOLLOWED_FOR = re.compile(r"(?<!be )\bfollowed(?:[- ]up)?\s(?:for|from)\s$")
_MEDIAN_AFTER = re.compile(r"'?\s(?:of\s)?(?:median|mean)\sfollow")
_MEDIAN_NEXT = re.compile(rf"\s(?:median|mean)\s(?![^.;,()]{{0,50}}\b{any_of('difference')}\b)")
_ABOUT = re.compile(r"(?:only|just|approximately|about|nearly|almost)\s*$", re.I)
_DENOMINATOR = re.compile(
    r"(?:\d[%)\]]?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|none|all|most|half))\s*"
    r"(?:patients?\s)?(?:/|(?:out )?of(?:\sthe|\sthese|\sall)?\s)\s*$",
    re.I,
)
_CHANGE_AFTER = re.compile(
    rf"\s(?:relative\s|absolute\s|proportional\s|significant\s|risk\s|overall\s)?{any_of('change after')}\b", re.I
)
_PLANNED = re.compile(r"\s*of (?:the )?(?:planned|expected|required|total|full|information)")
_OF_SOMETHING = re.compile(
    r"\s(?:of\s(?!median|mean|overall|survival|PFS|OS|follow|observation|age|those|patients|the)"
    r"|old\b|earlier|later|longer|shorter|apart|ago|after|before|prior)",
    re.I,
)
_ONE_OF_THINGS = re.compile(rf"[Oo]ne of the (?!(?:(?-i:[a-z-]+)\s){{0,2}}{PEOPLE}\b)")
_YEARS = (1950, 2099)
_OF_AGE = re.compile(r"\sof age\b")
_ONE_OF = re.compile(
    r"\s*(?:(?:out )?of (?:the |all |these )?\d[\d,]*\s+)?(?:(?-i:[a-z-]+)\s+){0,3}?"
    rf"{PEOPLE}\b(?!\s(?:reports?|series|stud|control|fatality|group))",
    re.I,
)


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
    named_to: int = -1
    is_part: bool = False  # of a count before it
    has_parts: bool = False  # that stand behind it


def find_values(scene: Scene) -> list[Value]:
    """Find the values of a sentence, in order, and mark their figures."""
    share_units(scene)
    values = [*_times(scene), *_percentages(scene)]
    values += _counts(scene)
    return sorted(values, key=lambda v: v.start)


def _times(scene: Scene) -> Iterator[Value]:
    for figure in scene.figures:
        if figure.kind != "time" or figure.role is not None or figure.unit not in TIME_UNITS or figure.is_bound:
            continue
        if _is_span_of(scene, figure) or _CHANGE_AFTER.match(scene.text, figure.unit_end):
            continue
        hyphened = "-" in scene.text[figure.end : figure.unit_end]
        if (hyphened and not _MEDIAN_NEXT.match(scene.text, figure.unit_end)) or not _may_be_result(scene, figure):
            continue
        mark([figure], "value")
        end = figure.unit_end
        yield Value(figure.start, end, figure.left, end, "time", figure.unit, figure)


def _is_span_of(scene: Scene, figure: Figure) -> bool:
    """`5 years of letrozole`, `2 months earlier`; not `a median OS of 9 months after TACE`."""
    if _OF_AGE.match(scene.text, figure.unit_end):
        return True
    found = _OF_SOMETHING.match(scene.text, figure.unit_end)
    if found is None or figure.has_interval:
        return False
    before = scene.before(figure.left, 40)
    return not (found.group().strip() in ("after", "before", "prior") and re.search(r"\b(?:median|mean)\b", before))


def _may_be_result(scene: Scene, figure: Figure) -> bool:
    """Whether the word before a time lets it be a result: not `every 4 weeks`, not `for 6 months`."""
    if figure.has_interval or figure.sd is not None or _MEDIAN_AFTER.match(scene.text, figure.unit_end):
        return True
    before = scene.before(figure.left, 24)
    if _COMPARED.search(before):
        return not before.rstrip().endswith("by")
    if (
        _CORRESPONDS.search(before)
        or (figure.high is not None and _AND_FROM.search(before))
        or _CHANGED_TO.search(scene.before(figure.left, 30))
        or _FROM_TO.search(scene.before(figure.left, 30))
        or (figure.high is not None and _FOLLOWED_FOR.search(before))
    ):
        return True
    return not _NO_RESULT.search(_ABOUT.sub("", before))


def _percentages(scene: Scene) -> Iterator[Value]:
    for figure in scene.figures:
        if figure.kind != "percent" or figure.role is not None or figure.value > 100 or _is_negative(scene, figure):
            continue
        if _CHANGE_AFTER.match(scene.text, figure.unit_end) or _PLANNED.match(scene.text, figure.unit_end):
            continue
        n, total = counts_of(scene, figure)
        if n is not None and _is_set(scene, figure, n):
            continue
        apart = n is not None and re.search(r"\brates?\b", scene.text[n.end : figure.left])  # "(CR rate, 0.6%)"
        left = figure.left if n is None or apart else min(figure.left, n.left)
        right = max([figure.unit_end] + [f.unit_end for f in (n, total) if f is not None])
        mark((f for f in (n, total) if f is not None), "count")
        if figure.is_bound:
            if n is not None and figure.comparator == "<":  # "two (<1%)": the count is what is stated
                yield Value(n.start, n.end, n.left, right, "count", "1", n)
            continue
        mark([figure], "value")
        yield Value(figure.start, figure.unit_end, left, right, "percent", "%", figure, n, total)


def _is_set(scene: Scene, figure: Figure, n: Figure) -> bool:
    """`between the 291 (35%) patients in the one group and ...`: a share that tells who the patients are."""
    if not re.search(r"\bthe\s$", scene.before(n.left, 5)):
        return False
    return bool(re.match(rf"[)\]]\s{PEOPLE}", scene.text[figure.unit_end : figure.unit_end + 16]))


def _is_negative(scene: Scene, figure: Figure) -> bool:
    return bool(re.search(r"(?:^|[\s(\[])-\s?$", scene.before(figure.left, 3)))


def _counts(scene: Scene) -> Iterator[Value]:
    """Whole numbers that nothing else has claimed; most of them are no results."""
    for figure in scene.figures:
        if figure.role is not None or not figure.is_plain or figure.is_bound or figure.value != int(figure.value):
            continue
        if not 0 < figure.value < 1_000_000 or _DENOMINATOR.search(scene.before(figure.left, 30)):
            continue
        if _is_year(scene, figure) or (figure.value == 1 and _ONE_OF_THINGS.match(scene.text, figure.start)):
            continue
        yield Value(figure.start, figure.end, figure.left, _past_people(scene, figure), "count", "1", figure)


def _is_year(scene: Scene, figure: Figure) -> bool:
    """`published in 2014 confirmed that patients ...`."""
    if not _YEARS[0] <= figure.value <= _YEARS[1] or not re.search(r"\b[Ii]n\s$", scene.before(figure.start, 4)):
        return False
    return not re.match(rf"\s{PEOPLE}\b", scene.text[figure.end : figure.end + 20])


def _past_people(scene: Scene, figure: Figure) -> int:
    match = _ONE_OF.match(scene.text, figure.end)
    return match.end() if match else figure.end
