"""Comparisons whose second arm stands behind several brackets: `A improved OS (9 v 7 months) and PFS (5 v 3) over B`.

Also the group that a clause opens with and that its values are of: `the control group had 1 CR, 4 PR and 9 SD`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hcclit.extractors.statistic.arms import END, Arm, cleaned, names_endpoint
from hcclit.extractors.statistic.comparisons import compared
from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.named_arms import named_arms
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.sound_names import sound
from hcclit.extractors.statistic.values import Value

_REACH = 320
_THAN = re.compile(
    r"\s?,?\s(?:than|(?:as\s)?compared (?:with|to)|over|versus)\s(?:that of\s|those of\s)?"
    r"(?:(?:those|that|patients|women|men)\s)?"
    r"(?:(?:with|in|for|among|on|by|after|following|given|receiving|who received|treated with|assigned to)\s)?"
    rf"(?:the\s)?(?P<two>(?!expected|before|at\b)[A-Za-z][^,;:()\[\]]{{0,90}}?){END}"
)
_PARTS = re.compile(r";\s|\.\s|,?\s(?:but|whereas|while|although|however)\s")
_LEAD = re.compile(r"[,;:.]\s|\b(?:that|and|but|whereas|while)\s")
_ONE = re.compile(
    r"(?:(?:[Aa]ddition of|[Aa]dding|[Tt]reatment with|[Uu]se of)\s|"
    r"(?:[Pp]atients|[Tt]hose|[Ww]omen|[Mm]en)\s(?:in|on|receiving|treated with|assigned to|given|with"
    r"|who (?:received|underwent|had))\s|[Pp]atients\s(?=who\s))?(?:[Tt]he\s)?"
    r"(?P<name>[A-Za-z][^,;:.()\[\]]{1,70}?)(?:\s(?:arm|group|regimen|patients))?(?<!\bwho)\s(?:\w{1,20}ly\s)?"
    rf"(?:{any_of('verb of a comparison')}|{any_of('verb after an arm')}|increases|improves|reduces|had|has)\b"
)
_COMBINES = re.compile(r"\b(?:with|plus|both)\s[\w-]{3,30}\s$")
"""Before the `and` of a combination: `A combined with B and C`."""
_BETTER = re.compile(
    r"\b(?:longer|shorter|higher|lower|better|worse|improved|greater|superior|inferior|increased"
    r"|more common)\s"
    r"(?:in(?: association with)?|with|for|among|after|following)\s(?:the\s)?"
    rf"(?P<name>[A-Za-z][^,;:()\[\]]{{0,80}}?){END}"
)
_OPENS = re.compile(
    r"(?:^|[.;:]\s|[,;.]\s(?:whereas|while|but|and)\s|^[A-Z ]{4,30}[.:]\s)"
    r"(?:(?:After|At|During|Overall)[^,;.()]{0,50},\s)?"
    r"(?:(?:[Ii]n|[Aa]mong|[Ff]or|[Ww]ith|[Oo]f)\s)?(?:[Tt]he\s)?(?:patients in the\s)?$"
)
_CALLED = re.compile(r"\s(?:regimen\s|combination\s|treatment\s)?(?:group|arm|cohort)\b")
_THOSE_WHO = re.compile(r"\b(?:patients|those|women|men)\s(?:with\s[^,;()]{2,40}\s)?who\s(?:did\s)?$", re.I)
_RAISED = re.compile(
    r"(?:(?:[Tt]he\s)?(?:[Aa]ddition of|[Aa]dding|[Uu]se of"
    r"|[Cc]ombination of|[Tt]reatment with)\s)?(?:[Tt]he\s)?"
    r"(?P<name>[A-Za-z](?:[^,;:.()\[\]]|\([^()]{1,20}\)){1,80}?)\s"
    r"(?:\w{1,20}ly\s)?(?:results? in|resulted in|yields?|yielded|leads? to|led to|increase[sd]?"
    r"|improve[sd]?|raise[sd]?|achieve[sd]?|produce[sd]?|provide[sd]?|gave|prolong(?:s|ed)|reduce[sd]?|decrease[sd]?)\b"
)
_SET_AGAINST = re.compile(r"\b(?:vs?\.?|versus|compared|than)\s")
_VERSUS = re.compile(r"\s*(?:vs?\.?|versus)\s*")


def across(scene: Scene, left: int, right: int) -> list[Arm]:
    """The two arms of a comparison that a value in brackets belongs to."""
    two = _second(scene, right)
    if two is None:
        return []
    start = max((m.end() for m in _PARTS.finditer(scene.text, 0, left) if not scene.bracket_of(m.start())), default=0)
    found = [*_BETTER.finditer(scene.text, start, left), *_after_leads(_ONE, scene, start, left)]
    ones = (sound(scene, cleaned(scene, m.span("name"))) for m in sorted(found, key=lambda m: -m.end()))
    one = next((arm for arm in ones if arm is not None and _is_group(scene, arm)), None)
    return [one, two] if one is not None else []


def _after_leads(pattern: re.Pattern[str], scene: Scene, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where a pattern fits right behind the beginning of a clause."""
    leads = (m for m in _LEAD.finditer(scene.text, start, end) if not _COMBINES.search(scene.before(m.start(), 40)))
    for place in (start, *(lead.end() for lead in leads)):
        found = pattern.match(scene.text, place, end)
        if found is not None:
            yield found


def _second(scene: Scene, right: int) -> Arm | None:
    """The arm behind the first `than` that stands in no brackets."""
    limit = min(len(scene.text), right + _REACH)
    for match in _THAN.finditer(scene.text, right, limit):
        if scene.bracket_of(match.start("two")) is not None:
            continue
        if _PARTS.search(scene.skeleton(right, match.start())):
            return None
        arm = sound(scene, cleaned(scene, match.span("two")))
        return arm if arm is not None and _is_group(scene, arm) else None
    return None


def _is_group(scene: Scene, arm: Arm) -> bool:
    """Whether words do not name an endpoint, but for those who reached it."""
    return not names_endpoint(scene, arm) or bool(_THOSE_WHO.search(scene.before(arm.start, 40)))


def three(scene: Scene, run: Sequence[Value]) -> list[Arm]:
    """`longer in A than in B or C (8.4 vs 1.8 vs 2.0 months)`."""
    gaps = [scene.skeleton(one.right, other.left) for one, other in pairwise(run)]
    if len(run) != 3 or not all(_VERSUS.fullmatch(gap) for gap in gaps):
        return []
    pair = compared(scene, max(0, run[0].left - _REACH), run[0].left)
    split = re.search(r"\s(?:or|and)\s", scene.text[pair[1].start : pair[1].end]) if len(pair) == 2 else None
    if split is None:
        return []
    at = pair[1].start
    ends = [cleaned(scene, (at, at + split.start())), cleaned(scene, (at + split.end(), pair[1].end))]
    return [pair[0], *(arm for arm in ends if arm)] if all(ends) else []


_SEVERAL = re.compile(
    r"\b[Cc]ompar(?:ing|ed|e|ison of)\s"
    r"(?P<names>[A-Za-z][^,;:.()\[\]]{2,80}?(?:\s(?:versus|vs\.?)\s[^,;:.()\[\]]{2,80}?){1,3})"
    r"(?=[,;:.()\[\]]|\s(?:in|for|among)\s)"
)


def several_compared(text: str) -> list[str]:
    """`comparing A plus B versus A versus B`: arms of which the values follow."""
    found = _SEVERAL.search(text)
    if found is None:
        return []
    names = re.split(r"\s(?:versus|vs\.?)\s", found["names"])
    return [re.sub(r"^(?:the|patients (?:with|on|receiving))\s", "", name).strip() for name in names]


def governing(scene: Scene, value: Value) -> Arm | None:
    """The arm that the clause of a value opens with."""
    found = named_arms(scene, 0, value.left)
    if not found or not _CALLED.match(scene.text, found[-1].end):
        return None
    arm = found[-1]
    between = scene.skeleton(arm.end, value.left)
    if not _OPENS.search(scene.before(arm.start, 120)) or _SET_AGAINST.search(between) or ";" in between:
        return None
    after = scene.text[value.right : value.right + 12]
    return None if re.match(r"\s*(?:vs?\.?|versus)\s", after) else arm


def treatment(scene: Scene, value: Value) -> Arm | None:
    """`A plus B increased the response rate from 12% to 30%`: the treatment that led to a value."""
    if re.search(r"\bfrom\s$", scene.before(value.left, 6)):
        return None
    start = max((m.end() for m in _PARTS.finditer(scene.text, 0, value.left)), default=0)
    for found in reversed(list(_after_leads(_RAISED, scene, start, value.left))):
        arm, shift = cleaned(scene, found.span("name")), scene.sentence.start
        if arm is None or names_endpoint(scene, arm) or _SET_AGAINST.search(scene.skeleton(found.end(), value.left)):
            continue
        inside = scene.analysis.entities_in(arm.start + shift, arm.end + shift)
        return arm if any(e.label in ("DRUG", "PROCEDURE") for e in inside) else None
    return None
