"""Names in a list (`median PFS and OS`) and how they share out the values that follow."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_LISTED = re.compile(
    r"[\s,/;]*(?:times?|rates?|durations?)?\s*(?:\([^()]{1,30}\))?[\s,/]*(?:and|or|as well as|&|plus|/)?[\s,]*"
    r"(?:the\s|median\s|mean\s|rates? of\s|[-\d\s,and]{0,14}(?:year|month)s?\s|of\s)*",
    re.I,
)
_VERSUS = re.compile(r"\b(?:vs?\.?|versus|compared with)\s*$")
_TAKES: dict[str, tuple[str, ...]] = {
    "time": ("time", "span"),
    "percent": ("time", "rate", "event", "verb", "span", "ae"),
    "count": ("rate", "event", "verb", "ae"),
}


def takes(endpoint: Endpoint, value: Value) -> bool:
    """Whether a value may be one of an endpoint, by its kind."""
    if endpoint.kind == "span" and value.kind == "percent" and endpoint.code != "duration_of_response":
        return False
    return endpoint.kind in _TAKES.get(value.kind, ()) and not endpoint.weak


def group_names(scene: Scene, endpoints: list[Endpoint]) -> list[list[Endpoint]]:
    """Put names that stand in one list together: `median PFS and OS`, `ORR, DCR and median TTP`."""
    groups: list[list[Endpoint]] = []
    for endpoint in endpoints:
        if groups and _joined(scene, groups[-1][-1], endpoint):
            groups[-1].append(endpoint)
        else:
            groups.append([endpoint])
    return groups


def _joined(scene: Scene, one: Endpoint, other: Endpoint) -> bool:
    if "verb" in (one.kind, other.kind) or "follow_up" in (one.code, other.code):
        return False
    if re.search(r"events?\b(?!-free)", f"{one.name} {other.name}", re.I):
        return False
    if any(f.role != "landmark" for f in scene.between(one.end, other.start)):
        return False
    gap = scene.text[one.end : other.start]
    if not gap.strip() or len(gap) >= 50 or not _LISTED.fullmatch(gap):
        return False
    return scene.bracket_of(one.start) == scene.bracket_of(other.start)


def share_out(scene: Scene, group: list[Endpoint], run: list[Value]) -> list[tuple[Value, Endpoint]]:
    """Give the values of a run to the names of a list: all to one, or in the order of the list."""
    if len(group) == 1:
        pairs = [(value, group[0]) for value in run]
    elif len(run) % len(group) == 0:
        pairs = _in_order(scene, group, run)
    else:
        takers = [[e for e in group if takes(e, value)] for value in run]
        pairs = [(value, names[0]) for value, names in zip(run, takers, strict=True) if len(names) == 1]
    for order, (value, _) in enumerate(pairs):
        value.order = order
    return [(value, endpoint) for value, endpoint in pairs if takes(endpoint, value)]


def _in_order(scene: Scene, group: list[Endpoint], run: list[Value]) -> list[tuple[Value, Endpoint]]:
    """`PFS and OS were a and b in A and c and d in B`; pairs that `vs` joins belong to one name."""
    versus = [bool(_VERSUS.search(scene.before(value.left, 14))) for value in run]
    if len(run) == 2 * len(group) and all(versus[1::2]):
        return [(value, group[i // 2]) for i, value in enumerate(run)]
    return [(value, group[i % len(group)]) for i, value in enumerate(run)]
