"""The measure of a value: median, mean, rate, count or range."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_CUE = re.compile(r"\b(?P<median>medians?)\b|\b(?P<mean>means?|average|averaged)\b(?! age)", re.I)
_BOTH = re.compile(r"\b(mean|median) and (median|mean)\s+(?:overall\s)?$", re.I)
_RANGED = re.compile(r"\b(?:ranged?|ranging|ranges|varied|varying|varies|between)\b[^()\[\]]{0,25}$", re.I)
_LIMIT = re.compile(
    r"\b(?:(?P<low>minimum|shortest|minimal|at least)|(?P<high>maximum|longest|maximal|up to))\b[^()\[\];]{0,60}$", re.I
)
_STANDARD_ERROR = re.compile(r"\bSEM?\b|standard error", re.I)


def set_measures(scene: Scene, endpoints: list[Endpoint], values: list[Value]) -> None:
    """Fill `measure`, and the range and sd that stand with the number itself."""
    for value in values:
        if value.kind == "percent":
            _set_rate(scene, value)
        elif value.kind == "count":
            value.measure = "count"
        elif value.kind == "time":
            _set_time(scene, endpoints, value)


def _set_rate(scene: Scene, value: Value) -> None:
    figure = value.figure
    value.measure = "rate"
    if figure.high is not None:
        value.measure = "range"
        value.fields.update({"range_low": figure.value, "range_high": figure.high})
    if figure.sd is not None and re.search(r"\bSD\b|standard deviation", scene.text):
        value.fields["sd"] = figure.sd


def _set_time(scene: Scene, endpoints: list[Endpoint], value: Value) -> None:
    figure, cue = value.figure, _measure_cue(scene, endpoints, value)
    if (
        cue is not None
        and value.order >= 0
        and (pair := _BOTH.search(scene.text[max(0, value.named_at - 40) : value.named_at]))
    ):
        cue = pair.group(1 + value.order % 2).lower()
    value.measure = cue or ("mean" if figure.sd is not None else "median")
    if figure.sd is not None and not _STANDARD_ERROR.search(scene.text):
        value.fields["sd"] = figure.sd
    if figure.high is not None:
        ranged = cue is None or _RANGED.search(scene.text[max(0, value.left - 40) : value.left])
        value.measure = "range" if ranged else value.measure
        value.fields.update({"range_low": figure.value, "range_high": figure.high, "range_kind": None})
    limit = _LIMIT.search(scene.text[max(0, value.left - 80) : value.left])
    if limit is not None and cue is None:
        value.measure = "range"
        value.fields["range_low" if limit["low"] else "range_high"] = figure.value


def _measure_cue(scene: Scene, endpoints: list[Endpoint], value: Value) -> str | None:
    """The last `median` or `mean` before a value, no further back than the name before its own."""
    earlier = [
        e.end for e in endpoints if e.end <= min(value.named_at, value.left) and not _listed_with(scene, e, value)
    ]
    start = max([0, *earlier])
    found = None
    for match in _CUE.finditer(scene.text, start, value.left):
        found = "median" if match["median"] else "mean"
    if found is None and value.named_at >= value.right:
        after = _CUE.search(scene.text, value.right, value.named_at)
        found = None if after is None else "median" if after["median"] else "mean"
    return found


def _listed_with(scene: Scene, endpoint: Endpoint, value: Value) -> bool:
    """`median PFS and OS`: the measure of a list stands before its first name."""
    gap = scene.text[endpoint.end : value.named_at]
    return len(gap) < 40 and bool(re.fullmatch(r"[\s,/]*(?:\([^()]{1,20}\))?[\s,/]*(?:and|or)?\s*", gap))
