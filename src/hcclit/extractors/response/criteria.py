"""By which criteria a response was judged: named with it, or in the methods for the whole paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache

from hcclit.extractors.response.categories import Named
from hcclit.language import Analysis, Sentence
from hcclit.linking.origin import side_at, stretch_at
from hcclit.vocabulary import rows

ORDER = ("RECIST", "RECIST 1.0", "RECIST 1.1", "mRECIST", "WHO", "EASL", "Choi")
_NO_NAME = "none"  # criteria that the contract does not list
_PARTS = {
    "{RECIST}": r"(?:RECIST(?: (?:criteria|guidelines?))?|Response Evaluation Criteria (?:in|for|of) Solid Tumou?rs?)"
    r"(?: (?:criteria|guidelines?))?(?:\s?[(\[]RECIST[)\]])?(?: (?:criteria|guidelines?))?",
    "{LINK}": r"[\s,(\[-]{0,3}(?:RECIST[\s,-]{1,2})?(?:criteria[\s,(]{1,2}|guidelines?[\s,(]{1,2})?",
}
_CHEAP = re.compile(r"RECIST|[Cc]riteria|CRITERIA|WHO|World Health|EASL|Choi|[Gg]uideline|Assoc")
# "pathologic CR" names another way of judging than that of the methods
_OTHER_WAY = re.compile(
    r"\b(?:patholog\w+|histolog\w+|histopatholog\w+|metabolic|ha?ematolog\w+|cytogenetic|molecular"
    r"|clinical\w*|biochemical|serolog\w+"
    r"|PET)\b",
    re.IGNORECASE,
)
_ADJECTIVES_BEFORE = re.compile(r"(?:\b[\w-]+(?:ic|ical|ically|PET) )+$")
_ASSESSES = re.compile(
    r"\b(?:assess|evaluat|determin|measur|defin|classifi|grad|judg|categori[sz]|based|monitor|follow"
    r"|perform|report|document|score)\w*\b"
    r"|\b(?:according to|accordance)\b",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\b(?:respon[sd]\w*|efficacy|anti-?tumou?r effects?|therapeutic effects?|treatment effects?"
    r"|progression|CR|PR|ORR|effectiveness)\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:may not|not be|might|could|limit\w*|recommend\w*|should|optimal|propose[ds]?|novel|however"
    r"|introduced)\b",
    re.I,
)
# between the responses of one evaluation: "SD by RECIST 1.1 at 2 months, PR at 6 months" is judged alike throughout
_NEW_EVENT = re.compile(
    r"[;:]|\.\s|\b(?:was|were|is|are|had|has|but|while|whereas|although|later|then|who|which|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_POST = re.compile(
    r"(?:\bby|\bper|\busing|\bon|\bof|according to|based on|accordance with|criteria|defined by|\bvia|[(\[,])"
    r"\s(?:the\s|both\s)*$|[(\[]$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """Criteria named at a place of the view; `name` is None for those that the contract does not list."""

    start: int
    end: int
    name: str | None


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    patterns = []
    for row in rows("criteria"):
        text = row["pattern"]
        for part, meaning in _PARTS.items():
            text = text.replace(part, meaning)
        patterns.append((row["name"], re.compile(rf"(?<![\w-]){text}(?!\w)", re.IGNORECASE)))
    return patterns


def find_criteria(text: str, offset: int) -> list[Criterion]:
    """Criteria named in a sentence, in order; where names overlap, the more particular one."""
    if not _CHEAP.search(text):
        return []
    found = [(m.start(), m.end(), name) for name, pattern in _patterns() for m in pattern.finditer(text)]
    kept: list[tuple[int, int, str]] = []
    taken = bytearray(len(text))
    for start, end, name in sorted(found, key=lambda f: (f[2] == "RECIST", f[0] - f[1])):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end, name))
    return [Criterion(s + offset, e + offset, None if n == _NO_NAME else n) for s, e, n in sorted(kept)]


def joined(names: Iterable[str | None]) -> str | None:
    """Criteria as the record has them: in the contract's order, a bare RECIST only beside no version of it."""
    known = {name for name in names if name is not None}
    if known & {"RECIST 1.0", "RECIST 1.1"}:
        known.discard("RECIST")
    return "; ".join(name for name in ORDER if name in known) or None


def criteria_of(
    analysis: Analysis, named: Named, places: Sequence[Named], stated: Sequence[Criterion], habit: str | None
) -> str | None:
    """The criteria of one response: those that its sentence names with it, else the paper's way of assessing.

    Args:
        analysis: the paper.
        named: the response.
        places: all categories that the sentence names, this one among them.
        stated: all criteria that the sentence names.
        habit: the criteria by which the paper says that it assessed responses.
    """
    own = _stated_with(analysis.text, named, places, stated)
    if own:
        return joined(c.name for c in own)
    if _other_way(analysis.text, named):
        return None
    if side_at(stretch_at(analysis, named.start), named.start) == "cited":
        return None
    return habit


def _stated_with(text: str, named: Named, places: Sequence[Named], stated: Sequence[Criterion]) -> list[Criterion]:
    """The criteria that stand with a place: those behind it, those behind the list that it is in, or those before."""
    later = [p.start for p in places if p.start > named.start]
    behind = [c for c in stated if c.start >= named.end and (not later or c.start < later[0])]
    if behind:
        return behind
    after = [c for c in stated if c.start >= named.end]
    if after and not any(c.end <= named.start for c in stated) and ";" not in text[named.end : after[0].start]:
        following = next((start for start in later if start > after[0].start), None)
        return [c for c in after if following is None or c.start < following]
    return _before(text, named, places, stated)


def _before(text: str, named: Named, places: Sequence[Named], stated: Sequence[Criterion]) -> list[Criterion]:
    """Criteria before a place hold for it, unless they follow an earlier category as its own."""
    earlier = [p.end for p in places if p.end <= named.start]
    between = [c for c in stated if c.end <= named.start and (not earlier or c.start >= earlier[-1])]
    if earlier and between and _POST.search(text[earlier[-1] : between[0].start]):
        return between if _is_listed(text, named, stated) else []
    if between or not earlier:
        return between
    if _is_listed(text, named, stated):
        return list(stated)
    return [c for c in stated if c.end <= earlier[0]] if not any(c.start > earlier[0] for c in stated) else []


def _is_listed(text: str, named: Named, stated: Sequence[Criterion]) -> bool:
    """Whether a response goes on with the list of an evaluation whose one name of criteria stands before it."""
    return (
        len(stated) == 1 and stated[0].end <= named.start and not _NEW_EVENT.search(text[stated[0].end : named.start])
    )


def _other_way(text: str, named: Named) -> bool:
    before = _ADJECTIVES_BEFORE.search(text[max(0, named.start - 40) : named.start])
    return bool(_OTHER_WAY.search(text[named.start : named.end]) or (before and _OTHER_WAY.search(before.group()))) or (
        text[named.start : named.end].strip("s") in ("pCR", "cCR", "CCyR", "CRi", "CMR", "PMR")
    )


def paper_criteria(analysis: Analysis, evaluations: Set[int]) -> str | None:
    """The criteria by which the paper says that it assessed responses.

    Args:
        analysis: the paper.
        evaluations: sentences (by index) that tell one patient's response; criteria there hold for that response.
    """
    sentences = [s for s in analysis.sentences if s.section == "methods" or s.index not in evaluations]
    return joined(c.name for s in sentences for c in _assessing(analysis, s))


def _assessing(analysis: Analysis, sentence: Sentence) -> list[Criterion]:
    """The criteria of a sentence that tells how responses were assessed in this paper."""
    if sentence.section in ("introduction", "back", "front") or sentence.kind == "heading":
        return []
    stated = find_criteria(sentence.text, sentence.start)
    if not stated or not _ASSESSES.search(sentence.text) or not _OBJECT.search(sentence.text):
        return []
    if sentence.section in ("discussion", "conclusion") and not _tells_own(analysis, stated[0]):
        return []
    if _GENERAL.search(sentence.text) or side_at(stretch_at(analysis, stated[0].start), stated[0].start) == "cited":
        return []
    return stated


def _tells_own(analysis: Analysis, criterion: Criterion) -> bool:
    return side_at(stretch_at(analysis, criterion.start), criterion.start) == "own"
