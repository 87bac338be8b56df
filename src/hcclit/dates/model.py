"""What the date parsers share: a date in the making, the stated one, and the signs around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from hcclit.records import Bound


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at a place: `value` in ISO 8601 at the stated precision, `bound` as the contract defines it."""

    start: int
    end: int
    value: str
    bound: Bound | None = None


@dataclass(slots=True)
class Element:
    """A date as written, of which the year may stand only with a later one (`July and September 2007`)."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    bound: Bound | None = None

    @property
    def value(self) -> str | None:
        """ISO 8601 at the stated precision; None where the year is unknown or the calendar has no such day."""
        if self.year is None:
            return None
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        try:
            return date(self.year, self.month, self.day).isoformat()
        except ValueError:
            return None


_JOIN = re.compile(
    r"(?:[,;&/—-]|\s|\b(?:and|or|to|until|till|through|thru|up to|as well as|versus|vs|with)\b)*"
    r"(?:(?:in|on|the|of|again|early|late|mid|end|middle|beginning|start|then|also|subsequently)\b[\s-]*)*"
)
LONGEST_JOIN = 50


def joined(text: str, left: Element, right: Element) -> bool:
    """Whether nothing but commas, conjunctions and prepositions stands between two dates."""
    gap = text[left.end : right.start]
    return len(gap) <= LONGEST_JOIN and bool(_JOIN.fullmatch(gap))


def without_overlaps(elements: list[Element]) -> list[Element]:
    """Elements in order of place; of two that overlap the earlier, then the longer one stays."""
    out: list[Element] = []
    for element in sorted(elements, key=lambda e: (e.start, -e.end)):
        if not out or element.start >= out[-1].end:
            out.append(element)
    return out


def outside(elements: list[Element], spans: list[tuple[int, int]]) -> list[Element]:
    """The elements that overlap none of the spans."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    starts = [start for start, _ in merged]
    kept = []
    for element in elements:
        index = bisect_left(starts, element.end) - 1
        if index < 0 or merged[index][1] <= element.start:
            kept.append(element)
    return kept
