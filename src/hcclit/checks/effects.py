"""Estimates with their intervals and p-values in running text, found where all is printed in one construct.

Records are not asked: a check must know that interval and p-value belong to this very estimate, with the decimals that
are printed, and a construct of which any part is doubtful (a list with "respectively", two estimates before one
interval, an interval that stands alone) is left out. Tables have `hcclit.checks.effect_cells`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from hcclit.checks import effect_patterns as patterns
from hcclit.checks.effect import Effect, Kind, Place, PValue
from hcclit.checks.effect_cells import effects_of_tables
from hcclit.checks.paper import Paper
from hcclit.language import Sentence

_BEFORE = 260
_LARGE = 20
"""Of a ratio; above it, `HR 72 [60-90]` may be a heart rate, `RR 24 (18-30)` a respiratory one."""
_OPERATORS: dict[str, Literal["=", "<", ">"]] = {
    "<": "<", "\u2264": "<", "less than": "<", ">": ">", "\u2265": ">",
}  # fmt: skip
_HINT = re.compile(r"CI\b|CI\d|C\.I|onfidence|\b[Rr]atios?\b|\b[a-z]?(?:HR|OR|RR)s?\b|[Rr]elative [Rr]isk")
_KEY = "effects with their intervals"


def effects(paper: Paper) -> list[Effect]:
    """All effects of a paper, those of running text first; found once."""
    cache = paper.analysis.cache
    if _KEY not in cache:
        found = [effect for sentence in paper.analysis.sentences for effect in _in_sentence(paper, sentence)]
        cache[_KEY] = found + list(effects_of_tables(paper))
    effects: list[Effect] = cache[_KEY]
    return effects


def _in_sentence(paper: Paper, sentence: Sentence) -> Iterator[Effect]:
    if not _HINT.search(sentence.text):
        return
    scene = _Scene(paper, sentence)
    end = 0
    for match in scene.intervals():
        if effect := scene.effect(match, end):
            yield effect
        end = match.end()


class _Scene:
    """A sentence in which effects are looked for. Offsets are into the sentence's own text."""

    def __init__(self, paper: Paper, sentence: Sentence) -> None:
        self.paper = paper
        self.sentence = sentence
        self.text = sentence.text

    def intervals(self) -> list[re.Match[str]]:
        """The intervals, labelled or bare, in their order."""
        labelled = list(patterns.LABELLED.finditer(self.text))
        taken = {place for match in labelled for place in range(*match.span())}
        bare = [match for match in patterns.BARE.finditer(self.text) if taken.isdisjoint(range(*match.span()))]
        return sorted((match for match in labelled + bare if not self._goes_on(match)), key=re.Match.start)

    def _goes_on(self, match: re.Match[str]) -> bool:
        """Whether more numbers follow in a way that leaves open which two are the limits: `CI: 1.2; 0.9-1.5`."""
        signs = r"-|to\b|,|;" if match["between"] in {",", ";"} else r"-|to\b"
        return bool(re.match(rf"\s?(?:{signs})\s?[-+]?\.?\d", self.text[match.end() : match.end() + 8]))

    def effect(self, match: re.Match[str], floor: int) -> Effect | None:
        """The effect that an interval belongs to; what stands before `floor` belongs to another."""
        is_labelled = match.re is patterns.LABELLED
        window = max(floor, match.start() - _BEFORE)
        found = patterns.ESTIMATE.search(self.text, window, match.start())
        if found is None or self._is_no_estimate(found, window):
            return None
        kind = self._kind(found, window)
        if kind == "other" and (not is_labelled or not self._is_plain(found, window)):
            return None
        if not is_labelled and (kind == "difference" or patterns.read_number(found["estimate"]).value > _LARGE):
            return None
        near = self.text[max(0, window - 60) : match.end() + 60]
        return Effect(
            kind=kind,
            estimate=self._place(found, "estimate"),
            low=self._place(match, "low"),
            high=self._place(match, "high"),
            level=self._level(match, is_labelled, found.start()),
            is_labelled=is_labelled,
            is_exact=bool(patterns.UNEVEN.search(near)),
            sentence=self.text[max(0, window - _BEFORE) : match.end() + _BEFORE],
            unit=(found["unit"] or "").strip(" -."),
            p=self._p(found, match),
        )

    def _is_no_estimate(self, found: re.Match[str], window: int) -> bool:
        """Whether the number is part of another, counted, or the last of a list that shares the interval."""
        start = found.start("estimate")
        if re.search(r"[\w.,/^]\Z|\d\s?[-/]\s?\Z", self.text[max(0, start - 3) : start]):
            return True
        before = self.text[window:start]
        if not patterns.LISTED.search(before):
            return False
        rest = re.split(r"[)\];:]", before)[-1]
        rest = re.sub(r"(?<=[A-Za-z-])\d+", "", rest)  # `PD-L1`, `HER2`
        return bool(re.search(r"\d", rest))

    def _kind(self, found: re.Match[str], window: int) -> Kind:
        """What the name before the number says that it is."""
        start = found.start("estimate")
        names = list(patterns.RATIO.finditer(self.text, window, start))
        name = names[-1] if names else None
        if name is None or not patterns.LABEL_TO_ESTIMATE.match(self.text, name.end(), start):
            return "other"
        between = re.sub(patterns.INTERVAL_WORDS, "", self.text[name.end() : start])
        if patterns.ANOTHER_NAME.search(between) or re.search(
            r"\b(?:log|ln)[- ]\Z", self.text[max(0, name.start() - 6) : name.start()]
        ):
            return "other"
        kind: Kind = name.lastgroup  # type: ignore[assignment]  # the pattern's groups are kinds
        is_ratio = kind != "difference"
        if is_ratio and (found["unit"] or found["estimate"].startswith("-")):
            return "other"
        return kind

    def _is_plain(self, found: re.Match[str], window: int) -> bool:
        """Whether a number without a ratio's name is a result: it has a unit or is said to be the value."""
        before = self.text[window : found.start("estimate")]
        if (
            patterns.COUNTED.search(before) or found["p_part"] or found[0].endswith("% ")
        ):  # `9% CI` is a misprinted level
            return False
        if found["unit"]:
            return found["estimate"] not in {"90", "95", "99"}  # `95 percent` may be the level of another interval
        return bool(patterns.MEASURED.search(before))

    def _level(self, match: re.Match[str], is_labelled: bool, start: int) -> float:
        if is_labelled:
            said = match["level"] or match["level_after"]
        else:
            before = re.search(patterns.INTERVAL_WORDS, self.text[max(0, start - 60) : start])
            said = before and (before["level"] or before["level_after"])
        return float(said) if said else 95.0

    def _p(self, found: re.Match[str], match: re.Match[str]) -> PValue | None:
        """The p-value beside the interval; None where it tests something else or is one of several."""
        after = patterns.AFTER.match(self.text, match.end())
        part = after or (found if found["p_part"] else None)
        if part is None or patterns.P_ASIDE.match(self.text, part.end("p")):
            return None
        words = self.text[part.start("p_part") : part.end("p")] + self.text[part.end("p") : part.end("p") + 30]
        before = self.text[max(0, part.start("p_part") - 25) : part.start("p_part")]
        if patterns.P_OTHER.search(before + words) or re.match(
            r"[^.;]{0,60}\brespectively", self.text[part.end("p") : part.end("p") + 80]
        ):
            return None
        return PValue(
            self._place(part, "p"),
            "<" if part["less"] else _OPERATORS.get(part["op"], "="),
            1 if patterns.ONE_SIDED.search(words) else 2 if patterns.TWO_SIDED.search(words) else None,
            bool(patterns.ANOTHER_TEST.search(words)),
        )

    def _place(self, match: re.Match[str], group: str) -> Place:
        at = self.sentence.start
        start, end = self.paper.analysis.view.to_source(at + match.start(group), at + match.end(group))
        return Place(start, end, patterns.read_number(match[group]))
