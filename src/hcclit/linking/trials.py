"""Names of trials, and which of them is the paper's own.

`the SHARP trial`, `the Asia-Pacific study`, `trial (FACT)`, `RTOG 9310`; also bare (`in SHARP`) where the paper has
called it a trial elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from hcclit.language import Analysis
from hcclit.linking.nearby import cached
from hcclit.paper_kind import is_case_report
from hcclit.vocabulary import rows

# two capitals or digits (SHARP, BRISK-PS, S-TRAC, AML16), or a pair of names (Asia-Pacific)
_NAME = (
    r"(?:(?=[A-Z])(?=[\w-]{0,30}?[A-Z\d][\w-]{0,30}?[A-Z\d])\w{1,25}(?:-\w{1,15}){0,3}"
    r"(?:[- ](?:[A-Z][A-Z\d/]{0,15}|\d[\w/]{0,15})\b){0,3}|[A-Z][a-z]{2,15}-[A-Z][a-z]{2,15})"
)
_SORT = (
    r"(?:phase|randomi[sz]ed|non-randomi[sz]ed|comparative|non-comparative|study|pivotal|registration"
    r"|I{1,3}|[1-4][ab]?|open-label"
    r"|double-blind|clinical)"
)
_IN_TITLE = re.compile(
    r"\((?:[^()]{0,60} )?(?P<brackets>[A-Z][\w/-]{3,25})\)|\b(?P<coded>[A-Z]{2,10}[A-Z-]{0,5}\d[\w-]{0,10})"
    r"|\b(?P<called>(?=[\w/-]{1,25}?[A-Z\d])[A-Z][\w/-]{1,25})(?: (?:trial|study)|:)"
)
_TELLS = re.compile(r"\b(?:was|were|had|gave|has|have|reported|showed|achieved|received)\b")  # no title does
_REGISTERS = re.compile(
    r"\brandomi[sz]ed\b|\bwere (?:enrolled|assigned|treated)\b|\bNCT\d|\bclinicaltrials\.gov|\bISRCTN"
    r"|\bUMIN|\bregistered\b"
    r"|\b(?:we|this|our)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(r"\b(?:et al\b|and (?:colleagues|co-?workers|associates)\b)")
_STUDY_NAME = re.compile(r"\b(?:study|trial|protocol|registry|project)\b", re.IGNORECASE)
_RARELY_BARE = 4
"""A trial is called a trial at least once in so many times; other words in capitals stand bare."""
_OF_ARM = (
    r"[\s,-]{0,3}(?:arms?|groups?|regimens?|treatment|therapy|cycles?|combinations?|chemotherapy|patients"
    r"|plus|alone)\b"
)


@cache
def _pattern() -> re.Pattern[str]:
    groups = "|".join(row["written"] for row in rows("trial_words") if row["kind"] == "group")
    return re.compile(
        rf"\b(?P<name>{_NAME})(?: (?:{_SORT}[/ -]?){{1,5}})?(?:,| \([^()]{{0,120}}\))? (?:trials?|stud(?:y"
        rf"|ies))\b"
        rf"|\b[Tt]rials?,? (?:named |called )?\(?(?P<after>{_NAME})\b|\((?P<inside>{_NAME})\),? (?:trials?"
        rf"|stud(?:y|ies))\b"
        # cooperative groups number their trials
        rf"|\b(?P<numbered>(?:{groups})[- ]?(?:[A-Z]{{1,4}}-?)?\d{{2,8}}[\w-]{{0,8}})"
    )


@cache
def _may_name() -> re.Pattern[str]:
    """What a text that names a trial cannot do without: a cheap look before the long pattern."""
    groups = "|".join(row["written"] for row in rows("trial_words") if row["kind"] == "group")
    return re.compile(rf"[tT]rial|[sS]tud(?:y|ies)|{groups}")


@cache
def _no_names() -> frozenset[str]:
    """Words in capitals that stand before "trial" and name none."""
    return frozenset(row["written"] for row in rows("trial_words") if row["kind"] == "none")


def named_trials(text: str) -> Iterator[tuple[str, int, int]]:
    """Trials that a text names as such: the name in capitals, and the place of the words that name it."""
    for match in _pattern().finditer(text) if _may_name().search(text) else ():
        name = _name_of(match)
        if _is_trial(name):
            yield name, match.start(), match.end()


def _name_of(match: re.Match[str]) -> str:
    return match[match.lastgroup or 0].upper()


def _is_trial(name: str) -> bool:
    return name not in _no_names() and not re.match(r"PHASE |(?:[IVX]+[AB]?/?)+$", name)


def own_trials(analysis: Analysis) -> frozenset[str]:
    """Names in capitals, among them that of the paper's own trial; none for a case report.

    They come from the title, and from where the abstract or the methods tell of this study.
    """
    return cached(analysis, "own_trials", _own_trials)


def is_own_trial(analysis: Analysis, name: str) -> bool:
    """Whether a name is the paper's own trial, with or without the group that ran it (`MRC RT01`, `RT01`)."""
    own = own_trials(analysis)
    return name in own or any(word in own for word in name.split() if len(word) > 3 and not word.isdigit())


def bare_names(analysis: Analysis) -> re.Pattern[str]:
    """Finds the trials that the paper has named, also where the word trial is missing."""
    return cached(analysis, "bare_names", _bare_names)


def _own_trials(analysis: Analysis) -> frozenset[str]:
    if is_case_report(analysis):
        return frozenset()
    names: set[str] = set()
    for sentence in analysis.sentences:
        if sentence.index < 2 and not _TELLS.search(sentence.text):
            names.update(_name_of(m) for m in _IN_TITLE.finditer(sentence.text))
        registers = _REGISTERS.search(sentence.text) and not _OF_OTHERS.search(sentence.text)
        if sentence.section in ("front", "abstract", "methods") and registers:
            names.update(name for name, _, _ in named_trials(sentence.text))
            names.update(short.upper() for short in _short_for_study(analysis) if f"({short})" in sentence.text)
    return frozenset(filter(_is_trial, names))


def _short_for_study(analysis: Analysis) -> frozenset[str]:
    """Short forms that the paper defines for a study: `Harbour Protection Study (HPS)`."""
    return cached(
        analysis,
        "short_for_study",
        lambda a: frozenset(short for short, long in a.abbreviations.items() if _STUDY_NAME.search(long)),
    )


def _bare_names(analysis: Analysis) -> re.Pattern[str]:
    """Names of four signs or more by which the paper calls trials, not an arm, a regimen or what it measures."""
    named = Counter(name for name, _, _ in named_trials(analysis.text) if len(name) > 3)
    named.update(filter(_is_trial, (short.upper() for short in _short_for_study(analysis))))
    if not named:
        return re.compile(r"(?!)")  # finds nothing
    known = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    arms = {m[1].upper() for m in re.finditer(rf"\b({known}){_OF_ARM}", analysis.text, re.IGNORECASE)}
    used = Counter(m[1].upper() for m in re.finditer(rf"\b({known})(?![\w-])", analysis.text))
    things = {short.upper() for short in analysis.abbreviations} - {s.upper() for s in _short_for_study(analysis)}
    kept = [n for n in named if n not in arms | things and _RARELY_BARE * named[n] >= used[n]]
    bare = "|".join(map(re.escape, sorted(kept, key=len, reverse=True)))
    return re.compile(rf"\b(?:{bare})(?![\w-])" if bare else r"(?!)")
