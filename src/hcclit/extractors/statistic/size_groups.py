"""Which arm the size of a group is of: `117 were allocated to X`, `nivolumab (n = 49)`, `54 in each group`."""

from __future__ import annotations

import re
from itertools import pairwise

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.scene import Figure, Scene, Span
from hcclit.extractors.statistic.size_arms import size_arm
from hcclit.extractors.statistic.values import PEOPLE
from hcclit.mention import Mention

_LEAD = re.compile(
    r"\s*(?:[(\[]\d+(?:\.\d+)?%[)\]])?\s*(?:(?:eligible|evaluable|assessable)\s)?(?:patients?\s|pts?\s|participants\s|women\s|men\s"
    r"|subjects\s)?(?:\([^()]{1,40}\)\s)?(?:(?:were|was)\s)?"
    r"(?:randomly\s)?(?:assigned\s|allocated\s|randomi[sz]ed\s|enrolled\s|analy[sz]ed\s|evaluated\s|treated\s)?"
    r"(?:to\s(?:receive\s|undergo\s|treatment with\s)?(?:either\s)?|in\s|given\s|received\s|underwent\s|had\s"
    r"|with\s|who (?:received|underwent|were given|were treated with)\s)(?:the\s)?",
    re.I,
)
_OF_WHOM = re.compile(r"\bwith\s(?:the\s)?$|\bwho\s[\w ]{4,20}\s(?:the\s)?$")
_PARALLEL = re.compile(rf"\d\s{PEOPLE}\s(?:treated with|with|who)\s", re.I)
"""`158 patients who underwent A and 90 patients who underwent B`: two groups of one study."""
_ALLOCATED = re.compile(
    r"\s(?:patients|participants|women|men|pts)\s(?:(?:who\s(?:were|had been)\s)?(?:assigned"
    r"|allocated)\s(?!to\s(?:one|two))"
    r"|of\s(?:the\s)?[\w+/-]{1,30}\s(?:group|arm))"
)
_EACH = re.compile(r"\s*(?:patients\s)?(?:in|per|for)\s(?P<name>(?:(?:each|both)\s)?(?:groups?|arms?))(?!\s[A-Z\d])")
_NEAR = 80
_RESPECTIVE = re.compile(r"\s(?:patients\s)?and\s$")
_AT_DOSE = re.compile(
    r"\s(?:patients\s)?(?:at|with|on|received|receiving|to)\s(?P<dose>\d[\d.,]*\s?(?:mg|g|ug|mL|MBq"
    r"|GBq|Gy)(?:/m2|/kg)?)(?![/\w])"
)
_INSIDE = re.compile(r"\s*(?:patients\s?)?[;,]?\s*(?:the\s)?(?P<name>[A-Za-z][^)\]\d]{0,80}?(?:group|arm))\s*[)\]]")
_LISTED = re.compile(r"[(;,:]\s*(?P<name>[A-Za-z][\w /+-]{0,40}?)[,:]?\s*(?:[nN]\s?=\s?)?$")
_DIRECT = re.compile(
    rf"\s(?!(?!control\b){PEOPLE}\b|each\b|per\b|total\b|overall\b)(?P<name>[A-Za-z][\w+/-]+)(?=\s*(?:[,;)\]]|and\s\d))"
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
    told = _dose_arm(scene, figure) or _subgroup(scene, figure, of_result) or size_arm(scene, figure)
    if told is not None:
        return told
    bracket = scene.bracket_of(figure.start)
    direct = _DIRECT.match(scene.text, figure.end)
    if bracket is not None and direct is not None:
        return scene.source(*direct.span("name"))
    if bracket is not None and re.fullmatch(
        r"[(\[]\s*(?:(?:[<>≥≤=][^()\[\]\n]{0,30}[,;]\s*)?[nN]\s?=\s?)?", scene.text[bracket[0] : figure.start]
    ):
        return _first_in_brackets(scene, figure, bracket)
    return _behind(scene, figure, of_result) or (_listed(scene, figure) if bracket is not None else None)


def _listed(scene: Scene, figure: Figure) -> str | None:
    """`(A, 146; B, 149)`: the name before the number."""
    listed = _LISTED.search(scene.before(figure.start, 60))
    shift = max(0, figure.start - 60)
    return scene.source(shift + listed.start("name"), shift + listed.end("name")) if listed is not None else None


def _behind(scene: Scene, figure: Figure, of_result: bool) -> str | None:
    """`117 were allocated to X`; None where all are assigned to one arm or another."""
    lead = _LEAD.match(scene.text, figure.end)
    with_whom = lead is not None and bool(_OF_WHOM.search(lead.group()))
    if lead is None:
        arm = arms.behind(scene, figure.end) if _ALLOCATED.match(scene.text, figure.end) else None
        return arms.name_of(scene, arm) if arm is not None else None
    if (with_whom and not of_result and len(_PARALLEL.findall(scene.text)) < 2) or _ALTERNATIVES.search(
        _clause(scene, lead.end())
    ):
        return None
    arm = arms.behind_lead(scene, lead.end())
    return arms.name_of(scene, arm) if arm is not None else None


def _subgroup(scene: Scene, figure: Figure, of_result: bool) -> str | None:
    """`22 marker-high patients on A`."""
    inside = arms.sized(scene, figure.start) if of_result else None
    return arms.name_of(scene, inside) if inside is not None else None


def _dose_arm(scene: Scene, figure: Figure) -> str | None:
    """`38 at 360 mg twice daily`: the drug named last and the amount."""
    dosed = _AT_DOSE.match(scene.text, figure.end)
    if dosed is None:
        return None
    end = scene.sentence.start + figure.start
    drugs = scene.analysis.entities_in(max(0, end - 1500), end, "DRUG")
    dose = scene.source(*dosed.span("dose"))
    return f"{drugs[-1].text} {dose}" if drugs else dose


def _clause(scene: Scene, place: int) -> str:
    return scene.skeleton(place, min(len(scene.text), place + 220)).split(";")[0]


def _first_in_brackets(scene: Scene, figure: Figure, bracket: Span) -> str | None:
    """`(301 to arm A, ...)`, `(54 in each group)`, `(784 patients; the combination group)`, `placebo (n = 54)`."""
    each = _EACH.match(scene.text, figure.end, bracket[1])
    if each is not None:
        return arms.EACH_GROUP
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


def name_respective(scene: Scene, sizes: list[Mention]) -> None:
    """`50 on A and 52 on B, of whom 48 and 51 were analysed, respectively`: the arms of the two sizes before."""
    shift = scene.sentence.start
    for one, other in pairwise(sizes):
        named = [size.fields["group"] for size in sizes if size.start < one.start and size.fields["group"]]
        between = scene.text[one.end - shift : other.start - shift]
        behind = scene.text[other.end - shift : other.end - shift + _NEAR]
        told = _RESPECTIVE.fullmatch(between) and re.search(r"^[^.;()]*\brespectively\b", behind)
        if told and len(named) == 2 and not one.fields["group"] and not other.fields["group"]:
            one.fields["group"], other.fields["group"] = named
