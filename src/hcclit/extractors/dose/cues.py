"""Words that say what an amount is, how it is given and what was done with it: `vocabulary/dose_cues.csv`.

A row is an alternative of a regular expression; its cue names the list that it belongs to.
"""

from __future__ import annotations

from functools import cache

from hcclit.vocabulary import rows


@cache
def _cues() -> dict[str, list[str]]:
    cues: dict[str, list[str]] = {}
    for row in rows("dose_cues"):
        cues.setdefault(row["cue"], []).append(row["pattern"])
    return cues


def any_of(*names: str) -> str:
    """A group of all alternatives of some cues, to stand in a pattern."""
    return f"(?:{'|'.join(pattern for name in names for pattern in _cues()[name])})"


def words_of(name: str) -> frozenset[str]:
    """The entries of a cue that are plain words."""
    return frozenset(_cues()[name])
