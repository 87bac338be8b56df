"""Whether this paper's own facts are about one patient or about its group."""

from __future__ import annotations

import re

from hcclit.language import Analysis, Sentence
from hcclit.linking.nearby import passages, words_around
from hcclit.mention import Mention
from hcclit.paper_kind import is_case_report

_ONE = re.compile(
    r"\b(?:patients?|cases?) (?:no\.? ?|number |#)?\d{1,2}\b(?! (?:patients|years|of)|:\d)"
    r"|\b(?:our|this|the|one|another|an?|1|same|single|index|first|second|third|remaining|male"
    r"|female) (?:(?!(?:of|was|were|is|are|had|has|for|in|to|by|and|that|each|every|per)\b)[\w-]{1,30} ){0,5}?"
    r"(?:(?:patient|(?<!such )case)(?! (?:populations?|groups?|cohorts?|subgroups?|series|care|selection"
    r"|data|level|safety|samples?|pools?)\b)"
    r"|man|woman|male|female|boy|girl|child|lady|gentleman)\b"
    r"|\b(?:he|she|his|her|him|himself|herself)\b|\b\d{1,3}[- ]year[- ]old\b|\bin whom\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:patients|subjects|participants|cases|men|women|volunteers|individuals|groups|arms|cohorts"
    r"|children|adults)\b"
    r"|\b(?:our|the|this) (?:\w{1,20} )?(?:cohort|series)\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"\b(?:one|another|a single|the remaining) (?:\w{1,20} ){0,2}(?:patient|case)\b", re.IGNORECASE)
_LONG = 600
_NOBODY = re.compile(
    r"\b(?:no|none of the|any|neither of the|all|both|several|most) (?:\w{1,20} ){0,2}(?:patients?|cases?)\b",
    re.IGNORECASE,
)


def is_about_one(analysis: Analysis, sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention of this paper's own work is about an individual patient."""
    fields = mention.fields
    if mention.type == "statistic" or fields.get("kind") in ("median", "mean"):
        return False
    if fields.get("patient_id") is not None or (mention.type == "response" and fields.get("assertion") != "negated"):
        return True  # a response that is affirmed of a group is no record
    words = words_around(analysis, sentence, mention)
    one, many = bool(_ONE.search(words)), bool(_MANY.search(words))
    if sentence.section == "case" or is_case_report(analysis):
        denied = mention.type == "response" and bool(_NOBODY.search(words))
        return (one or not many) and not denied
    if mention.type == "dose" and not one and not many and sentence.section != "methods":
        one = _goes_on(analysis, sentence)
    if fields.get("kind") == "measurement":
        return one or not many
    # "the patient receives" is how methods speak of every patient
    return one and sentence.section != "methods" and not (mention.type == "response" and _NOBODY.search(words))


def _goes_on(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence goes on about the one patient whom the sentence before has named (`It was resumed at …`)."""
    told = passages(analysis)[sentence.passage]
    here = sentence.index - told[0].index
    if here == 0 or len(told[here - 1].text) > _LONG:
        return False
    return bool(_SINGLE.search(told[here - 1].text)) and not _MANY.search(told[here - 1].text)
