"""Which sentences state no results: plans, criteria, definitions, and what is said of one patient."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.cues import any_grouped, any_of
from hcclit.language import Analysis, Sentence
from hcclit.paper_kind import is_case_report

_PLAN = re.compile(rf"\b{any_grouped('plan')}\b")
_SURELY = re.compile(rf"\b{any_of('surely a plan')}\b|^{any_of('label of plans')}:", re.I)
_MET = re.compile(
    r"\b(?:met|meet|meeting|fulfil\w*|satisf\w+)\s(?:all\s)?(?:of\s)?(?:(?:the|our|these|all)\s)?(?:study\s|trial\s)?"
    r"(?:inclusion|eligibility|entry)(?:\sand\sexclusion)? criteria\b",
    re.I,
)
"""Patients who met the criteria are no plan."""
_DEFINED = re.compile(r"\([^()]{0,200}\bdefined as\b[^()]{0,200}\)")
"""`the response rate (defined as CR or PR) was 20%`: what the brackets define is no definition of the sentence."""
_RESULT = re.compile(r"\d% ?(?:CI|confidence)|\bmedian (?:OS|PFS|overall|survival|TTP|progression)[^.;,]{0,60} was\b")
_ONE_PATIENT = re.compile(
    r"\b(?:(?:our|the|this|one|a|another|index|present(?:ed)?|second|first|third|latter|former) (?:\w{1,20}\s){0,3}?"
    r"patient(?:'s)?(?!s| (?:population|group|cohort|subset|series|sample|numbers?|subgroup|outcomes?|survival))"
    r"|patient (?:no\.? ?)?\d{1,2}\b|case (?:no\.? ?)?\d{1,2}\b"
    r"|(?:our|the|this|present) case(?!s| (?:series|fatality|group|control))"
    r"|\b(?:he|she|his|her|him)\b|\d{1,3}[- ]year[- ]old\b|year-old (?:man|woman|male|female|boy|girl))",
    re.I,
)
_TELLING = ("case", "abstract", None)
_GROUP = re.compile(
    r"\b(?:median|mean|average|rates?|patients|group|arm|cohort|trial|study|studies|series|hazard|ratio|population|respectively"
    r"|overall response|CI)\b|%",
    re.I,
)


def is_plan(sentence: str) -> bool:
    """Whether a sentence states a plan, a criterion or a definition instead of a result."""
    if _SURELY.search(sentence):
        return True
    if "criteria" in sentence:
        sentence = _MET.sub(" ", sentence)
    if "defined as" in sentence:
        sentence = _DEFINED.sub(" ", sentence)
    return bool(_PLAN.search(sentence)) and not _RESULT.search(sentence)


def is_one_patient(sentence: str) -> bool:
    """Whether a sentence is about an individual patient and gives no measure of a group."""
    return bool(_ONE_PATIENT.search(sentence)) and not _GROUP.search(_without_one(sentence))


def is_of_the_case(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a case report goes on about its patient without naming her (`PFS reached 12 months`)."""
    if sentence.section not in _TELLING or not is_case_report(analysis) or _GROUP.search(sentence.text):
        return False
    return not any(sentence.start <= start < sentence.end for start, _ in analysis.citations)


def _without_one(sentence: str) -> str:
    return re.sub(r"\b(?:in|of) (?:our|this|the present|the) (?:case )?(?:study|patient)\b", " ", sentence, flags=re.I)
