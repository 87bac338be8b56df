"""Sizes beside one of the paper's arms: `A (80 mg/m2) plus B (60 mg/m2; n=89)`, `52 to A 40 mg, B 20 mg (AB)`."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.named_arms import named_arms
from hcclit.extractors.statistic.scene import Figure, Scene
from hcclit.extractors.statistic.study_arms import study_arms

_REACH = 320
_NAMED = re.compile(r"[(\[](?:the\s)?(?P<name>[A-Za-z][\w/+-]{0,15})(?:\s(?:regimen|group|arm))?[)\]]")
_TO = re.compile(
    r"\s*(?:\w+\s)?(?:(?:were|was)\s)?(?:randomly\s)?(?:assigned|allocated"
    r"|randomi[sz]ed)?\s?(?:to|received|received either)\s"
)
_DIRECT = re.compile(r"(?::\s|\s(?:the\s)?)")
_LISTED = re.compile(r"\s*(?:[,;:.)]|vs?\.?\s|versus\s|and\s(?:the\s)?\d|$)")
_OF_SIZE = re.compile(
    r"\s(?:group|arm|cohort)(?:,\s|:\s|\sof\s|\s(?:comprised|included|consisted of|had)\s)|\s(?:was assigned\s)?to\s"
)
_N = re.compile(r"[nN]\s?=\s?$")
_CALLED = re.compile(r"[(\[](?:the\s)?(?P<name>[A-Za-z][\w /+-]{0,40}?)\s(?:group|arm|cohort)[;,:]\s?[nN]\s?=\s?")
_CLOSES = re.compile(r"\s*(?:alone|only)?\s*(?:therapy|treatment|regimen)?\s*(?:group|arm|cohort)?\s*$")
_OPENS = re.compile(r"\s*(?:patients\s|participants\s)?(?:were\s)?(?:(?:in|to|for)\s)?(?:both\s|the\s)?$")


def size_arm(scene: Scene, figure: Figure) -> str | None:
    """The arm of a size that stands in brackets behind it, or before a regimen with its short name."""
    if study_arms(scene.analysis).pattern is None:
        return None
    if _N.search(scene.before(figure.start, 5)):
        return _before(scene, figure)
    if (listed := _beside(scene, figure)) is not None:
        return listed
    if _TO.match(scene.text, figure.end):
        return _short_name(scene, figure)
    arms = named_arms(scene, figure.end, figure.end + 60)
    if arms and _OPENS.fullmatch(scene.text[figure.end : arms[0].start]):
        return scene.source(arms[0].start, arms[0].end)
    return None


def _beside(scene: Scene, figure: Figure) -> str | None:
    """`50 FOLFOX`, `77: gefitinib`, `the trial group of 69 patients`, `A was assigned to 228 and B to 221`."""
    pattern = study_arms(scene.analysis).pattern
    lead = _DIRECT.match(scene.text, figure.end)
    arm = pattern.match(scene.text, lead.end()) if pattern is not None and lead is not None else None
    if arm is not None and _LISTED.match(scene.text, arm.end()):
        return scene.source(*arm.span())
    found = [a for a in named_arms(scene, figure.start - 60, figure.start) if a.end <= figure.start]
    if found and _OF_SIZE.fullmatch(scene.text[found[-1].end : figure.start]):
        return scene.source(found[-1].start, found[-1].end)
    return None


def _before(scene: Scene, figure: Figure) -> str | None:
    """The arm that ends right before a size's brackets, whatever other brackets stand in its name."""
    bracket = scene.bracket_of(figure.start)
    called = _CALLED.fullmatch(scene.text, bracket[0], figure.start) if bracket is not None else None
    if called is not None:
        return scene.source(*called.span("name"))
    end = bracket[0] if bracket is not None else figure.start
    if bracket is not None and re.search(r"\b(?:group|arm)\b", scene.text[figure.end : bracket[1]]):
        return None  # "(n = 49; control group)"
    words = re.sub(r"\s+", " ", scene.skeleton(max(0, end - _REACH), end))
    pattern = study_arms(scene.analysis).pattern
    found = [m for m in pattern.finditer(words) if _CLOSES.match(words, m.end())] if pattern is not None else []
    return found[-1].group() if found else None


def _short_name(scene: Scene, figure: Figure) -> str | None:
    """The short name in brackets behind what patients were assigned to."""
    sizes = [f.start for f in scene.between(figure.end, figure.end + _REACH) if f.role == "size"]
    end = min([*sizes, figure.end + _REACH, len(scene.text)])
    known = {name.casefold() for name in study_arms(scene.analysis).names}
    named = [m for m in _NAMED.finditer(scene.text, figure.end, end) if m["name"].casefold() in known]
    return scene.source(*named[0].span("name")) if named else None
