"""What an endpoint's name means with the words around it.

`Local` recurrence and `PSA` response are `other`, deaths of one cause too; `OS analysis` is a topic and no result;
`SD` in "mean (SD)" is no stable disease.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.naming import CORE_RATES, Endpoint

_SITE_BEFORE = re.compile(rf"(?:\b{any_of('site')}[\s-]+(?:and\s)?(?:disease\s|tumou?r\s|cancer\s)?|non-)$", re.I)
_SITE_AFTER = re.compile(rf"\s*(?:rates?\s)?(?:in|at|of|within)\s+(?:the\s)?{any_of('site after')}", re.I)
_LAST_WORD = re.compile(r"([\w/-]+)\s*$")
_ANY_DEATH = re.compile(any_of("death of anything"), re.I)
_DISEASE_DEATH = re.compile(rf"{any_of('death of disease')}-related", re.I)
_TREATMENT_DEATH = re.compile(rf"{any_of('treatment death')}\s$", re.I)
_OR_ELSE = re.compile(
    r"\s+or\s+(?:been|had|were|was|progressed|relapsed|discontinued|withdrew|lost|survived|experienced|remained)\b"
)
_CAUSES_OF = re.compile(r"\b[Cc]auses? of\s(?:the\s)?$")
_CAUSE_AFTER = re.compile(rf"\s*(?:\([^()]{{0,40}}\)\s*)?{any_of('cause after')}\s+(?!{any_of('any cause')})", re.I)
_IN_BRACKETS = r"(?:\s*\([^()]{1,12}\))?"
_EVENTS = re.compile(r"[\s-]+(?:events?\b|failures?\b)", re.I)
_TOPIC_AFTER = re.compile(rf"{_IN_BRACKETS}[\s-]+{any_of('topic after')}\b", re.I)
_TOPIC_BEFORE = re.compile(rf"\b{any_of('topic before')}\s(?:of|for|was|were|is)\s(?:the\s|median\s)?$", re.I)
_GAIN_AFTER = re.compile(rf"{_IN_BRACKETS}[\s-]+{any_of('gain after')}\b", re.I)
_NO_SHORT_FORM = re.compile(rf"[-+]?\s?{any_of('not a short form')}|\s?\+(?!\s?(?:SD|PR|CR|PD)\b)|[-/]L?\d", re.I)
_NO_CATEGORY = re.compile(r"(?:\bER/|mean \(|[±/]\s?|\d\s?[-±])$", re.I)
_ORR_BEFORE = re.compile(rf"(?:^|\b{any_of('before response')}|[,%])\W*$", re.I)
_STRATIFIES = re.compile(
    r"-(?:stratified|based|adjusted|related|guided|directed|driven|like)|\s(?:events? per|per person)", re.I
)
_ANCHOR = re.compile(rf"\b{any_of('time anchor')}\s(?:\w+ing\s)?(?:an?\s|the\s|this\s)?(?:\w+\s)?$", re.I)
_FREE_OF = re.compile(
    r"\b(?:free|freedom)\s(?:of|from)\s(?:\w+\s)?$|\bwithout\s(?:any\s|evidence of\s)?(?:\w+\s)?$", re.I
)
_DURATION_OF = re.compile(r"\b(?:duration|time|length|maintenance|interval)s?\s(?:of|to)\s(?:the\s|a\s)?$", re.I)
_OF_SURVEY = re.compile(r"\s(?:at\s[^.;]{1,40}\s(?:was|were)\s.{1,16})?for the (?:outcome|questionnaire|survey)")
_NO_EVENT_BEFORE = re.compile(r"\b(?:death|died|deaths|dead)\s(?:\w+\s){0,3}$|\b(?:history of|chronic|viral)\s$", re.I)
_OF_A_PVALUE = re.compile(r"\b[Pp]\s?[<=>]\s?0?\.\d+\s(?:for|in)\s(?:the\s)?(?:median\s)?$")
_STOPPED = re.compile(r"\b(?:discontinu\w+|withdr[ae]w\w*|stopped|reasons? for)\b", re.I)
_BEST = ("response", "overall response", "tumor response", "tumour response")


def in_context(text: str, endpoint: Endpoint) -> Endpoint | None:
    """What a name means at its place; None where it is not an endpoint there."""
    before = text[max(0, endpoint.start - 60) : endpoint.start]
    after = text[endpoint.end : endpoint.end + 60]
    if _is_none(endpoint, before, after):
        return None
    if endpoint.kind == "verb" and (_OR_ELSE.match(after) or re.search(r"\beither\s$", before)):
        return replace(endpoint, code="other")
    special = _special(endpoint, before)
    if special is not None:
        return special
    code = _code(endpoint, before, after)
    if code == "PD" and _STOPPED.search(text, 0, endpoint.start):
        code = "other"  # patients who stopped for it
    if _EVENTS.match(after):
        if endpoint.kind != "time":
            return replace(endpoint, code=code)
        return replace(endpoint, code="other", kind="event", base=code, name=f"{endpoint.name} events")
    weak = bool(_TOPIC_AFTER.match(after) or _TOPIC_BEFORE.search(before) or _OF_A_PVALUE.search(before))
    anchor = endpoint.kind in ("rate", "event") and bool(_ANCHOR.search(before))
    return replace(endpoint, code=code, gain=bool(_GAIN_AFTER.match(after)), weak=weak or anchor)


def _is_none(endpoint: Endpoint, before: str, after: str) -> bool:
    """`PR-positive`, `mean (SD)`, `PFS-stratified`, `best response`, an event that patients had before."""
    name = endpoint.name
    if _STRATIFIES.match(after):
        return True
    is_short = name.isupper() or name in ("CRs", "PRs", "SDs", "PDs")
    if is_short and (_NO_SHORT_FORM.match(after) or (name in ("SD", "PR") and _NO_CATEGORY.search(before))):
        return True
    if endpoint.kind == "ae":
        return bool(_NO_EVENT_BEFORE.search(before))
    return name.lower() in _BEST and bool(re.search(r"\bbest\s(?:overall\s)?$", before, re.I))


def _special(endpoint: Endpoint, before: str) -> Endpoint | None:
    """Names that mean something else after certain words."""
    name = endpoint.name.lower()
    if name in ("response", "responses") and not _ORR_BEFORE.search(before):
        return replace(endpoint, code="other")
    if endpoint.kind == "ae":
        return replace(endpoint, code=f"AE:{name}")
    if endpoint.code in CORE_RATES and _DURATION_OF.search(before):
        return replace(endpoint, code="other", kind="time")
    if name.startswith("survival") and re.search(r"(?:^|\s)(?!OS |MS )[A-Z][A-Z-]+\d?\s$", before):
        return replace(endpoint, code="other")  # "CVC survival"
    return None


def _code(endpoint: Endpoint, before: str, after: str) -> str:
    code = endpoint.code
    if code in ("recurrence", "mortality", "PD") and _FREE_OF.search(before):
        return "other"
    if code == "mortality":
        return "mortality" if _is_mortality(endpoint, before, after) else "other"
    sited = code in ("recurrence", "ORR", "CR", "DCR") or endpoint.kind == "time"
    pathologic = code == "CR" and re.search(r"patholog\w+\s$", before)
    if sited and _SITE_BEFORE.search(before) and not pathologic:
        return "other"
    if code in ("recurrence", "DCR") and _SITE_AFTER.match(after):
        return "other"
    if code == "ORR" and endpoint.name.lower() in ("response rate", "response rates") and _OF_SURVEY.match(after):
        return "other"
    return code


def _is_mortality(endpoint: Endpoint, before: str, after: str) -> bool:
    """Deaths of all causes or of the treatment are mortality, those of one cause are not."""
    if _TREATMENT_DEATH.search(before):
        return True
    if re.search(r"discontinu|reasons? for|withdraw", before, re.I) or _CAUSES_OF.search(before):
        return False
    if "all-cause" in before.lower():
        return True
    return not _CAUSE_AFTER.match(after) and (endpoint.kind != "event" or _names_no_cause(before))


def _names_no_cause(before: str) -> bool:
    """Whether the word before `deaths` or `mortality` names no cause: `vascular deaths` are of one cause."""
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    return bool(_ANY_DEATH.fullmatch(word[1])) and not _DISEASE_DEATH.fullmatch(word[1])
