"""Counts of response categories in a list, and counts that the name of their category parts from the percentage.

`29 patients with CR, 29 with PR and three with SD`, `CR was seen in 2, PR in 8 and SD in 12`; `ten patients had an
objective response (29%)`. An item alone may be anything; two of one form beside each other are a tally.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.naming import CORE_RATES, Endpoint
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import PEOPLE, Value

_CATEGORIES = ("CR", "PR", "SD", "PD")
_NUMBER_FIRST = re.compile(
    rf"\s?(?:{PEOPLE}\s)?(?:(?:with|had|having|achiev\w+|show\w+|attain\w+|reach\w+|obtain\w+|exhibit\w+)\s)?"
    r"(?:an?\s|the\s)?(?:confirmed\s|unconfirmed\s|best\s)?",
    re.I,
)
_NAME_FIRST = re.compile(
    rf"\s?(?:\([A-Z]{{2}}\)\s)?(?:(?:was|were)\s)?(?:{any_of('found')}\s)?(?:(?:in|by|for)\s|[:=(]\s?)?(?:only\s)?",
    re.I,
)
_NEXT = re.compile(rf"\s?(?:{PEOPLE})?\)?\s?(?:[,;]\s?(?:and\s|while\s|whereas\s)?|and\s)", re.I)
_OPENS_BRACKET = re.compile(r"\s?[(\[]\s?")


@dataclass(frozen=True, slots=True)
class _Item:
    """A number beside its category."""

    value: Value
    endpoint: Endpoint
    number_first: bool

    @property
    def start(self) -> int:
        return min(self.value.start, self.endpoint.start)

    @property
    def end(self) -> int:
        return max(self.value.figure.end, self.endpoint.end)


def tally(scene: Scene, groups: list[list[Endpoint]], values: list[Value]) -> None:
    """Give the counts of a list of categories their endpoints."""
    endpoints = [e for group in groups for e in group if e.code in _CATEGORIES and e.kind == "rate"]
    if len(endpoints) > 1:
        counts = [v for v in values if v.kind == "count"]
        _give([i for e in endpoints if (i := _item_before(scene, e, counts))], scene)
        _give([i for e in endpoints if (i := _item_behind(scene, e, counts))], scene)


def _give(items: list[_Item], scene: Scene) -> None:
    for one, other in pairwise(items):
        if _NEXT.fullmatch(scene.text, one.end, other.start):
            for item in (one, other):
                item.value.endpoint = item.endpoint.code
                item.value.named_at, item.value.named_to = item.endpoint.start, item.endpoint.end


def _item_before(scene: Scene, endpoint: Endpoint, counts: list[Value]) -> _Item | None:
    value = next((v for v in reversed(counts) if v.figure.end <= endpoint.start), None)
    if value is None or not _NUMBER_FIRST.fullmatch(scene.text, value.figure.end, endpoint.start):
        return None
    return _Item(value, endpoint, number_first=True)


def _item_behind(scene: Scene, endpoint: Endpoint, counts: list[Value]) -> _Item | None:
    value = next((v for v in counts if v.start >= endpoint.end), None)
    if value is None or not _NAME_FIRST.fullmatch(scene.text, endpoint.end, value.start):
        return None
    return _Item(value, endpoint, number_first=False)


def join_counts(scene: Scene, values: list[Value]) -> None:
    """Give a rate in brackets behind its name the count before the name, which is then no value of its own."""
    for rate in [v for v in values if v.kind == "percent" and v.n is None and v.endpoint in CORE_RATES]:
        count = next((v for v in reversed(values) if v.right <= rate.left), None)
        if count is None or count.kind != "count" or count.endpoint != rate.endpoint:
            continue
        told_before = count.right <= rate.named_at and count.named_at == rate.named_at
        if told_before and _OPENS_BRACKET.fullmatch(scene.text, rate.named_to, rate.left):
            rate.n, count.endpoint = count.figure, None
