"""Doses that are nobody's in particular: standard, recommended, approved or proposed ones."""

from __future__ import annotations

import re

from hcclit.language import Analysis, Sentence
from hcclit.linking.nearby import around
from hcclit.linking.origin import discusses, stretch_at
from hcclit.mention import Mention

_STANDARD = re.compile(
    r"\b(?:recommended|standard|usual|approved|conventional|maximum[- ]tolerated|maximal tolerated|label(?:l)?ed|licensed|customary"
    r"|registered|advised) (?:[\w-]+ ){0,4}?(?:doses?|dosages?|dosing)\b"
    r"|\b(?:doses?|dosages?) (?:[\w-]+ ){0,3}?(?:is|are) (?:[\w-]+ ){0,2}?(?:recommended|approved|advised|usually)\b"
    r"|\b(?:is|are) (?:usually |generally |commonly |currently )?(?:recommended|approved|licensed|advised)\b|\bMTD\b|\bRP2D\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:we|authors|guidelines?|label) (?:therefore |would |thus |also )?(?:propose|recommend|suggest|advise)s?\b"
    r"|\b(?:future|further|later|subsequent|next) (?:\w+ ){0,3}(?:trials?|studies|study)\b|\b(?:for|in) (?:the )?phase (?:II|III|2|3) (?:trials?|stud)"
    r"|\brecommendations? (?:[\w-]+ ){0,8}?(?:is|are|indicates?|includes?|suggests?)\b|\brecommended (?:for )?phase (?:II|2)\b|\b(?:usually|generally|commonly|typically) (?:given|administered|recommended|prescribed|used)\b",
    re.IGNORECASE,
)
_ADVISED = re.compile(
    r"\b(?:should|may|can|could|might|must) (?:\w+ )?(?:be (?:\w+ly )?(?:given|used|started|administered|considered|reduced|increased|tried"
    r"|prescribed|initiated|preferred|limited|adjusted|escalated|resumed)|start|begin)\b",
    re.IGNORECASE,
)
_IS = re.compile(r"\b(?:doses?|dosages?) (?:[\w-]+ ){0,4}?(?:is|are|was determined|was defined)\b", re.IGNORECASE)
# someone got it: then it is that patient's or group's dose, standard or not
_GIVEN = re.compile(
    r"\b(?:received?|got|randomi[sz]ed|assigned|allocated|were given|was given|had been given|took|was (?:re)?started|were started|initiated|was prescribed|treated with"
    r"|was (?:orally |intravenously )?(?:administered|reduced|increased|resumed|continued|maintained)|were (?:orally )?administered"
    r"|treatment with)\b",
    re.IGNORECASE,
)


def is_standard_dose(analysis: Analysis, sentence: Sentence, mention: Mention) -> bool:
    """Whether a dose is a standard, a recommendation or a proposal, and given to nobody in the sentence."""
    stretch = stretch_at(analysis, mention.start)
    start, end = around(analysis, sentence, mention)
    text = analysis.text[max(start, stretch.start) : min(end, stretch.end)]
    if _PROPOSED.search(text):
        return True
    given = _GIVEN.search(text)
    discussing = discusses(analysis, sentence)
    if _STANDARD.search(text) and not given and (discussing or _IS.search(text)):
        return True
    advised = _ADVISED.search(text) and discussing
    return bool(advised) and not given and not stretch.named
