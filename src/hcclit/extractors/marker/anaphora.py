"""A sentence without a marker's name that goes on about the markers of the sentence before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hcclit.extractors.marker.names import Name
from hcclit.language import Sentence

_ONE = re.compile(
    r"(?:^|[,;]\s|\bhowever,?\s|\bthen\s|\blater,?\s|\bafter(?:wards)?,?\s|\b(?:and|but|when|where)\s)"
    r"(?:it|this|its\s(?:serum\s)?(?:level|value|concentration)s?"
    r"|(?:the|this|these|his|her|its)\s(?:(?:serum|marker|tumou?r\smarker|peak|baseline|elevated|last"
    r"|latest|initial)\s)*"
    r"(?:levels?|values?|markers?|concentrations?|titers?))\b"
    r"|^(?:the\s|these\s)?(?:levels?|values?|concentrations?)\b"
    r"|\bit\b(?=\s(?:was|had|has|then|again|later|rose|fell|decreas|increas|dropp|declin|reach|remain"
    r"|stay|peak|return)\w*)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:they|(?:these|both|the|all)\s(?:(?:two|serum|tumou?r|marker)\s)*(?:markers|levels|values"
    r"|marker levels))\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:its|this|the|of|these)\s(?:(?:serum|tumou?r|marker)\s){1,3}(?:levels?|values?)\b|\bits\slevel\b",
    re.IGNORECASE,
)
_MARKERS = re.compile(
    r"\b(?:these|both|the|all|his|her)\s(?:(?:two|serum|tumou?r)\s)*markers?(?:\slevels)?\b", re.IGNORECASE
)
_NORMAL = re.compile(r"\bnormal|\bnegative|\bundetectable", re.IGNORECASE)
_UNIT = re.compile(r"(?:[nµu]g|I?U|AU)\s?/\s?(?:m|d)?L\b", re.IGNORECASE)


def carried_names(sentence: Sentence, names: Sequence[Name], before: tuple[Sentence, list[Name]] | None) -> list[Name]:
    """The markers of the sentence before, at the place of the word that stands for them, or none.

    Only within a paragraph, where this sentence names no marker of its own and no analyte before that word.
    """
    if before is None or before[0].passage != sentence.passage or any(name.analyte for name in names):
        return []
    match = _pronoun(sentence.text, several=len(before[1]) > 1)
    if match is None or any(name.start < match.end() for name in names):
        return []
    return [replace(name, start=match.end(), end=match.end()) for name in before[1]]


def _pronoun(text: str, *, several: bool) -> re.Match[str] | None:
    if several:
        return _SEVERAL.search(text) if _UNIT.search(text) else _MARKERS.search(text) if _NORMAL.search(text) else None
    if _UNIT.search(text):
        return _ONE.search(text)
    # "it was normal" may be said of anything, "the marker level" only of the marker
    return _LEVEL.search(text) if _NORMAL.search(text) else None
