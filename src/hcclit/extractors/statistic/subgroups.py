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


def add_subgroups(scene: Scene, values: list[Value]) -> None:
    """Join the subgroup before each value to its groups; a value that has none is of the subgroup."""
    openings = _openings(scene, max((v.left for v in values), default=0))
    for value in values:
        opening = next((o for o in reversed(openings) if o.end <= value.left), None)
        if opening is None:
            continue
        name = arms.name_of(scene, opening)
        if "group" not in value.fields:
            if value.kind != "ratio" or not value.fields.get("factor"):
                value.fields["group"] = name
            continue
        if not named_arms(scene, opening.start - 3, opening.end):
            for field in _FIELDS:
                value.fields.update({field: _joined(value.fields[field], name)} if field in value.fields else {})


def _openings(scene: Scene, place: int) -> list[Arm]:
    found: list[Arm] = []
    for match in arms.OPENING.finditer(scene.text[:place]):
        if not re.search(r"\d\s?(?:%|months|years)", match["name"]):
            arm = arms.cleaned(scene, match.span("name"))
            found += [arm] if arm is not None else []
    return found


def _joined(group: str, subgroup: str) -> str:
    return (
        group
        if subgroup.casefold() in group.casefold() or group.casefold() in subgroup.casefold()
        else f"{group}, {subgroup}"
    )
