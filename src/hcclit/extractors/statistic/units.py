"""Units that numbers share: `6.5 vs. 4.2 months`, `10.4 (95% CI 8.1-12.9) months`."""

from __future__ import annotations

import re
from itertools import pairwise

from hcclit.extractors.statistic.scene import Figure, Scene
from hcclit.quantity import unit_at

_VERSUS = r"(?:and|vs?\.?|versus|,|or|(?:as\s)?compared (?:with|to))"
_SHARED = re.compile(
    r"\s*(?:months?\s|years?\s|weeks?\s)?\s*(?:(?:in|for|with|on|among)\s[^,;()]{1,60}?)?\s*,?\s*"
    rf"(?:{_VERSUS}|to)\s*(?:the\s)?(?:median\s)?\s*"
)
_DIRECT = re.compile(rf"\s*,?\s*{_VERSUS}\s*")


def share_units(scene: Scene) -> None:
    """Give numbers without a unit the one that stands behind their brackets, or that their list shares."""
    free = [f for f in scene.figures if f.role is None]
    for figure in free:
        if figure.kind is None and (unit := _behind_brackets(scene, figure)):
            figure.unit, figure.kind = unit, "percent" if unit == "%" else "time"
    for figure, following in reversed(list(pairwise(free))):
        if _counts(scene, figure, following):
            continue
        if _can_take(figure, following, scene.skeleton(figure.end, following.start)):
            figure.unit, figure.kind = following.unit, following.kind
    for previous, figure in pairwise(free):
        gap = scene.skeleton(previous.unit_end, figure.start)
        if figure.is_decimal and _can_take(figure, previous, gap):
            figure.unit, figure.kind = previous.unit, previous.kind


def _counts(scene: Scene, figure: Figure, following: Figure) -> bool:
    """`(5, 3.5%)`: a count with its percentage."""
    if figure.is_decimal or following.kind != "percent" or scene.before(figure.start, 1) not in ("(", "["):
        return False
    closed = scene.text[following.unit_end : following.unit_end + 1] in (")", "]", ";")
    return closed and scene.text[figure.end : following.start].strip() == ","


def _can_take(figure: Figure, other: Figure, gap: str) -> bool:
    if figure.kind is not None or figure.high is not None:
        return False
    if other.kind not in ("time", "percent") or other.is_bound or figure.is_bound:
        return False
    return bool((_SHARED if figure.is_decimal else _DIRECT).fullmatch(gap))


def _behind_brackets(scene: Scene, figure: Figure) -> str | None:
    """The unit after the bracket that follows a number, where that bracket holds its interval."""
    place = figure.end + (scene.text[figure.end : figure.end + 1] == " ")
    bracket = next((b for b in scene.brackets if b[0] == place), None)
    if bracket is None or not any(bracket[0] <= a[0] <= bracket[1] for a in scene.asides):
        return None
    unit = unit_at(scene.text, bracket[1])
    if unit is None or (unit.kind != "time" and unit.code != "%"):
        return None
    return unit.code if unit.code == "%" or unit.end - unit.start > 1 else None
