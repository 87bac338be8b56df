"""A sentence without a marker's name that goes on about the marker of the sentence before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hcclit.extractors.marker.names import Name
from hcclit.language import Sentence

_GOES_ON = re.compile(
    r"(?:^|[,;]\s|\bhowever,?\s|\bthen\s|\blater,?\s|\bafter(?:wards)?,?\s|\b(?:and|but|when|where)\s)(?:it|this|its\s(?:serum\s)?(?:level|value|concentration)s?"
    r"|(?:the|this|these|his|her|its)\s(?:(?:serum|marker|tumou?r\smarker|peak|baseline|elevated|last|latest|initial)\s)*(?:levels?|values?|markers?|concentrations?|titers?))\b"
    r"|^(?:the\s|these\s)?levels?\b"
    r"|\bit\b(?=\s(?:was|had|has|then|again|later|rose|fell|decreas|increas|dropp|declin|reach|remain|stay|peak|return)\w*)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:[nµu]g|I?U|AU)\s?/\s?(?:m|d)?L\b", re.IGNORECASE)


def carried_name(sentence: Sentence, names: Sequence[Name], before: tuple[Sentence, Name] | None) -> Name | None:
    """The marker of the sentence before, at the place of the word that stands for it, or None.

    Only within a paragraph, where this sentence names no analyte of its own before that word.
    """
    if before is None or before[0].passage != sentence.passage or any(name.analyte for name in names):
        return None
    match = _GOES_ON.search(sentence.text)
    if match is None or not _UNIT.search(sentence.text):
        return None
    if any(name.start < match.end() for name in names):
        return None
    return Name(match.end(), match.end(), before[1].analyte)
