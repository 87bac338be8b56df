"""Arms beside an endpoint's name: `survival after resection was 43%`, `four deaths occurred in the A group`."""

from __future__ import annotations

import re

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_IS = r"(?:was|were|is|are|reached|:)"
_TO_VALUE = re.compile(rf"(?:\s\w+)?\s*{_IS}")
_NAMED = re.compile(
    r"\s*(?:\([^()]{0,20}\))?\s(?:rates?\s|times?\s)?(?:after|following|with|for|in|of|among)\s(?:the\s)?"
    r"(?P<name>(?:[^,;:()\[\]]|\([^()]{1,15}\)){2,100}?)\s(?:of|was|were|is|are|reached|to be)\s"
    r"(?:only\s|about\s|approximately\s|as (?:low|high) as\s)?"
)
_TREATED = re.compile(
    r"\b(?:for|in|of|among)\s(?:the\s)?(?:\d+\s)?(?:[\w-]{1,20}\s){0,3}?(?:patients|women|men|those)\s"
    r"(?:with\s[^,;:()]{2,50}?\s)?"
    r"(?:who (?:received|underwent|had|were treated with|were given)|receiving|treated with|undergoing|given)\s"
    r"(?P<name>[^,;:()\[\]]{2,80}?)\s(?:was|were|is|are|reached)\s"
    r"(?:only\s|about\s|approximately\s|as (?:low|high) as\s)?$"
)
_UNTREATED = re.compile(
    r"\b(?:of|in|for)\s(?:an?\s|the\s)?(?P<name>untreated)\s[^,;:()]{0,40}?\b(?:patients?|disease|tumou?rs?|cases)\s"
    r"(?:was|were|is|are|of)\s(?:only\s|about\s|approximately\s)?$"
)
_WITHIN = re.compile(
    r"\s(?:in|for|among)\s(?:the\s)?(?:patients|women|men|participants|those)\s(?:with(?!out)\s)?(?P<name>.+)$"
)
_NAMES_AND_VERBS = [
    re.compile(
        rf"{name}(?:\soccurred|,? which occurred|\s(?:were|was) (?:observed|seen|reported|noted|recorded)"
        r"|\sdeveloped)?(?=\s)"
    )
    for name in (r"[\w-]+", r"[\w-]+\s[\w-]+")
]
_ALL_IN = re.compile(r"[^,;:.()]{0,70},\s(?:all|both)(?:\s(?:of (?:them|whom|which)|were))?(?=\s(?:in|on|with)\s)")


def behind_endpoint(scene: Scene, value: Value) -> Arm | None:
    """`Median OS in the HAIC group was 14.9 months`: the arm between name and value."""
    if not 0 <= value.named_to <= value.left:
        return None
    bare = _UNTREATED.search(scene.text, value.named_to, value.left)
    if bare is not None:
        return Arm(*bare.span("name"))
    arm = arms.behind(scene, value.named_to)
    if arm is not None and arm.end <= value.left and _TO_VALUE.match(scene.text[arm.end : value.left]):
        return within(scene, arm)
    found = _NAMED.fullmatch(scene.text, value.named_to, value.left)
    if found is None and (found := _TREATED.search(scene.text, value.named_to, value.left)) is None:
        return None
    return within(scene, arms.cleaned(scene, found.span("name")))


def within(scene: Scene, arm: Arm | None) -> Arm | None:
    """`RFA in patients without X`: an arm that is named with the subgroup that it lies in."""
    if arm is None or arm.second is not None:
        return arm
    found = _WITHIN.search(scene.text[arm.start : arm.end])
    if found is None or found.start() < 2:
        return arm
    start, end = (arm.start + place for place in found.span("name"))
    return Arm(arm.start, arm.start + found.start(), (start, end))


def behind_name(scene: Scene, value: Value) -> Arm | None:
    """`Four deaths occurred in the placebo group`: the arm behind the name that follows a number."""
    if value.named_at < value.right:
        return None
    for pattern in (_ALL_IN, *_NAMES_AND_VERBS):
        found = pattern.match(scene.text, value.named_at)
        if found is not None and (arm := arms.behind(scene, found.end())) is not None:
            return arm
    return arms.behind(scene, value.named_to) if value.named_to > value.right else None
