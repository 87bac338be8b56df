"""The arms of a trial, as a sentence lists them, against the number that was randomised.

Formula: n1 + ... + nk = N. A sum above N cannot be; one below it leaves patients over.

Source: CONSORT 2010, item 13a (Schulz et al., BMJ 2010;340:c332): for each group the number randomly assigned.

Left alone: sentences with another number that the arms add up to; arms that leave over more than a tenth where other
numbers follow (the list need not be whole), or what the sentence or the next two name as withdrawn; numbers for each
of several places; numbers enrolled,
of whom only some were randomised; factorial designs, whose groups count each patient twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.intervals import Stated
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.language import Sentence
from hcclit.quantity import WORD_NUMBER

NAME = __name__.rpartition(".")[2]
_WHOLE = rf"(?:(?<![\w.,/<>=~-])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{2,}})(?![\d.,]*\d|\s?%)|{WORD_NUMBER})"
_PERSONS = r"(?:patients?|subjects?|participants?|persons?|people|individuals?|women|men|children|adults)"
_RANDOMISED = (
    r"(?:(?:were|was|underwent|had)\s)?(?:then\s|subsequently\s|centrally\s)?(?:randomly\s)?"
    r"(?:randomi[sz](?:ed|ation)|assigned|allocated)\b"
)
_TOTAL = [
    re.compile(rf"(?P<total>{_WHOLE})(?:\s\([^)]*\))?(?:\s[a-z-]+){{0,4}}?\s{_PERSONS}\s{_RANDOMISED}", re.IGNORECASE),
    re.compile(rf"(?P<total>{_WHOLE})(?:\s\([^)]*\))?\sof\swhom\s{_RANDOMISED}", re.IGNORECASE),
    re.compile(
        rf"\brandomly\s(?:assigned|allocated)\s(?P<total>{_WHOLE})(?:\s[a-z-]+){{0,3}}?\s{_PERSONS}", re.IGNORECASE
    ),
]
_PART_OF = re.compile(r"[\d)%\]]\s(?:\([^)]*\)\s)?of(?:\sthe)?\s?$", re.IGNORECASE)
"""What comes before a total that something else is counted out of."""
_EACH = re.compile(r"\b(?:each|every|per)\b[^.;]{0,40}$", re.IGNORECASE)
"""What comes before a number for each of several places."""
_IN_BRACKETS = re.compile(r"[(;,]\s?n\s?=\s?(?P<arm>\d{1,3}(?:,\d{3})+|\d{2,})(?=\s?[;,)])", re.IGNORECASE)
_IN_A_LIST = re.compile(
    rf"(?P<arm>{_WHOLE})(?:\s\([^)]*\))?(?:\s{_PERSONS})?(?:\s(?:were|was))?(?:\srandomly)?"
    r"(?:\s(?:assigned|allocated|randomi[sz]ed))?\s(?:to|in\s(?:treatment\s)?(?:group|arm))\b",
    re.IGNORECASE,
)
_ITSELF_AN_ARM = re.compile(r"\s(?:in|into|to)\b(?!\s(?:treatment|one|either)\b)", re.IGNORECASE)
_OTHERS = rf"\.\s|\bof whom\b|\d\s{_PERSONS}\s|\beligible\b|\banaly[sz]ed\b|\btreated\b"
_END = {
    _IN_BRACKETS: re.compile(_OTHERS, re.IGNORECASE),
    _IN_A_LIST: re.compile(f";|{_OTHERS}", re.IGNORECASE),
}
"""What ends a list of arms, or tells that it is of others than the randomised."""
_ASSIGNED = re.compile(r"randomi|assigned|allocated", re.IGNORECASE)
_NOT_ARMS = re.compile(r"\b(?:2\s?[x×]\s?2|factorial|stratif|assessable|evaluable|complet)", re.IGNORECASE)
_MOST_LEFT = 0.1
_FAR = 260
"""Signs between two arms of a list."""


def check(paper: Paper) -> Iterator[Finding]:
    """Find lists of arms that are not the randomised."""
    for sentence in (each for each in paper.sentences if _ASSIGNED.search(each.text)):
        for form in _TOTAL:
            match = form.search(sentence.text)
            before = sentence.text[: match.start("total")] if match else ""
            if match and not _PART_OF.search(before) and not _EACH.search(before):
                yield from _finding(paper, sentence, match)
                break


def _finding(paper: Paper, sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    place = match.span("total")
    total = _number(sentence.text, place)
    arms = _arms(sentence.text, match.end())
    counts = [_number(sentence.text, arm) for arm in arms]
    if not arms or sum(counts) == total or _is_explained(paper, sentence, total, counts):
        return
    counted = sum(counts)
    if total - counted > _MOST_LEFT * total and not _are_all(sentence.text, place[1], arms):
        return
    shown = " + ".join(map(str, counts))
    spans = tuple(paper.view_span(sentence.start + start, sentence.start + end) for start, end in (place, *arms))
    yield Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="error" if counted > total else "warning",
        message=f"The arms add up to {counted}, not to the {total} who were randomised.",
        stated=str(total),
        expected=str(counted),
        spans=spans,
        computed=f"{shown} = {counted}",
        records=tuple(paper.records_at(*spans)),
    )


def _arms(text: str, start: int) -> list[tuple[int, int]]:
    """The places of at least two arms, all written in one way."""
    bracketed = [match.span("arm") for match in _IN_BRACKETS.finditer(text, start)]
    outer = [place for place in bracketed if not _is_nested(text, place, bracketed)]
    ways = [(_IN_BRACKETS, outer), (_IN_BRACKETS, bracketed)]
    if not _ITSELF_AN_ARM.match(text, start):
        ways.append((_IN_A_LIST, [match.span("arm") for match in _IN_A_LIST.finditer(text, start)]))
    lists = (_in_one_list(text, places, _END[form]) for form, places in ways)
    return next((found for found in lists if len(found) > 1), [])


def _is_nested(text: str, place: tuple[int, int], all_places: list[tuple[int, int]]) -> bool:
    """Whether another number stands before it in the same brackets."""
    before = [end for _, end in all_places if end < place[0]]
    return bool(before) and ")" not in text[before[-1] : place[0]]


def _in_one_list(text: str, places: list[tuple[int, int]], ends: re.Pattern[str]) -> list[tuple[int, int]]:
    found = places[:1]
    for place in places[1:]:
        between = text[found[-1][1] : place[0]]
        if len(between) > _FAR or ends.search(between):
            break
        found.append(place)
    return found


def _are_all(text: str, start: int, arms: list[tuple[int, int]]) -> bool:
    """Whether no other whole number follows the total: the list leaves no arm out."""
    found = [match.span() for match in re.finditer(_WHOLE, text[start:], re.IGNORECASE)]
    return {(start + a, start + b) for a, b in found} == set(arms)


def _number(text: str, place: tuple[int, int]) -> int:
    return int(Stated.read(text[slice(*place)]).value)


def _is_explained(paper: Paper, sentence: Sentence, total: int, counts: list[int]) -> bool:
    """Whether the text gives a reason for the difference, or another number that the arms make up."""
    counted = sum(counts)
    if _NOT_ARMS.search(sentence.text) or counted % total == 0:
        return True
    following = paper.analysis.sentences[sentence.index : sentence.index + 3]
    near = [each.value for each in paper.analysis.quantities_in(following[0].start, following[-1].end)]
    return counted in near or (total - counted in near and total - counted not in counts)
