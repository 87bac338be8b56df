"""The subgroup that a clause opens with, and joins to the arms of its values: `placebo, HBV-positive`.

`In patients with X, ...` holds until the sentence opens another clause in the same way.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.named_arms import named_arms
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_FIELDS = ("group", "comparator_group")


_HAVE = re.compile(
    r"(?:^|[.;:,]\s|\b(?:and|whereas|while|but|that|in)\s)(?:[Tt]he\s|[Tt]hose\s"
    r"|[Ff]or\s)?(?:[Pp]atients|[Ww]omen|[Mm]en)\s(?:with|who had)\s"
    r"(?P<name>(?:[^,;:()\[\]]|\([^()]{1,12}\)){3,90}?)(?:\s\([^()]{0,60}\))?\s"
    r"(?:had|has|have|did|benefit\w*|show\w*|achieved|experienced|derived|gained|lived|survived)\b"
)
_MIDDLE = re.compile(
    r"\b(?:in|for|among)\s(?:the\s)?(?:patients|participants|women|men|those)\s(?:with"
    r"|who had)\s(?P<name>[^,;:()\[\]]{3,70}?)"
    r"\s(?:was|were|is|reached)\s"
)
_SET_AGAINST = re.compile(r"\b(?:vs?\.?|versus|compared (?:with|to)|than)\s$")
_RESULT = re.compile(r"\d\s?%|\bmedian\b|^\d[\d.]*\s(?:months|years)")


def add_subgroups(scene: Scene, values: list[Value]) -> None:
    """Join the subgroup before each value to its groups; a value that has none is of the subgroup."""
    openings = _openings(scene, max((v.left for v in values), default=0))
    for value in values:
        opening = next((o for o in reversed(openings) if o.end <= value.left), None)
        if opening is None:
            continue
        if "group" in value.fields:
            for field in _FIELDS:
                joined = _joined(scene, value.fields.get(field), opening)
                value.fields.update({field: joined} if joined is not None else {})
        elif value.fields.get("factor") is None and not _SET_AGAINST.search(scene.before(value.left, 24)):
            value.fields["group"] = arms.name_of(scene, opening)


def within_subgroup(scene: Scene, group: str | None, place: int) -> str | None:
    """The name of an arm at a place, with the subgroup that its clause opens with."""
    openings = _openings(scene, place) if group is not None else []
    return _joined(scene, group, openings[-1]) if openings else group


def _openings(scene: Scene, place: int) -> list[Arm]:
    """Subgroups that clauses before a place open with, in order."""
    found: dict[int, Arm] = {}
    for pattern in (arms.OPENING, _HAVE, _MIDDLE):
        for match in pattern.finditer(scene.text[:place]):
            arm = None if _RESULT.search(match["name"]) else arms.cleaned(scene, match.span("name"))
            found.update({arm.start: arm} if arm is not None else {})
    return [found[start] for start in sorted(found)]


def _joined(scene: Scene, group: str | None, opening: Arm) -> str | None:
    if group is None or named_arms(scene, opening.start - 3, opening.end):
        return group
    subgroup = arms.name_of(scene, opening)
    one, other = group.casefold(), subgroup.casefold()
    return group if one in other or other in one else f"{group}, {subgroup}"
