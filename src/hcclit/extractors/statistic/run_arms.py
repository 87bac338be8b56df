"""The arms of values that one endpoint's name governs, from the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.across import across, three, treatment
from hcclit.extractors.statistic.arm_lists import before_verb, listed
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.beside_name import behind_endpoint, behind_name
from hcclit.extractors.statistic.comparisons import compared
from hcclit.extractors.statistic.named_arms import named_arms
from hcclit.extractors.statistic.scene import Scene, Span
from hcclit.extractors.statistic.study_arms import study_arms
from hcclit.extractors.statistic.values import Value

_SHORTEST_REACH = 8
_UNIT = re.compile(r",?\s(?:months?|years?|weeks?|days?)\b")


def arms_of_run(scene: Scene, run: list[Value]) -> list[Arm | None]:
    """The arms of values that one name governs."""
    own = [
        _beside(scene, value)
        or _called_by(scene, value)
        or arms.behind(scene, _past_brackets(scene, value))
        or arms.in_brackets(scene, value.figure.unit_end)
        for value in run
    ]
    if not all(own):
        own = _before_next(scene, run, own)
    told = [] if all(own) else _told_together(scene, run, own)
    return [*told] if told else own if all(own) else _told_apart(scene, run, own)


def shared_behind(scene: Scene, values: list[Value]) -> Iterator[tuple[int, Arm]]:
    """`PFS and OS were 2.8 and 13.2 months in A and 2.0 and 14.0 months in B`: an arm is that of both before it."""
    for one, other in pairwise(values):
        together = one.endpoint != other.endpoint and one.kind == other.kind and 0 <= other.named_to <= one.left
        if together and re.fullmatch(r"\s*(?:and|, and)\s*", scene.skeleton(one.right, other.left)):
            arm = arms.behind(scene, _past_brackets(scene, other))
            if arm is not None:
                yield id(one), arm


def _told_together(scene: Scene, run: list[Value], own: list[Arm | None]) -> list[Arm]:
    """The arms that a list or a comparison gives to all values of a run."""
    if len(run) == 1:
        return []
    if not any(own) and (told := before_verb(scene, run)):
        return told
    pairs = listed(scene, len(run)) if "respectively" in scene.text else []
    if len(pairs) != len(run) and _in_pairs(scene, run):
        pairs = (compared(scene, 0, run[0].left) or listed(scene, 2)) * (len(run) // 2)
    if pairs and not any(own[:-1]):
        return pairs
    if not any(own):
        return three(scene, run) or (across(scene, run[0].left, run[-1].right) if _is_pair(scene, run) else [])
    if len(run) == 2 and own[0] is None and own[1] is not None and _in_pairs(scene, run):
        behind = compared(scene, own[1].start, min(len(scene.text), own[1].end + 90))
        if len(behind) > 1 and behind[0].start == own[1].start:
            return behind  # "13.5 vs 11.3 months for A vs B"
    return []


def _told_apart(scene: Scene, run: list[Value], own: list[Arm | None]) -> list[Arm | None]:
    """The arm that the words before each value give it."""
    own = [behind_endpoint(scene, run[0]) if own[0] is None else own[0], *own[1:]]
    bracketed = [_bracketed(scene, value) or _before_outer(scene, value) for value in run]
    found = [a or b for a, b in zip(own, bracketed, strict=True)]
    if len(run) == 1 and found[0] is None:
        found = [behind_name(scene, run[0]) or arms.subject(scene, run[0].left)]
    if not any(found) and run[0].kind != "count" and (len(run) == 1 or _is_pair(scene, run)):
        found[0] = treatment(scene, run[0])
    if len(run) == 2 and not any(found) and re.fullmatch(r"\s*to\s*", scene.skeleton(run[0].right, run[1].left)):
        found[1] = treatment(scene, run[1])
    return _in_one_subgroup(scene, run, found)


def _in_one_subgroup(scene: Scene, run: list[Value], found: list[Arm | None]) -> list[Arm | None]:
    """`for A in patients without X was 35% compared to 70% for B`: both are in the subgroup."""
    one, other = (*found, None)[:2]
    if one is None or other is None or one.second is None or other.second is not None:
        return found
    compares = re.fullmatch(
        r"\s*,?\s*(?:vs?\.?|versus|compared (?:with|to))\s*", scene.skeleton(run[0].right, run[1].left)
    )
    return [one, replace(other, second=one.second), *found[2:]] if compares else found


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


def _called_by(scene: Scene, value: Value) -> Arm | None:
    """`99 patients died (49 A, 50 B)`: an arm's name right behind a count."""
    pattern = study_arms(scene.analysis).pattern
    found = pattern.match(scene.text, value.right + 1) if pattern is not None and value.kind == "count" else None
    return Arm(*found.span()) if found is not None and re.match(r"\s?[,;)]", scene.text[found.end() :]) else None


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


def _before_outer(scene: Scene, value: Value) -> Arm | None:
    """`the A (38 of 154 patients [24.7%; 18-32])`: the arm right before the outermost brackets of a percentage."""
    around = [b for b in scene.brackets if b[0] < value.start < b[1]]
    if not around or value.kind != "percent":
        return None
    found = named_arms(scene, around[0][0] - 60, around[0][0])
    return found[-1] if found and not scene.text[found[-1].end : around[0][0]].strip() else None


def _opens_bracket(scene: Scene, value: Value, bracket: Span) -> bool:
    """Whether a value opens its brackets, with no more than its measure or its name before it."""
    words = scene.text[bracket[0] : value.left]
    if bracket[0] < value.named_at < value.left:
        words = scene.text[bracket[0] : value.named_at] + scene.text[value.named_to : value.left]
    return bool(re.fullmatch(r"[(\[]\s*(?:\d+-(?:year|month)\s)?(?:median|mean)?[,:]?\s*(?:was|of|=)?\s*", words))
