"""Parts of a count by arm: `21 relapsed (8 in the one group and 13 in the other)`.

A part is known by its sum: numbers that follow a count, in brackets, after a colon or `including`, and make it up.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.scene import Figure, Scene, mark
from hcclit.extractors.statistic.values import Value

_OPENS = re.compile(r"[^.;()\[\]\d]{0,60}?\s?(?:[(\[]|[,:]\s?(?:including|comprising|consisting of|of whom|namely)?\s)")
_ENDS = re.compile(r";|\.\s")
_CAUSE = re.compile(r"\b(?:due to|because|from|caused|of)\b(?!\s\d)")
_ENDPOINTS = ("recurrence", "mortality", "other", "ORR", "CR", "PR", "SD", "PD")


def add_parts(scene: Scene, values: list[Value]) -> None:
    """Give the parts of each count the count's endpoint; numbers that no other step has read become values."""
    for whole in [v for v in values if v.endpoint in _ENDPOINTS and _number(v) > 1]:
        span = _stretch(scene, whole)
        parts = _parts(scene, span, values) if span is not None else []
        if len(parts) < 2 or sum(map(_number, parts)) != _number(whole):
            continue
        whole.has_parts = True
        for part in parts:
            mark([part.figure], "value")
            if not any(v is part for v in values):
                values.append(part)
            part.endpoint, part.named_at, part.named_to = whole.endpoint, whole.named_at, whole.named_to
            part.is_part = True


def _number(value: Value) -> float:
    """The patients that a value counts; 0 for one that counts none."""
    if value.kind == "count":
        return value.figure.value
    return value.n.value if value.n is not None else 0


def _stretch(scene: Scene, whole: Value) -> tuple[int, int] | None:
    """Where the parts of a count may stand."""
    opens = _OPENS.match(scene.text, max(whole.right, whole.named_to))
    if opens is None:
        return None
    if _CAUSE.search(opens.group()):
        return None
    bracket = scene.bracket_of(opens.end()) if opens.group()[-1] in "([" else None
    end = _ENDS.search(scene.text, opens.end())
    limit = bracket[1] if bracket else end.start() if end else len(scene.text)
    return None if _CAUSE.search(scene.text, opens.end(), limit) else (opens.end(), limit)


def _parts(scene: Scene, span: tuple[int, int], values: list[Value]) -> list[Value]:
    """The numbers of patients in a stretch; none where it holds any other number or another endpoint's value."""
    parts: list[Value] = []
    taken: set[int] = set()
    for figure in scene.between(*span):
        if id(figure) in taken or figure.role in ("level", "p", "test"):
            continue
        own = next((v for v in values if figure in (v.figure, v.n) and v.kind in ("count", "percent")), None)
        part = own or _new(figure)
        if (
            part is None
            or not _number(part)
            or (part.endpoint is not None and own is not None and _is_told(part, span))
        ):
            return []
        taken |= {id(f) for f in (part.figure, part.n, part.total) if f is not None}
        parts.append(part)
    return parts


def _is_told(part: Value, span: tuple[int, int]) -> bool:
    """Whether a number has an endpoint that its own stretch names."""
    return span[0] <= part.named_at < span[1]


def _new(figure: Figure) -> Value | None:
    if not figure.is_plain or figure.is_decimal or figure.role not in (None, "size"):
        return None
    return Value(figure.start, figure.end, figure.left, figure.end, "count", "1", figure)
