"""Which cited work a statistic is from: the trial's name if the passage gives it, else the first author.

The nearest sentence that names a work counts, back to where the paragraph turns to another one: by a reference of its
own, or to this paper's results. A trial that the paper's own title or abstract names is this paper's own. Where only a
reference number stands, there is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.language import Analysis, Sentence
from hcclit.linking.nearby import cached, passages
from hcclit.linking.origin import stretch_at
from hcclit.linking.trials import bare_names, is_own_trial, named_trials
from hcclit.mention import Mention
from hcclit.vocabulary import rows

_NAME = (
    r"(?:[A-Z][A-Z0-9]{2,20}[A-Za-z0-9]{0,10}(?:[-/ ][A-Z0-9]{1,10}){0,3}|[A-Z][a-z]{1,20}[A-Z]\w{0,20}(?:[- ]\d+)?"
    r"|Asia-Pacific|[A-Z]{2,10}-?[a-z]{1,20}-?\d{0,4})"
)
_SEPARATOR = r"(?:\s*,\s*|\s+and\s+|\s*/\s*)"
_TRIAL = re.compile(
    rf"\b(?P<names>{_NAME}(?:{_SEPARATOR}{_NAME}){{0,4}})\s+(?:[Pp]hase\s\w{{1,4}}\s)?(?:trials?|stud(?:y|ies))\b"
)
_PERSON = r"[A-Z][\w'’-]{1,24}(?:[ -][A-Z][\w'’-]{1,24})?"
_AUTHOR = re.compile(
    rf"\b(?P<name>{_PERSON})(?:,?\s+et\s+al\b|['’]s?\sgroup\b|\s+and\s+(?:colleagues|co-?workers|associates)\b"
    rf"|\s+and\s+{_PERSON}(?=\s?[(\[]\d|['’]s\b|\s(?:\w{{2,12}}ly\s)?(?:reported|described|found|showed"
    r"|demonstrated|observed|noted)\b))"
)
_BEHIND = re.compile(
    r"(?:\s?[(\[][^()\[\]]{0,60}[)\]])?[\s,]{1,2}(?:in|for|from|of|by|with)\s(?:the\s)?(?:stud(?:y|ies)\s|trials?\s"
    r"|series\s)?(?:by\s|of\s)?$"
)
_POINTS_BACK = re.compile(
    r"\b(?:[Tt]hey|[Tt]heirs?|[Bb]oth (?:\w+ )?(?:trials|studies)|[Tt](?:his|hat|hese|hose|he same|he (?:latter|former"
    r"|aforementioned))(?:\s[\w-]{1,20}){0,3}\s(?:study|studies|trials?|series|authors|analysis|report|investigators)"
    r"|[Tt]he (?:authors|investigators))\b"
)
_OF_MANY = re.compile(
    r"\b(?:[Oo]thers?|[Ss]everal|[Ss]ome|[Mm]any|[Aa]nother|[Oo]ther|[Pp]revious|[Ss]ubsequent|[Vv]arious|[Ff]urther|"
    r"[Tt]wo|[Tt]hree)\s(?:[\w-]{1,20}\s){0,4}(?:stud(?:y|ies)|trials?|series|reports?|authors|groups|meta-analys[ei]s)\b"
    r"|\bmeta-analys[ei]s\b|\b[Oo]thers\s(?:have|had|also|reported|found)\b"
)
_REACH = 6
"""Sentences after which a work that was named is out of sight."""


@dataclass(frozen=True, slots=True)
class _Work:
    """A work named at a place of a sentence (offsets into its text)."""

    start: int
    end: int
    name: str
    is_trial: bool


def study_of(analysis: Analysis, mention: Mention) -> str | None:
    """The cited trial or first author that a statistic of running text is from, or None."""
    sentence = analysis.sentence_at(mention.start)
    works = _works(analysis, sentence)
    if works:
        return _nearest(sentence, works, mention).name
    return _carried(analysis, sentence)


def _nearest(sentence: Sentence, works: list[_Work], mention: Mention) -> _Work:
    """The work whose name follows a value at once, or that was named last before it, or comes first."""
    start, end = mention.start - sentence.start, mention.end - sentence.start
    following = next((w for w in works if w.start >= end), None)
    if following is not None and _BEHIND.fullmatch(sentence.text[end : following.start]):
        return following
    before = [w for w in works if w.start < start]
    if not before:
        return works[0]
    last = before[-1]
    trials = [w for w in before if w.is_trial]
    # "Llovet et al. reported the SHARP trial": the trial's name comes first
    together = following is not None and following.is_trial and not last.is_trial and _is_of(sentence, last, following)
    if together and following is not None:
        return following
    return trials[-1] if trials and not last.is_trial and _is_of(sentence, trials[-1], last) else last


def _is_of(sentence: Sentence, one: _Work, other: _Work) -> bool:
    """Whether an author and a trial are named together, with no number between them."""
    between = re.sub(r"[(\[][\d,;\s-]*[)\]]", "", sentence.text[one.end : other.start])
    return not re.search(r"\d\s?(?:%|months|years|weeks)|;", between) and len(between) < 80


def _carried(analysis: Analysis, sentence: Sentence) -> str | None:
    """The work that the sentences before speak of, where this one does not turn to another."""
    together = [s for s in passages(analysis)[sentence.passage] if s.index <= sentence.index][-_REACH:]
    marks: set[str] = set()
    for index in range(len(together) - 1, -1, -1):
        one = together[index]
        works = _works(analysis, one) if one is not sentence else []
        if works:
            last = next((w for w in reversed(works) if w.is_trial), works[-1])
            return last.name if marks <= _marks(analysis, one) else None
        if _turns_away(analysis, one):
            return None
        if not _POINTS_BACK.search(one.text):
            marks |= _marks(analysis, one)
    return None


def _turns_away(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence speaks of other studies, or of this paper's own results."""
    if _OF_MANY.search(sentence.text) and not _POINTS_BACK.search(sentence.text):
        return True
    stretch = stretch_at(analysis, sentence.start)
    return stretch.side == "own" and stretch.named


def _marks(analysis: Analysis, sentence: Sentence) -> set[str]:
    """The references that a sentence cites."""
    spans = (span for span in analysis.citations if sentence.start <= span[0] < sentence.end)
    return {number for start, end in spans for number in re.findall(r"\w+", analysis.text[start:end])}


def _works(analysis: Analysis, sentence: Sentence) -> list[_Work]:
    """The works that a sentence names, in order; made once."""
    seen: dict[int, list[_Work]] = cached(analysis, "works", lambda _: {})
    if sentence.index not in seen:
        seen[sentence.index] = _disjoint([*_trials(analysis, sentence.text), *_authors(sentence.text)])
    return seen[sentence.index]


def _disjoint(works: list[_Work]) -> list[_Work]:
    kept: list[_Work] = []
    for work in sorted(works, key=lambda w: (w.start, -w.end)):
        if not kept or work.start >= kept[-1].end:
            kept.append(work)
    return kept


def _authors(text: str) -> Iterator[_Work]:
    for match in _AUTHOR.finditer(text):
        yield _Work(
            match.start(), match.end(), match["name"].split(" ")[-1] if _is_led(match) else match["name"], False
        )


def _is_led(match: re.Match[str]) -> bool:
    """`Recently Okuno et al.`: a word that begins the sentence is no first name."""
    return bool(re.match(r"(?:\w+ly|In|By|The|As|Of|When|While|Both|Also|Since) ", match["name"]))


def _trials(analysis: Analysis, text: str) -> Iterator[_Work]:
    for match in _TRIAL.finditer(text):
        names = re.split(_SEPARATOR, match["names"])
        if all(_is_cited(analysis, name) for name in names):
            yield _Work(match.start(), match.end(), "; ".join(names), True)
    bare = ((m.group().upper(), m.start(), m.end()) for m in bare_names(analysis).finditer(text))
    for name, start, end in (*named_trials(text), *bare):
        written = re.search(re.escape(name), text[start:end], re.IGNORECASE)
        if written is not None and _is_cited(analysis, written.group()):
            yield _Work(start, end, written.group(), True)


def _is_cited(analysis: Analysis, name: str) -> bool:
    if any(part in _no_trials(analysis) for part in name.split()):
        return False
    return not is_own_trial(analysis, name.upper()) and name not in _own_front(analysis)


def _no_trials(analysis: Analysis) -> frozenset[str]:
    """Words in capitals before "trial" or "study" that name what it is about."""
    listed = (row["written"].split("|") for row in rows("statistic_cues") if row["cue"] == "no trial")
    return cached(analysis, "no_trials", lambda _: frozenset(word for words in listed for word in words))


def _own_front(analysis: Analysis) -> str:
    """The paper's title and abstract, where its own trial is named."""
    return cached(
        analysis,
        "front",
        lambda a: " ".join(s.text for s in a.sentences if s.section in ("front", "abstract")),
    )
