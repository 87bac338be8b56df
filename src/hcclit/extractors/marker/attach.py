"""Which marker a value belongs to: the nearest named analyte that can have it, list against list.

A value that stands near another analyte (LDH, hCG, one that no table knows) is never lent to a marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hcclit.extractors.marker.brackets import with_bounds
from hcclit.extractors.marker.lists import changes, groups
from hcclit.extractors.marker.names import Name
from hcclit.extractors.marker.reach import OF_NAME, is_for_another, lead, reaches
from hcclit.extractors.marker.values import Value
from hcclit.quantity import unit_at
from hcclit.records import Analyte


@dataclass(frozen=True, slots=True)
class Owned:
    """A value with its marker. `name_end` is where the marker's name ends, for what stands between them."""

    value: Value
    analyte: Analyte
    name_start: int
    name_end: int
    group: int  # values of one list share it
    is_bound: bool = False  # it stands in brackets behind another value


_UNITS: dict[Analyte, frozenset[str]] = {
    "AFP": frozenset({"ng/mL", "ug/L", "ng/dL", "ug/mL", "IU/mL", "kU/L", "U/mL"}),
    "PIVKA-II": frozenset({"mAU/mL", "AU/mL", "ng/mL", "ug/L", "ug/mL", "U/mL"}),
    "AFP-L3": frozenset({"%", "ng/mL"}),
    "CEA": frozenset({"ng/mL", "ug/L", "ng/dL", "U/mL", "IU/mL", "kU/L", "ug/mL"}),
    "CA19-9": frozenset({"U/mL", "IU/mL", "kU/L", "ng/mL", "AU/mL"}),
    "CA125": frozenset({"U/mL", "IU/mL", "kU/L", "ng/mL"}),
}
_OF_ONE: dict[str | None, Analyte] = {"mAU/mL": "PIVKA-II"}
_TOGETHER = re.compile(
    r"\s?(?:levels?|values?|concentrations?)?\s?[)\]]?\s?"
    r"(?:,\s?and\b|,|\band\b|\bor\b|/|&|;|\bas well as\b|\balong with\b|,?\splus\b)\s?"
    r"(?:(?:the|serum|of|for|levels?|both|a|an|plasma|tumou?r|markers?|marker)\s)*(?:[(\[])?",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(r"\s(?:serum\s|baseline\s)?", re.IGNORECASE)
_EACH = re.compile(r"\b(?:were|are|both|all|each|remained|levels|values)\b")
_RATE = re.compile(
    r"\b(?:sensitivit|specificit|positivity|positive\srate|predictive\svalue|accurac|proportion"
    r"|detection\srate|doubling)\w*",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\s?(?:\([^)]*\)\s?)?(?:of|in)\s(?:\w+\s){0,3}?(?:patients|cases|subjects|tumou?rs|HCCs?"
    r"|individuals|them)\b",
    re.IGNORECASE,
)


def attach(text: str, names: Sequence[Name], values: Sequence[Value]) -> list[Owned]:
    """Each value of a sentence that belongs to a marker, with the marker, in order of place."""
    out: list[Owned] = []
    for number, group in enumerate(groups(text, with_bounds(text, values))):
        for name, value in _pairs(text, names, group):
            if name.analyte is None or value.other or not _can_have(name.analyte, value, text):
                continue
            unit = value.unit or _unit_of_name(text, name)
            for each in (value, *value.bounds):
                own = replace(each, unit=each.unit or unit, bounds=())
                out.append(Owned(own, name.analyte, name.start, name.end, number, each is not value))
    return sorted(out, key=lambda item: item.value.start)


def _pairs(text: str, names: Sequence[Name], group: Sequence[Value]) -> Iterator[tuple[Name, Value]]:
    """Names and values of one list in order; one value under several names is each one's."""
    behind = _named_behind(text, names, group)
    heads = [behind] if behind else _heads(text, names, group[0])
    if not heads:
        return
    if not behind and (not reaches(text, heads[-1], group[0]) or is_for_another(text, names, group[-1])):
        return
    if not _shares(text, heads, group):
        heads = heads[-1:]
    told = changes(text, group) if len(heads) > 1 else []
    if len(told) == len(heads):
        yield from ((name, value) for name, change in zip(heads, told, strict=True) for value in change)
        return
    for index, value in enumerate(group):
        for name in [heads[index % len(heads)]] if len(group) > 1 else heads:
            yield name, value


def _named_behind(text: str, names: Sequence[Name], group: Sequence[Value]) -> Name | None:
    """`an 820 ng/mL AFP`, `12 ng/mL for AFP`: the name behind, unless one before leads to the value."""
    last = group[-1]
    behind = next((n for n in names if n.start >= last.end), None)
    if behind is None or last.unit is None or last.other:
        return None
    gap = text[last.end : behind.start]
    if OF_NAME.fullmatch(gap):
        return behind
    if not _BEFORE_NAME.fullmatch(gap):
        return None
    before = next((n for n in reversed(names) if n.end <= group[0].start), None)
    return None if before and lead().fullmatch(text[before.end : group[0].start]) else behind


def _heads(text: str, names: Sequence[Name], value: Value) -> list[Name]:
    """The name before a value, with those listed before it: `AFP, CEA and CA19-9`."""
    bare = value.unit is None
    before = [n for n in names if n.end <= value.start and (n.takes_marker_units or bare)]
    if value.unit in _OF_ONE and before and before[-1].analyte not in (None, _OF_ONE[value.unit]):
        # "PIVKA-II, but not AFP (3 ng/mL), was 3,456 mAU/mL": only one marker has this unit
        before = [n for n in before if n.analyte == _OF_ONE[value.unit]]
    heads = before[-1:]
    for name in reversed(before[:-1]):
        gap = text[name.end : heads[0].start]
        if gap and not _TOGETHER.fullmatch(gap):  # no gap: both stand for one pronoun
            break
        heads.insert(0, name)
    return heads


def _shares(text: str, heads: Sequence[Name], group: Sequence[Value]) -> bool:
    """Whether a list of names meets a list of values, or all of them one value."""
    if len(heads) < 2:
        return False
    if len(group) > 1:
        return len(group) % len(heads) == 0
    gap = text[heads[-1].end : group[0].start]
    return bool(_EACH.search(gap)) and "(" not in gap


def _can_have(analyte: Analyte, value: Value, text: str) -> bool:
    if value.unit == "%" and (_RATE.search(text) or _SHARE.match(text, value.end)):
        return False
    return value.unit is None or value.unit in _UNITS[analyte]


def _unit_of_name(text: str, name: Name) -> str | None:
    """`AFP (ng/mL) was 34`: the unit in brackets behind the name."""
    opening = re.match(r"\s?(?:levels?\s)?[(\[]\s?", text[name.end : name.end + 10])
    unit = unit_at(text, name.end + opening.end()) if opening else None
    return unit.code if unit and unit.kind == "marker" and text[unit.end : unit.end + 1] in (")", "]") else None
