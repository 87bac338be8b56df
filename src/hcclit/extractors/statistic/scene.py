"""A sentence laid out for reading statistics: its figures, its brackets and a skeleton without asides.

All offsets are into the sentence's own text. A figure is a number with its unit (`quantity.Quantity`, moved to
the sentence); `role` says what a figure has been recognised as, so that no number is read twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from hcclit.extractors.statistic.cues import any_of
from hcclit.language import Analysis, Sentence
from hcclit.quantity import Quantity

Role = Literal["p", "interval", "landmark", "effect", "count", "total", "size", "level", "value", "test"]
Span = tuple[int, int]

_OPEN, _CLOSE = "([{", ")]}"
_DEPTH = 12  # brackets nested deeper than this are no prose


@dataclass(slots=True)
class Figure:
    """A number of the sentence. `end` closes its digits (range and ± included), `unit_end` its unit."""

    start: int
    end: int
    unit_end: int
    value: float
    high: float | None = None
    sd: float | None = None
    unit: str | None = None
    kind: str | None = None
    comparator: str | None = None
    is_word: bool = False
    role: Role | None = None
    left: int = 0  # where its comparator begins
    is_decimal: bool = False
    has_interval: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a number without unit, range and ±."""
        return self.kind is None and self.high is None and self.sd is None

    @property
    def is_bound(self) -> bool:
        """Whether it is stated as a bound (`<1%`, `more than 12 months`)."""
        return self.comparator not in (None, "=", "~")


@dataclass(slots=True)
class Scene:
    """One sentence with what the steps of the extractor have found in it so far."""

    analysis: Analysis
    sentence: Sentence
    text: str
    figures: list[Figure]
    brackets: list[Span]
    asides: list[Span] = field(default_factory=list)
    p_places: list[int] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def figure_at(self, start: int) -> Figure | None:
        """The figure whose digits begin at a place."""
        index = bisect_left(self._starts, start)
        found = self.figures[index] if index < len(self.figures) else None
        return found if found is not None and found.start == start else None

    def between(self, start: int, end: int) -> list[Figure]:
        """Figures that begin in a span."""
        return self.figures[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def bracket_of(self, place: int) -> Span | None:
        """The innermost bracket around a place, from its opening to after its closing sign."""
        inner: Span | None = None
        for bracket in self.brackets:
            if bracket[0] >= place:
                break
            if place < bracket[1]:
                inner = bracket
        return inner

    def before(self, place: int, length: int) -> str:
        """So many signs before a place."""
        return self.text[max(0, place - length) : place]

    def source(self, start: int, end: int) -> str:
        """A span as the document itself has it, white space collapsed, hyphens at line ends joined."""
        shift = self.sentence.start
        start, end = self.analysis.view.to_source(start + shift, end + shift)
        return re.sub(
            r"\s+", " ", re.sub(r"(?<=\w)-\s*\n\s*(?=[a-z])", "", self.analysis.document.text[start:end])
        ).strip()

    def skeleton(self, start: int, end: int) -> str:
        """The text of a span with asides, and brackets that lie whole in it, left out."""
        if end <= start:
            return ""
        gone = [b for b in self.brackets if start <= b[0] and b[1] <= end]
        gone += [a for a in self.asides if start <= a[0] and a[1] <= end]
        return _without(self.text, (start, end), gone)


def make_scene(analysis: Analysis, sentence: Sentence) -> Scene:
    """Lay out a sentence."""
    shift = sentence.start
    quantities = analysis.quantities_in(sentence.start, sentence.end)
    figures = [f for q in quantities for f in _changed(_figure(q, shift, sentence.text), q, shift, sentence.text)]
    starts = [f.start for f in figures]
    scene = Scene(analysis, sentence, sentence.text, figures, _brackets(sentence.text), _starts=starts)
    _join_deviations(scene)
    _mark_labels(scene)
    return scene


_LABEL = re.compile(rf"(?:\b{any_of('label')}\s?|[A-Za-z]-|[χΧX]\^?|(?<!n\s)(?<!n)=\s?[a-z]\s|\d:|[±])$", re.I)
_CASE = re.compile(r"\s(?:CR|PR|SD|PD)s?\b")
"""`in the control group 1 PR case`: no group 1."""
_SAID = re.compile(r"\s(?:were|had been)\b")
_LABEL_AFTER = re.compile(rf"-{any_of('label after')}|:\d|\s?(?:x|×)\s?\d|(?:st|nd|rd|th)\b")
_LABELS = re.compile(r"(?:\s?(?:or|and|to|,|/|-)\s?){1,2}(?:grade |stage |phase )?")


def _join_deviations(scene: Scene) -> None:
    """`60% ± 3%`: a deviation that repeats its unit goes with its number."""
    for one, other in pairwise(list(scene.figures)):
        if one.sd is None and re.fullmatch(r"\s?(?:±|\+/-)\s?", scene.text[one.unit_end : other.start]):
            one.sd, one.end, one.unit_end = other.value, other.end, other.unit_end
            mark([other], "interval")


def _mark_labels(scene: Scene) -> None:
    previous: Figure | None = None
    for figure in scene.figures:
        listed = previous is not None and previous.role == "level" and previous.kind is None
        if listed and previous is not None:
            listed = bool(_LABELS.fullmatch(scene.text[previous.end : figure.start]))
        if _is_label(scene.text, figure) or (listed and figure.is_plain and figure.value < 10):
            mark([figure], "level")
        previous = figure


def _is_label(text: str, figure: Figure) -> bool:
    """Whether a number belongs to a name: `phase 3`, `grade 3 or 4`, `PD-1`, `two-arm`, `2:1`."""
    if figure.is_decimal or figure.kind is not None:
        return False
    if _CASE.match(text, figure.end) or _is_said_of(text, figure):
        return False
    if _LABEL.search(text[max(0, figure.start - 26) : figure.start]):
        return True
    if re.match(r"-[A-Za-z]", text[figure.end : figure.end + 2]) and not figure.is_word:
        return True
    return bool(_LABEL_AFTER.match(text, figure.end))


def _is_said_of(text: str, figure: Figure) -> bool:
    """`Among 285 patients 143 were randomized`: no patient of that number."""
    return bool(_SAID.match(text, figure.end)) and text.endswith(("patients ", "cases "), 0, figure.start)


def mark(figures: Iterable[Figure], role: Role) -> None:
    """Give figures a role; one that they have already stays."""
    for figure in figures:
        figure.role = figure.role or role


def _figure(quantity: Quantity, shift: int, text: str) -> Figure:
    unit = quantity.unit
    end = quantity.number_end - shift
    if unit is None and text[end : end + 2] == "%/":  # "12%/B: 35%": a stroke between arms, no unit of rate
        start = quantity.number.start - shift
        return Figure(
            start, end, end + 1, quantity.value, unit="%", kind="percent", left=start, is_decimal="." in text[start:end]
        )
    return Figure(
        start=quantity.number.start - shift,
        end=quantity.number_end - shift,
        unit_end=(unit.end if unit else quantity.number_end) - shift,
        value=quantity.value,
        high=quantity.high.value if quantity.high else None,
        sd=quantity.sd.value if quantity.sd else None,
        unit=unit.code if unit else None,
        kind=unit.kind if unit else None,
        comparator=quantity.comparator,
        is_word=quantity.number.is_word,
        left=quantity.start - shift,
        is_decimal="." in text[quantity.number.start - shift : quantity.number.end - shift],
    )


_CHANGES = re.compile(
    r"\b(?:increas|improv|prolong|extend|rais|rose|decreas|reduc|declin|fell|drop|lengthen|shorten)"
    r"(?:(?!rang|vari|vary)[^.;]|\.\d){0,110}\bfrom\s$",
    re.I,
)


def _changed(figure: Figure, quantity: Quantity, shift: int, text: str) -> list[Figure]:
    """`improved from 4.1% to 11%` is no range: two figures that share their unit."""
    if quantity.high is None or figure.kind not in ("time", "percent") or not _is_change(figure, quantity, shift, text):
        return [figure]
    low_end, high = quantity.number.end - shift, quantity.high.start - shift
    own_unit = text[low_end : low_end + 1] == "%"
    first = replace(figure, end=low_end, unit_end=low_end + own_unit, high=None)
    second = replace(figure, start=high, left=high, value=quantity.high.value, high=None, comparator=None)
    return [first, second]


def _is_change(figure: Figure, quantity: Quantity, shift: int, text: str) -> bool:
    joined = quantity.high is not None and " to " in text[figure.start : quantity.high.start - shift]
    return joined and bool(_CHANGES.search(text[max(0, figure.left - 140) : figure.left]))


def _brackets(text: str) -> list[Span]:
    """Pairs of brackets, in order of their opening; what is never closed is none."""
    open_places: list[int] = []
    pairs: list[Span] = []
    for match in re.finditer(r"[()\[\]{}]", text):
        if match.group() in _OPEN:
            open_places.append(match.start())
        elif open_places:
            opened = open_places.pop()
            if len(open_places) < _DEPTH:
                pairs.append((opened, match.end()))
    return sorted(pairs)


def _without(text: str, span: Span, gone: list[Span]) -> str:
    pieces, at = [], span[0]
    for start, end in sorted(gone):
        if start >= at:
            pieces.append(text[at:start])
            at = end
        else:
            at = max(at, end)
    pieces.append(text[at : span[1]])
    return " ".join(pieces)
