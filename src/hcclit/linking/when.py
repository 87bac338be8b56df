"""The date that the text gives for a fact.

From the fact's own sentence, or for a finding from the sentence that dates the visit to which it belongs; never
from another examination or event. Where several dates are given for one fact, none is taken.
"""

from __future__ import annotations

import re
from itertools import pairwise

from hcclit.dates import DateMention
from hcclit.language import Analysis, Sentence
from hcclit.linking.clause import is_examination, opens_sentence, same_clause, time_follows
from hcclit.linking.nearby import around, before
from hcclit.linking.visit import sentences_of_visit
from hcclit.mention import Mention

_CUTOFF = re.compile(
    r"\b(?:as of|data cut-?\s?off|cut-?\s?off(?: date)?|data lock|database lock|(?:time|date) of (?:the "
    r"|this )?(?:final |interim )?(?:analysis|report)"
    r"|(?:at|by) (?:the )?(?:last|final|latest) (?:follow-up|analysis|update)|last (?:updated|follow-up))\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"^(?:of|among) (?:these|those|them)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\s?[(\[,]?\s?(?:(?:in|on|at|by|dated|as of) )?(?:the (?:end|beginning|middle) of |early |late |mid-? ?)?",
    re.IGNORECASE,
)
_OTHER_EVENT = re.compile(
    r"\b(?:after|following|before|since|until|prior to|due to|because of|compared (?:with|to)|history of"
    r"|previous(?:ly)?|earlier|underwent|undergone"
    r"|diagnosed|resected|operated)\b[^,;]*$",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(
    r"\b(?:who|which|whose)\b(?! (?:was |had been )?(?:presented|admitted|referred|visited|hospitali[sz]ed"
    r"|came|seen)\b)",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\s?(?:,|and|or|&|/|, and|to|-)\s?(?:(?:in|on|again in|then in|later in) )?", re.IGNORECASE)
_FROM = re.compile(
    r"\bfrom (?:(?:a|an|the|about|approximately|around|its|level|value|peak|baseline|initial|of) ){0,4}$", re.IGNORECASE
)
_WHEN = re.compile(r",? (?:when|at which (?:time|point)) ", re.IGNORECASE)
_VALUE_BEFORE = re.compile(r"(?:\d\s?(?:[a-zµ]?[gA-Z]+/[a-zA-Z]+)?|\b(?:CR|PR|SD|PD))\s(?:in|on)\s$")
_CONJUNCTION = re.compile(r"\s?,?\s?(?:and|then|but)?,?\s(?:then\s)?(?:to\s|of\s)?")
# `in May 2013, 4 years after the CR`: the date is that of what came after
_ANCHORED = re.compile(
    r"\b(?:days?|weeks?|months?|years?) (?:after|before|following|from|beyond|since) (?:(?:the|his|her|its|an?"
    r"|first|achieving|reaching"
    r"|having|achieved|diagnosis|onset|of|documented|confirmed) )*$"
)
_PUBLISHED = re.compile(
    r"\)?,? (?:[A-ZÀ-Þ][\w'-]+(?: (?:et al\.?|and [A-Z][\w'-]+|and (?:his "
    r"|her )?co\w+))?,?(?: ?\[[\d, -]+\])? )?(?:first |also )?"
    r"(?:reported|described|published|presented|documented)\b"
)
_NEAR = 160
_VISIT = re.compile(
    r"\b(?:referred|admitted|readmitted|presented|visited|hospitali[sz]ed|seen|consulted|came|transferred"
    r"|attended|on admission|at presentation"
    r"|visit|(?:at|on) (?:the )?(?:\w+ )?(?:follow-up|consultation|examination|admission))\b",
    re.IGNORECASE,
)


def when_of(analysis: Analysis, mention: Mention) -> str | None:
    """The date of a mention in running text, or None."""
    sentence = analysis.sentence_at(mention.start)
    if mention.type == "statistic":
        return _cutoff(analysis, sentence, around(analysis, sentence, mention))
    span = around(analysis, sentence, mention)
    if (turned := _turning_point(analysis, span[0], mention)) is not None:
        return turned
    dates = _points(analysis, *span)
    if dates:
        return _of_sentence(analysis, sentence, mention, dates)
    if mention.type in ("marker", "response") and not is_starting_value(analysis, mention):
        return _of_visit(analysis, sentence)
    return None


def is_starting_value(analysis: Analysis, mention: Mention) -> bool:
    """`from 22,100` to 1,436 ng/ml: the value before the change, which another time than the sentence's had."""
    return bool(_FROM.search(analysis.text, max(0, mention.start - 60), mention.start))


def _points(analysis: Analysis, start: int, end: int) -> list[DateMention]:
    return [d for d in analysis.dates_in(start, end) if d.bound not in ("from", "to")]


def _turning_point(analysis: Analysis, start: int, mention: Mention) -> str | None:
    """`until December 2013, when PD was detected`: the end of one state is the date of the next."""
    dates = [d for d in analysis.dates_in(start, mention.start) if d.end <= mention.start]
    if not dates or dates[-1].bound != "to" or mention.start - dates[-1].end > _NEAR:
        return None
    turn = _WHEN.match(analysis.text, dates[-1].end)
    return dates[-1].value if turn and same_clause(analysis.text[turn.end() : mention.start]) else None


def _cutoff(analysis: Analysis, sentence: Sentence, span: tuple[int, int]) -> str | None:
    """The date of the analysis that a statistic comes from: `As of 30 June 2012`."""
    dates = _points(analysis, *span)
    if not dates and _OF_THESE.match(sentence.text):
        told = [s for s in analysis.neighbours(sentence) if s.index < sentence.index]
        return _cutoff(analysis, told[0], (told[0].start, min(told[0].end, told[0].start + 800))) if told else None
    if len(dates) != 1:
        return None
    words = analysis.text[max(sentence.start, dates[0].start - 70) : min(sentence.end, dates[0].end + 40)]
    return dates[0].value if _CUTOFF.search(words) else None


def _of_sentence(analysis: Analysis, sentence: Sentence, mention: Mention, dates: list[DateMention]) -> str | None:
    """The date that the mention's own sentence gives it."""
    text = analysis.text
    after = [d for d in dates if d.start >= mention.end]
    earlier = [d for d in dates if d.end <= mention.start]
    if after and _BESIDE.fullmatch(text, mention.end, after[0].start):
        return _alone(analysis, dates, after[0])
    if is_starting_value(analysis, mention) or _ANCHORED.search(text, sentence.start, mention.start):
        return None
    lead = before(analysis, sentence, earlier[-1].start) if earlier else ""
    if earlier and _is_of_another(text, earlier[-1], lead, mention):
        earlier = []
    if earlier and opens_sentence(lead):
        return _alone(analysis, dates, earlier[-1])
    between = text[mention.end : after[0].start] if after else ""
    if after and time_follows(between) and not _OTHER_EVENT.search(between):
        return _alone(analysis, dates, after[0])
    if earlier and not _OTHER_EVENT.search(lead) and not _TOLD_OF.search(lead):
        between = text[earlier[-1].end : mention.start]
        return _alone(analysis, dates, earlier[-1]) if same_clause(between) or is_examination(lead) else None
    return None


def _is_of_another(text: str, date: DateMention, lead: str, mention: Mention) -> bool:
    """Whether a date before a mention belongs to what stands before it, or to a publication."""
    if _PUBLISHED.match(text, date.end, mention.start):
        return True  # `In 2010, Okonjo reported a man with CR`
    # `6,700 ng/mL in July 2012 and 18,900 ng/mL`
    return bool(_VALUE_BEFORE.search(lead) and _CONJUNCTION.fullmatch(text, date.end, mention.start))


def _alone(analysis: Analysis, dates: list[DateMention], date: DateMention) -> str | None:
    """The date's value, unless it is one of several joined ones: `both in May and in September`."""
    for first, second in pairwise(dates):
        if date in (first, second) and _JOINS.fullmatch(analysis.text, first.end, second.start):
            return None
    return date.value


def _of_visit(analysis: Analysis, sentence: Sentence) -> str | None:
    """The date of the visit that an earlier sentence of the paragraph tells of."""
    for earlier in sentences_of_visit(analysis, sentence):
        dates = _points(analysis, earlier.start, earlier.end)
        if dates:
            other = _OTHER_EVENT.search(before(analysis, earlier, dates[0].start))
            return dates[0].value if len(dates) == 1 and _VISIT.search(earlier.text) and not other else None
    return None
