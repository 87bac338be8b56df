"""Whose work each part of a text speaks of: this paper's own, or other work that it cites.

A sentence is cut into stretches where it turns from one work to another ("than", "whereas", ";"). A stretch takes
the side that its cues name; one without cues goes on with what was said before it in the paragraph. Where nothing
decides, the side stays open, and `hcclit.linking.subject` decides by section and type.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from hcclit.language import Analysis, Sentence
from hcclit.linking.cues import Cue, find_cues
from hcclit.linking.nearby import cached
from hcclit.linking.paper import lacks_results
from hcclit.linking.trials import bare_names, is_own_trial, named_trials
from hcclit.linking.turns import TURN, cut
from hcclit.paper_kind import is_case_report

Side = Literal["own", "cited"]

_DISCUSSING = frozenset({"introduction", "discussion", "conclusion"})
_CITES = 3  # fewer marks in a whole text may be something else

# an opinion or a summing up leaves the work that was spoken of
_LEAVES = re.compile(
    r"\b[Ww]e (?:believe|think|consider|speculate|hypothesi[sz]e|suggest|propose|conclude)\b"
    r"|\b[Tt]aken together\b"
    r"|\b[Ii]n (?:conclusion|summary)\b"
)
_STUDY = re.compile(r"stud|trial|series|report", re.IGNORECASE)
_OTHERS = re.compile(r"\bothers?\b|\bliterature\b|\bprevious|\bearlier\b", re.IGNORECASE)
_CLOSES = re.compile(r"\s?(?:[,;:.)]|$)")
# "up to 70% [15]": one number in brackets behind a result is no range
_LAST_MARK = re.compile(r"%\s?\[\d{1,3}\]\s?[,;.]?\s?$")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sentence (offsets in the view's text), the side that it takes and why.

    Attributes:
        cues: the cues in it, with their places in the view's text.
        turn: how it is joined to the stretch before: `likened` ("similar to"), `compared` ("than"), `parted` (";").
        mixed: its cues name both sides.
        mark: only a citation mark stands behind the side.
        faint: its words are those of general knowledge ("is usually", "has been reported").
    """

    start: int
    end: int
    side: Side | None = None
    reason: str = "open"
    cues: tuple[Cue, ...] = ()
    turn: str | None = None
    mixed: bool = False
    mark: bool = False
    faint: bool = False

    @property
    def named(self) -> bool:
        """Whether words, not only a citation mark, name the side."""
        return self.side is not None and bool(self.cues) and not self.mark


def stretch_at(analysis: Analysis, offset: int) -> Stretch:
    """The stretch that a place is in."""
    stretches = _read_up_to(analysis, analysis.sentence_at(offset))
    return stretches[max(0, bisect_right(stretches, offset, key=lambda s: s.start) - 1)]


def discusses(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence stands where papers speak of other work.

    In a text without sections that is anywhere, if it cites at all. An abstract does not cite: one that does is none.
    """
    if sentence.section == "abstract":
        return _ends_in_mark(analysis, sentence.start, sentence.end)
    return sentence.section in _DISCUSSING or (sentence.section is None and len(analysis.citations) >= _CITES)


def side_at(stretch: Stretch, offset: int) -> Side | None:
    """The side that holds at a place of a stretch; where it names both, that of the nearest cue, rather one before."""
    if not stretch.mixed:
        return stretch.side
    last = bisect_right(stretch.cues, offset, key=lambda c: c.start)
    nearest = (*stretch.cues[:last][::-1], *stretch.cues[last:])
    return next((side for cue in nearest if (side := _side(cue))), stretch.side)


def _read_up_to(analysis: Analysis, sentence: Sentence) -> list[Stretch]:
    """The stretches of a sentence, after those of the sentences before it whose side it may go on with; each once."""
    read: dict[int, tuple[list[Stretch], Side | None]] = cached(analysis, "origin", lambda _: {})
    first = sentence.index
    while first not in read and _may_go_on(analysis, first) and first - 1 not in read:
        first -= 1
    for index in range(first, sentence.index + 1):
        if index not in read:
            carried = read[index - 1][1] if _may_go_on(analysis, index) else None
            read[index] = _read(analysis, analysis.sentences[index], carried)
    return read[sentence.index][0]


def _may_go_on(analysis: Analysis, index: int) -> bool:
    """Whether the sentence before stands in the same paragraph, and where a side is carried on at all."""
    before, sentence = analysis.sentences[index - 1], analysis.sentences[index]
    return index > 0 and before.passage == sentence.passage and discusses(analysis, before)


def _read(analysis: Analysis, sentence: Sentence, carried: Side | None) -> tuple[list[Stretch], Side | None]:
    """The stretches of a sentence and the side that the next one may go on with."""
    stretches = _read_sentence(analysis, sentence, carried)
    if not discusses(analysis, sentence) or _LEAVES.search(sentence.text):
        return stretches, None
    return stretches, next((s.side for s in reversed(stretches) if s.named), carried)


def _read_sentence(analysis: Analysis, sentence: Sentence, carried: Side | None) -> list[Stretch]:
    discussing = discusses(analysis, sentence)
    found = find_cues(sentence.text, _trial_cues(analysis, sentence), discussing=discussing)
    back = (carried == "cited" and _points_back(analysis, sentence)) or (
        discussing and _cites_at_end(analysis, sentence)
    )
    back = back and not _sets_apart(found, sentence)
    cues = [_resolved(cue, sentence, back) for cue in found]
    stretches = [_read_stretch(analysis, cues, span, discussing) for span in cut(sentence)]
    return list(_filled(stretches, carried)) if discussing else stretches


def _trial_cues(analysis: Analysis, sentence: Sentence) -> Iterator[Cue]:
    """Cues that the names of trials give: the paper's own trial is `own`, any other `other`."""
    bare = ((m.group().upper(), m.start(), m.end()) for m in bare_names(analysis).finditer(sentence.text))
    for name, start, end in (*named_trials(sentence.text), *bare):
        yield Cue(start, end, "own" if is_own_trial(analysis, name) else "other")


def _resolved(cue: Cue, sentence: Sentence, back: bool) -> Cue:
    """A cue at its place in the view; `this` and `that` say what they point at."""
    kind = cue.kind
    if kind == "this":
        is_study = _STUDY.search(sentence.text[cue.start : cue.end])
        kind = "other" if back and is_study else "own"
    elif kind == "that":
        kind = "other"
    return Cue(cue.start + sentence.start, cue.end + sentence.start, kind, cue.holds)


def _points_back(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether `this study`, right after another one was named, is that one.

    It is in an introduction and in a case report; in a discussion, if its numbers are none of this paper's.
    """
    if sentence.section == "introduction" or is_case_report(analysis):
        return True
    return lacks_results(analysis, sentence.start, sentence.end)


def _cites_at_end(analysis: Analysis, sentence: Sentence) -> bool:
    """`This trial showed a response rate of 20% [7].`: a study with a reference behind it is none of this paper's."""
    whole = not re.search(r"\b(?:[Ww]e|[Oo]ur|present)\b", sentence.text) and not TURN.search(sentence.text)
    return whole and _ends_in_mark(analysis, sentence.start, sentence.end)


def _sets_apart(cues: list[Cue], sentence: Sentence) -> bool:
    """Whether a sentence names the work of others as such: `this study` is then not theirs."""
    return any(c.kind == "other" and _OTHERS.search(sentence.text, c.start, c.end) for c in cues)


def _side(cue: Cue) -> Side | None:
    if cue.holds == "faint":
        return None
    return "own" if cue.kind == "own" else "cited"


def _read_stretch(analysis: Analysis, cues: list[Cue], span: tuple[int, int, str | None], discussing: bool) -> Stretch:
    start, end, turn = span
    inside = tuple(c for c in cues if start <= c.start < end)
    sides = [side for c in inside if (side := _side(c)) is not None]
    faint = any(c.holds == "faint" for c in inside)
    if sides:
        return Stretch(start, end, sides[-1], "named", inside, turn, len(set(sides)) > 1, faint=faint)
    if discussing and _ends_in_mark(analysis, start, end):
        return Stretch(start, end, "cited", "citation mark", inside, turn, mark=True, faint=faint)
    return Stretch(start, end, None, "open", inside, turn, faint=faint)


def _ends_in_mark(analysis: Analysis, start: int, end: int) -> bool:
    """Whether a citation mark closes a clause of the stretch; one after a mere noun cites no result."""
    starts = cached(analysis, "citation_starts", lambda a: [mark[0] for mark in a.citations])
    marks = analysis.citations[bisect_left(starts, start) : bisect_left(starts, end)]
    if any(_CLOSES.match(analysis.text, min(mark_end, end), end) for _, mark_end in marks):
        return True
    return bool(_LAST_MARK.search(analysis.text, max(start, end - 20), end))


def _filled(stretches: list[Stretch], carried: Side | None) -> Iterator[Stretch]:
    """Give stretches without a cue of their own the side that the sentence or the one before gives them."""
    marked = any(s.mark for s in stretches) and not any(s.named for s in stretches)
    told: Side | None = None
    for index, stretch in enumerate(stretches):
        if stretch.side is None:
            compared = _is_compared(stretches[index + 1 : index + 3])
            yield _from_around(stretch, told, "own" if compared else "cited" if marked else carried)
        else:
            told = stretch.side if stretch.named else told
            yield stretch


def _from_around(stretch: Stretch, told: Side | None, otherwise: Side | None) -> Stretch:
    side = told or otherwise
    return replace(stretch, side=side, reason="told" if told else "carried" if side else "open")


def _is_compared(following: list[Stretch]) -> bool:
    """Whether what comes next is other work that a stretch is compared with: then it is this paper's own."""
    if len(following) > 1 and following[0].side is None:
        following = following[1:]  # ", which is much less | than what has been reported"
    if not following or following[0].side != "cited":
        return False
    # "10.7 months compared with 7.9 months for placebo [7]" compares two arms of one trial
    return following[0].turn == "likened" or (following[0].turn == "compared" and following[0].named)
