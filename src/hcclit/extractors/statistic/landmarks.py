"""Landmarks: the time at which a rate holds (`1-, 2- and 3-year OS`, `at 5 years`), as ISO 8601 durations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.extractors.statistic.scene import Figure, Scene, mark

_LETTERS = {"a": "Y", "mo": "M", "wk": "W", "d": "D"}
_JOIN = re.compile(r"\s?-?\s?(?:,|and|or|&|to|/|, and|, or)?\s*-?\s?$")
_AT = re.compile(r"\b(?:at|by|after|within|beyond)\s+(?:the\s|about\s|approximately\s|a\s)?$", re.I)
_STATES = re.compile(r"(?:\b(?:is|was|were|of|reached|median|mean)|[:=])\s*$", re.I)
_NAMES_RATE = re.compile(
    r"(?:\s|-)\s?(?!median|mean|follow-?up (?:was|of)|treatment|course|therapy|adjuvant|period of)"
    r"(?:[\w'/-]{1,40}\s+(?:\([^()]{1,12}\)\s)?){0,5}?"
    r"(?:surviv\w*|OS|PFS|DFS|RFS|EFS|MFS|DMFS|LC|TTP|LRFS|mortality|death|rates?|recurrence|relapse|incidences?|control"
    r"|probabilit\w+|outcomes?|free|freedom|estimates?|estimated|actuarial|disease|local|progression|results|overall"
    r"|cumulative|risk)\b",
    re.I,
)
_FOLLOWS_UP = re.compile(r"[\s-]+(?:of\s)?(?:median\s)?follow-?\s?up\b", re.I)
_RATE_OF = re.compile(r"\brates? of\s$")
_MEDIAN_FOLLOWS = re.compile(r"'?\s(?:of\s)?(?:median|mean)\sfollow")
_NO_LANDMARK_AFTER = re.compile(
    r"[\s-]+(?:of (?:treatment|therapy|age|adjuvant)|old\b|after (?:the )?(?:last|first) (?:dose|cycle))", re.I
)


@dataclass(frozen=True, slots=True)
class Landmark:
    """A list of times at a place. `adverbial`: `at 5 years`; else it stands before a name (`5-year OS`)."""

    start: int
    end: int
    at: tuple[str, ...]
    adverbial: bool


def find_landmarks(scene: Scene) -> list[Landmark]:
    """Find the landmarks of a sentence and mark their figures."""
    found: list[Landmark] = []
    for index, figure in enumerate(scene.figures):
        if figure.kind != "time" or figure.unit not in _LETTERS or figure.role or figure.is_bound or figure.sd:
            continue
        members = _members(scene, index)
        landmark = _landmark(scene, figure, members) or _again(scene, figure, found)
        if landmark is not None:
            mark(members, "landmark")
            found.append(landmark)
    return found


def _again(scene: Scene, figure: Figure, found: list[Landmark]) -> Landmark | None:
    """`at 1 year (20% vs 10%) and 2 years (8% vs 4%)`: a landmark in the form of the one before."""
    if not found or not found[-1].adverbial or figure.has_interval or not _is_whole(figure):
        return None
    joined = re.search(r"[)\]]\s*(?:,|,?\s?and)\s$", scene.before(figure.left, 8))
    if not joined or not re.match(r"\s[(\[]\d[\d.]*\s?%", scene.text[figure.unit_end : figure.unit_end + 10]):
        return None
    return Landmark(figure.start, figure.unit_end, (_iso(figure.value, figure.unit or ""),), adverbial=True)


def _members(scene: Scene, last: int) -> list[Figure]:
    """The figures of a list that ends with a unit: `1-, 2- and 3-year`, `1, 3 and 5 years`."""
    members = [scene.figures[last]]
    for index in range(last - 1, max(-1, last - 6), -1):
        figure = scene.figures[index]
        gap = scene.text[figure.unit_end : members[0].start]
        alike = figure.is_plain or (figure.unit == members[0].unit and "-" in scene.text[figure.end : figure.unit_end])
        if figure.role or not alike or not _JOIN.match(gap) or len(gap) > 8 or not _is_whole(figure):
            break
        members.insert(0, figure)
    return members


def _is_whole(figure: Figure) -> bool:
    return figure.value == int(figure.value) or figure.value in (0.5, 1.5, 2.5)


def _landmark(scene: Scene, figure: Figure, members: list[Figure]) -> Landmark | None:
    text = scene.text
    start, after = members[0].start, text[figure.unit_end : figure.unit_end + 80]
    before = text[max(0, members[0].left - 30) : members[0].left]
    unit = figure.unit or ""
    values = [m.value for m in members] + ([figure.high] if figure.high is not None else [])
    at = tuple(_iso(value, unit) for value in values)
    hyphened = "-" in text[figure.end : figure.unit_end]
    stated = _STATES.search(before) and not hyphened and not (_RATE_OF.search(before) and _names_directly(after))
    if figure.has_interval or _MEDIAN_FOLLOWS.match(after) or stated:
        return None
    if _AT.search(before) and not _NO_LANDMARK_AFTER.match(after) and not _medians(before, after):
        if re.search(r"\bafter\s+(?:the\s|a\s)?$", before, re.I) and hyphened:
            return None
        return Landmark(start, figure.unit_end, at, adverbial=True)
    if figure.high is not None and not hyphened:
        return None
    named = _NAMES_RATE.match(after) if hyphened or _names_directly(after) else None
    if named is not None and not re.search(r"\d", named.group()):
        general = re.match(r"[\s-]+(?:estimated\s|actuarial\s)?(?:outcomes?|results|estimates)\b(?! of| for)", after)
        return Landmark(start, figure.unit_end, at, adverbial=bool(general))
    return None


def _medians(before: str, after: str) -> bool:
    """`after a median follow-up of 5 years` and `after 5 years of follow-up` are no landmarks."""
    return bool(re.search(r"\bafter\s+$", before, re.I)) and bool(_FOLLOWS_UP.match(after))


def _names_directly(after: str) -> bool:
    return bool(re.match(r"\s(?:(?:[\w-]+\s)?(?:[\w-]+\s))??(?:surviv\w*|OS|PFS|DFS|RFS|mortality|rates?)\b", after))


def _iso(value: float, unit: str) -> str:
    """`1.5` years is `P1Y6M`, `18` months `P18M`."""
    letter = _LETTERS[unit]
    whole, rest = int(value), value - int(value)
    if rest and letter == "Y":
        months = round(rest * 12)
        return f"P{whole}Y{months}M" if whole else f"P{months}M"
    return f"P{value:g}{letter}"


def landmark_lists(scene: Scene, landmarks: list[Landmark]) -> list[Landmark]:
    """Join landmarks that stand in one list (`at 1 year, 3 years and 5 years`)."""
    joined: list[Landmark] = []
    for landmark in landmarks:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.adverbial == landmark.adverbial
            and re.fullmatch(r"\s*,?\s*(?:and|or)?\s*(?:at\s)?", scene.text[last.end : landmark.start])
        ):
            joined[-1] = Landmark(last.start, landmark.end, last.at + landmark.at, last.adverbial)
        else:
            joined.append(landmark)
    return joined
