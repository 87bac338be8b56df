"""What a text without any cue speaks of, by the habit of its section."""

from __future__ import annotations

import re

from hcclit.language import Analysis, Sentence
from hcclit.linking.nearby import cached, words_around
from hcclit.linking.origin import Side, Stretch, discusses
from hcclit.mention import Mention
from hcclit.paper_kind import is_case_report
from hcclit.records import Section

_PRESENT = re.compile(
    r"\b(?:is|are|has been|have been|ranges?|remains?|accounts?|occurs?|varies|vary|can|may|should|will)\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|showed|achieved|received|developed|underwent|died|occurred|experienced|reached"
    r"|increased|decreased|completed"
    r"|discontinued|improved|responded|progressed|obtained|exhibited|demonstrated|tolerated)\b"
)
_PLANNED = re.compile(r"\bwill\b|\b(?:is|are) (?:\w+ )?(?:randomi[sz]ed|allocated|assigned|enrolled)\b")
_TURNS_TO_ITSELF = re.compile(
    r"\b(?:we|our|here|herein|this (?:\w+ ){0,4}(?:study|trial|report|analysis|paper|case)|the (?:aim"
    r"|purpose|objective|present|current)"
    r"|aim(?:ed)?|were (?:randomly|randomi[sz]ed|assigned|enrolled|treated|included|recruited|eligible"
    r"|given)|report|describe|present|(?:is|are) (?:reported|presented|described))\b"
    r"|\b(?:methods?|patients|results|findings|design|purpose|objectives?|aims?)\b[A-Za-z ]{0,30}:",
    re.IGNORECASE,
)


def habitual_side(analysis: Analysis, sentence: Sentence, stretch: Stretch, mention: Mention) -> Side | None:
    """The side of a mention that nothing names; None for a dose that is nobody's."""
    if not discusses(analysis, sentence):
        told = mention.type == "statistic" and _is_background(analysis, sentence)
        return "cited" if told and _is_general(analysis, sentence, stretch, mention) else "own"
    if mention.type == "response":
        return "own"
    if mention.type == "statistic":
        return _of_statistic(analysis, sentence, _is_general(analysis, sentence, stretch, mention))
    if mention.type == "dose" and not _PLANNED.search(words_around(analysis, sentence, mention)):
        general = sentence.section == "introduction" or _is_general(analysis, sentence, stretch, mention)
        return None if general else "own"
    return "own"


def _of_statistic(analysis: Analysis, sentence: Sentence, general: bool) -> Side:
    """Introductions tell what is known; a case report has no groups of its own to count in its discussion."""
    if general or sentence.section == "introduction":
        return "cited"
    return "cited" if sentence.section is not None and is_case_report(analysis) else "own"


def _is_general(analysis: Analysis, sentence: Sentence, stretch: Stretch, mention: Mention) -> bool:
    """Whether a sentence speaks of what is known: in the present tense, or with its phrases."""
    words = words_around(analysis, sentence, mention)
    return stretch.faint or bool(_PRESENT.search(words) and not _PAST.search(words))


def _is_background(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether an abstract has not yet come to this paper's own work."""
    if sentence.section not in ("abstract", None):
        return False
    turns = cached(analysis, "turns", _first_turns)
    return sentence.index < turns.get(sentence.section, len(analysis.sentences))


def _first_turns(analysis: Analysis) -> dict[Section | None, int]:
    """Where each section first speaks of this paper's own work."""
    turns: dict[Section | None, int] = {}
    for sentence in analysis.sentences:
        if sentence.section not in turns and _TURNS_TO_ITSELF.search(sentence.text):
            turns[sentence.section] = sentence.index
    return turns
