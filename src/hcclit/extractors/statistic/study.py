"""Which cited work a statistic is from: the trial's name if the passage gives it, else the first author.

A trial that the paper's own title or abstract names is this paper's own. Where only a reference number stands,
there is no name.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.scene import Scene
from hcclit.language import Analysis

_NAME = (
    r"(?:[A-Z][A-Z0-9]{2,20}[A-Za-z0-9]{0,10}(?:[-/ ][A-Z0-9]{1,10}){0,3}|[A-Z][a-z]{1,20}[A-Z]\w{0,20}(?:[- ]\d+)?"
    r"|Asia-Pacific|[A-Z]{2,10}-?[a-z]{1,20}-?\d{0,4})"
)
_SEPARATOR = r"(?:\s*,\s*|\s+and\s+|\s*/\s*)"
_TRIAL = re.compile(
    rf"\b(?P<names>{_NAME}(?:{_SEPARATOR}{_NAME}){{0,4}})\s+(?:[Pp]hase\s\w{{1,4}}\s)?(?:trials?|stud(?:y|ies))\b"
)
_AUTHOR = re.compile(
    r"\b(?P<name>[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)?)\s+(?:et al\b|and (?:colleagues|co-?workers|associates)\b)", re.U
)
_NO_TRIAL = re.compile(rf"^{any_of('no trial')}$")


def study_of(scene: Scene, place: int) -> str | None:
    """The cited trial or first author that a value at a place is from, or None."""
    before = [m for m in _TRIAL.finditer(scene.text) if _is_cited(scene.analysis, m["names"])]
    trials = [m for m in before if m.start() < place] or before[:1]
    authors = [m for m in _AUTHOR.finditer(scene.text) if m.start() < place]
    if authors and (not trials or authors[-1].start() > trials[-1].start()) and not _introduces(scene, authors, trials):
        return authors[-1]["name"]
    if trials:
        return "; ".join(re.split(_SEPARATOR, trials[-1]["names"]))
    return None


def _introduces(scene: Scene, authors: list[re.Match[str]], trials: list[re.Match[str]]) -> bool:
    """`Llovet et al. reported the SHARP trial`: the trial's name comes first."""
    return bool(trials) and trials[-1].start() > authors[-1].start()


def _is_cited(analysis: Analysis, names: str) -> bool:
    if any(_NO_TRIAL.match(name) for name in re.split(rf"{_SEPARATOR}|\s", names)):
        return False
    return names not in _own_front(analysis)


def _own_front(analysis: Analysis) -> str:
    """The paper's title and abstract, where its own trial is named."""
    if "statistic_front" not in analysis.cache:
        front = [s.text for s in analysis.sentences if s.section in ("front", "abstract")]
        analysis.cache["statistic_front"] = " ".join(front)
    text: str = analysis.cache["statistic_front"]
    return text
