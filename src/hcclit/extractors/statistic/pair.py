"""The two arms of a paper that compares two: derived once, from how its abstract randomises, its title or its aim.

A result that names one arm (`longer in the A group (17.8 v 11.5 months)`) is then known to be against the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.language import Analysis, Sentence

_NAME = r"[A-Za-z0-9][^.,;:()\[\]]{1,70}?"
_TO = (
    r"(?:randomi[sz]ed|randomly (?:assigned|allocated)|assigned|allocated)(?:\s\d:\d)?(?:,?\s(?:in an?"
    r"|at an?)\s\d:\d\s\w+,?)?"
    r"\s(?:to\s)?(?:(?:receive|undergo|treatment with|either)\s)*"
)
_AGAINST = r"\s(?:versus|vs\.?|v|or(?: to)?|(?:as )?compared (?:with|to))\s(?:receive\s|undergo\s|the\s)?"
_END = (
    r"(?=\s*(?:[.,;:()\[\]]|$)|\s(?:in|for|as|among|until|every"
    r"|on|after|before|at|by|were|was|with or|followed|once|twice|daily|weekly)\b)"
)
_RANDOMISED = re.compile(rf"{_TO}(?P<one>{_NAME}){_AGAINST}(?P<two>{_NAME}){_END}", re.I)
_TITLE = re.compile(
    rf"^(?:.*?:\s)?(?P<one>{_NAME})\s(?:versus|vs\.?|v|(?:as )?compared (?:with|to))\s(?P<two>{_NAME}){_END}", re.I
)
_COMPARED = re.compile(
    rf"\bcompar(?:ed|es|ing|e)\s(?!with\s|to\s)(?:the (?:efficacy|safety"
    rf"|effects?)(?: and \w+)? of\s)?(?P<one>{_NAME})\s(?:versus|vs\.?|with|to|and)\s(?P<two>{_NAME}){_END}",
    re.I,
)
_STRIP = re.compile(
    r"^(?:the|a|an|to|either|oral|intravenous|iv|first-line|second-line|standard|use of|effects? of"
    r"|comparison of|adding|addition of|treatment with|therapy with|adjuvant|patients (?:receiving|on))\s|\s\d.*$"
    r"|\s(?:groups?|arms?|therapy|treatment|daily|monotherapy)$",
    re.I,
)
_THREE = re.compile(
    r"\b(?:three|four|five)[- ](?:arms?|groups?|treatments?|way)\b|\b1:1:1\b|\b2:2:1\b|\b2:1:1\b",
    re.I,
)
_GENERIC = frozenset({"group", "arm", "alone", "plus", "and", "with", "the", "therapy", "treatment", "group."})
_NO_ARM = re.compile(
    r"\b(?:survival|patients|trial|study|efficacy|safety|effects?|ratio|of|those|two|four|survive|on"
    r"|over|between|using|versus"
    r"|either|separately|administered|regimens?|followed|without|receive|combination|dose|or)\b"
    r"|\b(?:with|plus|and|then)$",
    re.I,
)
_BRACKETS = re.compile(r"\s?[(\[][^()\[\]]*[)\]]")
_DOSES = re.compile(
    r",?\s\d[\d.,]*\s?(?:mg|g|ug|mcg|mL|Gy|IU|MU|AUC|mcmol|cGy)(?:/[\w/]{1,12})?(?:\s(?:once"
    r"|twice|per|every|on|a)\s[\w ]{3,12})?(?:,(?=\s(?:or|every|versus)\b))?"
    r"|\s(?:oral|orally|intravenous|intravenously|subcutaneous|once[- ](?:daily|weekly)|twice[- ]daily|weekly"
    r"|a\s\d+-week course of)(?=\s)"
)
"""How an arm's treatment is given, which is no part of its name."""
_TOPIC = re.compile(
    r"^.{0,80}\b(?:efficacy|safety|effects?|comparison|evaluation|efficiency|toxicity|impact|benefit)\sof\s", re.I
)
_ALIKE = 0.3
_FRONT = 30  # sentences of a paper in which its arms are looked for


def partner(pair: tuple[str, str] | None, name: str) -> str | None:
    """The other one of the two arms that a paper compares."""
    if pair is None:
        return None
    one, two = (_likeness(name, arm) for arm in pair)
    if max(one, two) < _ALIKE or one == two:
        return None
    return pair[1] if one > two else pair[0]


def _likeness(name: str, arm: str) -> float:
    words, others = (_words(text) for text in (name, arm))
    if not words or not others:
        return 0
    return len(words & others) / len(words | others)


def _words(text: str) -> set[str]:
    return {w for w in re.split(r"[^\w+]+", text.casefold()) if w} - _GENERIC


def arms_compared(analysis: Analysis) -> tuple[str, str] | None:
    """The two arms of a paper that compares two, in its own order; made once."""
    if "statistic_pair" not in analysis.cache:
        analysis.cache["statistic_pair"] = next(_pairs(analysis), None)
    pair: tuple[str, str] | None = analysis.cache["statistic_pair"]
    return pair


def _pairs(analysis: Analysis) -> Iterator[tuple[str, str]]:
    front = list(_front(analysis))
    texts = [_bare(s.text) for s in front]
    if any(_THREE.search(text) for text in texts):
        return
    for pattern, places in ((_TITLE, texts[:1]), (_RANDOMISED, texts), (_COMPARED, texts)):
        for text in places:
            found = pattern.search(text)
            names = [_strip(found[group]) for group in ("one", "two")] if found else []
            if len(names) == 2 and all(names) and names[0].casefold() != names[1].casefold():
                yield names[0], names[1]


def _front(analysis: Analysis) -> Iterator[Sentence]:
    named = [s for s in analysis.sentences if s.section in ("front", "abstract")]
    return iter(named[:_FRONT] or analysis.sentences[:_FRONT])


def _bare(text: str) -> str:
    for _ in range(2):  # "80 mg/m(2)" within brackets
        text = _BRACKETS.sub("", text)
    return _DOSES.sub("", text)


def _strip(name: str) -> str:
    name = _TOPIC.sub("", name.strip())
    while (shorter := _STRIP.sub("", name)) != name:
        name = shorter.strip()
    return "" if _NO_ARM.search(name) or len(name.split()) > 8 or len(name) < 2 else name
