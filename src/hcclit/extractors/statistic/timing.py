"""Which landmark a rate holds at: the one after it, the one before its endpoint's name, or the sentence's own."""

from __future__ import annotations

import re
from itertools import groupby

from hcclit.extractors.statistic.landmarks import Landmark
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_RATE_OF = re.compile(r"[\s-]?rates?\s(?:of|was|were)?\s?$")
_VERSUS = re.compile(r"\b(?:vs?\.?|versus|(?:as\s)?compared (?:with|to))\s*$")


def set_landmarks(scene: Scene, landmarks: list[Landmark], values: list[Value]) -> None:
    """Fill `at` of the rates and counts of a sentence."""
    rates = [v for v in values if v.endpoint is not None and v.kind in ("percent", "count") and v.named_at >= 0]
    if not landmarks or not rates:
        return
    last: Landmark | None = None
    for _, members in groupby(sorted(rates, key=lambda v: (v.named_at, v.start)), key=lambda v: v.named_at):
        run = list(members)
        if leading := _leading(landmarks, run):
            for value in run:
                _set(value, [m.at[0] for m in leading if m.end <= value.left][-1])
            last = None
            continue
        own = [_behind(scene, landmarks, value, values) for value in run]
        before = _before(scene, landmarks, run[0])
        if before is None and last is not None and run[0].endpoint in ("OS", "PFS", "DFS") and not any(own):
            before = last
        if before is None and not any(own):
            before = _after_all(scene, landmarks, run)
        last = before if before is not None and not before.adverbial else None
        for value, at in zip(run, _spread(scene, run, before), strict=True):
            _set(value, at)
        _fill(run, own)


def _leading(landmarks: list[Landmark], run: list[Value]) -> list[Landmark]:
    """`at 1 year was 20%, and at 2 years 8%`: landmarks that each stand before their values."""
    ahead = [m for m in landmarks if m.adverbial and len(m.at) == 1 and m.end <= run[-1].left]
    first = [m for m in ahead if m.end <= run[0].left]
    behind = [m for m in landmarks if m.adverbial and 0 <= m.start - run[-1].right < 90]
    if not first or len(ahead) == len(first) or behind:
        return []
    return [first[-1], *(m for m in ahead if m.start >= run[0].right)]


def _set(value: Value, at: str | None) -> None:
    if at is not None:
        value.fields["at"] = at


def _fill(run: list[Value], own: list[str | None]) -> None:
    """A landmark behind a value is its own; one behind the last value of a run is that of all without one."""
    later: str | None = None
    for value, at in zip(reversed(run), reversed(own), strict=True):
        later = at or later
        if at is not None or (later is not None and "at" not in value.fields):
            _set(value, later)


def _behind(scene: Scene, landmarks: list[Landmark], value: Value, values: list[Value]) -> str | None:
    """`37% at 4 years`: a landmark between a value and the next one, with nothing but its arm between."""
    limit = min([v.left for v in values if v.left > value.right] + [len(scene.text)])
    for landmark in landmarks:
        if not landmark.adverbial or len(landmark.at) > 1 or not value.right <= landmark.start < limit:
            continue
        bracket = scene.bracket_of(value.start)
        outside = bracket is not None and bracket[1] <= landmark.start
        words = scene.skeleton(max(value.right, bracket[1] if outside and bracket else 0), landmark.start)
        named = any(value.right <= v.named_at < landmark.start and v.named_at != value.named_at for v in values)
        if len(words) < 90 and not named and not re.search(r"[;]|,\s(?:and|but|with|whereas)|(?<!vs)\.\s", words):
            return landmark.at[0]
    return None


def _before(scene: Scene, landmarks: list[Landmark], first: Value) -> Landmark | None:
    """The landmark of an endpoint's name: before it, between it and the value, or at the sentence's beginning."""
    place = first.left
    inside = [m for m in landmarks if first.named_at <= m.start and m.end <= place]
    between = [m for m in inside if m.adverbial or _RATE_OF.match(scene.text, m.end, place)]
    if between:
        return between[-1]
    earlier = [m for m in landmarks if m.end <= min(first.named_at, place)]
    ahead = [m for m in landmarks if first.named_at > place and place <= m.start and m.end <= first.named_at]
    if ahead:
        return ahead[-1]
    if not earlier:
        return None
    nearest = earlier[-1]
    words = scene.skeleton(nearest.end, min(first.named_at, place))
    if nearest.adverbial:
        opens = not re.search(r"[a-z]{3}.*[a-z]{3}", scene.text[: nearest.start]) or ":" in scene.text[: nearest.start]
        return nearest if opens or not re.search(r";|\d", words) else None
    return nearest if len(words) < 60 and not re.search(r"[;,]|\d", words) else None


def _after_all(scene: Scene, landmarks: list[Landmark], run: list[Value]) -> Landmark | None:
    """`rates of 75%, 51% and 33% were found at 1, 2 and 3 years`: one landmark each behind the last value."""
    for landmark in landmarks:
        if landmark.adverbial and len(landmark.at) == len(run) > 1 and landmark.start >= run[-1].right:
            return landmark if len(scene.skeleton(run[-1].right, landmark.start)) < 60 else None
    return None


def _spread(scene: Scene, run: list[Value], landmark: Landmark | None) -> list[str | None]:
    """Landmarks over values: one for all, or one each in the order of the list."""
    if landmark is None:
        return [None] * len(run)
    at, count = landmark.at, len(run)
    if len(at) == 1:
        return [at[0]] * count
    if count % len(at):
        return [None] * count
    versus = [bool(_VERSUS.search(scene.text[max(0, v.left - 20) : v.left])) for v in run]
    if count == 2 * len(at) and all(versus[1::2]):
        return [at[i // 2] for i in range(count)]
    return [at[i % len(at)] for i in range(count)]
