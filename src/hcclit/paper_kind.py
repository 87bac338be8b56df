"""What kind of paper a document is: about individual patients, or about groups.

The question decides how loose words are read: "follow-up CT showed PR" is said of one patient in a case
report, and of nobody in particular in a trial. The answer is taken from the whole document, by counting the
phrases with which each kind introduces its patients, since a case report cites trials and a trial may tell of
a single patient.
"""

from __future__ import annotations

import re
from itertools import islice

from hcclit.language import Analysis

_AGE = (
    r"\b(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)[- ]?(?:years?|yrs?|months?|days?|weeks?|y)[- ]?olds?\b"
    r"|\b\d{1,2}[- ]?(?:yo|y/o)\b"
)
_PERSON = (
    r"(?:man|woman|male|female|gentleman|lady|boy|girl|child|infant|patient|farmer|teenager|neonate|person"
    r"|housewife|worker|smoker|adult|individual|nurse|newborn)\b(?!s)"
)
_NOT_ONE = r"(?!\s(?:\w+\s){0,2}(?:patients|men|women|history|study|trial|cohort))"
# an age of one person: "a 54-year-old Japanese man", "a patient aged 61", not "in 60-year-old patients"
ONE_AGED = re.compile(
    r"\b(?=\w)(?:"  # all begin so; said once, it costs least
    rf"an?\s(?:[\w-]+\s){{0,2}}?(?:{_AGE}){_NOT_ONE}"
    rf"|(?:{_AGE}),?\s(?:[\w/-]+\s){{0,4}}?{_PERSON}"
    rf"|\b{_PERSON},?\s(?:\w+\s){{0,2}}(?:aged|of)\s\d{{1,3}}\s(?:years?|months?)\b"
    r"|\b(?:male|female|man|woman)[\s,(]+(?:aged\s)?\d{1,3}[\s-](?:years|yr|y)"
    r"|\b(?:an adult|\d{2}(?:\syears?)?|\w+ years) (?:male|female)\b)",
    re.IGNORECASE,
)
_REPORTS_CASE = re.compile(
    r"\b(?:we|authors|here|herein|article|paper|report)\b[^.]{0,50}?"
    r"\b(?:report|describe|present|treated|encounter|experience)\w*"
    r"\b[^.]{0,60}?\b(?:cases?|patient|patients?\swith|man|woman|boy|girl|child)\b"
    r"|\b(?:one|two|three|four|five|six) patients (?:with|who|were)\b"
    r"|\bcase\s(?:reports?|presentations?|descriptions?|history|series)\b(?!\sforms?)"
    r"|\bpresented case\b|\b(?:our|present|this) case\b",
    re.IGNORECASE,
)
_ONE_PATIENT = re.compile(
    r"\b(?:our|the|this|the present) (?:\w+ )?patient(?:'s)?\b"
    r"(?! (?:populations?|groups?|cohorts?|selection|sample|level|data|numbers?|characteristics|information"
    r"|recruitment|safety|care|outcomes?|reported|assessment|questionnaire|diar)\w*)"
    r"|\b(?:he|she|his|her|him|himself|herself)\b"
    r"|\b(?:patient|case) (?:no\. ?|number |#)?\d{1,2}\b",
    re.IGNORECASE,
)
_PEOPLE = r"(?:patients|subjects|participants|women|men|children|individuals|adults|cases|volunteers)"
_HANDLED = (
    r"(?:randomi[sz]ed|randomly|enrol\w+|eligible|recruited|included|excluded|assigned|allocated|stratified"
    r"|analy[sz]ed|evaluable|evaluated|identified|screened|entered|registered|followed|retrospectively"
    r"|selected|divided)"
)
_TENS = r"(?:\d{2,}|[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety)"
_STUDIES_GROUP = re.compile(
    r"\(\s?[nN] ?= ?\d+|\b(?=\w)(?:"
    rf"{_PEOPLE}\s(?:\w+\s){{0,3}}?(?:were|was|had been)\s(?:\w+ly\s|then\s|all\s)?{_HANDLED}"
    r"|\b(?:inclusion|exclusion|eligibility) criteria\b|\bstatistical(?:ly)? (?:analys[ei]s|significan\w+)\b"
    r"|\b(?:we|this study|study (?:was|is)|aim(?:ed)? (?:was )?to)\b[^.]{0,40}?"
    r"\b(?:compare[ds]?|randomi[sz]ed|enrolled|recruited|retrospectively|prospectively|evaluate[ds]?"
    r"|investigate[ds]?|assess(?:ed)?|analy[sz]ed)\b"
    r"|\b(?:open-label|double-blind\w*|placebo-controlled|phase (?:I{1,3}|[1-4])(?:/\w+)?|multicent(?:er|re)"
    r"|randomi[sz]ed) (?:\w+[ -]){0,3}?(?:study|trial)"
    r"|\b(?:primary|secondary) (?:end ?-?points?|outcomes?)\b|\bintention-to-treat\b"
    r"|\bKaplan-Meier\b|\blog-?rank\b"
    r"|\b[Pp] ?[<=>≤] ?0?\.\d+|\b95 ?% ?(?:CI|confidence)\b"
    rf"|\b{_TENS}(?:[- ]\w+){{0,4}} (?:patients|subjects|participants|women|men)\b)",
)
_GROUP_SECTIONS = frozenset({"methods", "results"})
_CAP = 40  # beyond this many phrases of a sort a longer paper tells nothing new
_WEIGHTS = {"aged": 6, "reports": 4, "group": 3, "sections": 12}


def is_case_report(analysis: Analysis) -> bool:
    """Whether the paper reports one patient or a few, one by one (a case report or a small series of cases).

    Computed once per document. A text without a hint either way is none.
    """
    if "is_case_report" not in analysis.cache:
        analysis.cache["is_case_report"] = _decide(analysis)
    return bool(analysis.cache["is_case_report"])


def _decide(analysis: Analysis) -> bool:
    kind = analysis.document.metadata.get("article_type", "").replace("-", " ").lower()
    if kind == "case report":
        return True
    own = _own_text(analysis)
    aged, reports, one = _count(ONE_AGED, own, 3), _count(_REPORTS_CASE, own, 3), _count(_ONE_PATIENT, own, 15)
    sections = {s.section for s in analysis.sentences}
    individual = _WEIGHTS["aged"] * aged + _WEIGHTS["reports"] * reports + one
    group = _WEIGHTS["group"] * _count(_STUDIES_GROUP, own, _CAP)
    if "case" in sections:
        individual += _WEIGHTS["sections"]
    elif sections >= _GROUP_SECTIONS:
        group += _WEIGHTS["sections"]
    return individual > group


def _own_text(analysis: Analysis) -> str:
    """What a paper says of its own work: without introduction and discussion, unless little else is there."""
    own = [s.text for s in analysis.sentences if s.section not in ("introduction", "discussion", "back")]
    everything = [s.text for s in analysis.sentences if s.section != "back"]
    # a title page or an abstract alone would hide a paper whose sections were not recognised
    return "\n".join(own if 4 * sum(map(len, own)) > sum(map(len, everything)) else everything)


def _count(pattern: re.Pattern[str], text: str, most: int) -> int:
    return sum(1 for _ in islice(pattern.finditer(text), most))
