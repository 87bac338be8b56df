"""P-values of a sentence: `P = .014`, `p<0·001`, `P for interaction = 0.37`, `log-rank p value was 0.03`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.scene import Figure, Scene, mark

_CUE = re.compile(
    r"(?<![A-Za-z0-9-])(?P<before>(?:interaction|trend|heterogeneity)\s)?"
    r"(?:[Pp][12]?|[Pp]s)(?:[\s-]*[Vv]alues?)?"
    r"(?P<test>\s*(?:\((?:for\s)?\w{1,30}(?:\s\w{1,30})?\)|(?:for|of)\s(?:the\s)?[a-z-]{2,30}(?:\s[a-z-]{2,30}){0,3}"
    r"|[-_\s]?(?:interaction|trend|int)\b))?"
    r"\s*(?:,|:|was|were|is|of|equals?(?: to)?|being)?\s*"
    r"(?:=\s?(?=[<>]))?(?P<op>(?:[<>=≤≥]|less than or equal to|greater than or equal to"
    r"|less than|greater than|below|above)"
    r"(?:\s?or\s?=|=)?)?\s*(?=\d?\.?\d)"
)
_NEXT = re.compile(r"\s*(?:,|;|,?\s?and|,?\s?or)\s*(?=0?\.\d)")
_WORD_OPS = {"less than or equal to": "<=", "greater than or equal to": ">=", "less than": "<", "greater than": ">",
             "below": "<", "above": ">", "≤": "<=", "≥": ">=", "< or =": "<=", "> or =": ">="}  # fmt: skip
_LEVEL = re.compile(rf"\b{any_of('significance level')}\b", re.I)
_LEVELS = (0.2, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001)


@dataclass(slots=True)
class PValue:
    """A p-value at a place: `start` is where its cue begins, `figure` its number."""

    start: int
    figure: Figure
    op: str
    is_interaction: bool = False
    listed: int = 0  # its place in a list of p-values under one cue or joined by "and"

    @property
    def end(self) -> int:
        """Where its number ends."""
        return self.figure.end


def find_pvalues(scene: Scene) -> list[PValue]:
    """Find the p-values of a sentence and mark their figures; levels of significance are marked, not given."""
    found = list(_all(scene))
    mark((p.figure for p in found), "p")
    scene.asides += [(p.start, p.end) for p in found]
    scene.p_places = [p.start for p in found]
    return [p for p in found if not _is_level(scene, p)]


def _all(scene: Scene) -> Iterator[PValue]:
    for cue in _CUE.finditer(scene.text):
        figure = scene.figure_at(cue.end())
        if figure is None or not _is_probability(figure) or (cue["op"] is None and not _names_value(cue)):
            continue
        tested = f"{cue['before'] or ''}{cue['test'] or ''}"
        interaction = bool(re.search(r"interact|\bint\b|trend|heterogen", tested))
        yield PValue(cue.start(), figure, _operator(cue["op"], figure), interaction)
        yield from _listed(scene, figure)


def _listed(scene: Scene, figure: Figure) -> Iterator[PValue]:
    """Further numbers under the same cue: `P = .01 and .04, respectively`."""
    place = 1
    while following := _NEXT.match(scene.text, figure.end):
        found = scene.figure_at(following.end())
        if found is None or not _is_probability(found):
            return
        yield PValue(found.start, found, _operator(None, found), listed=place)
        figure, place = found, place + 1


def _is_probability(figure: Figure) -> bool:
    return figure.is_plain and 0 <= figure.value <= 1 and not figure.is_word


def _names_value(cue: re.Match[str]) -> bool:
    """Without a sign of comparison `P` must be a p-value in so many words: `P value, .789`, `p of 0.03`."""
    return bool(re.search(r"[Vv]alue|(?:,|:|was|of|is)\s*$", cue.group())) and not cue.group().endswith("P ")


def _operator(written: str | None, figure: Figure) -> str:
    if figure.comparator in ("<", "<=", ">", ">="):
        return figure.comparator
    sign = (written or "=").strip()
    return _WORD_OPS.get(sign, sign if sign in ("<", ">", "<=", ">=") else "=")


def _is_level(scene: Scene, p: PValue) -> bool:
    """`P<0.05 was considered significant`, `significance threshold was p<0.025`."""
    if p.op not in ("<", "<=", "=") or p.figure.value not in _LEVELS:
        return False
    around = scene.text[max(0, p.start - 60) : p.end + 70]
    return bool(_LEVEL.search(around))
