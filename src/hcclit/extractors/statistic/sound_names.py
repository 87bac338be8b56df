"""Whether words where an arm's name may stand are one: `sorafenib`, `low haemoglobin`; not `expected`, `instance`."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.named_arms import named_arms
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.study_arms import study_arms

_OTHER_NUMBER = re.compile(r"\d+\s(?:patients|pts|participants|women|men|of)\b|\b(?:and|or)\s\d+$")
_CONJUNCTION = re.compile(r"(?:since|because|as|when|if|that|which|although|whether|where|there|we|it|to|not)\b", re.I)
_RELATED = re.compile(
    r"\b(?:associated|related|attributed|attributable|consistent|according)\s(?:with|to)\s(?:the\s)?$"
)
_OUTCOME = re.compile(r"\b(?:PFS|OS|DFS|EFS|RFS|TTP|survival)\b(?!-)")
_CATEGORY = re.compile(r"(?:CR|PR|SD|PD|MR|NC|NR)(?:\s(?:and|or|on)\b|\s?$)")
_MARKED = re.compile(r".*[A-Z\d+<>≥≤]|.*[\w]-[\w]")
_TOLD = re.compile(rf".*\b{any_of('word of a group')}", re.I | re.S)
_DRUG = re.compile(any_of("drug ending"), re.I)
_CALLED = re.compile(
    r"\s(?:treatment\s)?(?:groups?|arms?|cohorts?|patients|subgroups?|recipients|regimens?|participants)\b"
)
_OF_PEOPLE = re.compile(
    r"(?:patients|participants|women|men|those|subjects|cases)\s(?:with|receiving|on|given|in"
    r"|who\s\w+)\s(?:an?\s|the\s)?$"
)


def sound(scene: Scene, arm: Arm | None) -> Arm | None:
    """The arm, if its words name one arm; None for two arms in one and for words that name none."""
    if arm is None:
        return None
    text = scene.text[arm.start : arm.end]
    pattern = study_arms(scene.analysis).pattern
    longer = pattern.match(scene.text, arm.start) if pattern is not None else None
    if longer is not None and longer.end() >= arm.end:
        return Arm(arm.start, longer.end(), arm.second)
    inside = named_arms(scene, arm.start - 1, arm.end)
    several = {scene.text[a.start : a.end].casefold() for a in inside}
    if len(several) > 1 and not text.startswith("both ") and re.search(r"\b(?:and|or|versus|vs)\b", text):
        return None
    if (
        _RELATED.search(scene.before(arm.start, 24))
        or _OTHER_NUMBER.search(text)
        or _CONJUNCTION.match(text)
        or _OUTCOME.search(text)
        or _CATEGORY.match(text)
    ):
        return None
    known = (
        bool(inside)
        or bool(_DRUG.search(text))
        or bool(_MARKED.match(text if len(text) < 3 or text[0].isdigit() else text[1:]))
        or bool(_TOLD.match(text))
    )
    called = _CALLED.match(scene.text, arm.end) or _OF_PEOPLE.search(scene.before(arm.start, 40))
    shift = scene.sentence.start
    if known or called or scene.analysis.entities_in(arm.start + shift, arm.end + shift):
        return arm
    return None
