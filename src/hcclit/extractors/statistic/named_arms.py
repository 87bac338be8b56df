"""Where a sentence names the paper's arms, and which of its values stand for which, by their order.

`in the A arm 30.7 months and in the B arm 16.6 months`, `13.7 and 3.7 months with A and B`, `the A group and the B
group had ... (x vs y)`: what the words right beside a value do not tell, the order of names and values does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.study_arms import study_arms
from hcclit.extractors.statistic.values import Value

_CALLED = re.compile(
    r"(?:\s(?:alone|combination|treatment|therapy))?(?:\s(?:group|arm|recipients|patients|cohort)|-treated)s?\b"
)
_LEADS = re.compile(
    r"(?:\b(?:in|with|for|on|of|to|than|versus|vs\.?|v|between|receiving|allocated|assigned"
    r"|given|by|from|and|or|either|both|favou?ring|the)\s"
    r"|^|[.,;:(]\s?)$",
    re.I,
)
_JOINED = re.compile(r"\s?(?:plus|\+)\s?$")
_JOINS = re.compile(r"\s?(?:plus|\+|-based)\b")
_EACH = re.compile(
    r"\s(?:(?:for|in)\s)?(?P<name>both|each|both (?:the )?(?:\w+ )?(?:groups|arms)|(?:each"
    r"|either) (?:group|arm))(?=[\s,;).]|$)"
)
_BOTH_NAMED = re.compile(r"\s(?:in|for|with)\s(?:both|either|each of)\s(?!(?:groups|arms)\b)(?:the\s)?$")
_VERSUS = re.compile(r"\s*(?:[,;]\s)?(?:vs?\.?|versus|(?:as\s)?compared (?:with|to)|against)\s*(?:only\s)?")
_CLAUSE = re.compile(r";\s|\.\s|\b(?:whereas|while)\s")


def named_arms(scene: Scene, start: int = 0, end: int | None = None) -> list[Arm]:
    """The places of a span at which one of the paper's arms is named, not a drug of the same name."""
    pattern = study_arms(scene.analysis).pattern
    if pattern is None:
        return []
    found = []
    for match in pattern.finditer(scene.text, max(0, start), len(scene.text) if end is None else end):
        before, called = scene.before(match.start(), 14), _CALLED.match(scene.text, match.end())
        if _JOINED.search(before) or _JOINS.match(scene.text, match.end()):
            continue
        if called is not None or _LEADS.search(before):
            found.append(Arm(match.start(), match.end()))
    return found


def by_order(scene: Scene, run: Sequence[Value], window: tuple[int, int]) -> list[Arm | None]:
    """The arms of values that one name governs, from the order of names and values in a window; None where unclear."""
    arms = [a for a in named_arms(scene, *window) if not any(v.left <= a.start < v.right for v in run)]
    letters, kept = _letters(scene, run, _distinct(scene, arms))
    count = len(run)
    if re.fullmatch(r"(?:AV)+", letters):
        return [*kept]
    if len(kept) == 1 and count > 1 and letters == "A" + "V" * count and _same_arm(scene, run):
        return [*kept] * count
    shapes = ("A" * len(kept) + "V" * count, "V" * count + "A" * len(kept))
    if len(kept) > 1 and count % len(kept) == 0 and letters in shapes and (count == len(kept) or _in_pairs(scene, run)):
        return [*kept] * (count // len(kept))
    return [None] * count


def _letters(scene: Scene, run: Sequence[Value], arms: list[Arm]) -> tuple[str, list[Arm]]:
    """The order of names (A) and values (V) as letters; names before and after that have no value are dropped."""
    events = sorted([(a.start, "A") for a in arms] + [(v.start, "V") for v in run])
    letters = "".join(letter for _, letter in events)
    alternating = re.fullmatch(r"A{2,}?((?:AV){2,})", letters)
    if alternating is not None:
        arms = arms[-len(run) :]
        letters = alternating[1]
    return letters, arms


def _distinct(scene: Scene, arms: list[Arm]) -> list[Arm]:
    """Names in order, each run of the same name once."""
    kept: list[Arm] = []
    for arm in arms:
        if not kept or _text(scene, arm) != _text(scene, kept[-1]):
            kept.append(arm)
    return kept


def _text(scene: Scene, arm: Arm) -> str:
    return scene.text[arm.start : arm.end].casefold()


def _same_arm(scene: Scene, run: Sequence[Value]) -> bool:
    """Whether values in a row are of one arm: they differ in their landmark, and are not set against each other."""
    landmarks = {v.fields.get("at") for v in run}
    gaps = [scene.skeleton(one.right, other.left) for one, other in pairwise(run)]
    return len(landmarks) == len(run) and not any(_VERSUS.fullmatch(gap) for gap in gaps)


def _in_pairs(scene: Scene, run: Sequence[Value]) -> bool:
    """Whether values stand in pairs `x vs y`."""
    pairs = zip(run[::2], run[1::2], strict=False)
    return len(run) % 2 == 0 and all(_VERSUS.fullmatch(scene.skeleton(a.right, b.left)) for a, b in pairs)


def of_each(scene: Scene, value: Value) -> bool:
    """`14.2 months for both`, `in both the A group and the B group`: one number of all arms."""
    if _EACH.match(scene.text, value.right):
        return True
    arms = named_arms(scene, value.right, min(len(scene.text), value.right + 120))
    return len(arms) > 1 and bool(_BOTH_NAMED.fullmatch(scene.text[value.right : arms[0].start]))


def clause(scene: Scene, run: Sequence[Value], before: Value | None, after: Value | None) -> tuple[int, int]:
    """Where names for values may stand: from the values before to those after, within `;` and full stops."""
    start = before.right if before is not None else 0
    end = after.left if after is not None else len(scene.text)
    if after is not None and after.named_at >= run[-1].right:
        end = min(end, after.named_at)
    for match in _CLAUSE.finditer(scene.text, start, end):
        if scene.bracket_of(match.start()) is not None:
            continue
        if match.end() <= run[0].left:
            start = match.end()
        elif match.start() >= run[-1].right:
            return start, match.start()
    return start, end
