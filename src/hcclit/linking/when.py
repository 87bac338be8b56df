"""The date that the text gives for a fact.

From the fact's own sentence, or for a finding from the sentence that dates the visit to which it belongs; never
from another examination or event. Where several dates are given for one fact, none is taken.
"""

from __future__ import annotations

import re
from itertools import pairwise

from hcclit.dates import DateMention
from hcclit.language import Analysis, Sentence
from hcclit.linking.clause import opens_sentence, same_clause, time_follows
from hcclit.linking.visit import sentences_of_visit
from hcclit.mention import Mention

_CUTOFF = re.compile(
    r"\b(?:as of|data cut-?\s?off|cut-?\s?off(?: date)?|data lock|database lock|(?:time|date) of (?:the |this )?(?:final |interim )?(?:analysis|report)"
    r"|(?:at|by) (?:the )?(?:last|final|latest) (?:follow-up|analysis|update)|last (?:updated|follow-up))\b",
    re.IGNORECASE,
)
_OF_THESE = re.compile(r"^(?:of|among) (?:these|those|them)\b", re.IGNORECASE)
_BESIDE = re.compile(r"\s?[(\[,]?\s?(?:(?:in|on|at|by|dated|as of) )?(?:the (?:end|beginning|middle) of |early |late |mid-? ?)?", re.IGNORECASE)
_OTHER_EVENT = re.compile(
    r"\b(?:after|following|before|since|until|prior to|due to|because of|compared (?:with|to)|history of|previous(?:ly)?|earlier|underwent|undergone"
    r"|diagnosed|resected|operated|who|which|whose)\b[^,;]*$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\s?(?:,|and|or|&|/|, and|to|-)\s?(?:(?:in|on|again in|then in|later in) )?", re.IGNORECASE)
_FROM = re.compile(r"\bfrom (?:(?:a|an|the|about|approximately|around|its|level|value|peak|baseline|initial|of) ){0,4}$", re.IGNORECASE)
_VISIT = re.compile(
    r"\b(?:referred|admitted|readmitted|presented|visited|hospitali[sz]ed|seen|consulted|came|transferred|attended|on admission|at presentation"
    r"|visit|(?:at|on) (?:the )?(?:\w+ )?(?:follow-up|consultation|examination|admission))\b",
    re.IGNORECASE,
)


def when_of(analysis: Analysis, mention: Mention) -> str | None:
    """The date of a mention in running text, or None."""
    sentence = analysis.sentence_at(mention.start)
    if mention.type == "statistic":
        return _cutoff(analysis, sentence)
    dates = _points(analysis, sentence)
    if dates:
        return _of_sentence(analysis, sentence, mention, dates)
    if mention.type in ("marker", "response") and not is_starting_value(analysis, mention):
        return _of_visit(analysis, sentence)
    return None


def is_starting_value(analysis: Analysis, mention: Mention) -> bool:
    """`from 22,100` to 1,436 ng/ml: the value before the change, which another time than the sentence's had."""
    return bool(_FROM.search(analysis.text, max(0, mention.start - 60), mention.start))


def _points(analysis: Analysis, sentence: Sentence) -> list[DateMention]:
    return [d for d in analysis.dates_in(sentence.start, sentence.end) if d.bound not in ("from", "to")]


def _cutoff(analysis: Analysis, sentence: Sentence) -> str | None:
    """The date of the analysis that a statistic comes from: `As of 30 June 2012`."""
    dates = _points(analysis, sentence)
    if not dates and _OF_THESE.match(sentence.text):
        before = [s for s in analysis.neighbours(sentence) if s.index < sentence.index]
        return _cutoff(analysis, before[0]) if before else None
    for date in dates:
        around = analysis.text[max(sentence.start, date.start - 70) : min(sentence.end, date.end + 40)]
        if _CUTOFF.search(around) and len(dates) == 1:
            return date.value
    return None


def _of_sentence(analysis: Analysis, sentence: Sentence, mention: Mention, dates: list[DateMention]) -> str | None:
    """The date that the mention's own sentence gives it."""
    text = analysis.text
    after = [d for d in dates if d.start >= mention.end]
    before = [d for d in dates if d.end <= mention.start]
    if after and _BESIDE.fullmatch(text, mention.end, after[0].start):
        return _alone(analysis, dates, after[0])
    if is_starting_value(analysis, mention):
        return None
    if before:
        return _before(analysis, sentence, mention, dates, before[-1])
    between = text[mention.end : after[0].start]
    return _alone(analysis, dates, after[0]) if time_follows(between) and not _OTHER_EVENT.search(between) else None


def _before(
    analysis: Analysis, sentence: Sentence, mention: Mention, dates: list[DateMention], date: DateMention
) -> str | None:
    """A date earlier in the sentence holds if it frames the sentence, or if no other event comes between."""
    lead = analysis.text[sentence.start : date.start]
    between = analysis.text[date.end : mention.start]
    if opens_sentence(lead) or (same_clause(between) and not _OTHER_EVENT.search(lead)):
        return _alone(analysis, dates, date)
    return None


def _alone(analysis: Analysis, dates: list[DateMention], date: DateMention) -> str | None:
    """The date's value, unless it is one of several joined ones: `both in May and in September`."""
    for first, second in pairwise(dates):
        if date in (first, second) and _JOINS.fullmatch(analysis.text, first.end, second.start):
            return None
    return date.value


def _of_visit(analysis: Analysis, sentence: Sentence) -> str | None:
    """The date of the visit that an earlier sentence of the paragraph tells of."""
    for earlier in sentences_of_visit(analysis, sentence):
        dates = _points(analysis, earlier)
        if not dates:
            continue
        lead = analysis.text[earlier.start : dates[0].start]
        if len(dates) == 1 and _VISIT.search(earlier.text) and not _OTHER_EVENT.search(lead):
            return dates[0].value
        return None
    return None
