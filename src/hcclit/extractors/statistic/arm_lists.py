"""Arms in a list: `in the A and B groups`, `with A, B and C, respectively`, `for those who had A, B, and C was`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hcclit.extractors.statistic.arms import Arm, cleaned
from hcclit.extractors.statistic.scene import Scene, Span
from hcclit.extractors.statistic.sound_names import sound
from hcclit.extractors.statistic.values import Value

_VERB_REACH = 200
_RESPECTIVELY = re.compile(r"[\s,;]*\brespectively\b", re.I)
_BEFORE_VERB = re.compile(r"\s(?:was|were|is|are|reached)\s(?:approximately\s|about\s|estimated at\s)?$")
_NAMES_FROM = re.compile(r"\b(?:for|in|of|among|with|after|following|between|by)\s+(?:the\s)?")
_LIST_LEAD = re.compile(r".*\b(?:in|for|with|among|between|of|by|on|after|receiving)\s+(?:the\s|both\s)?", re.I)


def listed(scene: Scene, count: int) -> list[Arm]:
    """The arms of a list that ends with `respectively`, or that names as many groups as there are values."""
    found = _RESPECTIVELY.search(scene.text)
    ends = [found.start()] if found else []
    ends += [m.end() for m in re.finditer(r"\b(?:groups|arms|cohorts|patients)\b", scene.text)]
    for end in ends:
        stretch = re.split(r"[;:()\[\]]|\d\s?(?:%|months|years|weeks|days)", scene.text[max(0, end - 160) : end])[-1]
        lead = _LIST_LEAD.match(stretch) if not _splits(stretch, count) else None
        start = end - len(stretch) + _first_name(stretch, lead, count)
        arms = _split(scene, (start, end), count)
        if len(arms) == count:
            return arms
    return []


def before_verb(scene: Scene, run: Sequence[Value]) -> list[Arm]:
    """`The median OS for patients who had A, B, and both was 9, 7, and 5 months`: as many names as there are values."""
    shift = max(0, run[0].left - _VERB_REACH)
    found = _BEFORE_VERB.search(scene.text, shift, run[0].left)
    if found is None:
        return []
    begins = max([m.end() for m in re.finditer(r"[;:()\[\]\d]", scene.text[shift : found.start()])], default=0) + shift
    for lead in reversed(list(_NAMES_FROM.finditer(scene.text, begins, found.start()))):
        arms = _split(scene, (lead.end(), found.start()), len(run))
        if len(arms) == len(run):
            return arms if all(sound(scene, arm) for arm in arms) else []
    return []


def _splits(stretch: str, count: int) -> bool:
    return False if count < 2 else len(re.findall(r",|\band\b|\bor\b", stretch)) > 8


def _first_name(stretch: str, lead: re.Match[str] | None, count: int) -> int:
    """Where the list begins: behind the last preposition that leaves enough conjunctions for all names."""
    places = [
        m.end() for m in re.finditer(r"\b(?:in|for|with|among|between|of|by|on|receiving)\s+(?:the\s|both\s)?", stretch)
    ]
    for place in reversed(places):
        if len(re.findall(r",|\band\b|\bor\b|\bversus\b|\bvs?\b", stretch[place:].rstrip(", "))) >= count - 1:
            return place
    return lead.end() if lead else 0


def _split(scene: Scene, span: Span, count: int) -> list[Arm]:
    arms: list[Arm] = []
    at = span[0]
    text = scene.text[span[0] : span[1]]
    cuts = list(re.finditer(r"\s*,\s*(?:and\s|or\s)?|\s+(?:and|or|versus|vs\.?|v)\s+(?:the\s)?", text))
    commas = [cut for cut in cuts if "," in cut.group()]
    if len(cuts) > count - 1 == len(commas):
        cuts = commas  # "A, B, and both A and B"
    ands = [cut for cut in cuts if not re.search(r"\bor\b", cut.group())]
    if len(cuts) > count - 1 == len(ands):
        cuts = ands  # "A and B or C"
    if len(cuts) > count - 1:
        cuts = cuts[: count - 2] + cuts[-1:] if count > 1 else []
    for cut in [*cuts, None]:
        end = span[0] + cut.start() if cut else span[1]
        arm = cleaned(scene, (at, end)) if end > at else None
        if arm is None:
            return []
        arms.append(arm)
        at = span[0] + cut.end() if cut else at
    return arms
