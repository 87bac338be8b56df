"""Sizes of groups told by a phrase instead of a verb of enrolment: `the trial group, 69 patients`, `58 had resection`.

Each phrase holds alone; what a phrase leaves open (events, shares, later lines of treatment) makes no size.
"""

from __future__ import annotations

import re

from hcclit.extractors.statistic.around import ASSIGNS, EVENTS, PEOPLE_NEXT, Around
from hcclit.extractors.statistic.scene import Scene
from hcclit.extractors.statistic.size_wording import WORDINGS
from hcclit.extractors.statistic.values import PEOPLE

_CLOSED = r"(?=\s*(?:[,;.)]|and\b|$))"
_ANALYSED = r"(?:eligible|assessable|evaluable|analy[sz]able)"
_TUMOURS = re.compile(r"\s(?:[\w-]+\s){0,2}tumou?rs\b", re.I)
_APPOSED = (
    re.compile(r"\b(?:group|arm|cohort)(?:\s[A-Z0-9]{1,3})?(?:,|\sof|\swith|:)\s$"),
    re.compile(rf"\s?{PEOPLE}\b{_CLOSED}"),
)
_SERIES_OF = re.compile(r"\b(?:characteristics|demographics|records) of\s(?:all\s)?(?:the\s|these\s)?$")
_STILL_ELIGIBLE = re.compile(
    rf"(?:\sand\s\d+)?\s(?:{PEOPLE}\s)?(?:(?:were|was)\s)?{_ANALYSED}\b(?!\s(?:for|to|if)\b|\s{PEOPLE})"
)
_ADDED = re.compile(r"\bplus\s(?:an additional\s|another\s)?$")
_FORM = re.compile(
    rf"\s(?:[\w-]+\s){{0,2}}?{PEOPLE}\s(?P<link>with|treated|receiving|who (?:received|underwent|had)|on|in|from)\b"
)
_AND = re.compile(r"[\s,]and\s(?:another\s|an additional\s)?$")
_GIVEN_TO = re.compile(r"\b(?:was|were)\s(?:randomly\s)?(?:assigned|allocated|administered|given)\sto\s$")
_AND_TO = re.compile(rf"\s?(?:{PEOPLE})?,?\sand\s[A-Za-z][\w +/-]{{0,40}}\sto\s(?=\d|$)")
_PAIR = re.compile(
    rf"\sand\s\d[\d,]*\s(?:{PEOPLE}\s)?(?:receiving|assigned|allocated|randomi[sz]ed|in|to|on)\b[^;.]*\brespectively\b"
)
_WITH_PAIR = re.compile(r"\bwith\s(?:\d[\d,]*\sand\s)?$")
_SECOND = re.compile(
    rf"\s(?:{PEOPLE}\s)?(?:receiving|assigned|allocated|randomi[sz]ed|in|to|on)\b[^;.]*\brespectively\b"
)
_RATE_IN = re.compile(r"\brates?\b[^,;.()\d]{0,70}\s(?:in|for|among)\s$")
_TREATED = re.compile(
    rf"\s(?:{PEOPLE}\s)?(?:received|receiving|underwent|had|(?:were|was)\s(?:given|treated\s(?:with|by)))\s"
    r"(?!(?:no|not|a second|further|been|had|received|undergone|at least)\b)(?:the\s|either\s)?"
)
_LATER = re.compile(
    r"\b(?:after|following|upon|on|at)\s(?:disease\s|tumou?r\s)?(?:progression|relapse|recurrence|discontinuation)"
    r"|\b(?:subsequent\w*|second-line|third-line|salvage|prior|previous\w*|pretreat\w+|post-?study|rescue|before|crossed"
    r"|discontinued|withdrew|died|complications?|additional|antibiotics?|transfusions?|biops\w+|CT|MRI|scans?|stents?"
    r"|growth factors?|steroids?|analgesics?|opioids?)\b",
    re.I,
)
_LISTED = re.compile(r"(?:,\s(?:and\s)?|\sand\s)$")
_ELLIPTIC = re.compile(r"\s(?:with\s)?(?:the\s)?")
_REGIMEN = re.compile(r"(?:[A-Z][A-Z0-9]+[A-Za-z0-9/+-]*|placebo|(?:the\s)?combination|surgery|observation)\b")
_TREATS = re.compile(
    r"\d\s(?:\w+\s)?(?:received|receiving|underwent|had|were|was)\s|[a-z]\s(?:patients\s)?(?:received|underwent|had)\s"
)
_SMALL = 10


def is_phrased(number: Around) -> bool:
    """Whether a phrase about a number tells that it is the size of a group; `treated_in` tells of treatments."""
    if number.has_share or _TUMOURS.match(number.after):
        return False
    if any(a.match(number.after) and b.search(number.before) for b, a in WORDINGS):
        return number.figure.value > 1
    if number.figure.value >= _SMALL and _SERIES_OF.search(number.before) and PEOPLE_NEXT.match(number.after):
        return True
    return _is_of_an_arm(number) or _goes_with_another(number)


def is_of_a_rate(number: Around) -> bool:
    """`the recurrence rate in 12 patients with small tumours was 40%`."""
    return bool(_RATE_IN.search(number.before)) and bool(PEOPLE_NEXT.match(number.after)) and not number.has_share


def _is_of_an_arm(number: Around) -> bool:
    """`the trial group, 69 patients`, `A was assigned to 228 and B to 221`, `with 125 and 128 receiving A and B`."""
    if not ASSIGNS.search(number.scene.text):
        return False
    if _APPOSED[0].search(number.before) and _APPOSED[1].match(number.after):
        return True
    if _GIVEN_TO.search(number.before):
        return bool(_AND_TO.match(number.after))
    if number.since is not None and _AND_TO.fullmatch(number.since):
        return True
    if not _WITH_PAIR.search(number.before):
        return False
    return bool((_SECOND if number.before.endswith("and ") else _PAIR).match(number.after))


def _goes_with_another(number: Around) -> bool:
    """`279 patients treated with A and 284 patients treated with B`, `of whom 919 were eligible`."""
    if number.since is None or EVENTS.search(number.since):
        return False
    if _STILL_ELIGIBLE.match(number.after):
        return True
    if _ADDED.search(number.since):
        return bool(PEOPLE_NEXT.match(number.after))
    one, other = _FORM.match(number.since), _FORM.match(number.after)
    alike = one is not None and other is not None and one["link"] == other["link"]
    return alike and bool(_AND.search(number.since))


def treated_in(scene: Scene) -> frozenset[int]:
    """Where the numbers of a sentence stand that are told with a treatment each; none if it is only one, or a few."""
    text = scene.text
    if not _TREATS.search(text) or EVENTS.search(text) or _LATER.search(text):
        return frozenset()
    found: list[int] = []
    largest = 0.0
    for figure in scene.figures:
        if not figure.is_plain or figure.is_bound or figure.is_decimal or figure.role not in (None, "size"):
            continue
        told = _TREATED.match(text, figure.end)
        listed = bool(found) and _LISTED.search(scene.before(figure.start, 6))
        found_at = told or (_ELLIPTIC.match(text, figure.end) if listed else None)
        place = found_at.end() if found_at is not None else -1
        if place > 0 and _names_treatment(scene, place, listed=told is None):
            found.append(figure.start)
            largest = max(largest, figure.value)
    return frozenset(found) if len(found) > 1 and largest >= _SMALL else frozenset()


def _names_treatment(scene: Scene, place: int, *, listed: bool) -> bool:
    """`received A`, `had a left hepatic resection`; in a list the treatment stands right behind its number."""
    start = scene.sentence.start + place
    near = scene.analysis.entities_in(start, start + (1 if listed else 30))
    return any(e.label in ("DRUG", "PROCEDURE") for e in near) or bool(_REGIMEN.match(scene.text, place))
