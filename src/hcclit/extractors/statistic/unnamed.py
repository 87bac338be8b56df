"""Arms of values in a sentence that does not name them: `(17.8 v 11.5 months)`, `10.2 and 10.7 months, respectively`.

They are the arms of the sentences before, in their order, or the two that the paper compares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.named_arms import clause, named_arms
from hcclit.extractors.statistic.pair import partner
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.study_arms import study_arms
from hcclit.extractors.statistic.values import Value

_VERSUS = re.compile(r"\s*(?:vs?\.?|versus|(?:as\s)?compared with)\s*")
_OF_ALL = re.compile(
    r"[)\]\s]*(?:,\s)?(?:in|for|among|between)\s(?:the\s)?(?:both|two|three)\s(?:study\s|treatment\s)?(?:arms|groups)\b"
)
_OTHERS = re.compile(
    r"\b(?:than|with(?: and| or|/)\s?without|responders|subgroups?|either|patients (?:with|who"
    r"|in|on|aged)|(?:wo)?men|stage|grade"
    r"|between (?!(?:the )?(?:two |treatment |study )?(?:groups|arms)))\b",
    re.I,
)


def name_unnamed(scene: Scene, run: Sequence[Value], found: Sequence[Arm | None], remembered: list[str]) -> None:
    """Name the values of a run from the arms that are known: of a comparison, the paragraph, or the paper."""
    for place in range(len(run) - 1):
        _in_brackets_of_subgroup(scene, run[place : place + 2], found[place : place + 2])
        _within(scene, run[place : place + 2], found[place : place + 2], remembered)
    _against_partner(scene, run, found)
    if any(found) or len(run) < 2:
        return
    told = _is_said_of_arms(scene, run) or "respectively" in scene.text[run[-1].right : run[-1].right + 120]
    names = remembered if len(remembered) == len(run) else _pair(scene, run) if not _names_others(scene, run) else []
    if not told:
        return
    for value, name in zip(run, _larger_first(scene, run, names), strict=False):
        value.fields["group"] = name


_ADDS = re.compile(r"\b(?:[Aa]ddition of|[Aa]dding)\s")


def _larger_first(scene: Scene, run: Sequence[Value], names: Sequence[str]) -> Sequence[str]:
    """`the addition of C (38% vs 12%)`: the arm that has it comes first (`ABC`, `AB`)."""
    if len(names) == 2 and _ADDS.search(scene.text, 0, run[0].left) and set(names[0]) < set(names[1]):
        return names[::-1]
    return names


_SUBGROUP = re.compile(
    r"\b(?:patients|those|women|men|participants)\s(?:with(?!out)\s|who had\s)"
    r"(?P<name>(?:(?!\b(?:had|has|have|was|were|did|showed|achieved|experienced|demonstrated|exhibited|gained)\b)[^,;:()\[\]]){3,60}?)\s$"
    r"|\b(?:in|for|among)\s(?:[A-D]\.\s)?(?P<kind>[^,;:()\[\]]{3,60}?)\s(?:patients|women|men|tumou?rs)\s$"
)
_OF_SUBGROUPS = re.compile(
    r"\b(?:than|compared|versus|vs|between|(?:longer|shorter|higher|lower|better|worse|greater|improved|inferior"
    r"|superior|more common)\s(?:in|for|among)\s(?:the\s)?"
    r"(?:patients|women|men|those|participants|[\w-]+\s(?:patients|tumou?rs)))\b"
)
"""What sets subgroups, not arms, against each other."""
_NAMED_WITHIN = re.compile(r"(?P<arm>.{3,60}?)\s(?:for|in|among)\s(?:patients with\s|the\s)?(?P<name>.{3,60})$")


def _in_brackets_of_subgroup(scene: Scene, run: Sequence[Value], found: Sequence[Arm | None]) -> None:
    """`in patients with X (13.5 vs 10.2 months in A)`: both are in the subgroup; `10.2 in A for X` names it behind."""
    bracket, pair = scene.bracket_of(run[0].left), study_arms(scene.analysis).pair
    if bracket is None or scene.bracket_of(run[1].left) != bracket:
        return
    before = _SUBGROUP.search(scene.before(bracket[0], 90))
    if (
        found[1] is None
        and before is not None
        and pair is not None
        and not _OF_SUBGROUPS.search(scene.text, 0, bracket[0])
    ):
        if _VERSUS.fullmatch(scene.skeleton(run[0].right, run[1].left)):
            for value, arm in zip(run, pair, strict=False):
                value.fields["group"] = f"{arm}, {before['name'] or before['kind']}"
        return
    if found[1] is None or found[1].start < run[1].left:
        return
    name = arms.name_of(scene, found[1])
    inside = _NAMED_WITHIN.fullmatch(name)
    if before is not None:
        subgroup = before["name"] or before["kind"]
    elif inside is not None and partner(pair, inside["arm"]) is not None:
        name, subgroup = inside["arm"], inside["name"]
    else:
        return
    other = partner(pair, name)
    run[0].fields["group"] = f"{other}, {subgroup}" if other is not None else subgroup
    run[1].fields["group"] = f"{name}, {subgroup}"


def _within(scene: Scene, run: Sequence[Value], found: Sequence[Arm | None], remembered: list[str]) -> None:
    """`21.0 vs 5.5 months in the X cohort`: what stands behind the pair is the subgroup of both."""
    pair, behind = study_arms(scene.analysis).pair, found[1]
    if len(run) != 2 or "group" in run[0].fields or behind is None or behind.start < run[1].right:
        return
    if found[0] is not None and (found[0].start > run[0].left or partner(pair, arms.name_of(scene, found[0])) is None):
        return
    if pair is None or partner(pair, arms.name_of(scene, behind)) is not None:
        return
    if _VERSUS.fullmatch(scene.skeleton(run[0].right, run[1].left)):
        names = [arms.name_of(scene, a) for a in named_arms(scene, 0, run[0].left)]
        distinct = list(dict.fromkeys(names))
        for value, name in zip(run, distinct if len(distinct) == 2 else remembered or pair, strict=False):
            value.fields["group"] = f"{name}, {arms.name_of(scene, behind)}"


def _is_said_of_arms(scene: Scene, run: Sequence[Value]) -> bool:
    """Whether values are set against each other, or said of both arms, in a clause that names no other groups."""
    versus = all(_VERSUS.fullmatch(scene.skeleton(one.right, other.left)) for one, other in pairwise(run))
    if not versus and not _OF_ALL.match(scene.text, run[-1].right):
        return False
    return not _names_others(scene, run)


def _names_others(scene: Scene, run: Sequence[Value]) -> bool:
    """Whether the clause of values names groups, of the paper's arms or of others."""
    start, _ = clause(scene, run, None, None)
    opening = next((m for m in arms.OPENING.finditer(scene.text, start, run[0].left)), None)
    start = opening.end() if opening is not None else start
    return bool(_OTHERS.search(scene.text, start, run[0].left) or named_arms(scene, start, run[-1].right))


def _pair(scene: Scene, run: Sequence[Value]) -> list[str]:
    """The two arms that the paper compares, where it tells its own results."""
    pair = study_arms(scene.analysis).pair
    own = scene.sentence.section not in ("introduction", "discussion") or _OF_ALL.match(scene.text, run[-1].right)
    shift = scene.sentence.start
    cites = any(shift <= start < shift + len(scene.text) for start, _ in scene.analysis.citations)
    return list(pair) if pair is not None and len(run) == 2 and own and not cites else []


def _against_partner(scene: Scene, run: Sequence[Value], found: Sequence[Arm | None]) -> None:
    """`longer in the A group (17.8 v 11.5 months)`: the second number is that of the paper's other arm."""
    if len(run) == 2 and found[0] is None and found[1] is not None:
        first = partner(study_arms(scene.analysis).pair, arms.name_of(scene, found[1]))
        if first is not None and _VERSUS.fullmatch(scene.skeleton(run[0].right, run[1].left)):
            run[0].fields["group"] = first
    if len(run) != 2 or found[0] is None or found[1] not in (None, found[0]):
        return
    bracket = scene.bracket_of(run[0].left)
    if bracket is None or scene.bracket_of(run[1].left) != bracket:
        return
    if not _VERSUS.fullmatch(scene.skeleton(run[0].right, run[1].left)) or "between" in scene.before(bracket[0], 120):
        return
    other = partner(study_arms(scene.analysis).pair, arms.name_of(scene, found[0]))
    if other is not None:
        run[1].fields["group"] = other
