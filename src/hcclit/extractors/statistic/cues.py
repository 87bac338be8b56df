"""The word lists of this extractor, kept in `vocabulary/statistic_cues.csv`, as parts of patterns.

A list is written as alternatives of a regular expression, over as many rows as it takes.
"""

from __future__ import annotations

from functools import cache

from hcclit.alternatives import grouped
from hcclit.vocabulary import rows


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, list[str]] = {}
    for row in rows("statistic_cues"):
        lists.setdefault(row["cue"], []).append(row["written"])
    return {name: "|".join(parts) for name, parts in lists.items()}


def any_of(cue: str) -> str:
    """A group that matches any word of a list."""
    return f"(?:{_lists()[cue]})"


def any_grouped(cue: str) -> str:
    """The same in any case, quick to search for; see `hcclit.alternatives.grouped`."""
    return grouped(_lists()[cue])


def words(cue: str) -> frozenset[str]:
    """The words of a list that holds plain words only."""
    return frozenset(_lists()[cue].split("|"))
