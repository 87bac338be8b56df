"""The measure of a value (median, mean, rate, count, range) and the endpoint of a ratio."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.effects import Effect
from hcclit.extractors.statistic.endpoints import CORE_RATES, Endpoint
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_CUE = re.compile(r"\b(?P<median>medians?)\b|\b(?P<mean>means?|average|averaged)\b(?! age)", re.I)
_BOTH = re.compile(r"\b(mean|median) and (median|mean)\s+(?:overall\s)?$", re.I)
_RANGED = re.compile(r"\b(?:ranged?|ranging|ranges|varied|varying|varies|between)\b[^()\[\]]{0,25}$", re.I)
_LIMIT = re.compile(r"\b(?:(?P<low>minimum|shortest|minimal|at least)|(?P<high>maximum|longest|maximal|up to))\b[^()\[\];]{0,60}$", re.I)
_STANDARD_ERROR = re.compile(r"\bSEM?\b|standard error", re.I)
_PREDICTED = re.compile(r"\b(?:predict\w*|prognostic|factors?|determinants?|associated with|related to|correlated with)\b[^.;\d]{0,40}$", re.I)
_ROUGH_DEATH = {"progression": "PFS", "recurrence": "DFS", "relapse": "DFS"}
_ROUGH = ("PFS", "DFS", "recurrence", "other", "or death")  # said loosely: the endpoint that the sentence names decides


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
    if cue is not None and value.order >= 0 and (pair := _BOTH.search(scene.text[max(0, value.named_at - 40) : value.named_at])):
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
    earlier = [e.end for e in endpoints if e.end <= min(value.named_at, value.left) and not _listed_with(scene, e, value)]
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


def effect_endpoint(scene: Scene, effect: Effect, endpoints: list[Endpoint]) -> str:
    """The endpoint of a ratio: named right after it, before it, or by the words of its own name; else `other`."""
    named = _right_after(scene, effect, endpoints)
    if named is not None:
        return named.topic
    before = [e for e in endpoints if e.end <= effect.cue_start and e.kind not in ("span", "verb") and not _closed(scene, e, effect)]
    if effect.measure == "HR":
        before = [e for e in before if e.code not in CORE_RATES and e.name.lower() not in ("event", "events")]
    own = _own_words(scene, effect, endpoints)
    if own is not None:
        times = [e.topic for e in before if e.kind == "time" or e.base]
        return times[-1] if times and own in _ROUGH and (times[-1] != "OS" or own == "or death") else own if own != "or death" else "other"
    if before:
        return _hazard_of(before) if effect.measure == "HR" else before[-1].topic
    died = [e for e in endpoints if e.end <= effect.cue_start and e.kind == "verb"]
    if died:
        return "OS" if died[-1].code == "mortality" and effect.measure == "HR" else died[-1].code
    after = [e for e in endpoints if e.start >= effect.figure.end and e.kind not in ("span", "verb")]
    if after and _PREDICTED.search(scene.text[max(effect.figure.end, after[0].start - 60) : after[0].start]):
        return after[0].topic
    if after and after[0].start - effect.figure.end < 90 and not re.search(r"[,;]", scene.skeleton(effect.figure.end, after[0].start)):
        return after[0].topic
    return "other"


def _hazard_of(before: list[Endpoint]) -> str:
    """The endpoint of a hazard: that of death is overall survival, that of progression the time to it that is named."""
    nearest = before[-1]
    if nearest.topic == "mortality":
        return "OS"
    if nearest.name.lower() in ("progression", "disease progression", "tumor progression", "tumour progression"):
        return next((e.topic for e in reversed(before) if e.topic in ("PFS", "TTP")), nearest.topic)
    return nearest.topic


def _closed(scene: Scene, endpoint: Endpoint, effect: Effect) -> bool:
    bracket = scene.bracket_of(endpoint.start)
    return bracket is not None and not bracket[0] <= effect.cue_start < bracket[1]


def _right_after(scene: Scene, effect: Effect, endpoints: list[Endpoint]) -> Endpoint | None:
    """`HR 0.58 for PFS`."""
    for endpoint in endpoints:
        if endpoint.start >= effect.figure.end:
            words = scene.skeleton(effect.figure.end, endpoint.start)
            return endpoint if re.fullmatch(r"[\s)\],;]*(?:for|in)\s(?:the\s|median\s)?", words) else None
    return None


def _own_words(scene: Scene, effect: Effect, endpoints: list[Endpoint]) -> str | None:
    """`hazard ratio for progression or death, 0.45`: what the words between cue and number name."""
    words = effect.words(scene.text).lower()
    if re.search(r"\bor death\b", words):
        named = next((code for word, code in _ROUGH_DEATH.items() if re.search(rf"\b{word}\b[^.]*\bor death\b", words)), "or death")
        return named
    inside = [e for e in endpoints if e.kind not in ("span", "verb") and effect.cue_end <= e.start < effect.figure.start]
    if inside and inside[0].code == "mortality" and effect.measure == "HR":
        return "OS"
    return inside[0].code if inside else None
