"""Words by which a text shows whose work it speaks of: this paper's own, or somebody else's.

The phrases are kept in `vocabulary/work_cues.csv`, each with an example, and what they share in
`work_cue_parts.csv`. A cue has a place, so that one sentence may speak of both ("10.5 months in our study, against
6.5 months in the Asia-Pacific trial"). What the cues of a text decide is settled in `hcclit.linking.origin`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from hcclit.vocabulary import rows

CueKind = Literal["own", "this", "other", "that"]
"""`own` and `other` say whose work it is. `this` is mostly this paper, but may point at the work that was just
named; `that` points back at it, or at none in particular."""
Reach = Literal["anywhere", "discussion", "faint"]


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


def find_cues(text: str, more: Iterable[Cue] = (), *, discussing: bool = True) -> list[Cue]:
    """The cues of a sentence in order of place; where cues overlap, the one of wider reach holds, then the longer one.

    Args:
        text: a sentence.
        more: cues that depend on the paper, as trial names do.
        discussing: whether the sentence stands in a discussion; only there are cues looked for that hold there alone.
    """
    cues = list(more)
    for kind, holds, pattern in _patterns():
        if discussing or holds == "anywhere":
            cues += [Cue(m.start(), m.end(), kind, holds) for m in pattern.finditer(text)]
    return _without_overlap(cues)


@cache
def _patterns() -> list[tuple[CueKind, Reach, re.Pattern[str]]]:
    """One pattern for each kind and reach, of all the phrases that the table has for it; the first that fits holds."""
    phrases: dict[tuple[CueKind, Reach], list[str]] = {}
    kinds: dict[str, CueKind] = {kind: kind for kind in get_args(CueKind)}
    reaches: dict[str, Reach] = {reach: reach for reach in get_args(Reach)}
    parts = {row["part"]: row["pattern"] for row in rows("work_cue_parts")}
    for row in rows("work_cues"):
        phrases.setdefault((kinds[row["kind"]], reaches[row["holds"]]), []).append(_spelt_out(row["pattern"], parts))
    return [
        (kind, reach, re.compile(rf"\b(?:{'|'.join(found)})(?!\w)", re.IGNORECASE))
        for (kind, reach), found in phrases.items()
    ]


def _spelt_out(pattern: str, parts: dict[str, str]) -> str:
    """A phrase with its `{PARTS}` put in, theirs too."""
    return re.sub(r"\{([A-Z]+)\}", lambda m: _spelt_out(parts[m[1]], parts), pattern)


def _without_overlap(cues: list[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for cue in sorted(cues, key=lambda c: (get_args(Reach).index(c.holds), c.start - c.end, c.start)):
        place = bisect_left(kept, cue.start, key=lambda c: c.start)
        if (place == 0 or kept[place - 1].end <= cue.start) and (place == len(kept) or kept[place].start >= cue.end):
            kept.insert(place, cue)
    return kept
