"""Mentions of endpoints in a sentence, by `vocabulary/endpoints.csv` and the paper's own short forms."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.categories import composed
from hcclit.extractors.statistic.lexicon import lexicon_of
from hcclit.extractors.statistic.naming import Endpoint
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.wording import in_context

_GENERIC = re.compile(
    r"\b(?:(?:median |mean )?time (?:from (?:[\w-]+\s){1,5}?)?(?:to|until) (?:the |a |an )?(?:[\w-]+\s){0,3}?[\w-]+"
    r"(?= \(|,| was| were| of|\.| in| with| did| between| delayed| prolonged| improved| longer| shorter|;|$)"
    r"|[\w-]+[- ](?:free|specific|related) survival\b|(?:duration|length) of (?:the )?(?:[a-z][\w-]*\s)?[a-z][\w-]*)",
    re.I,
)  # what is measured like an endpoint but is none of the list
_TREATMENT = re.compile(
    r"\b(?:duration|length) of (?:the\s)?(?:[\w/+-]+\s){0,4}?"
    r"(?:treatment|therapy|use|administration|exposure|intake|medication|chemotherapy|radiotherapy)\b"
    r"|\b[\w/+-]+\s(?:treatment|therapy|exposure) duration\b|\btime on (?:[\w/+-]+\s){0,2}?(?:treatment|therapy)\b"
    r"|\btreated for (?:a|an) (?=median|mean)",
    re.I,
)
_ELLIPTIC = re.compile(
    r"\boverall(?=\s(?:\(OS\)\s)?(?:and|or)\s(?:median\s)?[\w-]+[\s-]free\b)|\boverall(?=\s(?:\(OS\)\s)?survival)", re.I
)
_ALIVE_FREE = re.compile(
    r"\balive (?:and |or )?(?:without|free (?:of|from)|with no)\s"
    r"(?:(?:evidence|signs?) of\s)?(?:any\s|disease\s|tumou?r\s)*"
    r"progressi(?:on|ve disease)\b|\balive and progression[- ]free\b",
    re.I,
)
_ALIVE = re.compile(
    r"\b(?:percentages?|proportions?|probabilit\w+|estimates?|rates?|likelihood) of (?:the\s|all\s)?"
    r"(?:patients?\s|being\s|participants\s|women\s|men\s)?(?:who (?:were|remained)\s)?(?:still\s)?"
    r"alive\b(?! and| without)",
    re.I,
)


def find_endpoints(scene: Scene) -> list[Endpoint]:
    """Find the endpoints that a sentence names, in order, not overlapping; those within intervals are left out."""
    text = scene.text
    found = composed(text, _in_vocabulary(scene))
    found = _beside(found, _named(text, _ELLIPTIC, ("OS", "time")))
    found = _beside(_named(text, _ALIVE_FREE, ("PFS", "time")), found)
    found = _beside(_named(text, _ALIVE, ("OS", "time")), found)
    found = _beside(_named(text, _TREATMENT, ("treatment_duration", "span")), found)
    return sorted(_with_generic(text, found), key=lambda e: e.start)


def _in_vocabulary(scene: Scene) -> list[Endpoint]:
    lexicon = lexicon_of(scene.analysis)
    found: list[Endpoint] = []
    for match in lexicon.find(scene.text, 0, len(scene.text)):
        entry = lexicon.entry(match.group())
        if entry is None or any(a <= match.start() and match.end() <= b for a, b in scene.asides):
            continue
        endpoint = in_context(scene.text, Endpoint(match.start(), match.end(), *entry, name=match.group()))
        if endpoint is not None and not _repeats(scene.text, found, endpoint):
            found.append(endpoint)
    return found


def _repeats(text: str, found: list[Endpoint], endpoint: Endpoint) -> bool:
    """`overall survival (OS)`: the short form in brackets right after its own long form."""
    if not found or found[-1].code != endpoint.code:
        return False
    return text[found[-1].end : endpoint.start].strip() in ("(", "[")


def _named(text: str, pattern: re.Pattern[str], entry: tuple[str, str]) -> list[Endpoint]:
    return [Endpoint(m.start(), m.end(), *entry, name=m.group()) for m in pattern.finditer(text)]


def _beside(found: list[Endpoint], more: list[Endpoint]) -> list[Endpoint]:
    """Add endpoints where none has been found yet."""
    return found + [e for e in more if not any(f.start < e.end and e.start < f.end for f in found)]


def _with_generic(text: str, found: list[Endpoint]) -> list[Endpoint]:
    """Add what is measured like an endpoint but is none; `chemotherapy-free survival` is no survival either."""
    for generic in _named(text, _GENERIC, ("other", "time")):
        inside = [e for e in found if e.start < generic.end and generic.start < e.end]
        if all(e.start > generic.start and e.end <= generic.end and e.name.lower() == "survival" for e in inside):
            found = [e for e in found if e not in inside] + [generic]
    return found
