"""Words by which a text shows whose work it speaks of: this paper's own, or somebody else's.

The phrases are kept in `vocabulary/work_cues.csv`, each with an example. A cue has a place, so that one sentence
may speak of both ("10.5 months in our study, against 6.5 months in the Asia-Pacific trial"). What the cues of a
text decide is settled in `hcclit.linking.origin`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from hcclit.vocabulary import rows

CueKind = Literal["own", "this", "other", "that"]
Reach = Literal["anywhere", "discussion", "faint"]
"""`own` and `other` say whose work it is. `this` is mostly this paper, but may point at the work that was just
named; `that` points back at it, or at none in particular."""

_NAME = r"(?-i:(?:(?:[Dd]e|[Vv]an|[Vv]on|[Dd]el?|[Ll]a|[Ll]e|[Dd]i|[Dd]a|[Ee]l|[Aa]l)[ -]){0,2}[A-Z\u00c0-\u00de][\w'\u00c0-\u024f-]{1,30})"
_PARTS = {
    # not "analysis": every paper has its multivariate ones
    "STUDY": r"(?:stud(?:y|ies)|trials?|reports?|series|meta-analys[ei]s|reviews?|surveys?|publications?|registr(?:y|ies))\b"
    r"(?! (?:groups?|arms?|drugs?|medications?|populations?|sites?|treatments?|cent(?:er|re)s?|periods?|entry|visits?|protocols?)\b)",
    "WORK": r"(?:stud(?:y|ies)|trials?|reports?|series|cohorts?|analys[ei]s|reviews?|surveys?|investigations?|publications?"
    r"|papers?|articles?|experiences?|work|registr(?:y|ies)|data|findings|results|populations?)\b",
    # words between, none of which begins another phrase
    "MID": r"(?:(?!(?:of|in|to|as|that|this|the|our|present|from|with|between|is|are|was|were|has|have|had|been|be|and|or|than|there|for|at|by|on|who|which|it|we)\b)[\w/.-]{1,30},? ){0,6}?",
    "ANY": r"(?:[\w/.-]{1,30},? ){0,6}?",
    "FEW": r"(?:[\w/.-]{1,30},? ){0,3}?",
    "PRIOR": r"(?:earlier|previous|prior|preceding|past|former)",
    "TOLD": r"(?:reported|described|found|shown|demonstrated|observed|published|noted|presented|documented)",
    "SAID": r"(?:reported|described|found|showed|shown|demonstrated|observed|treated|published|noted|concluded|presented|documented)",
    "SOME": r"(?:an?|another|one|two|three|four|five|several|other|some|few|large|recent|published|earlier|previous|prior|similar"
    r"|pivotal|landmark|initial|pooled|reported|international|multinational|Japanese|Korean|Chinese|Taiwanese|Asian|European|American|Western|French|German|Italian"
    r"|Spanish|Dutch|British|Canadian|Australian|Scandinavian|Nordic|Swedish|Danish|Turkish|Indian|Brazilian|Stockholm)",
    "NATION": r"(?:Japanese|Korean|Chinese|Taiwanese|Asian|European|American|French|German|Italian|Dutch|British|Canadian|Australian"
    r"|Nordic|Swedish|Danish|national|nationwide|population-based)",
    "AUTHOR": rf"(?!(?-i:The|In|We|Our|This|These|However|Although|And|But|As|By|Of|For|Similarly|Recently)\b){_NAME}",
    "MARK": r"(?:\[[\d,-]{1,9}\]|\([\d,-]{1,9}\)|\(?(?:19|20)\d\d\)?)",
    "PERSONAL": r"(?:knowledge|understanding|opinion|view|(?:earlier|previous|prior|preceding|past|former) (?!patients?\b))",
    "OPINE": r"(?:believe|think|consider|speculate|hypothesi[sz]e|suggest|recommend|propose|know|need|must|should|searched|reviewed)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at a place.

    It holds `anywhere`, or in a `discussion` (and in an introduction), where other work is spoken of; a `faint` one
    counts only where nothing else decides, as a way of speaking of what is known.
    """

    start: int
    end: int
    kind: CueKind
    holds: Reach = "anywhere"


def find_cues(text: str, more: Iterable[Cue] = ()) -> list[Cue]:
    """The cues of a sentence in order of place; where cues overlap, the one of wider reach holds, then the longer one.

    Args:
        text: a sentence.
        more: cues that depend on the paper, as trial names do.
    """
    cues = list(more)
    for kind, holds, pattern in _patterns():
        cues += [Cue(m.start(), m.end(), kind, holds) for m in pattern.finditer(text)]
    return _without_overlap(cues)


@cache
def _patterns() -> list[tuple[CueKind, Reach, re.Pattern[str]]]:
    """One pattern for each kind and reach, of all the phrases that the table has for it."""
    phrases: dict[tuple[CueKind, Reach], list[str]] = {}
    kinds: dict[str, CueKind] = {kind: kind for kind in get_args(CueKind)}
    reaches: dict[str, Reach] = {reach: reach for reach in get_args(Reach)}
    for row in rows("work_cues"):
        phrase = re.sub(r"\{([A-Z]+)\}", lambda m: _PARTS[m[1]], row["pattern"])
        phrases.setdefault((kinds[row["kind"]], reaches[row["holds"]]), []).append(phrase)
    return [
        (kind, reach, re.compile(rf"\b(?:{'|'.join(found)})(?!\w)", re.IGNORECASE))
        for (kind, reach), found in phrases.items()
    ]


def _without_overlap(cues: list[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (get_args(Reach).index(c.holds), c.start - c.end, c.start)):
        if all(cue.end <= other.start or cue.start >= other.end for other in kept):
            kept.append(cue)
    return sorted(kept, key=lambda c: c.start)
