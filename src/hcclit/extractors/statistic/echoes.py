"""Pairs in brackets that repeat the form of an earlier pair, in a clause that does not name their endpoint again.

`PFS was shorter in the one group (1.9 v 3.6 months), whereas patients with the other feature benefited (7.1 v 2.4)`.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.scene import Scene, Span
from hcclit.extractors.statistic.values import Value

_VERSUS = re.compile(r"\bvs?\.?\s|\bversus\s")
_CONTRASTS = re.compile(r"\b(?:whereas|while|but|although|and (?:in|for|among)) (?!.*\b(?:rates?|scores?|levels?) $)")
_LISTED = re.compile(r"\)?,\s(?:and\s)?")
_PAIR = 2


def echo(scene: Scene, groups: list[list[Endpoint]], values: list[Value]) -> None:
    """Give a pair without an endpoint that of the pair before it, where no other name stands between."""
    names = [e for group in groups for e in group]
    last: list[Value] = []
    for bracket, pair in _pairs(scene, values):
        open_pair = all(v.endpoint is None for v in pair)
        if open_pair and last and last[0].kind == pair[0].kind:
            since = max(v.right for v in last)
            named = any(since <= e.start < bracket[1] for e in names)
            if not named and _CONTRASTS.search(scene.text, since, bracket[0]):
                for value in pair:
                    value.endpoint, value.named_at = last[0].endpoint, last[0].named_at
                    value.named_to = last[0].named_to
        if len({v.endpoint for v in pair}) == 1 and pair[0].endpoint is not None:
            last = pair
    _before_last(scene, values)


def _before_last(scene: Scene, values: list[Value]) -> None:
    """`1 of 14 (7%), 3 of 15 (20%), and 4 of 8 (50%) responded`: what is said of the last is said of the list."""
    for one, other in pairwise(reversed([v for v in values if v.kind == "percent"])):
        listed = _LISTED.fullmatch(scene.text, other.right, one.left) and (one.n is None) == (other.n is None)
        if listed and one.endpoint is not None and one.named_at >= one.right and other.endpoint is None:
            other.endpoint, other.named_at, other.named_to = one.endpoint, one.named_at, one.named_to


def _pairs(scene: Scene, values: list[Value]) -> list[tuple[Span, list[Value]]]:
    """The two times or two rates of each bracket that sets them against each other."""
    found: list[tuple[Span, list[Value]]] = []
    inside = [(b, v) for v in values if v.kind != "count" and (b := scene.bracket_of(v.left)) is not None]
    for bracket, members in groupby(inside, key=lambda item: item[0]):
        pair = [v for _, v in members]
        alike = len(pair) == _PAIR and pair[0].kind == pair[1].kind
        if alike and _VERSUS.search(scene.text, pair[0].right, pair[1].left):
            found.append((bracket, pair))
    return found
