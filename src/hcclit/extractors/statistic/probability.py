"""To which values a p-value belongs; where it has none, it is a record of its own (`measure` p)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.gaps import governs
from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.pvalues import PValue
from hcclit.extractors.statistic.scene import Figure, Scene
from hcclit.extractors.statistic.told_by_p import medians_behind, named_behind
from hcclit.extractors.statistic.values import PEOPLE, Value

_PREDICTS = re.compile(rf"\b{any_of('predicts')}\b", re.I)
_AGAIN = re.compile(r"\s(?:for|of)\s[a-z-]{4,20}[,;]\s(?:and\s)?")
_ALTHOUGH = re.compile(r"(?:[A-Z ]+: )?(?:Al)?[Tt]hough\b|While\b|Despite\b")
_PATIENTS = re.compile(rf"(?:/\d+)?\s{PEOPLE}\b")
_OF_DIFFERENCE = re.compile(r"\b[Dd]ifference,?\s(?:of\s|was\s|=\s|between [^,;.()\d]{3,60},\s)?-?\s?$")
_JOINED = re.compile(r"\s*(?:,|;|,?\s?and|,?\s?or)?\s*")


def attach_pvalues(
    scene: Scene, pvalues: list[PValue], values: list[Value], groups: list[list[Endpoint]]
) -> list[Value]:
    """Set `p` and `p_op` of values; give the p-values that are records of their own."""
    alone: list[Value] = []
    told = -1
    endpoints = [e for group in groups for e in group]
    stated = sorted((v for v in values if v.endpoint is not None), key=lambda v: v.start)
    for batch in _batches(scene, pvalues):
        claimed = _claimed(scene, batch, stated, endpoints)
        if claimed:
            _distribute(batch, claimed + medians_behind(scene, batch, stated, claimed))
            told = batch[-1].end
        elif told >= 0 and _AGAIN.fullmatch(scene.text, told, batch[0].start):
            continue  # a second test of the same values
        elif not _has_stranger(scene, batch[0], stated):
            alone += _records(scene, batch, groups, stated)
    return alone


def _batches(scene: Scene, pvalues: list[PValue]) -> Iterator[list[PValue]]:
    """P-values in one list: `P = 0.01 and P = 0.04, respectively`."""
    batch: list[PValue] = []
    for p in pvalues:
        joined = (
            batch
            and _JOINED.fullmatch(scene.text[batch[-1].end : p.start])
            and not (p.is_interaction or batch[-1].is_interaction)
        )
        if batch and not joined:
            yield batch
            batch = []
        batch.append(p)
    if batch:
        yield batch


def _claimed(scene: Scene, batch: list[PValue], stated: list[Value], endpoints: list[Endpoint]) -> list[Value]:
    """The values that a p-value, or a list of them, compares."""
    first, last = batch[0], batch[-1]
    if first.is_interaction:
        return []
    earlier = [v for v in stated if v.end <= first.start and not _is_difference(scene, v.figure)]
    nearest = earlier[-1] if earlier else None
    if (
        nearest is not None
        and not _leads_elsewhere(scene, nearest, first, endpoints)
        and _is_last_number(scene, nearest, first)
    ):
        shared = re.match(r"\s*(?:for|in)\s(?:all|both|each)|\s*each\b", scene.text[last.end : last.end + 20])
        open_ones = [
            v
            for v in earlier
            if v.endpoint == nearest.endpoint
            and "p" not in v.fields
            and not v.has_parts
            and (shared or not _other_ratio(v, nearest))
        ]
        if open_ones and nearest in open_ones:
            return open_ones + _in_bracket(scene, last, stated, nearest)
        return []
    return _following(scene, first, last, stated, endpoints)


def _other_ratio(value: Value, nearest: Value) -> bool:
    """A ratio of another factor keeps its own p: only neighbours without a factor share one."""
    return value.kind == "ratio" and nearest.kind == "ratio" and value is not nearest


def _leads_elsewhere(scene: Scene, value: Value, p: PValue, endpoints: list[Endpoint]) -> bool:
    """Whether another endpoint is named between a value and the p-value."""
    named = [e for e in endpoints if value.right <= e.start and e.end <= p.start]
    if named and all(e.topic == value.endpoint for e in named):
        return False
    return any(e.topic != value.endpoint and not _in_closed_bracket(scene, e, p) for e in named) or bool(
        re.search(r";\s", scene.skeleton(value.right, p.start)) and not _encloses(scene, p, value)
    )


def _encloses(scene: Scene, p: PValue, value: Value) -> bool:
    """Whether a value stands in the p-value's own brackets, or both outside any."""
    bracket = scene.bracket_of(p.start)
    return scene.bracket_of(value.start) is None if bracket is None else bracket[0] <= value.start < bracket[1]


def _in_closed_bracket(scene: Scene, endpoint: Endpoint, p: PValue) -> bool:
    bracket = scene.bracket_of(endpoint.start)
    return bracket is not None and not bracket[0] <= p.start < bracket[1]


def _is_last_number(scene: Scene, value: Value, p: PValue) -> bool:
    """No number that is no part of a statistic stands between a value and the p-value."""
    between = [f for f in scene.between(value.right, p.start) if f is not value.figure and _is_stranger(f)]
    return all(_PATIENTS.match(scene.text, f.end) or _is_difference(scene, f) for f in between)


def _is_difference(scene: Scene, figure: Figure) -> bool:
    """`(40% v 22%; difference 18%, p=0.01)`: the p-value is that of the two rates, too."""
    return figure.kind == "percent" and bool(_OF_DIFFERENCE.search(scene.before(figure.left, 80)))


def _is_stranger(figure: Figure) -> bool:
    if figure.is_word or figure.is_bound:
        return False
    return figure.role in (None, "value") and figure.kind in (None, "percent")


def _in_bracket(scene: Scene, p: PValue, stated: list[Value], like: Value) -> list[Value]:
    """`(P = .01, log-rank; HR 0.62)`: values after the p-value in its own brackets."""
    bracket = scene.bracket_of(p.start)
    if bracket is None or any(p.end <= place < bracket[1] for place in scene.p_places):
        return []
    return [v for v in stated if p.end <= v.start < bracket[1] and v.endpoint == like.endpoint and "p" not in v.fields]


def _following(
    scene: Scene, first: PValue, last: PValue, stated: list[Value], endpoints: list[Endpoint]
) -> list[Value]:
    """`PFS was longer with A (P = .01; median 5.6 v 4.1 months)`: the p-value stands before its values."""
    if _has_stranger(scene, first, stated):
        return []
    named = [e for e in endpoints if e.end <= first.start]
    later = [v for v in stated if v.start >= last.end and "p" not in v.fields]
    if not named or not later or later[0].endpoint != named[-1].topic:
        return []
    bracket = scene.bracket_of(first.start)
    inside = bracket is not None and later[0].start < bracket[1]
    gap = scene.skeleton(last.end, later[0].left)
    if not inside and (len(gap) > 80 or re.search(r";|(?<!vs)\.\s|\bbut\b|whereas", gap)):
        return []
    limit = bracket[1] if inside and bracket else len(scene.text)
    return [v for v in later if v.endpoint == later[0].endpoint and v.start < limit]


def _distribute(batch: list[PValue], values: list[Value]) -> None:
    """One p-value to all; several in order, a control arm that stands last in two comparisons has none."""
    if len(batch) == 1 or len({(p.figure.value, p.op) for p in batch}) == 1:
        pairs = [(v, batch[0]) for v in values]
    elif len(batch) in (len(values), len(values) - 1):
        pairs = list(zip(values, batch, strict=False))
    else:
        pairs = []
    for value, p in pairs:
        value.fields["p"], value.fields["p_op"] = p.figure.value, p.op


def _has_stranger(scene: Scene, p: PValue, stated: list[Value]) -> bool:
    """Whether a number that belongs to no statistic stands right before a p-value, or with it in brackets."""
    bracket = scene.bracket_of(p.start)
    own = {id(v.figure) for v in stated}
    near = scene.between(bracket[0] if bracket else max(0, p.start - 60), p.start)
    if bracket:
        near += scene.between(p.end, bracket[1])
    return any(_is_stranger(f) and id(f) not in own and not _is_label(scene, f) for f in near)


def _is_label(scene: Scene, figure: Figure) -> bool:
    """A digit of a name (`arm 1`, `grade 3`) or of a bound (`age ≤ 65`)."""
    return figure.is_bound or bool(
        re.search(
            r"(?:arm|group|grade|cohort|stage|PS|score|class|HER|level|phase)\s?$",
            scene.text[max(0, figure.left - 8) : figure.left],
            re.I,
        )
    )


def _records(scene: Scene, batch: list[PValue], groups: list[list[Endpoint]], stated: list[Value]) -> Iterator[Value]:
    named = _named(scene, batch, groups)
    if not named or (len(named) != len(batch) and len(named) != 1 and len(batch) != 1):
        return
    for index, p in enumerate(batch):
        endpoint = named[min(index, len(named) - 1)]
        if (
            endpoint.topic == "other"
            or endpoint.kind in ("span", "ae")
            or any(v.endpoint == endpoint.topic and v.fields.get("p") == p.figure.value for v in stated)
        ):
            continue
        figure = p.figure
        value = Value(
            figure.start, figure.end, p.start, figure.end, "ratio", "1", figure, endpoint=endpoint.topic, measure="p"
        )
        value.fields.update({"p": figure.value, "p_op": p.op})
        yield value


def _named(scene: Scene, batch: list[PValue], groups: list[list[Endpoint]]) -> list[Endpoint]:
    """The endpoints that p-values are about: the nearest before them in their clause, or those that are predicted."""
    p = batch[0]
    behind = named_behind(scene, batch[-1], [e for group in groups for e in group])
    if behind is not None and len(batch) == 1:
        return [behind]
    unlike = ("verb", "span", "ae") if p.is_interaction else ("verb",)
    before = [
        g
        for g in groups
        if g[-1].end <= p.start and g[-1].kind not in unlike and not _in_closed_bracket(scene, g[-1], p)
    ]
    before = [g for g in before if not all(e.weak for e in g)] or [g for g in before if g[-1].kind == "time"]
    if before:
        nearest = before[-1]
        bracket = scene.bracket_of(p.start)
        end = bracket[0] if bracket is not None and nearest[-1].end <= bracket[0] else p.start
        words = scene.skeleton(nearest[-1].end, end)
        if (
            len(words) < 200
            and ";" not in words
            and (governs(scene, nearest[-1].end, end) or re.match(r"[^.;]{0,60}\bbetween\b", words))
        ):
            return nearest if len(nearest) == len(batch) else [nearest[-1]] if len(nearest) == 1 else []
    endpoints = [e for group in groups for e in group if e.kind in ("time", "rate", "event")]
    if len({e.topic for e in endpoints}) == 1 and _PREDICTS.search(scene.text):
        return endpoints[:1]
    if not before and endpoints and _ALTHOUGH.match(scene.text):
        words = scene.text[p.end : endpoints[0].start]
        return endpoints[:1] if re.fullmatch(r"\)?,\s[^,;.()\d]{0,50}", words) else []
    return []
