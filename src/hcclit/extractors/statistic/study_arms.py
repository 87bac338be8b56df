"""The arms of a paper's study, derived once: by which names it calls them, and which two it compares.

Names come from `the X group`, `the X and Y arms`, `arm A` anywhere in the paper, and from what its patients were
randomised to. A name that the paper calls an arm twice is one; so is each of the two that it compares (`pair`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.pair import arms_compared
from hcclit.language import Analysis

_CALLED = re.compile(r"\s(?:group|arm)(?P<plural>s)?\b(?!\s(?:[A-Z]|\d{1,2})\b(?![.%]\d?))")
_CODED = re.compile(r"\b(?:[Gg]roup|[Aa]rm|[Cc]ohort)\s(?:[A-Z]|\d|I{1,3}V?)(?:\d|[a-z])?\b(?![.,]?\d)")
_TOKEN = re.compile(r"\S+\s*$")
_STOP = re.compile(rf"(?:{any_of('no word of an arm')}|\d[\d,.%]*|.*[,;:.()\[\]=<>]|\w+ly)$", re.I)
_JOINS = re.compile(r"\s+(?:and|or|versus|vs\.?|v)\s+|,\s+(?:and\s|or\s)?")
_GENERIC = re.compile(rf"{any_of('no arm')}$", re.I)
_LISTED = re.compile(
    r"\bthe (?P<name>[a-z][\w-]{2,30}, (?:[\w-]{2,30}, ){0,2}and [\w-]{2,30}) (?:group|arm)\b"
    r"|\b(?P<one>[A-Za-z][\w+/-]{2,30}) (?:vs\.?|versus) (?P<two>[A-Za-z][\w+/-]{2,30})\b(?= |[,;)(]|\.\s)"
)
_WORDS, _REACH = 7, 90
_TWICE = 2
_SHORT = 60
"""Sentences of a text that is an abstract, where a name may stand once."""


@dataclass(frozen=True, slots=True)
class StudyArms:
    """Names of arms, in the order in which the paper first has them, a pattern for them, and the two compared."""

    names: tuple[str, ...]
    pattern: re.Pattern[str] | None
    pair: tuple[str, str] | None


def study_arms(analysis: Analysis) -> StudyArms:
    """The arms of a paper; made once."""
    if "study_arms" not in analysis.cache:
        analysis.cache["study_arms"] = _study_arms(analysis)
    arms: StudyArms = analysis.cache["study_arms"]
    return arms


def _study_arms(analysis: Analysis) -> StudyArms:
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for name in (*_called(analysis.text), *_given(analysis.text), *_repeated(analysis.text), *_opposed(analysis.text)):
        key = name.casefold()
        counts[key] += 1
        written.setdefault(key, name)
    pair = _leading_pair(counts, written, analysis.text) or arms_compared(analysis)
    pair = (_trimmed(pair[0]), _trimmed(pair[1])) if pair else None
    for name in pair or ():
        written.setdefault(name.casefold(), name)
    paired = {name.casefold() for name in pair or ()}
    enough = 1 if len(analysis.sentences) < _SHORT else 2
    kept = [n for key, n in written.items() if counts[key] >= enough or name_is_short(n) or key in paired]
    return StudyArms(tuple(kept), _pattern(kept), pair)


def name_is_short(name: str) -> bool:
    """Whether a name is one that can only be an arm's: `arm A`, `FOLFOX`, `SP`."""
    return bool(
        re.fullmatch(
            r"(?:[Gg]roup|[Aa]rm|[Cc]ohort) \w{1,3}|[A-Z][A-Z0-9+/-]{0,15}|[A-Z]\w{0,9}[A-Z0-9][\w+/-]{0,15}", name
        )
    )


def _leading_pair(counts: Counter[str], written: dict[str, str], text: str) -> tuple[str, str] | None:
    """The two names that a paper calls its arms by, where no third comes near."""
    first = [key for key, count in counts.most_common(3)]
    if len(first) < 2 or (len(first) > 2 and counts[first[2]] * 2 > counts[first[1]]):
        return None
    lower = text.casefold()
    one, two = sorted(first[:2], key=lambda key: _first(lower, key))
    return written[one], written[two]


def _first(text: str, name: str) -> int:
    found = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    return found.start() if found else len(text)


def _called(text: str) -> Iterator[str]:
    """What a text calls a group or an arm, in order of place."""
    for match in re.finditer(rf"{_CALLED.pattern}|(?P<coded>{_CODED.pattern})", text):
        if match["coded"] is not None:
            yield match["coded"]
            continue
        yield from _names_before(text[max(0, match.start() - _REACH) : match.start()], bool(match["plural"]))


def _names_before(stretch: str, plural: bool) -> Iterator[str]:
    at, is_led = len(stretch), False
    for _ in range(_WORDS):
        token = _TOKEN.search(stretch, 0, at)
        if token is None:
            break
        word = token.group().strip()
        if word[:1] in "([" and len(word) > 1:
            at = token.start() + 1  # "(placebo group)"
            break
        if _STOP.match(word):
            is_led = word in ("the", "The", "an", "a")
            break
        at = token.start()
    name = stretch[at:].strip()
    parts = _JOINS.split(name)
    if len(parts) > 1 and not plural and is_led:
        parts = [name]  # "the TACE and ablation group"
    elif len(parts) > 1 and not plural:
        parts = parts[-1:]
    for part in parts:
        if (cut := _trimmed(part)) and not _GENERIC.match(cut):
            yield cut


_GIVEN = re.compile(
    r"\b(?:assigned|allocated|randomi[sz]ed)(?:\s(?:to|receive|undergo|treatment"
    r"|with))*\s(?P<to>[A-Za-z][\w/+-]{1,30})(?=[\s,;.)]*(?:and\s\d|$|[.,;)]|was\b))"
    r"|(?P<of>[A-Za-z][\w/+]{2,30})(?:-treated\s(?:patients|participants)|\srecipients)\b"
)


def _given(text: str) -> Iterator[str]:
    """`148 were allocated to X`, `X recipients`, `X-treated patients`."""
    for match in _GIVEN.finditer(text):
        name = match["to"] or match["of"]
        if not _STOP.match(name) and not _GENERIC.match(name):
            yield name


_OPPOSITE = re.compile(r"\b(?:placebo|control|observation|comparison|conventional|standard|untreated)\s(?:group|arm)\b")
_OPPOSED = re.compile(r"\bthe (?P<name>trial|study|test|treatment|treated|active|new) (?:group|arm)\b")


def _opposed(text: str) -> Iterator[str]:
    """`the treatment group`, where another one is the control group."""
    if _OPPOSITE.search(text):
        yield from (match["name"] for match in _OPPOSED.finditer(text))


def _repeated(text: str) -> Iterator[str]:
    """`the a, b, and c group`; `A vs B` that a text has twice."""
    pairs: Counter[tuple[str, str]] = Counter()
    for match in _LISTED.finditer(text):
        if match["name"] is not None:
            yield match["name"]
            continue
        names = (match["one"], match["two"])
        pairs[names] += 1
        if pairs[names] == _TWICE and not any(_STOP.match(n) or _GENERIC.match(n) for n in names):
            yield from names


def _trimmed(name: str) -> str:
    return re.sub(
        r"(?:\s(?:treatment|therapy|for|with|by|preceded by|every|than|older|aged|who|to|at|and|followed))+$",
        "",
        re.sub(r"^(?:and|or|with|plus|in|to|by|as|from|on)\s(?:a\s)?|[\"'“”]", "", name.strip()),
    )


def _pattern(names: list[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    longest = sorted(names, key=len, reverse=True)
    return re.compile("|".join(_written(n) for n in longest))


def _written(name: str) -> str:
    """A name as a pattern; a single letter only where it is called an arm or compared."""
    pattern = re.escape(name).replace(r"\ ", r"\s")
    if len(name) == 1:
        return (
            rf"(?:(?<![\w-]){pattern}(?=\s(?:group|arm)\b|\svs?\.?\s)|(?<=vs\.\s){pattern}(?![\w-])"
            rf"|(?<=vs\s){pattern}(?![\w-]))"
        )
    if not re.fullmatch(r"[A-Z0-9+/-]{2,6}", name):
        pattern = f"(?i:{pattern})"
    return rf"(?<![\w/+-]){pattern}(?![\w/+]|-\w)"
