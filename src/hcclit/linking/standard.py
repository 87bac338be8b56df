"""Doses that are nobody's in particular: standard, recommended, approved or proposed ones."""

from __future__ import annotations

import re

from hcclit.language import Analysis, Sentence
from hcclit.linking.nearby import around
from hcclit.linking.origin import discusses, stretch_at
from hcclit.mention import Mention

_STANDARD = re.compile(
    r"\b(?:recommended|standard|usual|approved|conventional|maximum[- ]tolerated|maximal tolerated"
    r"|label(?:l)?ed|licensed|customary"
    r"|registered|advised) (?:[\w-]{1,20} ){0,4}?(?:doses?|dosages?|dosing)\b"
    r"|\b(?:doses?|dosages?) (?:[\w-]{1,20} ){0,3}?(?:is|are) (?:[\w-]{1,20} ){0,2}?(?:recommended|approved"
    r"|advised|usually)\b"
    r"|\b(?:is|are) (?:usually |generally |commonly |currently )?(?:recommended|approved|licensed"
    r"|advised)\b|\bMTD\b|\bRP(?:2|II)I?D\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:we|authors|guidelines?|label) (?:therefore |would |thus |also )?(?:propose|recommend|suggest"
    r"|advise)s?\b"
    r"|\b(?:for|in|to|warrants?|explore) (?:the )?(?:future|further|later|subsequent"
    r"|next) (?:[\w-]{1,20} ){0,3}(?:trials?|studies|study)\b"
    r"|\b(?:for|in) (?:the )?phase (?:II|III|2|3) (?:trials?|stud)|\brecommended (?:for )?phase (?:II|2)\b"
    r"|\brecommendations? (?:[\w-]{1,20} ){0,8}?(?:is|are|indicates?|includes?|suggests?|of a dose)\b"
    r"|\brecommended dos(?:e|es|age) (?:[\w+-]{1,20} ){0,8}?(?:is|are)\b"
    r"|\bselected for (?:an? |the )?(?:ongoing |subsequent |upcoming )?phase\b"
    r"|\b(?:usually|generally|commonly|typically) (?:given|administered|recommended|prescribed|used)\b",
    re.IGNORECASE,
)
_ADVISED = re.compile(
    r"\b(?:should|may|can|could|might|must) (?:\w{1,20} )?(?:be (?:\w{1,20}ly )?(?:given|used|started"
    r"|administered|considered|reduced|increased"
    r"|tried|prescribed|initiated|preferred|limited|adjusted|escalated|resumed)|start|begin)\b",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"\b(?:doses?|dosages?) (?:[\w-]{1,20} ){0,4}?(?:is|are|was determined|was defined)\b", re.IGNORECASE
)
# someone got it: then it is that patient's or group's dose, standard or not
_GIVEN = re.compile(
    r"\b(?:received?|got|took|randomi[sz]ed|assigned|allocated|(?:were|was|had been) given|(?:was"
    r"|were) (?:re)?started|initiated|was prescribed"
    r"|treated with|treatment with|(?:was|were) (?:orally |intravenously )?(?:administered|reduced"
    r"|increased|resumed|continued|maintained))\b",
    re.IGNORECASE,
)


def is_standard_dose(analysis: Analysis, sentence: Sentence, mention: Mention) -> bool:
    """Whether a dose is a standard, a recommendation or a proposal, and given to nobody in the sentence."""
    stretch = stretch_at(analysis, mention.start)
    start, end = around(analysis, sentence, mention)
    words = analysis.text[max(start, stretch.start) : min(end, stretch.end)]
    if _PROPOSED.search(words):
        return True
    if _GIVEN.search(words):
        return False
    discussing = discusses(analysis, sentence)
    if _STANDARD.search(words) and (discussing or _DEFINED.search(words)):
        return True
    return discussing and not stretch.named and bool(_ADVISED.search(words))
