"""The factor of a regression's ratio: `ECOG PS (HR 1.84)`, `local therapy was associated with longer PFS (HR 0.58)`."""

from __future__ import annotations

import re

from hcclit.extractors.statistic import arms
from hcclit.extractors.statistic.arms import Arm
from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.lexicon import lexicon_of
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.values import Value

_FACTOR = re.compile(
    r"[,;:()\[\]]|\b(?:and|was|were|that|whereas|while|but|of|by|only|also|including|as|is|are|with)\s"
)
_EFFECT = re.compile(rf"\b{any_of('effect of a factor')}\b", re.I)
_LEAD = re.compile(r"^(?:the|a|an|presence|factor|being|having|higher levels|and)\s+")
_SUBJECT = re.compile(
    r"(?:^|[,;.:]\s|\b(?:that|and|whereas|while|but"
    r"|only)\s)(?P<name>[A-Za-z][^,;:.()\[\]]{1,60}?)(?:\s\([^()]{0,40}\))?"
    rf"\s(?:\w{{1,20}}ly\s)?{any_of('verb of a factor')}\s"
)
_COMPARES = re.compile(r"\b(?:than|versus|vs|v|compared|treatment|therapy|arm|group)\b|\b\w+(?:mab|nib|platin)\b", re.I)
_IS_COMPARED = re.compile(r"\b(?:versus|vs\.?|v|compared (?:with|to)|than)\s[^,;:()\[\]]{2,60}$")
_MODEL = re.compile(r"\b(?:multivari|univari|[Cc]ox\b|regression|predict|prognostic|factor)")
_PRONOUN = re.compile(
    r"^(?:there|it|they|we|this|which|these|hazard.*|factors?|.*\b(?:analys[ei]s|model|patients|factors|variables))$",
    re.I,
)


def set_factor(scene: Scene, value: Value) -> bool:
    """Name the factor of a ratio in brackets; False where no words are one."""
    bracket = scene.bracket_of(value.left)
    if bracket is None or _IS_COMPARED.search(scene.before(bracket[0], 70)):
        return False
    arm = _before(scene, bracket[0])
    if arm is None and (_MODEL.search(scene.text) or not _COMPARES.search(scene.text)):
        arm = _subject(scene, bracket[0])
    if arm is not None:
        value.fields["factor"] = arms.name_of(scene, arm)
    return arm is not None


def _before(scene: Scene, end: int) -> Arm | None:
    """The words right before the brackets."""
    start = max(0, end - 90)
    head = scene.text[start:end].rstrip()
    cuts = [m.end() for m in _FACTOR.finditer(head)]
    begin = cuts[-1] if cuts else 0
    while (lead := _LEAD.match(head[begin:].lstrip())) is not None:
        begin += len(head[begin:]) - len(head[begin:].lstrip()) + lead.end()
    name = head[begin:].strip()
    if (
        not re.match(r"[A-Za-z]", name)
        or len(name) > 70
        or _EFFECT.search(name)
        or re.match(r"(?:hazard|odds|risk|rate) rati", name, re.I)
    ):
        return None
    begin += head[begin:].index(name)
    arm = Arm(start + begin, start + begin + len(name))
    return None if _names_outcome(scene, arm) else arm


def _subject(scene: Scene, end: int) -> Arm | None:
    """What is said to be associated with the outcome."""
    start = max(0, end - 200)
    found = list(_SUBJECT.finditer(scene.text[start:end]))
    if not found or _PRONOUN.match(found[-1]["name"].strip()):
        return None
    lead = _LEAD.match(found[-1]["name"])
    begin = start + found[-1].start("name") + (lead.end() if lead else 0)
    arm = Arm(begin, start + found[-1].end("name"))
    return None if _names_outcome(scene, arm) else arm


def _names_outcome(scene: Scene, arm: Arm) -> bool:
    """Whether words name an endpoint; an adverse event may be a factor (`ascites`)."""
    lexicon = lexicon_of(scene.analysis)
    entries = (lexicon.entry(m.group()) for m in lexicon.find(scene.text, arm.start, arm.end))
    return any(entry is not None and entry[1] != "ae" for entry in entries)
