"""How a time in a sentence relates to a fact of it: does it frame the sentence, stand beside, belong elsewhere?

Small readings of the words between two places; what follows from them for dates is in `hcclit.linking.when`, for
lengths of time in `hcclit.linking.elapsed`.
"""

from __future__ import annotations

import re

_FINITE = (
    r"(?:was|were|is|are|has|had|did|rose|fell|dropped|became|began|underwent|received|showed|revealed"
    r"|remained|died|took|went|got|led|grew|shrank|gave|came|made|kept|felt|lost|found|held|saw|brought"
    r"|stayed"
    r"|(?!(?:treated|performed|obtained|measured|taken|followed|based|confirmed|elevated|increased|reduced"
    r"|detected|said|used)\b)[a-z]{3,}ed)"
)
# "..., and his AFP was": from here on another event is told
_NEW_CLAUSE = re.compile(
    rf";|\.\s|,? \b(?:but|while|whereas|although|though|until|because|before|when|after which|at which"
    rf"|however)\b"
    rf"|,? \band (?:(?!(?:and|in|on|at|to)\b)[\w'/-]+ ){{1,7}}?{_FINITE}\b|, (?:and|then|which|who|whose"
    rf"|followed by)\b|\b(?:who|whose)\b",
    re.IGNORECASE,
)
_EXAMINATION = re.compile(
    r"\b(?:scans?|CT|MRI|PET|imaging|ultrasound|ultrasonography|tomography|examinations?|evaluations?"
    r"|assessments?|follow-?ups?|tests?|visit)"
    r"\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_COMMA_CLAUSE = re.compile(rf",[^,]*\b{_FINITE}\b", re.IGNORECASE)
_TO_EVENT = re.compile(
    rf"\s?(?:after|following|beyond|post|from|of)(?: (?!{_FINITE}\b|and\b|the patient\b)[\w'-]+){{0,6}} ?\(?",
    re.IGNORECASE,
)
# such words lead up to the fact itself; "from the start of treatment CR persists" names another event
_LEADS = re.compile(
    r"\b(?:after|following|beyond|post|from|of|the|an?|his|her|its|first|second|initial|maximal|this|[a-z]+ing) ?\(?$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"^[^()]{0,80}\)|\([^()]{0,80}\)|\([^()]{0,80}$")
_FAR = 160
_OPENING = re.compile(
    r"(?:(?:however|then|thereafter|therefore|finally|subsequently|later|unfortunately|meanwhile|also|and"
    r"|but|thus|fortunately|again"
    r"|furthermore|moreover|additionally|interestingly|afterwards?|figure \d+\w?\.?|[(\[]?[a-z][)\]]),? ){0,2}",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"(?:in|on|by|at|as of|from|around|about|approximately|after|following|during|only|just|some|nearly"
    r"|almost|the|end|beginning|middle"
    r"|start|of|early|late|mid|same|last|final|first|second|third|fourth|fifth|latest|next|most|recent"
    r"|follow-up|visit|examination|admission"
    r"|presentation|diagnosis|discharge|hospitali[sz]ation|assessment|evaluation|time|day|month|year|summer"
    r"|winter|spring|autumn|fall|his|her|later|\d{1,4}(?:st|nd|rd|th)?|one|two|three|four|five|six|months?|weeks?|days?|years?"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|our|a|an|[,(.-]|i\.e\.,?|\s)*",
    re.IGNORECASE,
)


def opens_sentence(before: str) -> bool:
    """Whether what stands before a time expression is only an opening: `However, at the last visit, in` May 2012."""
    if len(before) > _FAR:
        return False
    opening = _OPENING.match(before)
    return bool(_FRAME.fullmatch(before, opening.end() if opening else 0))


def same_clause(between: str) -> bool:
    """Whether no new event begins in the words between a time and the fact after it."""
    return not _NEW_CLAUSE.search(between)


def is_examination(before: str) -> bool:
    """Whether a time stands with an examination (`A CT scan obtained on` July 10), of which all that follows tells."""
    return bool(_EXAMINATION.search(before))


def time_follows(between: str) -> bool:
    """Whether the words between a fact and a time after it tell of no event of their own."""
    told = re.sub(r" {2,}", " ", _IN_BRACKETS.sub(" ", between))
    return len(told) < _FAR and same_clause(told) and not _COMMA_CLAUSE.search(told)


def is_event_of(between: str) -> bool:
    """Whether the words between a lapse and a fact make the fact its event: `after the diagnosis of` PD."""
    return bool(_TO_EVENT.fullmatch(between) and _LEADS.search(between))
