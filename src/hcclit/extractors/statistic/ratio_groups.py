"""Groups, comparators and factors of ratios, and the arms that a p-value of its own compares."""

from __future__ import annotations

import re

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.across import across
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.comparisons import compared, topic
from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.factors import set_factor
from hcclit.extractors.statistic.named_arms import clause, named_arms
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.sound_names import sound
from hcclit.extractors.statistic.study_arms import study_arms
from hcclit.extractors.statistic.values import Value

_REGRESSION = re.compile(rf"\b{any_of('regression')}\b", re.I)
_FAVOURS = re.compile(
    r"\bfavou?r(?:ed|ing|s)?\s(?:of\s)?(?:the\s)?(?!across|by\b|in\b|over\b|for\b"
    r"|with\b)(?P<name>[A-Za-z][^,;:.()\[\]]{1,60}?)(?=\s*[,;:.()\[\]]|\s(?:over|with|in|compared)\b)",
    re.I,
)
_CUE_ARMS = re.compile(
    r"(?:for|in|with|of|[(\[])\s*(?:the\s)?(?P<one>[A-Za-z][^,;:()\[\]]{0,70}?)\s+"
    r"(?:versus|vs\.?|v|(?:as )?compared (?:with|to)|relative to|over)\s+(?:the\s)?"
    r"(?P<two>[A-Za-z][^,;:()\[\]]{0,70}?)(?=\s*(?:[,;:()\[\]]|$)|\s(?:was|were|is)\b)",
    re.I,
)
_CUE_ONE = re.compile(
    r"\b(?:in|with|for)\s(?:the\s)?(?P<one>[A-Za-z][^,;:()\[\]]{0,60}?)(?=\s*(?:[,;:()\[\]]|$)|\s(?:was|were|is)\b)",
    re.I,
)


_BETWEEN_GROUPS = re.compile(r"\b(?:between|in the|between the) (?:two |2 )?(?:treatment |study )?(?:groups|arms)\b")
_OF_PATIENTS = re.compile(r"\s(?:for|in|among)\s(?:the\s)?(?:patients|women|men|those|participants)\s(?:with|who)\s")
_SUBGROUP_BEFORE = re.compile(
    r"\b(?:in|for|among)\s(?:the\s)?(?:patients|women|men|participants|those|subgroups?|tumou?rs)\s[^,;:()\[\]]{2,80}$"
)


def name_ratio(scene: Scene, value: Value, values: list[Value]) -> None:
    """Name what a ratio compares: two arms, those of its values before it, or the levels of a factor."""
    words = (value.left, value.start)
    if pair := compared(scene, *words) or _cue_pair(scene, words):
        _set_pair(scene, value, list(pair))
        return
    if _REGRESSION.search(scene.text) and set_factor(scene, value):
        return
    pair_of_values = _of_values(value, values)
    if pair_of_values is not None:
        value.fields["group"], value.fields["comparator_group"] = pair_of_values
    elif pairs := compared(scene, max(0, value.left - 260), value.left) or _pair_behind(scene, value):
        _set_pair(scene, value, list(pairs))
    elif scene.bracket_of(value.left) is not None and (apart := across(scene, value.left, value.right)):
        _set_pair(scene, value, [*apart])
    elif len(ahead := [v for v in values if _is_ahead(scene, v, value)]) == 2:
        value.fields["group"], value.fields["comparator_group"] = (v.fields["group"] for v in ahead)
    else:
        _set_pair(scene, value, _told(scene, value))
    if "group" not in value.fields and _BETWEEN_GROUPS.search(scene.text) and (own := study_arms(scene.analysis).pair):
        value.fields["group"], value.fields["comparator_group"] = own


def _of_values(value: Value, values: list[Value]) -> tuple[str, str | None] | None:
    """The groups of the values that a ratio compares."""
    like = [v.fields["group"] for v in values if _is_alike(v, value) and "group" in v.fields]
    reference = _reference(value, values)
    if like and reference is not None:
        return like[-1], reference
    if len(like) == 3 and _is_third(value, values):
        return like[0], like[2]
    return (like[-2], like[-1]) if len(like) >= 2 and like[-2] != like[-1] else None


def _told(scene: Scene, value: Value) -> list[Arm | None]:
    """The arms that the words around a ratio name, without a comparison."""
    place = value.right
    if (bracket := next((b for b in scene.brackets if place <= b[0] <= place + 1), None)) is not None:
        place = bracket[1]
    if _OF_PATIENTS.match(scene.text, place) and (arm := arms.behind(scene, place)) is not None:
        return [arm]
    if favoured := _FAVOURS.search(scene.text):
        return [arms.cleaned(scene, favoured.span("name")), None]
    single = _single(scene, _CUE_ONE.search(scene.text, value.left, value.start))
    if single is not None:
        return [single, None]
    within = _before_bracket(scene, value)
    if within is not None:
        return [within]
    better = [*_BETTER_IN.finditer(scene.text, max(0, value.left - 160), value.left)]
    if better and scene.bracket_of(value.left) is not None:
        return [arms.cleaned(scene, better[-1].span("name"))]
    return _named(scene, value) or [_treatment(scene, value) or arms.subject(scene, value.left)]


def _single(scene: Scene, found: re.Match[str] | None) -> Arm | None:
    """`hazard ratio in the A group`; not `hazard ratio for death`."""
    arm = arms.cleaned(scene, found.span("one")) if found is not None else None
    return None if arm is None or arms.names_endpoint(scene, arm) else arm


def _treatment(scene: Scene, value: Value) -> Arm | None:
    """`A plus B significantly prolonged survival (HR 0.70)`: the treatment that a sentence is about."""
    arm, shift = topic(scene, value.left), scene.sentence.start
    if arm is None or arms.names_endpoint(scene, arm):
        return None
    inside = scene.analysis.entities_in(arm.start + shift, arm.end + shift)
    return arm if any(e.label in ("DRUG", "PROCEDURE") for e in inside) else None


def _is_ahead(scene: Scene, value: Value, ratio: Value) -> bool:
    """Whether a value behind a ratio is one of what it compares: `HR 0.75, with a median OS of 8 v 6.6 months`."""
    if value.kind != "time" or value.start < ratio.start or "group" not in value.fields:
        return False
    same = value.endpoint == ratio.endpoint or ratio.endpoint in ("other", "mortality")
    return same and not re.search(r";(?!\smedian)", scene.skeleton(ratio.right, value.left))


def _named(scene: Scene, value: Value) -> list[Arm | None]:
    """The first two of the paper's arms that the clause of a ratio names, or the only one."""
    start, end = clause(scene, [value], None, None)
    found: dict[str, Arm] = {}
    for arm in named_arms(scene, start, end):
        found.setdefault(arms.name_of(scene, arm).casefold(), arm)
    named: list[Arm | None] = [*found.values()]
    return named[:2] if len(named) < 3 else []


def _before_bracket(scene: Scene, value: Value) -> Arm | None:
    """`in patients with visceral disease (HR 0.68)`: the subgroup before the brackets."""
    bracket = scene.bracket_of(value.left)
    if bracket is None or not _SUBGROUP_BEFORE.search(scene.before(bracket[0], 120)):
        return None
    arm = arms.before_brackets(scene, bracket)
    return None if arm is None or arms.names_endpoint(scene, arm) else arm


def _reference(value: Value, values: list[Value]) -> str | None:
    """`5.8 years for A (HR 1.02), 6.1 years for B (HR 0.97), and 6.6 years for placebo`: the arm that stands last."""
    own = [v for v in values if v.endpoint == value.endpoint]
    at = next(i for i, v in enumerate(own) if v is value)
    kinds = [v.kind == "ratio" for v in own]
    alternate = len(own) % 2 and kinds == [bool(i % 2) for i in range(len(own))]
    return own[-1].fields.get("group") if alternate and at < len(own) - 1 else None


def _is_third(value: Value, values: list[Value]) -> bool:
    """`37 months in A, 25 in B (HR 1.5) and 13 in C (HR 2.8)`: the arm that stands first is that of all."""
    kinds = [v.kind == "ratio" for v in values if v.endpoint == value.endpoint]
    return kinds == [False, False, True, False, True]


def _pair_behind(scene: Scene, value: Value) -> list[Arm]:
    """`(hazard ratio, 0.88; P = .66) for A versus B`."""
    bracket = scene.bracket_of(value.start)
    start = bracket[1] if bracket is not None else value.right
    lead = re.compile(r"\s*(?:for|in|with|favou?ring)\s").match(scene.text, start)
    return compared(scene, start, min(len(scene.text), start + 160)) if lead else []


def _is_alike(value: Value, ratio: Value) -> bool:
    """Whether a value before a ratio is one of its endpoint."""
    same = value.endpoint == ratio.endpoint or (value.endpoint, ratio.endpoint) == ("mortality", "OS")
    return value.kind != "ratio" and same and value.start < ratio.start


def _cue_pair(scene: Scene, words: tuple[int, int]) -> list[Arm]:
    """`hazard ratio (FLOX v FULV)`: the arms in the words of a ratio's own name."""
    found = _CUE_ARMS.search(scene.text, *words)
    if found is None:
        return []
    pair = [arms.cleaned(scene, found.span("one")), arms.cleaned(scene, found.span("two"))]
    return [arm for arm in pair if arm] if all(pair) else []


def _set_pair(scene: Scene, value: Value, pair: list[Arm | None]) -> None:
    sounds = [sound(scene, arm) for arm in pair]
    if len(pair) > 1 and all(pair) and not all(sounds):
        return
    for field, arm in zip(("group", "comparator_group"), sounds, strict=False):
        if arm is not None:
            value.fields[field] = arms.name_of(scene, arm)


_BETTER_IN = re.compile(
    r"\b(?:longer|shorter|higher|lower|better|worse|improved|greater|superior|inferior|increased"
    r"|reduced|(?:less|more) (?:frequent|common))"
    rf"\s(?:in(?: association with)?|with|for|among|after)\s(?P<name>[A-Za-z][^,;:()\[\]]{{0,80}}?){arms.END}"
)
_CLAUSE_END = re.compile(r"[;]|\.\s|\b(?:but|whereas|while|however)\b|\d")


def _behind_p(scene: Scene, value: Value) -> Arm | None:
    """`DFS (P = 0.009) and OS (P = 0.007) were longer in A than in B`."""
    start = value.figure.end
    while (aside := next((a for a in scene.asides if start <= a[0]), None)) is not None and aside[0] - start < 40:
        start = aside[1]
    end = _CLAUSE_END.search(scene.text, start)
    limit = min(end.start() if end else len(scene.text), start + 160)
    if not re.match(r"\s?[)\]][\s,]*(?:were|was)\s", scene.text[start:limit]):
        return None
    pairs = compared(scene, start, limit)
    if pairs:
        return pairs[0]
    single = _BETTER_IN.search(scene.text, start, limit)
    return arms.cleaned(scene, single.span("name")) if single is not None else None


def name_p(scene: Scene, value: Value) -> None:
    """Name the first of the arms that a p-value of its own compares."""
    pairs = compared(scene, max(0, value.left - 200), value.left)
    if pairs:
        value.fields["group"] = arms.name_of(scene, pairs[0])
        return
    single = _BETTER_IN.search(scene.text, max(0, value.left - 160), value.left)
    if single is not None and (arm := arms.cleaned(scene, single.span("name"))) is not None:
        value.fields["group"] = arms.name_of(scene, arm)
        return
    if (behind := _behind_p(scene, value)) is not None:
        value.fields["group"] = arms.name_of(scene, behind)
        return
    between = re.search(r"\bbetween\s(?:the\s)?(?P<one>[A-Za-z][^,;:()\[\]]{1,60}?)\sand\s", scene.text[: value.left])
    if between is not None and (arm := arms.cleaned(scene, between.span("one"))) is not None:
        value.fields["group"] = arms.name_of(scene, arm)
