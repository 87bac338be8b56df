"""Whose response a sentence speaks of: one patient's, a group's, or nobody's in particular."""

from __future__ import annotations

import re
from typing import Literal

from hcclit.extractors.response.counts import BOTH, is_anchor
from hcclit.extractors.response.scene import NUMBERED, Scene
from hcclit.language import Analysis, Sentence
from hcclit.linking.origin import side_at, stretch_at
from hcclit.paper_kind import ONE_AGED, is_case_report

Whose = Literal["one", "group", "nobody"]

_PERSON = r"(?:patient|man|woman|male|female|boy|girl|child|lady|gentleman|infant|subject)\b(?!s)"
_NO_GROUP = (
    r"(?!\s(?:populations?|groups?|cohorts?|series|selection|samples?|levels?|studies|study|data|numbers?"
    r"|reports\b))"
)
_WORDS = r"(?:(?!of\b|in\b|to\b|with\b|for\b|and\b)[\w-]+\s){0,4}?"
_ONE = re.compile(
    rf"\b(?:our|this|that|present|index|another|second|third|fourth|fifth|same|remaining|latter|former"
    rf"|first)\s{_WORDS}{_PERSON}{_NO_GROUP}"
    rf"|\b(?:our|this|present|index|another|second|third|fourth|same|remaining|latter|former|first|single"
    rf"|only|one|a|rare|unusual|unique|interesting)\s"
    rf"(?:(?!of\b|in\b|to\b)[\w-]+\s){{0,3}}?case(?:\sreport)?\b(?=\s?[,.;:()_]|$|\s(?:of|with|who|in|where"
    rf"|that|which|was|is|had|has|we|to|the|after|under|treated|show\w*|demonstrat\w*|describ\w*"
    r"|present\w*|report\w*|achiev\w*)\b)"
    rf"|\b(?:the|a)\s{_WORDS}(?:man|woman|boy|girl|lady|gentleman|child|infant)\b(?!s)"
    r"|\b(?:the|a)\scase\s(?:reported|described|published|treated)\sby\b"
    r"|(?-i:\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|[Hh]imself|[Hh]erself)\b(?!-|/)(?<!/he)(?<!or she)(?<!or her))",
    re.IGNORECASE,
)
_BOTH_SEXES = re.compile(r"\b[Hh](?:e|is)(?: or |/)(?:s?he|hers?)\b|\b[Ss]he(?: or |/)he\b")
_ONE_LOOSE = re.compile(
    rf"\b(?:the|an?|one|single)\s{_WORDS}{_PERSON}{_NO_GROUP}|\bpatient's\b|\bin whom\b", re.IGNORECASE
)
_GENERIC = re.compile(
    r"\b(?:each|every|any|if|when|until|unless|whether|per|once)\s(?:an?\s|the\s)?(?:\w+\s)?patient\b", re.IGNORECASE
)
_MANY = re.compile(
    r"\b(?:patients|subjects|participants|cases|men|women|children|individuals|adults|responders"
    r"|non-responders|groups?|arms?|cohorts?|trials|series"
    r"|mice|mouse|murine|rats|xenografts?|animals?|those|dogs|studies|everyone|majority|respectively"
    r"|reports|literature|rates?|medians?|probabilit(?:y|ies))\b"
    r"|\bn\s?=",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r",?\srespectively\b", re.IGNORECASE)
_PERCENT = re.compile(r"\d\s?%")
_GOVERNED = re.compile(
    r"\b(?:patients|subjects|participants|cases|those|individuals|responders"
    r"|tumou?rs)\b(?:\s(?!_)[\w'-]+){0,5}\s(?:an?\s)?$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|went|led|became|showed|shown|gave|met"
    r"|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bbeen )[a-z]{2,}ed)\b"
)
_SHOWS = re.compile(
    r"\b(?:shows?|reveals?|demonstrates?|indicates?|confirms?|documents?|remains?|persists?|showing|demonstrating"
    r"|revealing|documenting)\b"
)
_NOTED = re.compile(r"[:=]\s?$")  # "Response: SD."
_HABIT = re.compile(
    r"\b(?:generally|usually|typically|commonly|often|in general|sometimes|occasionally|frequently|mostly)\b",
    re.IGNORECASE,
)
_ANIMAL = re.compile(
    r"\b(?:mice|mouse|murine|rats|xenografts?|animals?|dogs?|canine|cell lines?|in vitro)\b", re.IGNORECASE
)
_TELLING = frozenset({"case", "abstract", "results", "figure", "table", None})
_LOOKS_BACK = 3
_PREVIOUS = 600


def whose(analysis: Analysis, scene: Scene) -> Whose:
    """Whose category it is: by the clause, else the sentence, else the sentences before, else the kind of paper."""
    low, high = scene.clause
    clause = scene.text[low:high]
    if names_one(clause):
        return "group" if _is_governed(scene) else "one"
    case_report = is_case_report(analysis)
    loose = _names_loosely(clause, scene, case_report=case_report)
    if case_report:
        if BOTH.search(clause):
            return "one"
        clause = _RESPECTIVELY.sub("", clause)
    if _MANY.search(clause):
        return "group" if not loose or _is_governed(scene) else "one"
    if _is_governed(scene):
        return "group"
    if loose or names_one(scene.near):
        return "one"
    return _from_around(analysis, scene, case_report=case_report)


def _is_governed(scene: Scene) -> bool:
    """Whether the category describes a group: "patients with advanced HCC who experienced CR"."""
    match = _GOVERNED.search(scene.text, max(0, scene.start - 90), scene.start)
    return match is not None and not names_one(match.group())


def is_of_animals(text: str) -> bool:
    """Whether a sentence tells of mice, xenografts or cells."""
    return _ANIMAL.search(text) is not None


def names_one(text: str) -> bool:
    """Whether words single out one patient: a number, an age, a pronoun, "our patient"."""
    text = _BOTH_SEXES.sub("", text)
    return bool(_ONE.search(text) or NUMBERED.search(text) or ONE_AGED.search(text))


def _names_loosely(clause: str, scene: Scene, *, case_report: bool) -> bool:
    """Whether "the patient" or "a patient" is one: in a case report, or in a report of what happened."""
    if not _ONE_LOOSE.search(clause) or _GENERIC.search(clause):
        return False
    return case_report or (scene.sentence.section != "methods" and bool(_PAST.search(clause)))


def _from_around(analysis: Analysis, scene: Scene, *, case_report: bool) -> Whose:
    """A sentence that names nobody goes on with what was said before it, or tells of the paper's one patient."""
    sentence = scene.sentence
    near = _RESPECTIVELY.sub("", scene.near) if case_report else scene.near
    shared = _MANY.search(near) or (not case_report and _PERCENT.search(scene.near))
    if shared or _HABIT.search(scene.near):
        return "nobody"
    telling = case_report and sentence.section in _TELLING
    shown = telling and (
        sentence.kind == "caption" or _SHOWS.search(scene.near) or _NOTED.search(scene.text, 0, scene.start)
    )
    if not shown and not _PAST.search(scene.near):
        return "nobody"
    if telling or (case_report and sentence.section != "methods" and _is_own(analysis, scene)):
        return "one"
    loose = is_anchor(scene) and _names_loosely(scene.near, scene, case_report=case_report)
    return "one" if loose or _goes_on_with_one(analysis, sentence) else "nobody"


def _is_own(analysis: Analysis, scene: Scene) -> bool:
    """Whether a case report speaks of its own patient where it also speaks of other work."""
    start, end = scene.sentence.start, scene.sentence.end
    cited = any(start <= at < end for at, _ in analysis.citations)
    offset = start + scene.start
    return not cited and side_at(stretch_at(analysis, offset), offset) != "cited"


def _goes_on_with_one(analysis: Analysis, sentence: Sentence) -> bool:
    for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _LOOKS_BACK), -1):
        before = analysis.sentences[index]
        if before.passage != sentence.passage:
            return False
        if names_one(before.text[-_PREVIOUS:]):
            return True
        if _MANY.search(before.text[-_PREVIOUS:]):
            return False
    return False
