"""Whether a value is left to the marker named before it by what stands between the two.

Any words may stand before a value with a marker's unit, unless they bring another quantity; before a bare number
only words that lead straight from a name to its level (`was`, `elevated at`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from hcclit.extractors.marker.names import Name
from hcclit.extractors.marker.values import Value
from hcclit.vocabulary import rows

_ONLY_JOINS = re.compile(r"\s?(?:and|or|,\sand|for|in|with)\s")
_FREE_AFTER = re.compile(
    r"\s?(?:$|[.,;:)\]]|[(\[]\s?(?:range|IQR|normal|reference|ref\b|NR|nl\b|N\b|[<>≤≥]|\d[\d.,]*\s?(?:-|to)\s?\d"
    r"|baseline|at\s|on\s|before|after|pre|post|day\s|week\s|month\s|\d{1,2}\s(?:day|week|month|year)s?\b)"
    r"|(?:and|at|in|on|after|before|with|but|when|to|vs|versus|or|as|by|for|from|while|which|whereas"
    r"|during|prior|one|two|three|six"
    r"|following|upon|until|within|was|were|had|is)\b)",
    re.IGNORECASE,
)
# another quantity than a marker's level becomes the subject: "and the copper level was"
_OTHER_SUBJECT = re.compile(
    r"(?:[,;(]|\band\b|\bbut\b|\bwhile\b|\bwhereas\b)\s?(?:the\s|an?\s|his\s|her\s|(?:serum|plasma"
    r"|elevated|increased|blood)\s)*"
    r"(?P<what>[A-Za-z][\w'-]*(?:\s[A-Za-z][\w'-]*)?)\s"
    r"(?:levels?|values?|concentrations?|titers?|titres?|counts?|activity|index|antigen)\b",
    re.IGNORECASE,
)
_SAME_SUBJECT = re.compile(
    r"\b(?:its?|th(?:is|ese|e|at)|serum|tumou?r|markers?|peak|baseline|initial|final|high(?:er|est)?"
    r"|low(?:er|est)?|elevated|same"
    r"|normal|maximum|minimum|latest|postoperative|preoperative|pretreatment|subsequent|their|his|her"
    r"|mean|median|average|such"
    r"|increased|decreased|both|current|last|first|follow-up|afp|reference|cut-?off|threshold"
    r"|abnormal|previous|respective|nadir"
    r"|plasma|lower|upper|stable|alpha-?fetoprotein|a|an|predictive|optimal|limit|of)$",
    re.IGNORECASE,
)
_BRACKETED_NOUN = re.compile(
    r"(?:\band|,|;)\s(?!and\b)(?P<words>[A-Za-z][\w'/-]*(?:\s[A-Za-z][\w'/-]*){0,2})\s?[(\[]$", re.IGNORECASE
)
_CHANGE_BY = re.compile(
    r"\b(?:by|difference\sof|(?:increase|decrease|rise|drop|decline|reduction|fall|change)\s(?:of"
    r"|in\s\w+\sof))\s"
    r"(?:about\s|more\sthan\s|at\sleast\s|over\s)?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d[\d.,]*")
_MOST_NUMBERS = 40  # no sentence of prose has more
_FARTHEST = 220


@cache
def lead() -> re.Pattern[str]:
    """Words and signs that lead from a name straight to its value, in any number."""
    words = "|".join(re.escape(row["word"]) for row in rows("marker_lead_words"))
    return re.compile(rf"(?:[\s:=,(\[±~|-]|(?:{words})\b)*", re.IGNORECASE)


def reaches(text: str, head: Name, value: Value) -> bool:
    """Whether a name before a value may have it."""
    gap = text[head.end : value.start]
    if value.other or len(gap) > _FARTHEST or _CHANGE_BY.search(text[max(0, value.start - 40) : value.start]):
        return False
    if value.unit is None:
        return _reaches_bare(text, gap, value)
    if any(not _SAME_SUBJECT.search(other["what"]) for other in _OTHER_SUBJECT.finditer(gap)):
        return False
    noun = _BRACKETED_NOUN.search(gap)
    return noun is None or any(lead().fullmatch(word) for word in noun["words"].split())


def _reaches_bare(text: str, gap: str, value: Value) -> bool:
    straight = re.sub(r"\([^()]{0,40}\)", "", gap)
    if _ONLY_JOINS.fullmatch(straight) or not lead().fullmatch(straight) or _in_table(text, straight, value):
        return False
    return bool(_FREE_AFTER.match(text, value.end)) and not _is_mark(text, value)


def _in_table(text: str, gap: str, value: Value) -> bool:
    """`CEA 0.58 (0.54-0.62) <0.001`: a table's row that was glued into the text gives no levels."""
    return (gap.isspace() and text[value.end : value.end + 2].strip().startswith("(")) or len(
        _DIGITS.findall(text)
    ) > _MOST_NUMBERS


def _is_mark(text: str, value: Value) -> bool:
    """A small whole number alone in brackets after a name is a reference or a count: `AFP (12)`."""
    alone = text[value.start - 1 : value.start] in ("(", "[") and text[value.end : value.end + 1] in (
        ")",
        "]",
    )
    whole = value.value == int(value.value) and value.value < 1000
    return alone and whole and value.comparator == "=" and value.high is None


def is_for_another(text: str, names: Sequence[Name], value: Value) -> bool:
    """Whether a bare number is said `for` the name behind it: `(1.94 for CEA, 1.75 for CA19-9)`."""
    behind = next((n for n in names if n.start >= value.end), None)
    return behind is not None and value.unit is None and bool(OF_NAME.fullmatch(text[value.end : behind.start]))


OF_NAME = re.compile(r"\s?(?:[)\]]\s?)?(?:of|for|in|as)\s(?:the\s)?(?:serum\s)?", re.IGNORECASE)
