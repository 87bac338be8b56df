"""The flow of patients in running text: screened, excluded, included.

Formula: screened - excluded = included.

Source: CONSORT 2010, flow diagram (Schulz et al., BMJ 2010;340:c332); STROBE 2007, item 13.

Left alone: passages with more than one number of a kind, or with others who did not go on (declined, withdrew, lost).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks.intervals import Stated
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.quantity import WORD_NUMBER

NAME = __name__.rpartition(".")[2]
_WHOLE = rf"(?:(?<![\w.,/<>=~-])(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?![\d.,]*\d|\s?%)|{WORD_NUMBER})"
_PERSONS = (
    r"(?:\s(?:[a-z-]+\s){0,3}?(?:patients?|subjects?|participants?|persons?|people|individuals?|women|men|cases))?"
)
_ASIDE = r"(?:\s\([^)]*\))?"
_BE = (
    r"\s(?:(?:who|that)\s)?(?:(?:were|was|had\sbeen)\s)?"
    r"(?:(?:initially|then|finally|subsequently|eventually|therefore)\s)?"
)


def _step(*words: str) -> re.Pattern[str]:
    """A number of patients of whom one of these words is said."""
    said = "|".join(words)
    return re.compile(rf"(?P<number>{_WHOLE}){_ASIDE}{_PERSONS}{_ASIDE}{_BE}(?:{said})\b", re.IGNORECASE)


_STEPS = {
    "screened": _step("screened", r"assessed\sfor\seligibility", "registered", "identified"),
    "excluded": _step("excluded", "ineligible", r"not\seligible", r"screen(?:ing)?\sfailures"),
    "included": _step("included", "enrolled", "randomi[sz]ed", r"randomly\s(?:assigned|allocated)"),
}
_EXCLUDED = re.compile(r"exclu|ligible|failures", re.IGNORECASE)
_OTHERS = re.compile(
    r"declin|refus|withdr|did not|lost|drop|died|other reasons|not meet|remaining|fail|unable|consent", re.IGNORECASE
)


def check(paper: Paper) -> Iterator[Finding]:
    """Find passages whose included are not the screened without the excluded."""
    sentences = paper.analysis.sentences
    for first in paper.sentences:
        pair = [each for each in sentences[first.index : first.index + 2] if each.passage == first.passage]
        if not _EXCLUDED.search(first.text) and not _EXCLUDED.search(pair[-1].text):
            continue
        start, end = pair[0].start, pair[-1].end
        places = {name: _places(paper.analysis.text, form, start, end) for name, form in _STEPS.items()}
        if all(len(found) == 1 for found in places.values()) and places["screened"][0][0] < first.end:
            yield from _finding(paper, [found[0] for found in places.values()], paper.analysis.text[start:end])


def _places(text: str, form: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    return [match.span("number") for match in form.finditer(text, start, end)]


def _finding(paper: Paper, places: list[tuple[int, int]], text: str) -> Iterator[Finding]:
    screened, excluded, included = (int(Stated.read(paper.analysis.text[slice(*each)]).value) for each in places)
    left = screened - excluded
    if left == included or (included < left and _OTHERS.search(text)):
        return
    spans = tuple(paper.view_span(*place) for place in reversed(places))
    yield Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="error" if included > left else "warning",
        message=f"{screened} screened without {excluded} excluded are not {included} included.",
        stated=str(included),
        expected=str(left),
        spans=spans,
        computed=f"{screened} - {excluded} = {left}",
        records=tuple(paper.records_at(*spans)),
    )
