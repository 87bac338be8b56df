"""A sentence as the rules for responses read it: with everything hidden whose digits count nobody."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from hcclit.extractors.response.categories import Named
from hcclit.language import Analysis, Sentence

_LABELS = re.compile(
    r"\b(?:[Ww]eeks|[Dd]ays|[Mm]onths|[Cc]ycles|[Vv]isits)\s\d{1,3}(?:(?:,\s?|,?\sand\s)\d{1,3})+\b|"
    r"\b(?:[Ff]igs?\.?|[Ff]igures?|[Tt]ables?|[Gg]rades?|[Ss]tages?|[Ss]egments?|[Cc]ycles?|[Dd]ays?"
    r"|[Ww]eeks?|[Mm]onths?|[Ll]ines?|[Cc]ourses?|[Ll]evels?"
    r"|[Vv]ersion|v|ver|RECIST|PS|ECOG|S|M|T|N|p[TN])\.?[\s(]?\d[\w.,/-]*"
)
NUMBERED = re.compile(
    r"\b(?:[Pp]atients?|[Cc]ases?|[Ss]ubjects?|[Pp]ts?)\.?\s?(?:[Nn]os?\.?\s?|[Nn]umbers?\s|#\s?)?"
    r"(?P<first>\d{1,3}|[A-H])(?:(?:,\s?|\s?-\s?|,?\sand\s|,?\sor\s|\s&\s)(?:\d{1,3}|[A-H])\b(?!\s?%))*"
    r"(?!\w|\.\d|\s?%|\s(?:years?|months?|weeks?|days?|of|patients|to)\b|\s?(?:mg|ml|cm|mm)\b)"
)
_FAR = 300
_REACH = 1_000
_OLD = re.compile(r"s?[- ]olds?\b")  # an age singles out a person
_BREAK = re.compile(
    r"[;:]|,\s(?:and|but|while|whereas|although|though|however|so|yet|or|which|followed by|then)\b"
    r"|\b(?:but|whereas|while|although|though|because|since|where|followed by)\b"
    r"|(?:(?<=[a-z)_])|(?<=19\d\d)|(?<=20\d\d))\.[\d_,-]{0,9}\s(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
_BREAK_AFTER = re.compile(rf"{_BREAK.pattern}|\bwho\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence around one named category; `start` and `end` are offsets into `text`, as `clause` is.

    `text` is the sentence with citations, dates, durations, doses and labels ("Figure 2") blotted out: what digits
    remain are counts or percentages.
    """

    analysis: Analysis
    sentence: Sentence
    text: str
    start: int
    end: int
    clause: tuple[int, int]

    @property
    def near(self) -> str:
        """The sentence, or what of an overlong one (a table run into the text) is near the category."""
        return self.text[max(0, self.start - _FAR) : self.end + _FAR // 2]

    @property
    def before(self) -> str:
        """The clause's text before the category."""
        return self.text[self.clause[0] : self.start]

    @property
    def after(self) -> str:
        """The clause's text after the category."""
        return self.text[self.end : self.clause[1]]


def blotted(analysis: Analysis, sentence: Sentence) -> str:
    """The sentence with everything hidden whose digits count nobody; lengths are kept."""
    spans = _within(analysis.citations, sentence)
    spans += [(d.start, d.end) for d in analysis.dates_in(sentence.start, sentence.end)]
    for quantity in analysis.quantities_in(sentence.start, sentence.end):
        unit = quantity.unit
        if unit is not None and unit.code not in ("%", "1") and not _OLD.match(analysis.text, unit.end):
            spans.append((quantity.number.start, unit.end))
    spans += [(m.start() + sentence.start, m.end() + sentence.start) for m in _LABELS.finditer(sentence.text)]
    signs = list(sentence.text)
    for start, end in spans:
        low, high = max(start - sentence.start, 0), min(end - sentence.start, len(signs))
        signs[low:high] = ["_"] * (high - low)
    return "".join(signs)


def scene_of(analysis: Analysis, sentence: Sentence, text: str, named: Named) -> Scene:
    """The scene of one category in a sentence whose blotted text is given.

    What lies far off in an overlong sentence is left out, so that the cost of a scene is bounded.
    """
    at, to = named.start - sentence.start, named.end - sentence.start
    low = max(0, at - _REACH)
    around = text[low : to + _REACH]
    start, end = at - low, to - low
    return Scene(analysis, sentence, around, start, end, _clause(around, start, end))


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause that a place is in, roughly: from the last break before it to the next one after it."""
    before = [m.end() for m in _BREAK.finditer(text, 0, start)]
    after = _BREAK_AFTER.search(text, end)
    return before[-1] if before else 0, after.start() if after else len(text)


def _within(spans: list[tuple[int, int]], sentence: Sentence) -> list[tuple[int, int]]:
    first, last = bisect_left(spans, (sentence.start, 0)), bisect_left(spans, (sentence.end, 0))
    return spans[first:last]
