"""Parts of a count by arm: `21 relapsed (8 in the one group and 13 in the other)`.

A part is known by its sum: numbers that follow a count, in brackets or after `including`, and make it up.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.scene import Figure, Scene, mark
from hcclit.extractors.statistic.values import Value

_OPENS = re.compile(r"[^.;()\[\]\d]{0,60}?\s?(?:[(\[]|[,:]\s?(?:including|comprising|consisting of|of whom|namely)?\s)")
_CAUSE = re.compile(r"\b(?:due to|because|from|caused|of)\b")
_ENDS = re.compile(r"[;)\]]|\.\s")
_ENDPOINTS = ("recurrence", "mortality", "other", "ORR", "CR", "PR", "SD", "PD")


def add_parts(scene: Scene, values: list[Value]) -> None:
    """Give the parts of each count the count's endpoint; values that have no endpoint yet are read anew."""
    for whole in [v for v in values if v.kind == "count" and v.endpoint in _ENDPOINTS]:
        parts = _parts(scene, whole)
        for figure in parts:
            mark([figure], "value")
            known = next((v for v in values if v.figure is figure), None)
            if known is None:
                known = Value(figure.start, figure.end, figure.left, figure.end, "count", "1", figure)
                values.append(known)
            known.endpoint, known.named_at, known.named_to = whole.endpoint, whole.named_at, whole.named_to
            known.is_part = True


def _parts(scene: Scene, whole: Value) -> list[Figure]:
    opens = _OPENS.match(scene.text, max(whole.right, whole.named_to))
    if opens is None:
        return []
    end = _ENDS.search(scene.text, opens.end())
    limit = end.start() if end else len(scene.text)
    if _CAUSE.search(scene.text, opens.end(), limit):
        return []
    inside = scene.between(opens.end(), limit)
    if any(not f.is_plain or f.role not in (None, "size", "count", "value") for f in inside):
        return []
    parts = [f for f in inside if not f.is_decimal]
    return parts if len(parts) > 1 and sum(f.value for f in parts) == whole.figure.value else []
