"""The names of endpoints in a paper: the vocabulary's and the short forms that the paper itself defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from hcclit.alternatives import one_of
from hcclit.extractors.statistic.cues import any_of, words
from hcclit.language import Analysis
from hcclit.vocabulary import rows

Entry = tuple[str, str]
"""An endpoint's code and kind."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names to entries: short forms in their own case, all others in lower case.

    Each sort has a pattern of its own: that of the long names is the same for all papers, and made once.
    """

    exact: dict[str, Entry]
    lower: dict[str, Entry]
    patterns: tuple[re.Pattern[str], ...]

    def entry(self, written: str) -> Entry | None:
        """What a name as written means."""
        return self.exact.get(_key(written)) or self.lower.get(_key(written.lower()))

    def find(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """The names in a part of a text, in order, not overlapping; a short form holds before a long one."""
        found = [pattern.search(text, start, end) for pattern in self.patterns]
        while matches := [match for match in found if match]:
            first = min(matches, key=lambda match: match.start())
            yield first
            found = [
                pattern.search(text, first.end(), end) if match and match.start() < first.end() else match
                for pattern, match in zip(self.patterns, found, strict=True)
            ]


_IN_BRACKETS = re.compile(r"[(\[](?P<short>[A-Za-z][A-Za-z-]{1,6})[)\]]")
_WORDS_BEFORE = re.compile(r"(?:[A-Za-z-]+\s){1,4}$")
_FRONT = 700
_LONGEST = 160  # signs of four words
_OF_AN_ENDPOINT = re.compile(r"surviv|progress|respon|control|benefit|remission|disease", re.I)
_BARE_RESPONSE = ("response rate", "response rates", "response", "responses")


def lexicon_of(analysis: Analysis) -> Lexicon:
    """The vocabulary with the paper's own short forms; made once a paper."""
    if "statistic_lexicon" not in analysis.cache:
        analysis.cache["statistic_lexicon"] = _own(analysis)
    lexicon: Lexicon = analysis.cache["statistic_lexicon"]
    return lexicon


def short_forms(analysis: Analysis) -> dict[str, str]:
    """Short forms that the paper defines, for endpoints also those in square brackets; made once a paper.

    `RR` is the response rate where the paper speaks of no risk.
    """
    if "statistic_short_forms" not in analysis.cache:
        analysis.cache["statistic_short_forms"] = _short_forms(analysis)
    found: dict[str, str] = analysis.cache["statistic_short_forms"]
    return found


def _short_forms(analysis: Analysis) -> dict[str, str]:
    found = dict(analysis.abbreviations)
    named: set[str] = set()
    for match in _IN_BRACKETS.finditer(analysis.text):
        name = _name_before(analysis.text, match.start())
        known = found.get(match["short"])
        named |= {match["short"]} if name is not None else set()
        if name is not None and (known is None or (name.endswith(f" {known.lower()}") and _is_other(known))):
            found[match["short"]] = name  # "complete clinical response (cCR)" is more than a clinical response
    analysis.cache["statistic_named"] = named
    risks = re.search(r"relative risk|risk ratio|rate ratio", analysis.text, re.I)
    if "RR" not in found and not risks and "respon" in analysis.text:
        found["RR"] = "response rate"
    return found


def _is_other(name: str) -> bool:
    entry = _vocabulary().lower.get(_key(name.lower()))
    return entry is not None and entry[0] == "other"


def _name_before(text: str, place: int) -> str | None:
    """The longest of an endpoint's names that the words before a place end with."""
    before = _WORDS_BEFORE.search(text, max(0, place - _LONGEST), place)
    words = before.group().lower().split() if before else []
    names = (" ".join(words[k:]) for k in range(len(words)))
    return next((name for name in names if _key(name) in _vocabulary().lower), None)


@cache
def _vocabulary() -> Lexicon:
    exact: dict[str, Entry] = {}
    lower: dict[str, Entry] = {}
    for row in rows("endpoints"):
        for written in row["written"].split("|"):
            is_short = any(c.isupper() for c in written) and " " not in written
            target = exact if is_short else lower
            target.setdefault(_key(written if is_short else written.lower()), (row["endpoint"], row["kind"]))
    for row in rows("adverse_events"):
        for written in row["written"].split("|"):
            lower.setdefault(_key(written.lower()), ("AE", "ae"))
    return Lexicon(exact, lower, (_pattern(exact, any_case=False), _pattern(lower, any_case=True)))


def _key(written: str) -> str:
    return re.sub(r"[\s-]+", " ", written).strip()


def _own(analysis: Analysis) -> Lexicon:
    base = _vocabulary()
    exact, lower = dict(base.exact), dict(base.lower)
    for short, long in short_forms(analysis).items():
        entry = _meaning(long, base)
        if entry is not None:
            exact[_key(short)] = entry
        elif _is_something_else(analysis, short, long) and _key(short) in exact:
            del exact[_key(short)]
    if _is_of_emesis(analysis.text):  # "complete response" is then: no emesis
        exact = {k: v for k, v in exact.items() if v[0] != "CR"}
        lower = {k: ("other", "rate") if v[0] == "CR" else v for k, v in lower.items()}
    if _is_survey(analysis.text):
        lower |= dict.fromkeys(_BARE_RESPONSE, ("other", "rate"))
    return Lexicon(exact, lower, (_pattern(exact, any_case=False), base.patterns[1]))  # the long names are the same


def _is_something_else(analysis: Analysis, short: str, long: str) -> bool:
    """Whether a paper uses a short form for another thing only: `PR` for the receptor, and never for the response."""
    named: set[str] = analysis.cache["statistic_named"]
    return len(short) <= 4 and not _OF_AN_ENDPOINT.search(long) and short not in named


def _is_of_emesis(text: str) -> bool:
    """Whether a paper is about vomiting: its front says so, or what it measures; any paper may give antiemetics."""
    return bool(re.search(any_of("antiemetic"), text[:_FRONT], re.I) or re.search(any_of("no emesis"), text, re.I))


def _is_survey(text: str) -> bool:
    """Whether a paper asks people instead of measuring tumours."""
    return bool(re.search(any_of("survey"), text, re.I)) and not re.search(any_of("tumour response"), text, re.I)


def _meaning(long: str, lexicon: Lexicon) -> Entry | None:
    """What a long form means: `median survival` is survival, `best objective response rate` the response rate."""
    plain = _key(long.lower())
    while plain:
        if plain in lexicon.lower:
            return lexicon.lower[plain]
        first, _, rest = plain.partition(" ")
        if first not in words("before long form"):
            return _ending(plain, lexicon)
        plain = rest
    return None


def _ending(plain: str, lexicon: Lexicon) -> Entry | None:
    """A long form read with a word too many before it: the longest name of three words or more at its end."""
    parts = plain.split()
    endings = (" ".join(parts[-length:]) for length in range(len(parts) - 1, 2, -1))
    return next((lexicon.lower[ending] for ending in endings if ending in lexicon.lower), None)


def _pattern(names: Iterable[str], *, any_case: bool) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){one_of(names, any_case=any_case, spelling=_spelling)}(?![A-Za-z0-9])")


def _spelling(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"(?:\s|\s?-\s?)")
