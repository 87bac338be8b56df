"""Values whose endpoint only their p-value names: `(8.4 v 5.1 months, P = .01 for PFS; 23.5 v 13.1, P = .2 for OS)`."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.pvalues import PValue
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_FOR = re.compile(r"\s(?:for|in)\s(?:the\s)?(?:median\s)?")
_MEDIANS = re.compile(r"\)?[;,]\s(?:with\s)?(?:an?\s|the\s)?median\s[^.;,()\d]{2,60}")
_KINDS = {"time": ("time", "span"), "percent": ("time", "rate", "event")}


def named_behind(scene: Scene, p: PValue, endpoints: list[Endpoint]) -> Endpoint | None:
    """The endpoint that stands right behind a p-value: `P = .01 for PFS`."""
    named = next((e for e in endpoints if e.start >= p.end), None)
    return named if named is not None and _FOR.fullmatch(scene.text, p.end, named.start) else None


def name_by_pvalues(scene: Scene, pvalues: list[PValue], groups: list[list[Endpoint]], values: list[Value]) -> None:
    """Give values in brackets the endpoint that the p-value behind them names."""
    endpoints = [e for group in groups for e in group]
    for p in pvalues:
        bracket, endpoint = scene.bracket_of(p.start), named_behind(scene, p, endpoints)
        if bracket is None or endpoint is None:
            continue
        start = max(bracket[0], scene.text.rfind(";", bracket[0], p.start))
        if any(start <= e.start and e.end <= p.start for e in endpoints):
            continue
        for value in values:
            if start <= value.start and value.end <= p.start and endpoint.kind in _KINDS.get(value.kind, ()):
                value.endpoint, value.named_at, value.named_to = endpoint.code, bracket[0], bracket[0]


def medians_behind(scene: Scene, batch: list[PValue], stated: list[Value], claimed: list[Value]) -> list[Value]:
    """`(HR 0.48; P < .001); median PFS was 12.4 v 8.4 months`: the times of the comparison that the ratio is of."""
    p = batch[0]
    pair = [v for v in stated if v.start >= p.end][:2]
    if (
        len(batch) > 1
        or len(pair) < 2
        or claimed[-1].kind != "ratio"
        or any(place > p.start for place in scene.p_places)
    ):
        return []
    alike = all(v.kind == "time" and v.endpoint == claimed[-1].endpoint and "p" not in v.fields for v in pair)
    return pair if alike and _MEDIANS.fullmatch(scene.text, p.end, pair[0].left) else []
