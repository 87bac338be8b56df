"""The two arms that a sentence compares: `longer with A than with B`, `A led to longer survival than B`."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.arms import END, Arm, cleaned, names_endpoint
from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.scene import Scene, Span

_THAN = r"(?:(?:rather\s)?than|versus|vs\.?|v|(?:as\s)?compared (?:with|to)|over)"
_COMPARES = re.compile(
    r"(?:\b(?:with|in|for|among|on|of|between|by|after|following|receiving|favou?ring|given)\s+)?(?:the\s)?"
    rf"(?<![A-Za-z])(?P<one>[A-Za-z][^,;:()\[\]]{{0,110}}?)\s+{_THAN}\s+(?:\d+\s(?:events|deaths)\s)?"
    r"(?:in\s(?=those|patients))?(?:(?:that|those|did|was|were)\s){0,2}"
    rf"(?:with|in|for|among|on|by|after|following|to|the)?\s*(?:the\s)?(?P<two>[A-Za-z][^,;:()\[\]]{{0,90}}?){END}",
    re.I,
)
_BEFORE_ONE = re.compile(
    r"(?:.*\b(?:with|in|for|among|on|of|between|by|after|following|receiving|favou?r(?:ing|ed|s)|given|to|was|were|from|comparing)\s+|^)"
    r"(?:the\s)?",
    re.I,
)
_TOPIC = re.compile(
    r"(?:[A-Z][A-Z &]{3,30}: )?(?:[A-Z][a-z]{1,12}(?: [a-z]{2,12}){0,2}, )?"
    r"(?:[Tt]he )?(?:(?:[Aa]ddition of|[Aa]dding|[Tt]reatment with|[Uu]se of|[Pp]atients (?:in"
    r"|on|receiving|treated with|assigned to))"
    r"\s(?:the\s)?)?(?P<name>[A-Za-z][^,;:()\[\]]{1,80}?)(?:\sto\s[^,;:()\[\]]{2,50}?)?\s(?:\w{1,20}ly\s)?"
    rf"(?:{any_of('verb of a comparison')}|{any_of('verb after an arm')})\b"
)
_AGAINST = re.compile(
    r"\b[Cc]ompared (?:with|to)\s(?:the\s)?(?P<two>[A-Za-z][^,;:()\[\]]{1,60}?),\s(?:the\s)?"
    rf"(?P<one>[A-Za-z][^,;:()\[\]]{{1,60}}?)\s(?:\w{{1,20}}ly\s)?{any_of('verb of a comparison')}\b"
)
_THOSE_WHO = re.compile(r"\b(?:patients|those|women|men|responders)\s(?:with\s|who\s)", re.I)
_CLAUSE = re.compile(r",\s|\bthat\s")
_REACH = 260
_VERB = re.compile(rf"(?<!\bwho)(?<!\bthat)\s{any_of('verb after an arm')}\b")

_WAS_BETTER = re.compile(
    r"\s(?:was|were|is|are)\s(?:\w{1,20}ly\s)?(?:higher|lower|longer|shorter|better|worse|superior|inferior|greater"
    r"|more|less)$"
)
_COMBINED = re.compile(
    r"(?P<name>[A-Za-z][\w/-]+(?:\s(?:with|plus|and)\s[A-Za-z][\w/-]+){1,3})\s(?:\w{1,20}ly\s)?"
    rf"{any_of('verb after an arm')}\b"
)


def compared(scene: Scene, start: int, end: int) -> list[Arm]:
    """The two arms of a comparison in a span: `longer with A than with B`, `A versus B`."""
    start = max(0, start)
    while 0 < start < end and scene.text[start - 1].isalnum():
        start += 1  # not in the middle of a word
    for found in reversed(list(_COMPARES.finditer(scene.text, start, end))):
        one = cleaned(scene, _name_alone(scene.text, found.span("one"))) or topic(scene, found.start("two"))
        if one is not None and names_endpoint(scene, one) and not _THOSE_WHO.search(scene.before(one.start, 40)):
            one = topic(scene, found.start("two"))  # "did not improve survival versus B"
        arms = [one, cleaned(scene, found.span("two"))]
        if all(arms):
            return [arm for arm in arms if arm]
    against = _AGAINST.search(scene.text, max(0, start), end)
    if against is not None:
        arms = [cleaned(scene, against.span("one")), cleaned(scene, against.span("two"))]
        return [arm for arm in arms if arm] if all(arms) else []
    return []


def topic(scene: Scene, end: int) -> Arm | None:
    """`A was associated with longer survival than B`: whom a sentence that compares is about."""
    found = _TOPIC.match(scene.text, 0, end)
    for lead in () if found is not None else _CLAUSE.finditer(scene.text, max(0, end - _REACH), end):
        found = _TOPIC.match(scene.text, lead.end(), end) or found
    return cleaned(scene, found.span("name")) if found else None


def _name_alone(text: str, span: Span) -> Span:
    """`longer with A`, `A significantly improved PFS`: the arm behind the last preposition, or before the verb."""
    better = _WAS_BETTER.search(text, *span)
    if better is not None:
        span = (span[0], better.start())  # "of A was higher"
    whole = _COMBINED.match(text, *span)
    if whole is not None:
        return whole.span("name")
    lead = _BEFORE_ONE.match(text[span[0] : span[1]] + " ")
    start = span[0] + (lead.end() if lead and lead.end() < span[1] - span[0] else 0)
    verb = _VERB.search(text, start, span[1])
    return (start, verb.start() if verb else span[1])
