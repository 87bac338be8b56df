"""Which sentences state no results: plans, criteria, definitions, and what is said of one patient."""

from __future__ import annotations

import re

_PLAN = re.compile(
    r"\b(?:sample size (?:was|of|calculation|estimat\w+|required|needed)|(?:statistical|%|percent) power|power (?:of|to detect|calculation)|powered|to detect|type (?:I|1|II|2) error|null hypothesis"
    r"|alternative hypothesis|we (?:assumed|hypothesi[sz]ed|estimated that)|was hypothesi[sz]ed|hypothesi[sz]ing|assuming|assumption|assumed|expected (?:to|median|rate|response|difference)|would (?:be|have|need|require|detect|allow|increase|improve|provide)"
    r"|was designed to|were designed to|planned (?:sample|accrual|enrol)|accrual (?:goal|target)|target (?:accrual|sample|enrol)|non-?inferiority margin (?:was|of)|prespecified (?:non-?inferiority )?(?:margin|threshold)|two-stage"
    r"|Simon'?s|if at least|were (?:required|needed) (?:to|for)|was (?:required|needed) (?:to|for)|the (?:primary )?(?:aim|objective|goal) was to|eligib(?:le if|ility criteria)|inclusion criteria|exclusion criteria"
    r"|were eligible if|was defined as|were defined as|is defined as|defined as|considered (?:statistically )?significant|worth(?:while|y) of|we assume|it is estimated that|will (?:have|be|not|recruit|randomi[sz]e|enrol\w*|include|compare|receive|require)\b|(?:was|were|is) expected|planned (?:duration|to)|alpha (?:=|level)|level of alpha|the power that|predicted probability|conditional power|posterior probability|had to be|has to be|deemed (?:effective|worthy|active)|of interest if|futility boundary)\b",
    re.I,
)
_RESULT = re.compile(r"\d% ?(?:CI|confidence)|\bmedian (?:OS|PFS|overall|survival|TTP|progression)[^.;]{0,60} was\b")
_ONE_PATIENT = re.compile(
    r"\b(?:(?:our|the|this|one|a|another|index|present(?:ed)?|second|first|third|latter|former) (?:\w+\s){0,3}?patient(?:'s)?(?!s| (?:population|group|cohort|subset|series|sample|numbers?|subgroup|outcomes?|survival))"
    r"|patient (?:no\.? ?)?\d{1,2}\b|case (?:no\.? ?)?\d{1,2}\b|(?:our|the|this|present) case(?!s| (?:series|fatality|group|control))|\b(?:he|she|his|her|him)\b|\d{1,3}[- ]year[- ]old\b|year-old (?:man|woman|male|female|boy|girl))",
    re.I,
)
_GROUP = re.compile(
    r"\b(?:median|mean|average|rates?|patients|group|arm|cohort|trial|study|studies|series|hazard|ratio|population|respectively|overall response|%|CI)\b|%",
    re.I,
)


def is_plan(sentence: str) -> bool:
    """Whether a sentence states a plan, a criterion or a definition instead of a result."""
    return bool(_PLAN.search(sentence)) and not _RESULT.search(sentence)


def is_one_patient(sentence: str) -> bool:
    """Whether a sentence is about an individual patient and gives no measure of a group."""
    return bool(_ONE_PATIENT.search(sentence)) and not _GROUP.search(_without_one(sentence))


def _without_one(sentence: str) -> str:
    return re.sub(r"\b(?:in|of) (?:our|this|the present|the) (?:case )?(?:study|patient)\b", " ", sentence, flags=re.I)
