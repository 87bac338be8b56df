"""Whether the name or verb after a value is the one that it belongs to.

`14 (12.7%) patients achieved CR`, `nine died`, `49% of the patients had an objective response`, `three deaths`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import PEOPLE, Value

_REACH = 220
_OF_WHOM = re.compile(rf"\b(?:{PEOPLE}|those|them|whom|which|us|groups?|arms?|cohorts?|tumou?rs|\w+-treated)\b", re.I)
_TIGHT = re.compile(
    rf"(?:\s|[)\]]|(?:evaluable\s)?{PEOPLE}\s(?:with|in)|{PEOPLE}|(?:\d-year|median)|{any_of('before an event')})*",
    re.I,
)
_VERB = re.compile(
    rf"[^;:]*?\b{any_of('has')}\s+(?:[\w-]+\s){{0,2}}?(?:an?\s|the\s)?(?:{any_of('of a response')}\s){{0,3}}", re.I
)
_HAD_IT = re.compile(
    rf"[)\]\s]*(?:{PEOPLE}\s)?(?:had|achieved|experienced|showed|obtained|attained)\s(?:an?\s)?(?:[\w-]+\s)?", re.I
)
_ADJECTIVES = re.compile(rf"\s(?:(?!{any_of('no adjective')}\b)[\w-]+\s){{0,3}}", re.I)
_LANDMARK = re.compile(r"\s*(?:\d+-(?:year|month)s?\s|(?:one|two|three|five|ten)-year\s)?")
_CHANCE = re.compile(
    r"[^,;.A-Za-z]*(?:and\s[\d.]+\s?%)?\s(?:chance|probability|likelihood)\sof\s(?:remaining\s|being\s)?"
)
_RAISED = re.compile(rf"[^;:.]{{0,140}}\b{any_of('raises')}\s(?:the\s)?(?:\w+\s)?(?:of\s)?", re.I)
_SUBJECT_OF = re.compile(
    rf"[)\]\s]*(?:of (?:the |all |these |our |\d+ )?)?(?:[\w-]+\s){{0,2}}?{PEOPLE}?"
    rf"(?:\s?(?:{any_of('with an arm')}|and|vs\.?|versus|v)\s[^;:]{{0,120}}?)?[\s,]*(?:respectively,?\s?)?"
    r"(?:had|have|were|was|has|are|still|later|subsequently|eventually|also|who|that|been|remained?|did)?\s*"
    r"(?:already\s|still\s|since\s)?",
    re.I,
)
_INSIDE = re.compile(r"\s(?:confirmed\s|unconfirmed\s|objective\s)?")
_CASE = re.compile(r"\s(?:cases?|patients?)\b")
_WAS_SEEN = re.compile(rf"\s?(?:{PEOPLE})?,\s(?:an?\s)?(?:[\w-]+\s)?", re.I)
_SEEN = re.compile(rf"\s(?:was|were)\s(?:evident|{any_of('found')})", re.I)
_OWN_NUMBER = re.compile(r"\s(?:[a-z][\w-]*\s){0,3}")
_OF_THESE = re.compile(r"\b(?:for|from|to|with)\s(?:the\s)?$")
"""`data were obtained for 11 patients who had PD`: whom something else is said of."""
_NEGATED = re.compile(r"\b(?:not|without|never|neither)\b|\bno\s$")


@dataclass(frozen=True, slots=True)
class Back:
    """What stands before a value: a name or none; the words between, where they only join name and value."""

    named: bool
    tight: str | None


def named_inside(scene: Scene, groups: list[list[Endpoint]], value: Value) -> int | None:
    """`25% partial response (4/16 patients)`: the name between a percentage and its count."""
    if value.n is None:
        return None
    if value.n.end <= value.figure.left:
        return _counted(scene, groups, value.n.end, value)
    for index, group in enumerate(groups):
        if group[0].start >= value.figure.unit_end and group[-1].end <= value.n.start:
            return index if _INSIDE.fullmatch(scene.text, value.figure.unit_end, group[0].start) else None
    return None


def _counted(scene: Scene, groups: list[list[Endpoint]], start: int, value: Value) -> int | None:
    """`181 deaths occurred among 334 patients (54%)`: the name between a count and its percentage."""
    for index, group in enumerate(groups):
        if start <= group[0].start and group[-1].end <= value.figure.left:
            counted = group[0].kind in ("event", "rate") and group[0].name.endswith("s")
            return index if counted and _ADJECTIVES.fullmatch(scene.text, start, group[0].start) else None
    return None


def is_forward(scene: Scene, value: Value, endpoint: Endpoint, back: Back) -> bool:
    """Whether a name after a value governs it.

    Args:
        scene: the sentence.
        value: the value.
        endpoint: the next name after it.
        back: what stands before it.
    """
    if endpoint.start - value.right > _REACH:
        return False
    words = scene.skeleton(value.right, endpoint.start)
    if _is_excluded(value, endpoint, words, scene.before(value.left, 16)):
        return False
    if _is_clear(scene, value, endpoint, words):
        return True
    if value.kind == "time" or endpoint.kind in ("time", "span"):
        return back.tight is None and (_is_time(value, endpoint, words) or _is_median_of(scene, value, words))
    if back.tight is not None and "," not in back.tight:
        return False
    return _is_said(scene, value, endpoint, back)


def _is_time(value: Value, endpoint: Endpoint, words: str) -> bool:
    """`12.3 months of median OS`, `40% of the patients were progression-free`."""
    if value.kind == "time":
        return bool(re.fullmatch(r"'?\s*(?:of\s)?(?:median|mean)\s", words))
    return "free" in endpoint.name.lower() and bool(_VERB.fullmatch(words))


def _is_median_of(scene: Scene, value: Value, words: str) -> bool:
    """`with a median of 12 months of follow-up`."""
    lead = re.search(r"\b(?:median|mean|average)(?:\sof)?\s$", scene.before(value.left, 14))
    return value.kind == "time" and bool(lead) and bool(re.fullmatch(r"'?\s(?:of\s)?", words))


def _is_excluded(value: Value, endpoint: Endpoint, words: str, before: str) -> bool:
    """`889 patients who did not have PD`, `98% of deaths`, `14% of metastatic nodes showed`."""
    if _NEGATED.search(words):
        return True
    words = words.lstrip(")]")
    if value.kind == "count":
        if re.match(r"\s*for\b", words) or (" who " in words and _OF_THESE.search(before)):
            return True
        bare = value.right == value.figure.end and endpoint.kind == "verb"
        return bool(re.search(r"\d\s?%", words)) or (
            bare and not re.match(r"\s(?:in|on|of|with)\b|\s*(?:had\s|have\s)?$", words)
        )
    if value.kind == "percent" and re.match(r"\s*of\s", words):
        return bool(re.fullmatch(r"\s*of (?:the |all |these )?", words)) or not _OF_WHOM.search(words)
    return False


def _is_clear(scene: Scene, value: Value, endpoint: Endpoint, words: str) -> bool:
    """Words that leave no doubt, whatever stands before: `83% 10-year DFS`, `18 [26%] had a PR`, `two toxic deaths`."""
    if value.kind == "percent" and endpoint.kind == "time" and _CHANCE.fullmatch(words):
        return True
    if value.kind == "percent" and endpoint.kind == "time" and _LANDMARK.fullmatch(words):
        return opens(scene, value)
    if value.kind != "time" and (value.n is not None or value.kind == "count") and _HAD_IT.fullmatch(words):
        return True
    if value.kind == "count" and endpoint.kind in ("event", "rate") and endpoint.name.endswith("s"):
        return bool(_ADJECTIVES.fullmatch(words)) and opens(scene, value)
    return _is_of_patients(scene, value, endpoint, words)


def _is_of_patients(scene: Scene, value: Value, endpoint: Endpoint, words: str) -> bool:
    """`in the control arm 1 PR case`, `in 18 (13%) of 134 patients, a response was seen`."""
    if value.kind == "count" and words == " " and _CASE.match(scene.text, endpoint.end):
        return opens(scene, value)
    if value.kind == "time" or not re.search(r"\b(?:[Ii]n|[Aa]mong)\s$", scene.before(value.left, 6)):
        return False
    return bool(_WAS_SEEN.fullmatch(words)) and bool(_SEEN.match(scene.text, endpoint.end))


def _is_said(scene: Scene, value: Value, endpoint: Endpoint, back: Back) -> bool:
    words = scene.skeleton(value.right, endpoint.start)
    if _has_own_number(scene, value, endpoint):
        return False
    if len(words) < 40 and _TIGHT.fullmatch(words) and opens(scene, value):
        return True
    bracket = scene.bracket_of(value.left)
    if bracket is not None and bracket[1] <= endpoint.start:
        # "addition of carboplatin (60% v 44%) significantly increased pCR": the name after the brackets
        return not back.named and bool(_RAISED.fullmatch(scene.skeleton(bracket[1], endpoint.start)))
    if endpoint.kind == "verb":
        stated = re.search(r"\b(?:was|were|(?<!total )of)\s*$", scene.before(value.left, 12))
        return bool(_SUBJECT_OF.fullmatch(words)) and not stated
    if value.kind == "count":
        denominator = re.search(r"\b[Oo]f (?:the |these |all )?$", scene.before(value.left, 10))
        if value.right == value.figure.end or denominator:
            return False
    return bool(_VERB.fullmatch(words)) and opens(scene, value) and not re.search(r"(?<!vs)\.\s", words)


def _has_own_number(scene: Scene, value: Value, endpoint: Endpoint) -> bool:
    """`Of 31 patients, there were two complete responses`: another number stands right before the name."""
    between = [f for f in scene.between(value.right, endpoint.start) if f.role is None and f.is_plain]
    return bool(between) and bool(_OWN_NUMBER.fullmatch(scene.text, between[-1].end, endpoint.start))


def opens(scene: Scene, value: Value) -> bool:
    """Whether a value may stand before the name that it belongs to: not after `was` or `of`."""
    if re.search(r"\bthere\s(?:was|were)\s$", scene.before(value.left, 14), re.I):
        return True
    return not re.search(
        r"\b(?:was|were|is|been|being|(?<!total )of|rate|=|:)\s*[(\[]?\s*$", scene.before(value.left, 12)
    )
