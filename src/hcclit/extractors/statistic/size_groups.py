"""Which arm the size of a group is of: `117 were allocated to X`, `nivolumab (n = 49)`, `54 in each group`."""

from __future__ import annotations

import re

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.scene import Figure, Scene, Span
from hcclit.extractors.statistic.values import PEOPLE

_LEAD = re.compile(
    r"\s*(?:[(\[]\d+(?:\.\d+)?%[)\]])?\s*(?:patients?\s|participants\s|women\s|men\s|subjects\s)?(?:(?:were|was)\s)?"
    r"(?:randomly\s)?(?:assigned\s|allocated\s|randomi[sz]ed\s|enrolled\s)?"
    r"(?:to\s(?:receive\s|undergo\s|treatment with\s)?(?:either\s)?|in\s|received\s|underwent\s|with\s)(?:the\s)?",
    re.I,
)
_EACH = re.compile(r"\s*(?:patients\s)?(?:in|per|for)\s(?P<name>(?:(?:each|both)\s)?(?:groups?|arms?))(?!\s[A-Z\d])")
_INSIDE = re.compile(r"\s*(?:patients\s?)?[;,]?\s*(?:the\s)?(?P<name>[A-Za-z][^)\]]{0,80}?(?:group|arm))\s*[)\]]")
_LISTED = re.compile(r"[(;,]\s*(?P<name>[A-Za-z][\w /+-]{0,40}?)[,:]?\s*(?:[nN]\s?=\s?)?$")
_DIRECT = re.compile(
    rf"\s(?!{PEOPLE}\b|each\b|per\b|total\b|overall\b)(?P<name>[A-Za-z][\w+/-]+)(?=\s*(?:[,;)\]]|and\s\d))"
)
_ALTERNATIVES = re.compile(r"\bor\b(?!\s\d)|\beither\b|\bone of\b|\bversus\b|\bvs\b")
_PEOPLE = re.compile(r"\b(?:patients|women|men|participants|subjects|population|of them)\s*$", re.I)
_SPECIFIED = re.compile(r"\b(?:with|receiving|given|on)\b[^.;,()]{0,60}$")


def size_group(scene: Scene, figure: Figure, of_result: bool) -> str | None:
    """The name of the arm that a size is of, or None for the whole study.

    Args:
        scene: the sentence.
        figure: the size.
        of_result: whether it is the size of a subgroup for which the sentence gives a result.
    """
    bracket = scene.bracket_of(figure.start)
    direct = _DIRECT.match(scene.text, figure.end)
    if bracket is not None and direct is not None:
        return scene.source(*direct.span("name"))
    if bracket is not None and re.fullmatch(r"[(\[]\s*(?:[nN]\s?=\s?)?", scene.text[bracket[0] : figure.start]):
        return _first_in_brackets(scene, figure, bracket)
    lead = _LEAD.match(scene.text, figure.end)
    with_whom = lead is not None and lead.group().rstrip().endswith("with")
    if lead is not None and _ALTERNATIVES.search(_clause(scene, lead.end())):
        return None  # all of them, assigned to one arm or another
    if lead is not None and (of_result or not with_whom) and (arm := arms.behind_lead(scene, lead.end())) is not None:
        return arms.name_of(scene, arm)
    listed = _LISTED.search(scene.before(figure.start, 60))
    if bracket is not None and listed is not None:
        shift = max(0, figure.start - 60)
        return scene.source(shift + listed.start("name"), shift + listed.end("name"))
    return None


def _clause(scene: Scene, place: int) -> str:
    return scene.skeleton(place, min(len(scene.text), place + 220)).split(";")[0]


def _first_in_brackets(scene: Scene, figure: Figure, bracket: Span) -> str | None:
    """`(301 to arm A, ...)`, `(54 in each group)`, `(784 patients; the combination group)`, `placebo (n = 54)`."""
    each = _EACH.match(scene.text, figure.end, bracket[1])
    if each is not None:
        name = scene.source(*each.span("name"))
        return name if " " in name else f"each {name}"
    lead = _LEAD.match(scene.text, figure.end, bracket[1])
    if lead is not None and (arm := arms.behind_lead(scene, lead.end())) is not None:
        return arms.name_of(scene, arm)
    inside = _INSIDE.match(scene.text, figure.end, bracket[1])
    if inside is not None:
        arm = arms.cleaned(scene, inside.span("name"))
        return arms.name_of(scene, arm) if arm is not None else None
    return _before_brackets(scene, bracket)


def _before_brackets(scene: Scene, bracket: Span) -> str | None:
    arm: Arm | None = arms.before_brackets(scene, bracket)
    everyone = _PEOPLE.search(scene.before(bracket[0], 20)) and not _SPECIFIED.search(scene.before(bracket[0], 70))
    if arm is None or arm.end - arm.start < 2 or everyone:
        return None
    return arms.name_of(scene, arm)
