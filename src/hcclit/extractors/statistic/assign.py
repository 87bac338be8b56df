"""Which endpoint a value belongs to.

A value is governed by the name before it (`backward`) or by the name or verb after it (`forward`); names in a list
share out the values that follow (`lists`). What is no value of an endpoint, but a difference, is `other`.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.backward import REFUSED, Runs, is_backward, is_chained, is_tight, nearest, told_of
from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.forward import Back, is_forward, named_inside
from hcclit.extractors.statistic.gaps import is_difference
from hcclit.extractors.statistic.lists import share_out, takes
from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_BASELINE = re.compile(
    r"[)\]\s]*(?:(?:patients|participants|subjects|women|men)\s)?(?:were|was|had)\s(?:in\s|classified as\s|at\s)?"
    rf"(?P<what>(?:male|female|men|women|cirrhotic)\b|{any_of('baseline')}[^,;.()]{{0,40}}?)(?=\s*(?:[,;.()]|$|\band\b))",
    re.I,
)
_BEFORE_STUDY = re.compile(any_of("before the study"), re.I)
_GAIN_IN = re.compile(
    r"\b(?:difference|improvement|increase|gain|benefit|prolongation|reduction|decrease|advantage)s?\s(?:in|of)\s"
    r"(?:the\s)?(?:[\w-]+\s){0,3}$",
    re.I,
)
_VERSUS = re.compile(r"\s(?:vs?\.?|versus)\s")
_AFTER_VERSUS = re.compile(r"\s(?:vs?\.?|versus)\s$")
_RISK_OF = re.compile(r"\b(?:reduction|decrease|increase)s?\sin\s(?:the\s)?(?:relative\s)?risk\sof\s", re.I)
_GAIN_IS = re.compile(
    r"\s*(?:rates?\s)?(?:between (?:the )?(?:two |treatment |study )?(?:groups|arms)\s*)?"
    r"(?:(?:of|was|by|:|,|=|were)\s*(?:only\s|about\s)?)?"
)


def assign(scene: Scene, groups: list[list[Endpoint]], values: list[Value]) -> None:
    """Give each value its endpoint where the sentence tells; values that it does not tell stay without."""
    runs: Runs = {}
    for value in values:
        index = _governor(scene, groups, value, runs)
        runs.setdefault(REFUSED if index is None else index, []).append(value)
    runs.pop(REFUSED, None)
    for index, run in runs.items():
        for value, endpoint in share_out(scene, groups[index], run):
            _give(scene, value, endpoint)
    for value in values:
        if value.endpoint is None and value.n is not None:
            _give_baseline(scene, value)


def _governor(scene: Scene, groups: list[list[Endpoint]], value: Value, runs: Runs) -> int | None:
    """The list of names that a value belongs to, as an index."""
    inside = named_inside(scene, groups, value)
    if inside is not None:
        return inside
    back = nearest(scene, groups, value, runs)
    if back is None and (told := told_of(scene, groups, value)) is not None:
        return told
    if back is not None and is_chained(scene, groups[back], runs.get(back, []), value):
        return back
    ahead = next((i for i, group in enumerate(groups) if group[0].start >= value.right), None)
    if ahead is not None and takes(groups[ahead][0], value):
        tight = None
        if back is not None and is_tight(scene, groups[back], value):
            tight = scene.text[groups[back][-1].end : value.left]
        if is_forward(scene, value, groups[ahead][0], Back(back is not None, tight)):
            return ahead
    return back if back is not None and is_backward(scene, groups, back, value, runs) else None


_RESPONSE_TO = re.compile(
    r"\s(?:\([A-Z]{2}\)\s)?to (?:prior |previous |earlier |their |the )*(?P<therapy>(?!before\b)\w[\w-]*(?: therapy)?)",
    re.I,
)


def _give(scene: Scene, value: Value, endpoint: Endpoint) -> None:
    value.named_at, value.named_to = endpoint.start, endpoint.end
    if value.kind != "count" and _differs(scene, value, endpoint):
        value.endpoint = "other"
    elif endpoint.kind == "rate" and value.kind != "time" and _BEFORE_STUDY.search(scene.text):
        value.endpoint = f"baseline:{endpoint.name.lower()}{_prior_therapy(scene, endpoint)}"
    else:
        value.endpoint = endpoint.code


def _prior_therapy(scene: Scene, endpoint: Endpoint) -> str:
    """` to prior chemotherapy`, where a response before the study says what it was a response to."""
    found = _RESPONSE_TO.match(scene.text, endpoint.end)
    return f" to prior {found['therapy'].lower()}" if found else ""


def _give_baseline(scene: Scene, value: Value) -> None:
    """`Forty-four patients (37%) were in Child-Pugh class B`."""
    found = _BASELINE.match(scene.text, value.figure.unit_end)
    if found is not None:
        value.endpoint = f"baseline:{scene.source(*found.span('what')).lower()}"


def _differs(scene: Scene, value: Value, endpoint: Endpoint) -> bool:
    """Whether a number is a difference of two values: `a survival benefit of 3 months`, `improved by 20%`."""
    if _is_set_against(scene, value):
        return False
    same_bracket = scene.bracket_of(value.start) == scene.bracket_of(endpoint.start)
    if endpoint.gain and same_bracket:
        return True
    start = endpoint.end if endpoint.end <= value.left else max(0, value.left - 60)
    if is_difference(scene, start, value.left):
        return True
    return endpoint.end <= value.left and _is_gain_in(scene, value, endpoint)


def _is_set_against(scene: Scene, value: Value) -> bool:
    """`a survival difference was observed (32% v 45%)`: two values in brackets are no difference."""
    bracket = scene.bracket_of(value.start)
    if bracket is None or bracket[0] > value.left:
        return False
    return bool(_VERSUS.match(scene.text, value.right)) or bool(_AFTER_VERSUS.search(scene.before(value.left, 9)))


def _is_gain_in(scene: Scene, value: Value, endpoint: Endpoint) -> bool:
    """`an improvement in median PFS of 3.2 months`."""
    before = scene.before(endpoint.start, 60)
    if not _GAIN_IN.search(before):
        return False
    if _RISK_OF.search(before):
        return not re.search(r"\b(?:vs?|versus|compared)\b", scene.text[endpoint.end : value.right + 30])
    return bool(_GAIN_IS.fullmatch(scene.text[endpoint.end : value.left]))
