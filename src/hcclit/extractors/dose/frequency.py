"""How often: `twice a day`, `q3w`, `on days 1, 8 and 15 of a 28-day cycle`, read as marks at places.

Phrases with a fixed meaning are rows of `vocabulary/frequencies.csv`; those with a number in them are here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from hcclit.extractors.dose.cycles import find_cycles
from hcclit.extractors.dose.intervals import find_intervals
from hcclit.extractors.dose.model import Mark, MarkKind
from hcclit.extractors.dose.numbers import NUMBER, number
from hcclit.vocabulary import rows

_EACH = r"(?:an?|per|each|every|/|in an?)"
_TIMES = rf"(?:(?P<word>once|twice|thrice)|(?P<n>{NUMBER})[- ]?(?:times?\b|[x×]))(?:[- ]|\s?(?=/))?"
_PER_DAY = re.compile(rf"\b{_TIMES}(?:{_EACH}[\s-]?(?:calendar )?d(?:ay)?|daily)\b", re.I)
_PER_WEEK = re.compile(rf"\b{_TIMES}(?:{_EACH}[\s-]?w(?:ee)?k|weekly)\b", re.I)
_DAYS_A_WEEK = re.compile(
    rf"\b(?:on |for )?(?P<n>{NUMBER})[- ]?(?:days?|d) ?(?:an?|per|each|every|/) ?w(?:ee)?k\b", re.I
)
_SLASH = re.compile(r"/ ?(?:(?P<day>d(?:ay)?|j|daily|24 ?h(?:ours?)?)|(?P<week>w(?:ee)?k|weekly|w))\b(?!\s?/)", re.I)
_NOT_A_DOSE = re.compile(
    r"\s?-?(?:fraction|practice|li[fv]e|living|activit|clinic|routine|record|diar|monitor|visit|assess|phone)", re.I
)
_LASTING = re.compile(r"\b(?:for|within|after|in|over|half|about|of|than)\s$", re.I)  # `for a week` says how long
_WORD_TIMES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


@cache
def _fixed() -> tuple[re.Pattern[str], dict[str, tuple[MarkKind, float | None]]]:
    table: dict[str, tuple[MarkKind, float | None]] = {}
    for row in rows("frequencies"):
        kind: MarkKind = row["kind"]  # type: ignore[assignment]  # the table holds only the model's kinds
        table[row["written"]] = (kind, float(row["per_day"]) if row["per_day"] else None)
    words = sorted(table, key=len, reverse=True)
    body = "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in words if w not in ("od", "bd"))
    # `od` and `bd` are other things too: only right after a unit
    glued = r"(?<=g )(?:od|bd)\b|(?<=mg)(?:bid|tid|qid|qd|daily)\b"
    pattern = rf"(?<![\w.-])(?<!hours )(?<!\dh )(?<!fractions )(?:{body})(?!\w)|{glued}"
    return re.compile(pattern, re.I), table


def find_marks(text: str, offset: int = 0) -> list[Mark]:
    """The frequencies of a sentence, in order, not overlapping; of two that overlap the longer one stays.

    Args:
        text: the sentence.
        offset: where it begins in the view.
    """
    found = [mark for finder in _FINDERS for mark in finder(text) if not _NOT_A_DOSE.match(text, mark.end)]
    chosen: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in chosen):
            chosen.append(mark)
    chosen.sort(key=lambda m: m.start)
    return [replace(m, start=m.start + offset, end=m.end + offset) for m in chosen]


def _fixed_marks(text: str) -> Iterator[Mark]:
    pattern, table = _fixed()
    for match in pattern.finditer(text):
        written = match.group().lower()
        if written.startswith("a ") and _LASTING.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        kind, per_day = table.get(written) or table[re.sub(r"[\s-]", " ", written)]
        days = round(1 / per_day) if per_day and kind != "daily" else None
        yield Mark(*match.span(), kind, None if kind == "interval" else per_day, days)


def _counted_marks(text: str) -> Iterator[Mark]:
    for match in _PER_DAY.finditer(text):
        yield Mark(*match.span(), "daily", _times(match))
    for match in _PER_WEEK.finditer(text):
        yield Mark(*match.span(), "weekly", round(_times(match) / 7, 4), 7)
    for match in _DAYS_A_WEEK.finditer(text):
        yield Mark(*match.span(), "weekly", round(number(match["n"]) / 7, 4), 7)


def _times(match: re.Match[str]) -> float:
    return _WORD_TIMES.get((match["word"] or "").lower()) or number(match["n"])


def _slash_marks(text: str) -> Iterator[Mark]:
    for match in _SLASH.finditer(text):
        if match["day"]:
            yield Mark(*match.span(), "daily", 1.0)
        else:
            yield Mark(*match.span(), "weekly", 0.1429, 7)


_FINDERS: tuple[Callable[[str], Iterator[Mark]], ...] = (
    _fixed_marks, _counted_marks, _slash_marks, find_intervals, find_cycles,
)  # fmt: skip
