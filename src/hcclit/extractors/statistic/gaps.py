"""Whether the words between an endpoint's name and a number let the name govern the number.

The words are cut at commas and conjunctions. A piece that begins like an arm, a comparison or a preposition goes on
with the same statement; a piece that begins with another noun has a subject of its own, and the name ends there.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.cues import any_of, words
from hcclit.extractors.statistic.scene import Scene
from hcclit.language import Analysis

_CUT = re.compile(r"[,;:()\[\]]|\b(?:and|but|while|whereas|or|although|though|vs|versus|v)\b\.?", re.I)
_STARTERS = words("starts nothing new")
_ARM_WORD = re.compile(
    r"\b(?:groups?|arms?|cohorts?|regimens?|patients|controls?|placebo|alone|recipients|therapy|treatment)\b", re.I
)
_NEW_PREDICATE = re.compile(
    rf"(?<!who )(?<!that )(?<!which )(?<!was )(?<!were )\b{any_of('new predicate')}\b|\b{any_of('subordinate')}\b", re.I
)
_OTHER_NOUN = re.compile(
    rf"\b(?!{any_of('measure noun')}\b)[a-z][a-z-]{{3,40}}\s(?:of|level|status)\s(?:about\s|approximately\s|only\s)?$",
    re.I,
)
_DIFFERENCE = re.compile(rf"\b{any_of('difference')}\b(?P<rest>[^()\[\];]{{0,90}})$", re.I)
_NO_DIFFERENCE = re.compile(r"\bfrom\b|\bmedian\b|\bto\s*$|\brespectively\b|\d|\bwith (?:a|an)\b")
_CHANGED_BY = re.compile(rf"\b{any_of('changed')}\b[^()\[\];,]{{0,60}}\bby\s*(?:a median of\s*)?$", re.I)
_OTHER_RATE = re.compile(r"\w\s+(?:rates?|scores?|levels?)(?:\s(?:did|was|were|does)\b.*|\s*)$", re.I)
_REACH = 420
_LABEL = 4
"""Words of a group's name before a colon: `(wild type: 7.5 months, mutant: 8.2 months)`."""


def governs(scene: Scene, start: int, end: int) -> bool:
    """Whether nothing between two places opens a statement of its own."""
    if end - start > _REACH:
        return False
    between = scene.skeleton(start, end)
    if re.search(r"(?<!\bvs)\.\s+[A-Z]", between) or _NEW_PREDICATE.search(between) or _OTHER_NOUN.search(between):
        return False
    at, compares = 0, False
    for cut in [*_CUT.finditer(between), None]:
        piece = between[at : cut.start() if cut else len(between)]
        labels = cut is not None and cut.group() == ":" and at > 0 and len(piece.split()) <= _LABEL
        if (
            not compares
            and not labels
            and not (_goes_on(scene, piece, first=at == 0) and not (at and _names_rate(piece)))
        ):
            return False
        at, compares = (cut.end(), cut.group().lower().startswith("v")) if cut else (at, False)
    return True


def _names_rate(piece: str) -> bool:
    """`and breast-conserving surgery rates`: another rate than the one named before."""
    head = piece.split(maxsplit=1)[0].lower() if piece.strip() else ""
    return head not in _STARTERS and bool(_OTHER_RATE.search(piece))


def _goes_on(scene: Scene, piece: str, first: bool) -> bool:
    parts = piece.split()
    if not parts:
        return True
    head = parts[0].lower().strip("\"'*†‡")
    adverb = head.endswith("ly") and head not in _STARTERS
    if (adverb and not first and len(parts) > 1) or (head in ("the", "a", "an") and len(parts) > 1):
        return _goes_on(scene, " ".join(parts[1:]), first)  # "potentially curative surgery in"
    if head in _STARTERS or not head[:1].isalpha() or adverb:
        return True
    if "-" not in head and head.endswith(("ed", "ing")):
        return True
    if first and len(parts) <= 2:  # "OS times", "response profile was": what follows the name itself
        return head.endswith("s") or len(parts) == 1
    return _is_arm(scene, piece)


def _is_arm(scene: Scene, piece: str) -> bool:
    """Whether a piece names an arm: by its words, by its capitals, or by a drug."""
    if _ARM_WORD.search(piece) or re.match(r"\s*(?:[A-Z0-9][A-Za-z0-9/+-]*[A-Z0-9+]|[A-Z])\b", piece):
        return True
    treatments = _treatments(scene.analysis)
    return any(word.lower() in treatments for word in re.split(r"[/+-]", piece.split(maxsplit=1)[0]))


def _treatments(analysis: Analysis) -> frozenset[str]:
    """The words of all drugs and procedures that the paper names."""
    if "statistic_treatments" not in analysis.cache:
        named = [e.text for e in analysis.entities if e.label in ("DRUG", "PROCEDURE")]
        split = (word.lower() for text in named for word in re.split(r"[\s/+-]+", text))
        analysis.cache["statistic_treatments"] = frozenset(split)
    treatments: frozenset[str] = analysis.cache["statistic_treatments"]
    return treatments


def is_difference(scene: Scene, start: int, end: int) -> bool:
    """Whether a number is a difference, not a value: `an improvement of 3 months`, `reduced by 20%`."""
    between = scene.text[max(0, start) : end]
    if _CHANGED_BY.search(between):
        return True
    found = _DIFFERENCE.search(between)
    return found is not None and len(found["rest"].split()) <= 7 and not _NO_DIFFERENCE.search(found["rest"])
