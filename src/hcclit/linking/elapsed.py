"""How long after an event a fact was stated: `two weeks later`, `after 2 months of treatment`, `P8W` after a start.

No length of time before now or before another event counts, nor one that something lasted, nor a bound, nor a range.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from hcclit.dates import Duration, find_durations
from hcclit.language import Analysis, Sentence
from hcclit.linking.clause import is_event_of, is_examination, opens_sentence, same_clause, time_follows
from hcclit.linking.nearby import before, cached
from hcclit.linking.visit import sentences_of_visit
from hcclit.linking.when import is_starting_value
from hcclit.mention import Mention

_TIME = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?|h|wk|mo|yr)s?\b|\dh\b|\dmonths", re.IGNORECASE)
_THEN = re.compile(
    r"\s?(?:later|thereafter|afterwards?|(?:after|following|post|beyond|from)\b(?! (?:the )?(?:birth"
    r"|baseline)))",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r"(?:-| )(?:of )?(?:the )?(?:follow-?up|treatment|therapy|post-?operative|post-?treatment"
    r"|[\w-]+ (?:treatment|therapy))\b",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\b(?:after|following|at|on)(?: (?:the|about|approximately|around|almost|nearly|only|a|an|just|another"
    r"|post-?operative|treatment))*\s?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:after|following)(?: (?:the|about|approximately|around|almost|nearly|only|a|an|just|another))*\s?$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:within|for|over|during|every|each|lasting|lasted|past|last|previous|first|until|up to|least|than"
    r"|under|survived|every other|initial|total of)"
    r"(?: (?:the|about|approximately|around|a|an|at|almost|nearly|more|period of))*\s?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"[ -]?(?:old\b|ago\b|before\b|earlier\b|prior\b|previously\b|history\b|on\b|off\b|cycles?\b|interval"
    r"|survival|rest\b|apart\b|duration|in duration)",
    re.IGNORECASE,
)
_ASSESSED = re.compile(
    r"\b(?:assessments?|evaluations?|visits?|follow-?ups?|examinations?|reviews?|consultations?)\b[^.;]{0,60}?"
    r"\b(?:took place|was (?:performed|done|carried out|conducted|made|scheduled)|occurred|followed)\b"
    r"|\b(?:visited|returned|was (?:re)?admitted|presented|was seen|came back|was referred)\b",
    re.IGNORECASE,
)
_PAIR_BEFORE = re.compile(
    r"\b\d+(?:\.\d+)?(?:[ -]?(?:days?|weeks?|months?|years?))?,? ?(?:and|or|,|to) ?(?:at |after )?$"
)
_PAIR_AFTER = re.compile(r",? ?(?:and|or|,) ?(?:at |after )?\d")
_FAR = 500  # signs over which a time still frames what is told
_UNDERGONE = re.compile(
    r"\b(?:undergone|been on|received|been treated|taken)\b[^.;,]{0,40}\bfor(?: about| almost"
    r"| approximately)?\s?$",
    re.IGNORECASE,
)


def elapsed_of(analysis: Analysis, mention: Mention) -> str | None:
    """The ISO 8601 length of time from an event to a mention in running text, or None."""
    if is_starting_value(analysis, mention):
        return None
    if mention.type == "statistic" and not _is_one_patient(mention):
        return None
    sentence = analysis.sentence_at(mention.start)
    lapses = _lapses(analysis, sentence)
    if lapses:
        return _of_sentence(analysis, sentence, mention, lapses)
    if mention.type in ("marker", "response"):
        return _of_assessment(analysis, sentence)
    return None


def _is_one_patient(mention: Mention) -> bool:
    fields = mention.fields
    return fields.get("measure") == "count" and fields.get("value") == 1 and fields.get("at") is None


def _lapses(analysis: Analysis, sentence: Sentence) -> list[Duration]:
    """Durations of a sentence that count from an event on."""
    seen: dict[int, list[Duration]] = cached(analysis, "lapses", lambda _: {})
    if sentence.index not in seen:
        found = find_durations(sentence.text) if _TIME.search(sentence.text) else []
        seen[sentence.index] = [d for d in found if _is_lapse(sentence.text, d)]
    return seen[sentence.index]


def _is_lapse(text: str, duration: Duration) -> bool:
    before, after = text[max(0, duration.start - 50) : duration.start], text[duration.end : duration.end + 40]
    if duration.iso_high or duration.comparator or _NOT_BEFORE.search(before) or _NOT_AFTER.match(after):
        return False
    if duration.form == "point":
        return bool(_THEN.match(after)) or bool(
            re.search(r"post-?(?:operative|treatment|transplant\w*) $", before, re.IGNORECASE)
        )
    if _THEN.match(after) or _AFTER.search(before):
        return True
    return bool(_AT.search(before)) and bool(_FOLLOWED.match(after) or re.match(r"\s?[,;.)]", after))


def _of_sentence(analysis: Analysis, sentence: Sentence, mention: Mention, lapses: list[Duration]) -> str | None:
    """The lapse that frames the mention's clause; None where several do."""
    start, end = mention.start - sentence.start, mention.end - sentence.start
    place = bisect_right(lapses, start, key=lambda d: d.start)
    if place:
        last = lapses[place - 1]
        between = sentence.text[last.end : start]
        if len(between) > _FAR or is_event_of(between):
            return None
        lead = before(analysis, sentence, sentence.start + last.start)
        framed = opens_sentence(lead) or same_clause(between) or is_examination(lead)
        return last.iso if framed and not _paired(sentence, last) else None
    following = lapses[place]
    if following.start >= end and time_follows(sentence.text[end : min(following.start, end + _FAR)]):
        return following.iso if not _paired(sentence, following) else None
    return None


def _paired(sentence: Sentence, lapse: Duration) -> bool:
    """`about 6 and 8 months after`: two lapses for one fact."""
    lead = sentence.text[max(0, lapse.start - 30) : lapse.start]
    return bool(_PAIR_BEFORE.search(lead) or _PAIR_AFTER.match(sentence.text, lapse.end))


def _of_assessment(analysis: Analysis, sentence: Sentence) -> str | None:
    """The lapse after which the assessment took place that the paragraph tells of."""
    for earlier in sentences_of_visit(analysis, sentence):
        if _ASSESSED.search(earlier.text):
            found = [
                d for d in find_durations(earlier.text) if _is_lapse(earlier.text, d) or _has_undergone(earlier.text, d)
            ]
            return found[0].iso if len(found) == 1 else None
    return None


def _has_undergone(text: str, duration: Duration) -> bool:
    return (
        bool(_UNDERGONE.search(text[max(0, duration.start - 100) : duration.start]))
        and not duration.iso_high
        and not duration.comparator
    )
