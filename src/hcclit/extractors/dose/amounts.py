"""Which quantities of a sentence may be amounts of a drug, before it is known of which.

Numbers come from `hcclit.quantity`; here they are joined to what the page sets apart from them: units that a list
shares (`30, 120 or 180 mg`), units around a name (`90 mg of paclitaxel per square meter`), `AUC 5`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hcclit.extractors.dose.exclusions import is_excluded
from hcclit.extractors.dose.model import Amount
from hcclit.language import Analysis, Sentence
from hcclit.quantity import Quantity, parse_number

_NEVER = frozenset({"kg", "mg/mL"})  # a weight; the strength of a solution
_COUNTABLE = frozenset({"{tablet}", "{capsule}", "{drop}"})
_BETWEEN_LISTED = re.compile(r"-?\s?(?:,|/|,? ?(?:and|or|to|versus|vs\.?|&))\s?")
_FINAL = re.compile(r"and|or|to|versus|vs|/|&")
_NO_AMOUNT_BEFORE = re.compile(
    r"(?:\b(?:days?|weeks?|months?|cycles?|courses?|grades?|phases?|arms?|groups?|levels?|stages?|figs?\.?|figures?|tables?|patients?|cases?"
    r"|parts?|cohorts?|n|d|age|aged|class|scores?|types?|lines?)\s?[=:]?\s?|[=<>(]\s?\d*|[\w/-])$",
    re.I,
)
_PER_BODY = re.compile(
    r"(?:[- ]?(?:of|intravenous|oral)?[- ][A-Za-z][\w-]*(?: [A-Za-z][\w-]*){0,3}?)(?: per |\s?/\s?)(?P<body>square met(?:er|re)|m2|kilogram|kg)\b"
)
_BODY_UNIT = {"s": "/m2", "m": "/m2", "k": "/kg"}
_AUC = re.compile(
    r"(?:(?:target(?:ed)? )?\b(?:area|areas)[ -]under[ -](?:the |a )?(?:[\w()\[\]/-]+ ){0,4}?curve(?: ?[(\[]AUC[)\]])?|\bAUC\b|\bAUC(?=\d))"
    r"(?: ?(?:of|=|:|,|at|was|is|to|value|target))*[ -]?[(\[]?\s?(?P<low>\d(?:\.\d+)?)(?:\s?(?:-|to)\s?(?P<high>\d(?:\.\d+)?))?(?![\d%]|\.\d)"
    r"(?:\s?(?:or|and)\s(?P<other>\d(?:\.\d+)?)(?!\d|\.\d| ?mg/m))?"
    r"(?:\s?mg[ /·*×x.]*(?:per )?m(?:L|l|illiliter)[ /·*×x.]*(?:per |-)?\s?(?:min(?:ute)?s?)?\b(?:-1)?)?"
)
_AUC_AFTER = re.compile(r"(?<![\w.])(?P<low>\d(?:\.\d)?) ?(?:mg/ml/min |mg/ml·min |× )?\(?AUC\b", re.I)
_MAX_AUC = 12
_AGAIN = re.compile(
    r"\s?[(\[]\s?|,? (?:i\.e\.,? |or |= ?)|(?:/ ?24 ?h|/ ?d(?:ay)?)?(?:,| and|, and) (?!oral|iv\b)[a-z -]{0,30}"
)
_THOUSANDS = re.compile(r"\d{1,3}\.000")  # `10.000 IU`: the continental full stop
_FROM = re.compile(r"\bfrom\s$", re.I)
_SPLIT_UNIT = re.compile(r"\s?(?:-|to)\s?")


def find_amounts(analysis: Analysis, sentence: Sentence) -> list[Amount]:
    """The amounts of a sentence that may be doses, in order of place, not overlapping."""
    quantities = analysis.quantities_in(sentence.start, sentence.end)
    found = list(_areas_under_curve(sentence))
    taken = [(a.start, a.end) for a in found]
    left_out = -1
    for index, quantity in enumerate(quantities):
        again = _AGAIN.fullmatch(analysis.text[left_out : quantity.start]) if left_out >= 0 else None
        if (again and not _is_radiation(quantity)) or (
            _may_be_dose(quantity) and is_excluded(sentence, quantity)
        ):
            left_out = quantity.end
            continue
        if any(start < quantity.end and quantity.start < end for start, end in taken):
            continue
        if _may_be_dose(quantity):
            amounts = [
                *_earlier_of_list(analysis, quantities[:index], quantity),
                *_amounts(analysis.text, quantity),
            ]
            found += [a for a in amounts if a.value > 0]
    found.sort(key=lambda a: (a.start, -a.end))
    return _joined_ranges(
        analysis.text, [a for i, a in enumerate(found) if not i or a.start >= found[i - 1].end]
    )


def _may_be_dose(quantity: Quantity) -> bool:
    unit = quantity.unit
    if unit is None or unit.kind != "dose" or unit.code in _NEVER or quantity.sd is not None:
        return False
    if quantity.number.is_word and unit.code not in _COUNTABLE and unit.code != "mg":
        return False
    return quantity.value > 0 or quantity.high is not None


def _is_radiation(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.code in ("Gy", "cGy")


def _amounts(text: str, quantity: Quantity) -> Iterator[Amount]:
    """One amount, or two where `from 30 to 5 mg` goes from one to the other."""
    assert quantity.unit is not None
    unit, end = quantity.unit.code, quantity.unit.end
    around = _PER_BODY.match(text, end, min(len(text), end + 80)) if unit in ("mg", "g", "ug") else None
    if around and "," not in around.group():
        unit, end = unit + _BODY_UNIT[around["body"][0].lower()], around.end()
    low, high = quantity.number, quantity.high
    if high is None:
        thousands = unit in ("IU", "U") and _THOUSANDS.fullmatch(text[low.start : low.end])
        yield Amount(low.start, end, low.value * 1000 if thousands else low.value, None, unit)
    elif high.value > low.value and not _FROM.search(text[max(0, low.start - 5) : low.start]):
        yield Amount(low.start, end, low.value, high.value, unit)
    else:
        yield Amount(low.start, low.end, low.value, None, unit)
        yield Amount(high.start, end, high.value, None, unit)


def _earlier_of_list(analysis: Analysis, before: list[Quantity], last: Quantity) -> list[Amount]:
    """Numbers without a unit that share the unit of the last number of their list."""
    assert last.unit is not None
    chain: list[Quantity] = []
    following, text = last, analysis.text
    for quantity in reversed(before):
        between = text[quantity.number_end : following.number.start]
        joined = _BETWEEN_LISTED.fullmatch(between)
        if quantity.unit is not None or quantity.high is not None or quantity.number.is_word or not joined:
            break
        if not chain and not _FINAL.search(between):
            break
        chain.insert(0, quantity)
        following = quantity
    while chain and not _begins_list(analysis, chain[0], last):
        chain.clear()
    unit = last.unit.code
    return [Amount(q.number.start, q.number.end, q.value, None, unit) for q in chain]


def _begins_list(analysis: Analysis, first: Quantity, last: Quantity) -> bool:
    start = first.number.start
    if _NO_AMOUNT_BEFORE.search(analysis.text[max(0, start - 12) : start]) and not _opens_bracket(
        analysis.text, start
    ):
        return False
    inside = analysis.entities_in(max(0, start - 20), start, "DRUG")
    if any(e.end > start for e in inside):
        return False
    return 0 < first.value and 1 / 200 <= first.value / last.value <= 200


def _opens_bracket(text: str, start: int) -> bool:
    return text[start - 1 : start] in ("(", "[")


def _areas_under_curve(sentence: Sentence) -> Iterator[Amount]:
    if "platin" not in sentence.text.lower() and "AUC" not in sentence.text and "under" not in sentence.text:
        return
    for pattern in (_AUC, _AUC_AFTER):
        for match in pattern.finditer(sentence.text):
            value, begin = parse_number(match["low"]), sentence.start
            if not 0.5 <= value <= _MAX_AUC or re.match(
                r" ?(?:=|%|\(95|h\b|ng|µg)", sentence.text[match.end() :]
            ):
                continue
            groups = match.groupdict()
            high = parse_number(groups["high"]) if groups.get("high") else None
            end = match.end("other") if groups.get("other") else match.end()
            end = match.end("low") if groups.get("other") else end
            yield Amount(begin + match.start(), begin + end, value, high, "AUC")
            if groups.get("other"):
                yield Amount(
                    begin + match.start("other"),
                    begin + match.end(),
                    parse_number(match["other"]),
                    None,
                    "AUC",
                )


def _joined_ranges(text: str, amounts: list[Amount]) -> list[Amount]:
    """Join `50 mg-100 mg`, one range whose unit is written twice."""
    dropped: set[int] = set()
    for (i, low), (j, high) in pairwise(enumerate(amounts)):
        between = text[low.end : high.start]
        if (
            i in dropped
            or low.unit != high.unit
            or low.high
            or high.high
            or not _SPLIT_UNIT.fullmatch(between)
        ):
            continue
        if (
            low.value < high.value
            and low.end - low.start > 3
            and not _FROM.search(text[max(0, low.start - 5) : low.start])
        ):
            low.high, low.end = high.value, high.end
            dropped.add(j)
    return [a for i, a in enumerate(amounts) if i not in dropped]
