"""Values of ratios, and the endpoint that a ratio is about: named right after it, before it, or in its own name."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.effects import Effect
from hcclit.extractors.statistic.naming import CORE_RATES, Endpoint
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_PREDICTED = re.compile(
    r"\b(?:predict\w*|prognostic|factors?|determinants?|associated with|related to|correlated with)\b[^.;\d]{0,40}$",
    re.I,
)
_OR_DEATH = {"progression": "PFS", "recurrence": "DFS", "relapse": "DFS"}
_ROUGHLY = ("PFS", "DFS", "recurrence", "other", "or death")
"""What the words of a ratio's name say loosely: the endpoint that the sentence names decides."""
_MEDIAN = re.compile(r"\bmedian,?\s(?:not (?:yet )?reached\s(?:vs?\.?|versus)\s)?$")
_PAIR = 2
_LARGE = 6
_PROGRESSION = ("progression", "disease progression", "tumor progression", "tumour progression")


def ratio_values(scene: Scene, effects: list[Effect], groups: list[list[Endpoint]]) -> list[Value]:
    """Make values of the ratios of a sentence."""
    endpoints = [e for group in groups for e in group]
    values = [_value(scene, effect, endpoints) for effect in effects]
    values = [v for v, e in zip(values, effects, strict=True) if v.endpoint != "other" or _is_surely_one(scene, e)]
    _name_in_order(scene, values, groups)
    return values


def _is_surely_one(scene: Scene, effect: Effect) -> bool:
    """Whether a number of no named endpoint is a ratio: its name stands there, or it is of a ratio's size."""
    if effect.is_named:
        return True
    return effect.figure.value < _LARGE and "difference" not in scene.before(effect.figure.start, 30)


_TIMES = ("OS", "PFS", "DFS", "TTP")


def adopt_medians(scene: Scene, values: list[Value]) -> None:
    """`(HR, 0.83; P = .04; median 13.5 v 11.3 months)`: medians without a name have the endpoint of the ratio."""
    for ratio in [v for v in values if v.kind == "ratio" and v.endpoint in _TIMES]:
        bracket = scene.bracket_of(ratio.start)
        if bracket is None:
            continue
        inside = [v for v in values if v.kind == "time" and bracket[0] < v.left < bracket[1]]
        lead = max(bracket[0], inside[0].left - 40) if inside else 0
        if any(v.endpoint for v in inside) or not inside or len(inside) > _PAIR:
            continue
        if _MEDIAN.search(scene.text[lead : inside[0].left]):
            for value in inside:
                value.endpoint, value.named_at, value.named_to = ratio.endpoint, bracket[0], bracket[0]


def _value(scene: Scene, effect: Effect, endpoints: list[Endpoint]) -> Value:
    figure = effect.figure
    value = Value(figure.start, figure.end, effect.cue_start, figure.end, "ratio", "1", figure)
    value.measure = effect.measure
    value.endpoint = _endpoint(scene, effect, endpoints)
    return value


def _name_in_order(scene: Scene, ratios: list[Value], groups: list[list[Endpoint]]) -> None:
    """`HR 0.57 and HR 0.64 for RFS and OS, respectively`."""
    for group in groups:
        if len(group) > 1 and (own := _under(group, ratios)):
            for ratio, endpoint in zip(own, group, strict=True):
                ratio.endpoint = "OS" if endpoint.topic == "mortality" and ratio.measure == "HR" else endpoint.topic
        if len(group) != len(ratios) or len(group) < 2 or ratios[-1].right > group[0].start:
            continue
        words = scene.skeleton(ratios[-1].right, group[0].start)
        tail = scene.text[group[-1].end : group[-1].end + 20]
        if re.fullmatch(r"[\s,;)]*(?:for|in)\s(?:the\s)?", words) and "respectively" in tail:
            for ratio, endpoint in zip(ratios, group, strict=True):
                ratio.endpoint = endpoint.topic


def _under(group: list[Endpoint], ratios: list[Value]) -> list[Value]:
    """`hazard ratios for PFS and OS were 0.70 and 0.63`: the ratios whose name holds as many endpoints."""
    inside = [r for r in ratios if r.left < group[0].start and group[-1].end <= r.start]
    own = [r for r in inside if r.left == inside[-1].left]
    return own if len(own) == len(group) and not any(group[0].start < r.start < group[-1].end for r in own) else []


def _endpoint(scene: Scene, effect: Effect, endpoints: list[Endpoint]) -> str:
    """The endpoint of a ratio; `other` where the sentence names none."""
    nouns = [e for e in endpoints if e.kind != "verb" and (e.kind != "span" or "response" in e.code)]
    before = [e for e in nouns if e.end <= effect.cue_start and not _closed(scene, e, effect)]
    if effect.measure == "HR":
        before = [e for e in before if e.code not in CORE_RATES and e.name.lower() not in ("event", "events")]
    return (
        _right_after(scene, effect, endpoints)
        or _by_own_words(scene, effect, nouns, before)
        or _by_prediction(scene, effect, nouns, before)
        or _by_name_before(effect, before)
        or _by_verb(effect, endpoints)
        or _by_name_after(scene, effect, nouns)
        or "other"
    )


def _closed(scene: Scene, endpoint: Endpoint, effect: Effect) -> bool:
    bracket = scene.bracket_of(endpoint.start)
    return bracket is not None and not bracket[0] <= effect.cue_start < bracket[1]


def _right_after(scene: Scene, effect: Effect, endpoints: list[Endpoint]) -> str | None:
    """`HR 0.58 for PFS`."""
    following = next((e for e in endpoints if e.start >= effect.figure.end), None)
    if following is None:
        return None
    words = scene.skeleton(effect.figure.end, following.start)
    return following.topic if re.fullmatch(r"[\s)\],;]*(?:for|in)\s(?:the\s|median\s)?", words) else None


def _by_own_words(scene: Scene, effect: Effect, nouns: list[Endpoint], before: list[Endpoint]) -> str | None:
    """`hazard ratio for progression or death, 0.45`; words said loosely give way to a time that is named."""
    own = _own_words(scene, effect, nouns)
    if own is None:
        return None
    times = [e.topic for e in before if e.kind == "time" or e.base]
    if times and own in _ROUGHLY and (times[-1] != "OS" or own == "or death"):
        return times[-1]
    return "other" if own == "or death" else own


def _own_words(scene: Scene, effect: Effect, nouns: list[Endpoint]) -> str | None:
    words = effect.words(scene.text).lower()
    if re.search(r"\bor death\b", words):
        named = (code for word, code in _OR_DEATH.items() if re.search(rf"\b{word}\b[^.]*\bor death\b", words))
        return next(named, "or death")
    inside = [e for e in nouns if effect.cue_end <= e.start < effect.figure.start]
    told = [f.end for f in scene.between(effect.cue_end, effect.figure.start) if f.role == "effect"]
    inside = [e for e in inside if told and e.start >= told[-1]] or inside  # "for PFS 0.81 and for OS 0.93"
    if inside and inside[0].code == "mortality" and effect.measure == "HR":
        return "OS"
    return inside[0].code if inside else None


def _by_name_before(effect: Effect, before: list[Endpoint]) -> str | None:
    """The nearest name; the hazard of death is overall survival, that of progression the time to it that is named."""
    if not before:
        return None
    nearest = before[-1]
    if effect.measure != "HR":
        return nearest.topic
    if nearest.topic == "mortality":
        return "OS"
    if nearest.name.lower() in _PROGRESSION:
        return next((e.topic for e in reversed(before) if e.topic in ("PFS", "TTP")), nearest.topic)
    return nearest.topic


def _by_prediction(scene: Scene, effect: Effect, nouns: list[Endpoint], before: list[Endpoint]) -> str | None:
    """`age (HR 1.9) and stage (HR 3.1) were prognostic factors for PFS`."""
    if any(e.kind in ("time", "rate", "event") for e in before):
        return None
    end = effect.figure.end
    after = [e for e in nouns if e.start >= end and e.kind != "ae"]
    found = (e for e in after if _PREDICTED.search(scene.text[max(end, e.start - 60) : e.start]))
    named = next(found, None)
    return named.topic if named is not None else None


def _by_verb(effect: Effect, endpoints: list[Endpoint]) -> str | None:
    """`157 patients died compared with 173 (HR 0.93)`."""
    verbs = [e for e in endpoints if e.end <= effect.cue_start and e.kind == "verb"]
    if not verbs:
        return None
    return "OS" if verbs[-1].code == "mortality" and effect.measure == "HR" else verbs[-1].code


def _by_name_after(scene: Scene, effect: Effect, nouns: list[Endpoint]) -> str | None:
    """`an HR of 0.6 in overall survival`."""
    end = effect.figure.end
    after = next((e for e in nouns if e.start >= end), None)
    if after is None:
        return None
    bracket = scene.bracket_of(end)
    if after.kind == "time" and bracket is not None and after.end <= bracket[1]:
        return after.topic
    near = after.start - end < 90 and not re.search(r"[,;]", scene.skeleton(end, after.start))
    return after.topic if near else None
