"""The count and the total that belong to a percentage, in the orders in which papers print them."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.scene import Figure, Scene, mark

_PEOPLE_WORDS = rf"(?:\s?(?!{any_of('no people')}\b)[A-Za-z][\w-]{{0,40}}){{0,4}}"
_BEFORE_BRACKET = re.compile(rf"{_PEOPLE_WORDS}\s*[(\[]\s*(?:n\s?=\s?)?$")
_BEFORE_IN_BRACKET = re.compile(rf"{_PEOPLE_WORDS}\s*[,;:]\s*$")
_OF = re.compile(r"\s*(?:/|among|(?:out )?of(?: the| a total of| these| all)?)\s*$")
_AFTER = re.compile(rf"{_PEOPLE_WORDS}\s*[(\[]\s*(?:[nN]\s?=\s?)?$")
_OF_AFTER = re.compile(
    r"\s*(?:(?:patients?|women|men|participants?|subjects?|cases|events)\s)?(?:out )?of(?: the| a total of| these)?\s*$"
)
_REFERENCES = re.compile(r"\[\d+(?:\s?[,-]\s?\d+)+\]")
_OF_PEOPLE = re.compile(r"\b(?:of|among|in|from)\b[^.;()]{0,34}$", re.I)


def counts_of(scene: Scene, percent: Figure) -> tuple[Figure | None, Figure | None]:
    """The count and the total stated with a percentage, either of which may be missing."""
    n, total = _before(scene, percent)
    if n is None:
        n, total = _after(scene, percent)
    elif total is None:
        total = _behind(scene, percent, n)
    if n is not None and total is None:
        total = _from_sentence(scene, percent, n)
    if n is None:
        n, total = _of_named_rate(scene, percent)
    if n is not None and total is not None and total.value < n.value:
        return None, None
    return n, total


_NAMED_RATE = re.compile(r"[(\[]\s?(?:[A-Za-z-]+\s){1,4}?rates?\s?[,:=]?\s?(?:of\s|was\s)?$")


def _of_named_rate(scene: Scene, percent: Figure) -> tuple[Figure | None, Figure | None]:
    """`18 cases of CR among 3,047 patients (CR rate, 0.6%)`: two numbers before it of which it is the share."""
    if not _NAMED_RATE.search(scene.before(percent.left, 60)):
        return None, None
    near = _free(scene, percent.left - 250, percent.left)
    if len(near) > 1 and _is_share(near[-2], near[-1], percent):
        return near[-2], near[-1]
    return None, None


def _free(scene: Scene, start: int, end: int) -> list[Figure]:
    figures = scene.between(max(0, start), end)
    return [
        f for f in figures if f.role in (None, "size", "total") and f.is_plain and not f.is_bound and not f.is_decimal
    ]


def _before(scene: Scene, percent: Figure) -> tuple[Figure | None, Figure | None]:
    """`14 (12.7%)`, `11 of 80 patients (13.8%)`, `22/218 (10.1%)`, `(n=14, 12.7%)`, `(14 patients; 12.7%)`."""
    near = _free(scene, percent.left - 70, percent.left)
    if not near:
        return None, None
    last = near[-1]
    gap = scene.text[last.end : percent.left]
    bracket = scene.bracket_of(percent.start)
    same = bracket is not None and bracket[0] < last.start
    if not (_BEFORE_IN_BRACKET.fullmatch(gap) if same else _BEFORE_BRACKET.fullmatch(gap)):
        return None, None
    if len(near) > 1 and _OF.fullmatch(_between_people(scene.text[near[-2].end : last.start])):
        return near[-2], last
    if (
        len(near) > 1
        and _is_share(near[-2], last, percent)
        and re.search(r"\b(?:among|of|in)\s(?:the\s)?$", scene.text[near[-2].end : last.start])
    ):
        return near[-2], last
    return last, None


def _between_people(gap: str) -> str:
    """`3 patients out of 40`: the noun between count and total is left out."""
    return re.sub(r"^\s*(?:patients?|women|men|participants?|subjects?|cases)\b", "", gap)


def _after(scene: Scene, percent: Figure) -> tuple[Figure | None, Figure | None]:
    """`63.6% (70/110)`, `39.3% (86 of 219)`, `10.1% of patients (22 of 218)`, `12.7% (n = 14)`."""
    near = _free(scene, percent.unit_end, percent.unit_end + 90)
    if not near:
        return None, None
    first = near[0]
    gap = scene.skeleton(percent.unit_end, first.left)
    if not _AFTER.fullmatch(gap) or (first.role == "size"):
        return None, None
    if _REFERENCES.match(scene.text, first.start - 1):
        return None, None
    if len(near) > 1 and _OF.fullmatch(_between_people(scene.text[first.end : near[1].start])):
        return first, near[1]
    if scene.text[first.start - 1 : first.start] == "[" and scene.text[first.end : first.end + 1] == "]":
        return None, None  # "10% [8]" is a reference
    closing = re.compile(rf"{_PEOPLE_WORDS}\s*[)\];,]").match(scene.text, first.end)
    return (first, None) if closing else (None, None)


def _behind(scene: Scene, percent: Figure, n: Figure) -> Figure | None:
    """`262 (25.4%) of 1030`, `33 (55%; 95% CI 42-68) of 60 patients`."""
    bracket = scene.bracket_of(percent.start)
    if bracket is None or n.start > bracket[0]:
        return None
    near = _free(scene, bracket[1], bracket[1] + 40)
    if near and _OF_AFTER.fullmatch(scene.text[bracket[1] : near[0].start]):
        return near[0]
    return None


def _is_share(n: Figure, total: Figure, percent: Figure) -> bool:
    """Whether a percentage is what count and total make, to its own precision."""
    tolerance = 0.06 if percent.is_decimal else 0.51
    return total.value > n.value and abs(100 * n.value / total.value - percent.value) <= tolerance


def _from_sentence(scene: Scene, percent: Figure, n: Figure) -> Figure | None:
    """`In the cohort of 412, 6 (1.5%) died`: a number of people before it of which the count is that share."""
    for figure in _free(scene, 0, n.left):
        if not _is_share(n, figure, percent):
            continue
        if _OF_PEOPLE.search(scene.text[max(0, figure.left - 60) : figure.left]):
            mark([figure], "total")
            return figure
    return None
