"""Sizes told by a verb: `232 patients were enrolled`, `175 were randomised`; who was screened or left is none."""

from __future__ import annotations

import re

from hcclit.extractors.statistic.around import ENROLS, HAPPENS, MODIFIERS, Around
from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.values import PEOPLE

_WEAKLY = re.compile(rf"{any_of('enrols weakly')}$", re.I)
_AUXILIARY = re.compile(r"\b(?:were|was|been|be|being|are)\b", re.I)
_LINKED = re.compile(r"\b(?:were|was|been|who|that|be|and)\b")
_IN_EVENT = re.compile(r"\b(?:occur\w*|seen|noted|observed|reported|developed)\s(?:in|by|among)\s$", re.I)
_NO_SIZE = any_of("is no size")
_COUNT_WAS = (
    r"(?<!week)(?<!day)(?<!month)(?<!cycle)(?<!stage)(?<!grade)(?<!phase)(?<!codon)(?<!exon)(?<!age)(?<!than)(?<!of)"
    r"\s\d{1,3}\s(?:were|was|had|patients)\b"
)
"""`of 73 patients with mutations 42 were treated`: the verb is of another number."""
_OTHERWISE = re.compile(rf"{_NO_SIZE}|\bof (?:the )?\d|,\s*\d|\band\s\d|{_COUNT_WAS}", re.I)
_PEOPLE = re.compile(rf"\s*(?P<of>of (?:the |these )?\d[\d,]*\s)?{MODIFIERS}{PEOPLE}\b", re.I)
_VERB = re.compile(rf"\b{ENROLS}\b", re.I)
_BARE = re.compile(
    r"\s*(?:of whom\s)?(?:were|was|had been|have been|being)\s"
    r"(?:eligible,?\s(?:and\s)?|evaluable\s(?:and\s)?|then\s|finally\s|randomly\s|subsequently\s)*"
    rf"(?:(?:were|was)\s)?(?P<verb>{ENROLS})\b",
    re.I,
)
_LEADS = re.compile(
    r"(?:^|[\s,)])(?:were|was|are|is|had|have|been|who|that|which|then|eligible|whom|overall|and|being|1:1|2:1|be"
    r"|also|total|trial|study|[a-z]{3,15}ly)[\s,]*$|^[\s,]*$|^\s(?:with|from|in|at|of|aged?|between|undergoing)\s",
    re.I,
)
_UNLIKE = re.compile(r"\b(?:from|than)\s(?:that|those)\s$")
_RELATIVE = re.compile(
    r"\b(?:who|whose|that|which)\s(?P<said>[^;:]{3,160})"
    r"(?=\s(?:were|was|had been|have been)\s(?:[a-z]{3,15}ly\s|then\s)*$)"
)
_LEFT = re.compile(
    r"screen|exclu|identif|withdr|drop|discontinu|lost|refus|declin|ineligib|died|\d\s(?:were|was|had|of|patients)\b",
    re.I,
)
_INTO_SET = re.compile(
    r"(?:entered\s(?:in|on)?to|(?:included|analy[sz]ed)\s(?:in|by|as)\s(?:(?:the|an?|our)\s)?(?:[\w-]+\s){0,3}"
    r"(?:analys[ei]s|population|study|cohort|set|treat))\b",
    re.I,
)
_LATER_LINE = re.compile(r"\s(?:in|with)\s(?:further|subsequent|later|second|third|additional)\b")


def is_bare(number: Around) -> bool | None:
    """`175 were randomised`: whether the verb right behind a number says it; None without such a verb."""
    bare = _BARE.match(number.after)
    if bare is None or re.search(_NO_SIZE, bare.group(), re.I):
        return None
    if _WEAKLY.match(bare["verb"]) and _LATER_LINE.match(number.after, bare.end()):
        return False
    return not (_WEAKLY.match(bare["verb"]) and number.has_share)


def is_told(number: Around) -> bool:
    """Whether a verb behind a number and its people says that they were enrolled, randomised, treated or analysed."""
    people = _PEOPLE.match(number.after)
    if people is None:
        return False
    clause = re.split(r"[.;:]", number.after[people.end() : people.end() + 190])[0]
    return any(_says_so(number, people, clause, verb) for verb in _VERB.finditer(clause))


def _says_so(number: Around, people: re.Match[str], clause: str, verb: re.Match[str]) -> bool:
    """Whether a verb is said of the number's people: not `165 patients assigned to A withdrew`."""
    into_set = _INTO_SET.match(clause, verb.start())
    weakly = _WEAKLY.match(verb.group()) and not into_set
    between = clause[: verb.start()] if weakly else _without_relative(clause[: verb.start()])
    if not _LEADS.search(between) or _OTHERWISE.search(between) or _UNLIKE.search(between):
        return False
    passive = _AUXILIARY.search(between)
    if not passive and (HAPPENS.search(clause[verb.end() :]) or _IN_EVENT.search(number.before)):
        return False
    if people["of"] and (weakly or not passive):
        return False
    if not passive and re.match(r"\s*(?:\w+\s)?[(\[]\d+(?:\.\d+)?%[)\]]", number.beside):
        return False
    if number.has_share and (weakly or into_set or re.match("received|started", verb.group(), re.I)):
        return False
    return not weakly or (bool(_LINKED.search(between)) and not _LATER_LINE.match(clause, verb.end()))


def _without_relative(between: str) -> str:
    """The words before a verb without a closed relative clause: what it denies of the patients is no denial of it."""
    found = _RELATIVE.search(between)
    if found is None or _LEFT.search(found["said"]):
        return between
    return between[: found.start()] + between[found.end() :]
