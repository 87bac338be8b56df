"""Names the groups of a sentence's values."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.across import governing
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.named_arms import by_order, clause, named_arms, of_each
from hcclit.extractors.statistic.ratio_groups import name_p, name_ratio
from hcclit.extractors.statistic.run_arms import arms_of_run, shared_behind
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.sound_names import sound
from hcclit.extractors.statistic.subgroups import add_subgroups
from hcclit.extractors.statistic.unnamed import name_unnamed
from hcclit.extractors.statistic.values import Value


def set_groups(scene: Scene, values: list[Value], remembered: list[str]) -> list[str]:
    """Name the groups of all values; give the arms that a later `respectively` may refer to."""
    arms_of: dict[int, Arm | None] = {}
    runs = _runs(values)
    last: list[Arm | None] = []
    shared = dict(shared_behind(scene, [v for v in values if v.kind != "ratio"]))
    for index, run in enumerate(runs):
        found = [sound(scene, shared.get(id(v), arm)) for v, arm in zip(run, arms_of_run(scene, run), strict=True)]
        found = _by_order(scene, runs, index, found)
        if not any(found) and len(last) == len(run) > 1 and all(last):
            found = list(last)
        last = found if len(run) > 1 else last
        arms_of.update({id(v): a for v, a in zip(run, found, strict=True)})
        name_unnamed(scene, run, found, remembered)
    _share_back(scene, runs, arms_of)
    _share_with_neighbours(scene, values, arms_of)
    for value in values:
        if value.kind != "ratio" and arms_of.get(id(value)) is None and "group" not in value.fields:
            arms_of[id(value)] = governing(scene, value)
    for value in values:
        arm = arms_of.get(id(value))
        if arm is not None and "group" not in value.fields:
            value.fields["group"] = arms.name_of(scene, arm)
    for value in values:
        if value.kind == "ratio" and value.measure in ("HR", "OR", "RR"):
            name_ratio(scene, value, values)
        elif value.measure == "p":
            name_p(scene, value)
    add_subgroups(scene, values)
    named = [arms.name_of(scene, a) for a in arms_of.values() if a is not None]
    distinct = list(dict.fromkeys(named))
    return distinct if len(distinct) > 1 else remembered


def _runs(values: list[Value]) -> list[list[Value]]:
    """Values that one name governs, in order; ratios have arms of their own."""
    others = (v for v in values if v.kind != "ratio")
    return [list(run) for _, run in groupby(others, key=lambda v: (v.endpoint, v.named_at, v.is_part))]


def _by_order(scene: Scene, runs: list[list[Value]], index: int, found: list[Arm | None]) -> list[Arm | None]:
    """Fill what stands unnamed by the order of names and values."""
    run = runs[index]
    if len(run) == 1 and of_each(scene, run[0]):
        run[0].fields["group"] = arms.EACH_GROUP
    if all(found):
        return found
    before = runs[index - 1][-1] if index else None
    after = runs[index + 1][0] if index + 1 < len(runs) else None
    ordered = by_order(scene, run, clause(scene, run, before, after))
    return [own or other for own, other in zip(found, ordered, strict=True)]


def _share_back(scene: Scene, runs: list[list[Value]], arms_of: dict[int, Arm | None]) -> None:
    """`PFS (6.1 vs 5.9 months) and OS (13.5 vs 11.3 months) for A vs B`: arms behind the last are those of all."""
    for run, later in pairwise(runs[::-1]):
        theirs = [arms_of.get(id(v)) for v in run]
        if len(later) != len(run) or len(run) < 2 or not all(theirs) or any(arms_of.get(id(v)) for v in later):
            continue
        behind = all(arm is not None and arm.start > run[-1].left for arm in theirs)
        if behind and not named_arms(scene, later[0].left, run[-1].left):
            arms_of.update({id(v): arm for v, arm in zip(later, theirs, strict=True)})


def _share_with_neighbours(scene: Scene, values: list[Value], arms_of: dict[int, Arm | None]) -> None:
    """`PFS was 6.0 months and TTP 6.4 months with axitinib`: an arm behind the last endpoint is that of all."""
    later: Value | None = None
    for value in reversed(values):
        if value.kind not in ("time", "percent") or value.endpoint == "follow_up":
            continue
        if arms_of.get(id(value)) is None and later is not None and later.named_at > value.right:
            words = scene.skeleton(value.right, later.named_at)
            if re.fullmatch(r"[\s,]*(?:and)?\s*(?:the\s)?(?:median\s|mean\s)?", words):
                arms_of[id(value)] = arms_of.get(id(later))
        later = value
