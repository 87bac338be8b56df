"""Lists of values: nothing stands between them but commas, conjunctions and the times at which each was measured.

`119 ng/mL in May, 85 in June and 7 in August` is one list, in which a bare number that has its own time takes the
unit of the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hcclit.extractors.marker.brackets import end_behind
from hcclit.extractors.marker.values import Value

_LISTED = re.compile(
    r"\s?(?:[\[(][^()\[\]]{0,40}[)\]])?\s?(?:,\s?and\b|,|;|\band\b|\bor\b|\bto\b|\bvs\b\.?|\bversus\b"
    r"|/|→|->|\bfrom\b)\s?"
    r"(?:(?:to|from|then|finally)\s)?",
    re.IGNORECASE,
)
_UNIT = r"(?:hours?|days?|weeks?|months?|years?)"
_TIME = re.compile(
    rf"\s[(]?(?:(?:in|on|at|after|before|by)\s)(?:the\s|about\s|only\s)?(?:[\w.]+[\s-]{_UNIT}\b(?:\s(?:later|of|after)\b"
    rf"(?:\s(?!and\b)[\w-]+){{0,4}})?|{_UNIT}\s\d{{1,3}}"
    r"|(?-i:[A-Z][a-z]{2,8})\.?(?:\s\d{1,2}(?:st|nd|rd|th)?,?)?(?:\s\d{4})?|\d{1,2}\s(?-i:[A-Z][a-z]{2,8})(?:\s\d{4})?"
    r"|baseline|diagnosis|admission|presentation|discharge)[)]?",
    re.IGNORECASE,
)
_IS_TIME = re.compile(rf"\s?-?{_UNIT}", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s$", re.IGNORECASE)


def groups(text: str, values: Sequence[Value]) -> Iterator[list[Value]]:
    """Values that stand in one list."""
    group: list[Value] = []
    for value in values:
        if group and _is_time(text, value):
            continue  # `340 ng/mL at 3 months, 12 at 6 months`: the times part no list
        following = _continues(text, group[-1], value) if group else None
        if group and following is None:
            yield group
            group = []
        group.append(following or value)
    if group:
        yield group


def changes(text: str, group: Sequence[Value]) -> list[list[Value]]:
    """`from 1,200 to 5 ng/mL and from 3,400 to 20 mAU/mL`: the values of each change, or none."""
    out: list[list[Value]] = []
    for value in group:
        if _FROM.search(text[max(0, value.start - 6) : value.start]):
            out.append([])
        elif not out:
            return []
        out[-1].append(value)
    return out if all(len(change) > 1 for change in out) else []


def _is_time(text: str, value: Value) -> bool:
    return value.other and bool(_IS_TIME.fullmatch(text, value.number_end, value.end))


def _continues(text: str, last: Value, value: Value) -> Value | None:
    """The value as it goes on with the list of the one before, or None where it does not."""
    if last.other != value.other or (last.unit == "%" and value.unit not in (None, "%")):
        return None
    start = end_behind(text, last)
    time = _TIME.match(text, start, value.start)
    if _LISTED.fullmatch(text, start, value.start):
        # a list's unit stands last, so that what follows it without one counts something else
        if value.unit is not None or last.unit is None:
            return value
    elif not (time and _LISTED.fullmatch(text, time.end(), value.start)):
        return None
    elif value.unit is not None or last.unit is None:
        return value
    return replace(value, unit=last.unit) if time and _TIME.match(text, value.end) else None
