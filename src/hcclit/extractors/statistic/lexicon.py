"""The names of endpoints as one pattern: the vocabulary's and the short forms that the paper itself defines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from hcclit.extractors.statistic.cues import any_of, words
from hcclit.language import Analysis
from hcclit.vocabulary import rows

Entry = tuple[str, str]
"""An endpoint's code and kind."""


@dataclass(slots=True)
class Lexicon:
    """Names to entries: short forms in their own case, all others in lower case."""

    exact: dict[str, Entry] = field(default_factory=dict)
    lower: dict[str, Entry] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    def entry(self, written: str) -> Entry | None:
        """What a name as written means."""
        return self.exact.get(_key(written)) or self.lower.get(_key(written.lower()))


_DEFINED = re.compile(r"(?P<long>(?:[A-Za-z-]+\s){1,4})[(\[](?P<short>[A-Za-z][A-Za-z-]{1,6})[)\]]")
_OF_AN_ENDPOINT = re.compile(r"surviv|progress|respon|control|benefit|remission|disease", re.I)
_BARE_RESPONSE = ("response rate", "response rates", "response", "responses")


def lexicon_of(analysis: Analysis) -> Lexicon:
    """The vocabulary with the paper's own short forms; made once a paper."""
    if "statistic_lexicon" not in analysis.cache:
        analysis.cache["statistic_lexicon"] = _own(analysis)
    lexicon: Lexicon = analysis.cache["statistic_lexicon"]
    return lexicon


def short_forms(analysis: Analysis) -> dict[str, str]:
    """Short forms that the paper defines, for endpoints also those in square brackets.

    `RR` is the response rate where the paper speaks of no risk.
    """
    lower, found = _vocabulary().lower, dict(analysis.abbreviations)
    for match in _DEFINED.finditer(analysis.text):
        long = match["long"].lower().split()
        name = next((n for k in range(len(long)) if (n := " ".join(long[k:])) and _key(n) in lower), None)
        if name is not None:
            found.setdefault(match["short"], name)
    risks = re.search(r"relative risk|risk ratio|rate ratio", analysis.text, re.I)
    if "RR" not in found and not risks and re.search(r"respon", analysis.text):
        found["RR"] = "response rate"
    return found


@cache
def _vocabulary() -> Lexicon:
    lexicon = Lexicon()
    for row in rows("endpoints"):
        for written in row["written"].split("|"):
            is_short = any(c.isupper() for c in written) and " " not in written
            target = lexicon.exact if is_short else lexicon.lower
            target.setdefault(_key(written if is_short else written.lower()), (row["endpoint"], row["kind"]))
    for row in rows("adverse_events"):
        for written in row["written"].split("|"):
            lexicon.lower.setdefault(_key(written.lower()), ("AE", "ae"))
    return lexicon


def _key(written: str) -> str:
    return re.sub(r"[\s-]+", " ", written).strip()


def _own(analysis: Analysis) -> Lexicon:
    base = _vocabulary()
    exact, lower = dict(base.exact), dict(base.lower)
    for short, long in short_forms(analysis).items():
        entry = _meaning(long, base)
        if entry is not None:
            exact[_key(short)] = entry
        elif _key(short) in exact and len(short) <= 4 and not _OF_AN_ENDPOINT.search(long):
            del exact[_key(short)]
    if re.search(any_of("antiemetic"), analysis.text, re.I):  # "complete response" is then: no emesis
        exact = {k: v for k, v in exact.items() if v[0] != "CR"}
        lower = {k: ("other", "rate") if v[0] == "CR" else v for k, v in lower.items()}
    if _is_survey(analysis.text):
        lower |= dict.fromkeys(_BARE_RESPONSE, ("other", "rate"))
    return Lexicon(exact, lower, _pattern(exact, lower))


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


def _pattern(exact: dict[str, Entry], lower: dict[str, Entry]) -> re.Pattern[str]:
    def alternatives(names: dict[str, Entry]) -> str:
        ordered = sorted(names, key=len, reverse=True)
        return "|".join(re.escape(name).replace(r"\ ", r"(?:\s|\s?-\s?)") for name in ordered)

    either = rf"(?:(?:{alternatives(exact)})|(?i:{alternatives(lower)}))"
    return re.compile(rf"(?<![A-Za-z0-9]){either}(?![A-Za-z0-9])")
