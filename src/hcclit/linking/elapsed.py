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
    r"\s?(?:later|thereafter|afterwards?|into (?:the |his |her )?[\w-]*\s?(?:treatment|therapy|chemotherapy)"
    r"|(?:after|following|post|beyond|from)\b(?! (?:the )?(?:birth"
    r"|baseline)))",
    re.IGNORECASE,
)
_OF_TREATMENT = re.compile(rf"{_THEN.pattern}| of (?:the |his |her )?(?:treatment|therapy)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\buntil\s?$", re.IGNORECASE)
_POST = re.compile(r"post-?(?:operative|treatment|transplant\w*) $", re.IGNORECASE)
_AT_ONLY = re.compile(r"\bat(?: (?:about|approximately|around|almost|nearly|only))*\s?$", re.IGNORECASE)
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
    r"(?<![\d.])\d{1,3}(?:\.\d+)?(?:[ -]?(?:days?|weeks?|months?|years?))?,? ?(?:and|or|,|to) ?(?:at |after )?$"
)
_MONTH_DAY = re.compile(r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?, ?$")
_PAIR_AFTER = re.compile(
    r",? ?(?:and|or|,) ?(?:at |after )?\d{1,3}(?:\.\d+)?(?:, \d{1,3})*(?: and \d{1,3})?[ -](?:days?|weeks?|months?"
    r"|years?)\b"
)
_POINT_LEAD = re.compile(r"\b(?:on|at)(?: (?:the|post-?operative|treatment|about|around))*\s?$", re.IGNORECASE)
_CYCLE_AFTER = re.compile(
    r"(?:,| and| or| to|, and) \d{1,2}(?!\d|[.,]\d)|(?:,? of (?:the |each |every )?(?:\w+ )?(?:cycle|course))",
    re.IGNORECASE,
)
_AGED = re.compile(r"[ -]?(?:of age|old|intervals?|apart|before|prior|earlier)\b", re.IGNORECASE)
_EXAMINED = re.compile(
    r"[- ](?:(?:post-?operative |post-?treatment )?follow-?up )?(?:CT|MRI|PET|scans?|imaging|ultrasound|computed"
    r"|magnetic|visit"
    r"|examination|evaluation|assessment|control)\b",
    re.IGNORECASE,
)
_ONLY_OPENS = re.compile(r"(?:^|[.;,] )(?:at |on )?(?:the |an? |his |her )?$", re.IGNORECASE)
# nothing but a preposition between a fact and its own time: "PR after two months and PD at one year"
_BESIDE = re.compile(
    r"\s?[,(]?\s?(?:(?:at|after|only|just|about|approximately|almost|nearly|around|some|already|on) )*", re.IGNORECASE
)
_OPENS_NEXT = re.compile(
    r"\s(?:later|thereafter|afterwards?)\b,?\s?[\w(]"
    r"|\s(?:[a-z]+\s){0,3}?(?:[<>~]?\s?\d[\d.,]*\s?(?:[a-zµ]?g/|m?AU/|[km]?I?U/)"
    r"|(?:an?\s)?(?:CR|PR|SD|PD|complete|partial|stable|progressive)\b)",
)
# a time between a fact and a later one: the later one is not the fact's
_OTHER_TIME = re.compile(
    r"\b(?:cycles?|courses?|sessions?|at (?:baseline|diagnosis|admission|presentation)|initially|before|prior to)\b"
    r"|\b(?:and|then|followed by)(?: an?)?(?: \w+)? (?:CR|PR|SD|PD|complete|partial|stable disease|progressive)\b"
)
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
    lapses = lapses_of(analysis, sentence)
    if mention.type == "dose":
        # "40 mg on day 1" is a schedule
        lapses = [d for d in lapses if d.form == "length" or _OF_TREATMENT.match(sentence.text, d.end)]
    if lapses:
        return _of_sentence(analysis, sentence, mention, lapses)
    if mention.type in ("marker", "response"):
        return _of_assessment(analysis, sentence)
    return None


def _is_one_patient(mention: Mention) -> bool:
    fields = mention.fields
    return fields.get("measure") == "count" and fields.get("value") == 1 and fields.get("at") is None


def lapses_of(analysis: Analysis, sentence: Sentence) -> list[Duration]:
    """Durations of a sentence that count from an event on."""
    seen: dict[int, list[Duration]] = cached(analysis, "lapses", lambda _: {})
    if sentence.index not in seen:
        found = find_durations(sentence.text) if _TIME.search(sentence.text) else []
        seen[sentence.index] = [d for d in found if _is_lapse(sentence.text, d)]
    return seen[sentence.index]


def _is_lapse(text: str, duration: Duration) -> bool:
    before, after = text[max(0, duration.start - 50) : duration.start], text[duration.end : duration.end + 40]
    then = bool(_THEN.match(after))
    barred = _NOT_BEFORE.search(before) and not (then and _UNTIL.search(before))
    if duration.iso_high or duration.comparator or barred or _NOT_AFTER.match(after):
        return False
    if duration.form == "point":
        return then or bool(_POST.search(before)) or _is_point(before, after)
    if then or _AFTER.search(before) or (_EXAMINED.match(after) and _ONLY_OPENS.search(before)):
        return True
    if _AT_ONLY.search(before) and not _AGED.match(after):
        return True
    return bool(_AT.search(before)) and bool(_FOLLOWED.match(after) or re.match(r"\s?[,;:.)]", after))


def _is_point(before: str, after: str) -> bool:
    """`on day 30`, `at week 12`, but no day of a cycle."""
    return bool(_POINT_LEAD.search(before)) and not _CYCLE_AFTER.match(after)


def _of_sentence(analysis: Analysis, sentence: Sentence, mention: Mention, lapses: list[Duration]) -> str | None:
    """The lapse that stands beside the mention, else the one that frames its clause; None where several do."""
    start, end = mention.start - sentence.start, mention.end - sentence.start
    place = bisect_right(lapses, start, key=lambda d: d.start)
    following = lapses[place] if place < len(lapses) and lapses[place].start >= end else None
    if following and _is_beside(sentence.text, end, following):
        return following.iso if not _paired(sentence, following) else None
    if place:
        last = lapses[place - 1]
        between = sentence.text[last.end : start]
        if len(between) > _FAR or is_event_of(between):
            return None
        lead = before(analysis, sentence, sentence.start + last.start)
        examined = mention.type != "dose" and is_examination(lead)
        framed = opens_sentence(lead) or same_clause(between) or examined
        return last.iso if framed and not _paired(sentence, last) else None
    if following and _is_told_after(sentence.text[end : min(following.start, end + _FAR)]):
        return following.iso if not _paired(sentence, following) else None
    return None


def _is_beside(text: str, end: int, lapse: Duration) -> bool:
    """Whether a lapse follows a fact at once, and does not open what comes next (`PR, 3 months later PD`)."""
    gap = text[end : lapse.start]
    if not _BESIDE.fullmatch(gap):
        return False
    return "," not in gap or not _OPENS_NEXT.match(text, lapse.end)


def _is_told_after(between: str) -> bool:
    if not time_follows(between) or _OTHER_TIME.search(between):
        return False
    return all(_AGED.match(between, d.end) for d in find_durations(between))


def _paired(sentence: Sentence, lapse: Duration) -> bool:
    """`about 6 and 8 months after`: two lapses for one fact."""
    lead = sentence.text[max(0, lapse.start - 30) : lapse.start]
    if _PAIR_BEFORE.search(lead) and not _MONTH_DAY.search(lead):
        return True
    return bool(_PAIR_AFTER.match(sentence.text, lapse.end))


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
