"""Names the groups of a sentence's values."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.across import across, governing, three
from hcclit.extractors.statistic.arm_lists import before_verb, listed
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.beside_name import behind_endpoint, behind_name
from hcclit.extractors.statistic.comparisons import compared
from hcclit.extractors.statistic.named_arms import by_order, clause, named_arms, of_each
from hcclit.extractors.statistic.ratio_groups import name_p, name_ratio
from hcclit.extractors.statistic.scene import Scene, Span
from hcclit.extractors.statistic.sound_names import sound
from hcclit.extractors.statistic.subgroups import add_subgroups
from hcclit.extractors.statistic.unnamed import name_unnamed
from hcclit.extractors.statistic.values import Value

_SHORTEST_REACH = 8
_UNIT = re.compile(r",?\s(?:months?|years?|weeks?|days?)\b")


def set_groups(scene: Scene, values: list[Value], remembered: list[str]) -> list[str]:
    """Name the groups of all values; give the arms that a later `respectively` may refer to."""
    arms_of: dict[int, Arm | None] = {}
    runs = _runs(values)
    last: list[Arm | None] = []
    for index, run in enumerate(runs):
        found = [sound(scene, arm) for arm in _of_run(scene, run)]
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
        if (
            arms_of.get(id(value)) is None
            and later is not None
            and later.kind == value.kind
            and later.named_at > value.right
        ):
            words = scene.skeleton(value.right, later.named_at)
            if re.fullmatch(r"[\s,]*(?:and)?\s*(?:the\s)?(?:median\s|mean\s)?", words):
                arms_of[id(value)] = arms_of.get(id(later))
        later = value


def _of_run(scene: Scene, run: list[Value]) -> list[Arm | None]:
    """The arms of values that one name governs."""
    own = [
        _beside(scene, value)
        or arms.behind(scene, _past_brackets(scene, value))
        or arms.in_brackets(scene, value.figure.unit_end)
        for value in run
    ]
    if all(own):
        return own
    own = _before_next(scene, run, own)
    if all(own):
        return own
    if len(run) > 1 and not any(own) and (told := before_verb(scene, run)):
        return [*told]
    if len(run) > 1:
        pairs = listed(scene, len(run)) if "respectively" in scene.text else []
        if len(pairs) != len(run) and _in_pairs(scene, run):
            pairs = (compared(scene, 0, run[0].left) or listed(scene, 2)) * (len(run) // 2)
        if pairs and not any(own[:-1]):
            return list(pairs)
    if not any(own) and (
        told := three(scene, run) or (across(scene, run[0].left, run[-1].right) if _is_pair(scene, run) else [])
    ):
        return [*told]
    if len(run) == 2 and own[0] is None and own[1] is not None and _in_pairs(scene, run):
        behind = compared(scene, own[1].start, min(len(scene.text), own[1].end + 90))
        if len(behind) > 1 and behind[0].start == own[1].start:
            return [*behind]  # "13.5 vs 11.3 months for A vs B"
    if own[0] is None:
        own[0] = behind_endpoint(scene, run[0])
    bracketed = [_bracketed(scene, value) for value in run]
    found = [a or b for a, b in zip(own, bracketed, strict=True)]
    if len(run) == 1 and found[0] is None:
        found = [behind_name(scene, run[0]) or arms.subject(scene, run[0].left)]
    return found


def _is_pair(scene: Scene, run: list[Value]) -> bool:
    """`(9 v 7 months)`: two values against each other in brackets."""
    if len(run) != 2 or scene.bracket_of(run[0].left) is None:
        return False
    return bool(re.fullmatch(r"\s*(?:vs?\.?|versus)\s*", scene.skeleton(run[0].right, run[1].left)))


def _beside(scene: Scene, value: Value) -> Arm | None:
    """`22.4 months in the A arm (95% CI 16.5-37.5)`: the arm between a value and what belongs to it."""
    place = value.figure.unit_end
    if value.right - place < _SHORTEST_REACH or scene.text[place : place + 2].lstrip()[:1] in ("(", "["):
        return None
    arm = arms.behind(scene, place)
    return arm if arm is not None and arm.end <= value.right else None


def _in_pairs(scene: Scene, run: list[Value]) -> bool:
    """Whether values are one pair, or several of the form `x vs y`."""
    if len(run) < 3:
        return len(run) == 2
    gaps = [scene.skeleton(one.right, other.left) for one, other in zip(run[::2], run[1::2], strict=False)]
    return len(run) % 2 == 0 and all(re.fullmatch(r"\s*(?:vs?\.?|versus)\s*", gap) for gap in gaps)


def _before_next(scene: Scene, run: list[Value], own: list[Arm | None]) -> list[Arm | None]:
    """`71.8% and 67.0% for FULV`: values at several landmarks share the arm behind the last of them."""
    out = list(own)
    for index in range(len(run) - 2, -1, -1):
        one, other = run[index], run[index + 1]
        joined = re.fullmatch(r"\s*(?:,|and|, and)\s*", scene.skeleton(one.right, other.left))
        if out[index] is None and joined and one.fields.get("at") != other.fields.get("at"):
            out[index] = out[index + 1]
    return out


def _past_brackets(scene: Scene, value: Value) -> int:
    place = value.right
    around = scene.bracket_of(value.start)
    if around is None and (last := scene.bracket_of(value.right - 1)) is not None:
        around = last  # "two (<1%) patients"
    if around is not None and value.left < around[0]:
        place = around[1]
    while (following := next((b for b in scene.brackets if place <= b[0] <= place + 1), None)) is not None:
        if not re.search(r"\d", scene.text[following[0] : following[1]]):
            break
        place = following[1]
    unit = _UNIT.match(scene.text, place)
    return unit.end() if unit is not None else place


def _bracketed(scene: Scene, value: Value) -> Arm | None:
    bracket = scene.bracket_of(value.left)
    if bracket is None or value.kind == "count" or not _opens_bracket(scene, value, bracket):
        return None
    arm = arms.before_brackets(scene, bracket)
    return (
        None
        if arm is not None
        and (
            (arm.start < value.named_to and value.named_at < arm.end)
            or re.match(r"(?:more|fewer|higher|lower|less)\b", scene.text[arm.start :])
        )
        else arm
    )


def _opens_bracket(scene: Scene, value: Value, bracket: Span) -> bool:
    """Whether a value opens its brackets, with no more than its measure or its name before it."""
    words = scene.text[bracket[0] : value.left]
    if bracket[0] < value.named_at < value.left:
        words = scene.text[bracket[0] : value.named_at] + scene.text[value.named_to : value.left]
    return bool(re.fullmatch(r"[(\[]\s*(?:\d+-(?:year|month)\s)?(?:median|mean)?[,:]?\s*(?:was|of|=)?\s*", words))
