"""Whom a fact is about: a patient or a group of this paper, other work, or nobody in particular (`general`)."""

from __future__ import annotations

import re

from hcclit.language import Analysis, Sentence
from hcclit.linking.origin import Side, Stretch, discusses, side_at, stretch_at
from hcclit.linking.paper import paper_of
from hcclit.linking.standard import is_standard_dose
from hcclit.linking.table_subject import subject_in_table
from hcclit.mention import Mention
from hcclit.records import Subject

_ONE = re.compile(
    r"\b(?:patients?|cases?) (?:no\.? ?|number |#)?\d{1,2}\b(?! (?:patients|years|of))|\b(?:our|this|the|one|another|the present|a|an|1|same|single|index|first|second"
    r"|third|remaining|male|female) (?:(?!of\b)[\w-]+ ){0,4}?(?:patient|case|man|woman|male|female|boy|girl|child|lady|gentleman)\b"
    r"|\b(?:he|she|his|her|him|himself|herself)\b|\b\d{1,3}[- ]year[- ]old\b|\bin whom\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:patients|subjects|participants|cases|men|women|volunteers|individuals|groups?|arms?|cohorts?|series|children|adults)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\b(?:no|none of the|any|neither of the|in no|all|both|several|most) (?:\w+ ){0,2}(?:patients?|cases?)\b", re.IGNORECASE)
_PRESENT = re.compile(r"\b(?:is|are|has been|have been|ranges?|remains?|accounts?|occurs?|varies|vary|can|may|should|will)\b")
_PAST = re.compile(r"\b(?:was|were|had|did|[a-z]{3,}(?<!ne)ed)\b")
_BACKGROUND_ENDS = re.compile(
    r"\b(?:we|our|here|herein|this (?:\w+ ){0,4}(?:study|trial|report|analysis|paper|case)|the (?:aim|purpose|objective|present|current)"
    r"|aim(?:ed)?|were (?:randomly|randomi[sz]ed|assigned|enrolled|treated|included|recruited|eligible|given))\b"
    r"|\b(?:METHODS?|PATIENTS|RESULTS|FINDINGS|DESIGN|PURPOSE|OBJECTIVES?|AIMS?|Methods?|Patients|Results|Findings|Design|Purpose|Aims?"
    r"|Objectives?)\b[A-Za-z ]{0,30}:|\b(?:report|describe|present)\b",
    re.IGNORECASE,
)


def subject_of(analysis: Analysis, mention: Mention) -> Subject | None:
    """The subject of a mention; None for a date."""
    if mention.type == "date":
        return None
    if mention.fields.get("kind") == "threshold":
        return "general"
    if mention.cell is not None:
        return subject_in_table(analysis, mention)
    sentence = analysis.sentence_at(mention.start)
    if mention.type == "dose" and is_standard_dose(analysis, sentence, mention):
        return "general"
    side = side_of(analysis, mention)
    if side == "own":
        return _own_subject(analysis, sentence, mention)
    return "cited" if side == "cited" else "general"


def side_of(analysis: Analysis, mention: Mention) -> Side | None:
    """Whose work a mention in running text belongs to; None for a dose that is nobody's."""
    sentence, stretch = analysis.sentence_at(mention.start), stretch_at(analysis, mention.start)
    side = side_at(stretch, mention.start)
    if (stretch.named and stretch.turn in (None, "parted")) or side == "own" or stretch.reason == "told":
        return side
    if mention.type == "statistic" and sentence.section in ("discussion", "conclusion"):
        if paper_of(analysis).repeats(analysis.quantities_in(stretch.start, stretch.end)):
            return "own"
    return side or _default_side(analysis, sentence, stretch, mention)


def _default_side(analysis: Analysis, sentence: Sentence, stretch: Stretch, mention: Mention) -> Side | None:
    """What a text without any cue speaks of, by the section's habit."""
    general = stretch.faint or bool(_PRESENT.search(sentence.text) and not _PAST.search(sentence.text))
    if sentence.section == "abstract" or (sentence.section is None and not discusses(analysis, sentence)):
        return "cited" if mention.type == "statistic" and general and _is_background(analysis, sentence) else "own"
    if sentence.section not in ("introduction", "discussion", "conclusion", None) or mention.type == "response":
        return "own"
    if mention.type == "statistic":
        told = paper_of(analysis).case_report and sentence.section is not None
        return "cited" if general or told or sentence.section == "introduction" else "own"
    if mention.type == "dose" and (general or sentence.section == "introduction"):
        return None
    return "own"


def _is_background(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether an abstract has not yet come to this paper's own work (its title is no sentence of it)."""
    index = sentence.index
    while index >= 0 and analysis.sentences[index].section == sentence.section:
        if _BACKGROUND_ENDS.search(analysis.sentences[index].text):
            return False
        index -= 1
    return True


def _own_subject(analysis: Analysis, sentence: Sentence, mention: Mention) -> Subject:
    """A patient or the group, for what is this paper's own."""
    if mention.type == "statistic" or mention.fields.get("kind") in ("median", "mean"):
        return "cohort"
    if mention.fields.get("patient_id") is not None:
        return "patient"
    text = sentence.text
    one, many = bool(_ONE.search(text)), bool(_MANY.search(text))
    if mention.type == "response":
        denied = mention.fields.get("assertion") == "negated"
        return "cohort" if denied and (_NOBODY.search(text) or (many and not one) or not _of_cases(analysis, sentence, one)) else "patient"
    if mention.fields.get("kind") == "measurement":
        return "cohort" if many and not one and not _tells_cases(analysis, sentence) else "patient"
    if _of_cases(analysis, sentence, one):
        return "cohort" if many and not one else "patient"
    return "cohort"


def _tells_cases(analysis: Analysis, sentence: Sentence) -> bool:
    return sentence.section == "case" or paper_of(analysis).case_report


def _of_cases(analysis: Analysis, sentence: Sentence, one: bool) -> bool:
    """Whether a sentence tells of a single patient: in a case report, or by its words, but not in a method."""
    return _tells_cases(analysis, sentence) or (one and sentence.section != "methods")
