"""Which marker a value belongs to: the nearest named analyte that can have it, list against list.

A value that stands near another analyte (LDH, hCG, one that no table knows) is never lent to a marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hcclit.extractors.marker.names import Name
from hcclit.extractors.marker.values import Value
from hcclit.records import Analyte


@dataclass(frozen=True, slots=True)
class Owned:
    """A value with its marker. `name_end` is where the marker's name ends, for what stands between them."""

    value: Value
    analyte: Analyte
    name_start: int
    name_end: int
    group: int  # values of one list share it


_UNITS: dict[Analyte, frozenset[str]] = {
    "AFP": frozenset({"ng/mL", "ug/L", "ng/dL", "ug/mL", "IU/mL", "kU/L", "U/mL"}),
    "PIVKA-II": frozenset({"mAU/mL", "AU/mL", "ng/mL", "ug/L", "ug/mL", "U/mL"}),
    "AFP-L3": frozenset({"%", "ng/mL"}),
    "CEA": frozenset({"ng/mL", "ug/L", "ng/dL", "U/mL", "IU/mL", "kU/L", "ug/mL"}),
    "CA19-9": frozenset({"U/mL", "IU/mL", "kU/L", "ng/mL", "AU/mL"}),
    "CA125": frozenset({"U/mL", "IU/mL", "kU/L", "ng/mL"}),
}
_TOGETHER = re.compile(
    r"\s?(?:levels?|values?|concentrations?)?\s?[)\]]?\s?(?:,\s?and\b|,|\band\b|\bor\b|/|&|;|\bas well as\b|\balong with\b|,?\splus\b)\s?"
    r"(?:(?:the|serum|of|for|levels?|both|a|an|plasma|tumou?r|markers?|marker)\s)*(?:[(\[])?",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\s?(?:[\[(][^()\[\]]{0,40}[)\]])?\s?(?:,\s?and\b|,|;|\band\b|\bor\b|\bto\b|\bvs\b\.?|\bversus\b|/)\s?(?:(?:to|from|then|finally)\s)?", re.IGNORECASE
)
_OF_NAME = re.compile(r"\s?(?:[)\]]\s?)?(?:of|for|in|as)\s(?:the\s)?(?:serum\s)?", re.IGNORECASE)
_BEFORE_NAME = re.compile(r"\s(?:serum\s|baseline\s)?", re.IGNORECASE)
# words that lead from a marker's name straight to its value
_LEAD_WORD = (
    r"(?:levels?|values?|concentrations?|titers?|titres?|fraction|ratio|percentage|measurements?|results?|was|were|is|are|be|been|being|had|has|have|of|at|to|by|from|the|a|an"
    r"|and|it|its|in|on|serum|plasma|blood|marker|tumou?r|initial|initially|baseline|preoperative|pre-?operative|postoperative|pretreatment|peak|maximum|highest|lowest"
    r"|nadir|elevated|increased|decreased|rose|risen|rising|raised|fell|fallen|dropped|declined|reduced|reached|remained|stayed|found|measured|high|low|still|only"
    r"|again|then|already|markedly|significantly|slightly|extremely|remarkably|dramatically|rapidly|gradually|further|also|abnormally|very|as|up|down|normal|positive"
    r"|mildly|moderately|highly|greatly|strongly|even|just|noted|recorded|detected|determined|reported|observed|showed|shows|revealed|peaked|exceeded|exceeding|returned"
    r"|mean|median|average|range|ranged|ranging|respectively|equal|more|less|than|above|below|over|under|least|about|approximately|lowered|jumped|climbed|increase"
    r"|decrease|rise|fall|decline|drop|reduction|elevation|cut-?off|threshold|level's|declining|decreasing|increasing|falling|dropping|SD|IQR|±|between|with|using|set|chosen|had|for|who|whose)"
)
_LEAD = re.compile(rf"(?:[\s:=,(\[±~|-]|{_LEAD_WORD}\b)*", re.IGNORECASE)
_FREE_AFTER = re.compile(
    r"\s?(?:$|[.,;:)\]]|(?:and|at|in|on|after|before|with|but|when|to|vs|versus|or|as|by|for|from|while|which|whereas|during|prior|one|two|three|six|following|upon|until|within|was|were|had|is)\b)",
    re.IGNORECASE,
)
# another quantity than a marker's level becomes the subject: "and the copper level was"
_OTHER_SUBJECT = re.compile(
    r"(?:[,;(]|\band\b|\bbut\b|\bwhile\b|\bwhereas\b)\s?(?:the\s|an?\s|his\s|her\s|(?:serum|plasma|elevated|increased|blood)\s)*"
    r"(?P<what>[A-Za-z][\w'-]*(?:\s[A-Za-z][\w'-]*)?)\s(?:levels?|values?|concentrations?|titers?|titres?|counts?|activity|index|antigen)\b",
    re.IGNORECASE,
)
_SAME_SUBJECT = re.compile(
    r"\b(?:its?|th(?:is|ese|e|at)|serum|tumou?r|markers?|peak|baseline|initial|final|high(?:er|est)?|low(?:er|est)?|elevated|same|normal|maximum|minimum|latest"
    r"|postoperative|preoperative|pretreatment|subsequent|their|his|her|mean|median|average|such|increased|decreased|both|current|last|first|follow-up|afp|reference|cut-?off|threshold"
    r"|abnormal|previous|respective|nadir|plasma|lower|upper|stable|alpha-?fetoprotein|a|an|predictive|optimal|limit|of)$",
    re.IGNORECASE,
)
_BRACKETED_NOUN = re.compile(r"(?:\band|,|;)\s(?!and\b)(?P<words>[A-Za-z][\w'/-]*(?:\s[A-Za-z][\w'/-]*){0,2})\s?[(\[]$", re.IGNORECASE)
_CHANGE_BY = re.compile(
    r"\b(?:by|difference\sof|(?:increase|decrease|rise|drop|decline|reduction|fall|change)\s(?:of|in\s\w+\sof))\s(?:about\s|more\sthan\s|at\sleast\s|over\s)?$",
    re.IGNORECASE,
)
_REFERENCE_WORD = re.compile(r"\b(?:normal|reference|ref|NR|RR|cut-?off|ULN|upper\slimit|norm|nl|N|range|IQR)\b", re.IGNORECASE)
_BOUND_LEAD = re.compile(
    r"\s?[,;]?\s?[(\[]?(?:[\s:=,;.-]|\b(?:normal|reference|ref|NR|RR|ULN|nl|norm|N|laboratory|upper|lower|limit|limits|range|ranges|values?|levels?|intervals?|cut-?off|IQR|interquartile|inter-quartile|of|is|was|the|with|a|an|at|for|from|to|up|being)\b)*",
    re.IGNORECASE,
)
_RATE = re.compile(r"\b(?:sensitivit|specificit|positivity|positive\srate|predictive\svalue|accurac|proportion|detection\srate|doubling)\w*", re.IGNORECASE)
_SHARE = re.compile(r"\s?(?:\([^)]*\)\s?)?(?:of|in)\s(?:\w+\s){0,3}?(?:patients|cases|subjects|tumou?rs|HCCs?|individuals|them)\b", re.IGNORECASE)
_FARTHEST = 220


def attach(text: str, names: Sequence[Name], values: Sequence[Value]) -> Iterator[Owned]:
    """Give each value of a sentence that belongs to a marker, with the marker."""
    previous: Owned | None = None
    for number, group in enumerate(_groups(text, values)):
        for item in _owners(text, names, (group, number), previous):
            yield item
            previous = item


def _owners(
    text: str, names: Sequence[Name], numbered: tuple[list[Value], int], previous: Owned | None
) -> Iterator[Owned]:
    group, number = numbered
    behind = _named_behind(text, names, group)
    if behind is not None:
        yield from _own(text, [behind], (group, number))
    elif previous and _is_bound_of(text, previous, group[0]):
        for value in group:
            unit = value.unit or previous.value.unit
            yield replace(previous, value=replace(value, unit=unit), group=number)
    else:
        heads = _heads(text, names, group[0])
        if heads and _reaches(text, heads, group[0]) and not _is_anothers(text, names, group[-1]):
            yield from _own(text, heads if _shares(text, heads, group) else heads[-1:], (group, number))


def _is_bound_of(text: str, previous: Owned, value: Value) -> bool:
    """A bare bound in brackets after a value is that value's reference range, in its unit: `27.5 U/mL (≤37)`."""
    gap = text[previous.value.end : value.start]
    if value.unit is not None or value.other or not _BOUND_LEAD.fullmatch(gap):
        return False
    return value.comparator != "=" or value.high is not None or bool(_REFERENCE_WORD.search(gap))


def _groups(text: str, values: Sequence[Value]) -> Iterator[list[Value]]:
    """Values that stand in one list, with nothing but commas and conjunctions between them."""
    group: list[Value] = []
    for value in values:
        gap = text[group[-1].end : value.start] if group else ""
        if group and not (_LISTED.fullmatch(gap) and group[-1].other == value.other):
            yield group
            group = []
        group.append(value)
    if group:
        yield group


def _named_behind(text: str, names: Sequence[Name], group: Sequence[Value]) -> Name | None:
    """`an 820 ng/mL AFP`, `12 ng/mL for AFP`: the name behind, unless one before leads straight to the value."""
    last = group[-1]
    behind = next((n for n in names if n.start >= last.end), None)
    if behind is None or last.unit is None or last.other:
        return None
    gap = text[last.end : behind.start]
    if _OF_NAME.fullmatch(gap):
        return behind
    if not _BEFORE_NAME.fullmatch(gap):
        return None
    before = next((n for n in reversed(names) if n.end <= group[0].start), None)
    if before and _LEAD.fullmatch(text[before.end : group[0].start]):
        return None
    return behind


def _heads(text: str, names: Sequence[Name], value: Value) -> list[Name]:
    """The name before a value, with those listed before it: `AFP, CEA and CA19-9`."""
    bare = value.unit is None
    before = [n for n in names if n.end <= value.start and (n.takes_marker_units or bare)]
    heads = before[-1:]
    for name in reversed(before[:-1]):
        if not _TOGETHER.fullmatch(text[name.end : heads[0].start]):
            break
        heads.insert(0, name)
    return heads


def _reaches(text: str, heads: Sequence[Name], value: Value) -> bool:
    """Whether what stands between a name and a value leaves the value to the name."""
    gap = text[heads[-1].end : value.start]
    if value.other or len(gap) > _FARTHEST or _CHANGE_BY.search(text[max(0, value.start - 40) : value.start]):
        return False
    if value.unit is None:
        lead = re.sub(r"\([^()]{0,40}\)", "", gap)
        if re.fullmatch(r"\s?(?:and|or|,\sand|for|in|with)\s", lead):
            return False
        return bool(_LEAD.fullmatch(lead) and _FREE_AFTER.match(text, value.end)) and not _is_mark(text, value)
    for other in _OTHER_SUBJECT.finditer(gap):
        if not _SAME_SUBJECT.search(other["what"]):
            return False
    noun = _BRACKETED_NOUN.search(gap)
    return noun is None or any(_LEAD.fullmatch(word) for word in noun["words"].split())


def _is_anothers(text: str, names: Sequence[Name], value: Value) -> bool:
    """Whether a bare number is said `for` the name behind it: `(1.94 for CEA, 1.75 for CA19-9)`."""
    behind = next((n for n in names if n.start >= value.end), None)
    return behind is not None and value.unit is None and bool(_OF_NAME.fullmatch(text[value.end : behind.start]))


def _is_mark(text: str, value: Value) -> bool:
    """A small whole number alone in brackets after a name is a reference or a count: `AFP (12)`."""
    alone = text[value.start - 1 : value.start] in ("(", "[") and text[value.end : value.end + 1] in (")", "]")
    return alone and value.comparator == "=" and value.high is None and value.value < 1000 and value.value == int(value.value)


def _shares(text: str, heads: Sequence[Name], group: Sequence[Value]) -> bool:
    """Whether a list of names meets a list of values, or all of them one value."""
    if len(heads) < 2:
        return False
    if len(group) % len(heads) == 0:
        return True
    gap = text[heads[-1].end : group[0].start]
    return len(group) == 1 and bool(re.search(r"\b(?:were|are|both|all|each|remained|levels|values)\b", gap)) and "(" not in gap


def _own(text: str, heads: Sequence[Name], numbered: tuple[Sequence[Value], int]) -> Iterator[Owned]:
    """Pair names and values in order; one value under several names is each one's, many under one are all its."""
    group, number = numbered
    for index, value in enumerate(group):
        owners = [heads[index % len(heads)]] if len(group) > 1 or len(heads) == 1 else heads
        for name in owners:
            if name.analyte and not value.other and _can_have(name.analyte, value, text):
                yield Owned(value, name.analyte, name.start, name.end, number)


def _can_have(analyte: Analyte, value: Value, text: str) -> bool:
    if value.unit == "%" and (_RATE.search(text) or _SHARE.match(text, value.end)):
        return False
    return value.unit is None or value.unit in _UNITS[analyte]
