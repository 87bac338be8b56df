"""Which quantities of a sentence may be amounts of a drug, before it is known of which.

Numbers come from `hcclit.quantity`; here they are joined to what the page sets apart from them: units that a list
shares (`20, 40 or 80 mg`), units around a name (`70 mg of docetaxel per square meter`), ranges with two units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from hcclit.extractors.dose.auc import areas_under_curve
from hcclit.extractors.dose.exclusions import is_excluded
from hcclit.extractors.dose.model import Amount
from hcclit.language import Analysis, Sentence
from hcclit.quantity import Number, Quantity, parse_number, unit_at

_NEVER = frozenset({"kg", "mg/mL"})  # a weight; the strength of a solution
_IN_WORDS = frozenset({"{tablet}", "{capsule}", "{drop}", "mg"})
_RADIATION = frozenset({"Gy", "cGy"})
_BETWEEN_LISTED = re.compile(r"-?\s?(?:,|/|,? ?(?:and|or|to|versus|vs\.?|&))\s?")
_FINAL = re.compile(r"and|or|to|versus|vs|/|&")
_NO_AMOUNT_BEFORE = re.compile(
    r"(?:\b(?:days?|weeks?|months?|cycles?|courses?|grades?|phases?|arms?|groups?|levels?|stages?|figs?\.?|figures?"
    r"|tables?|patients?|cases?|parts?|cohorts?|n|d|age|aged|class|scores?|types?|lines?)\s?[=:]?\s?"
    r"|[=<>(]\s?\d*|[\w/-])$",
    re.I,
)
_MOST_UNLIKE = 200
_PER_BODY = re.compile(
    r"(?:[- ]?(?:of|intravenous|oral)?[- ][A-Za-z][\w-]*(?: [A-Za-z][\w-]*){0,3}?)(?: per |\s?/\s?)"
    r"(?P<body>square met(?:er|re)|m2|kilogram|kg)\b"
)
_BODY_UNIT = {"s": "/m2", "m": "/m2", "k": "/kg"}
_AGAIN = re.compile(
    r"\s?[(\[]\s?|,? (?:i\.e\.,? |or |= ?)"
    r"|\)? (?:than|compared (?:with|to)|vs\.?|versus) [^.;\d]{0,60}\(?"
    r"|(?:/ ?24 ?h|/ ?d(?:ay)?)?(?:,| and|, and) (?!oral|iv\b)[a-z -]{0,30}"
)
_THOUSANDS = re.compile(r"\d{1,3}\.000")  # `10.000 IU`: the continental full stop
_FROM = re.compile(r"(?<!ranging )(?<!ranged )(?<!range )(?<!varying )(?<!varied )\bfrom\s$", re.I)  # of a change
_BETWEEN, _AND = re.compile(r"(?:dos\w+|given|at|was|were|of|rang\w+|var\w+) between\s$", re.I), re.compile(r"\sand\s")
_JOINED = re.compile(r"\s?(?:-|to)\s?")
_GLUED = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=\d[x×])|(?<=\d [x×]))(?<!CD)\d{1,4}(?:,\d{3})*(?:\.\d{1,2})?(?=\s?(?:mg|µg|mcg|IU|c?Gy)\b)"
)
_NEAR = 0.05  # 7 × 6.1 is 42.7 but for the last bit
_SLASH = re.compile(r"\s?/\s?")
_TIMES = re.compile(r"(?P<n>\d{1,2}) ?[x×] ?$")


def find_amounts(analysis: Analysis, sentence: Sentence) -> list[Amount]:
    """The amounts of a sentence that may be doses, in order of place, not overlapping."""
    found = list(areas_under_curve(sentence))
    taken = [(a.start, a.end) for a in found]
    quantities = _with_glued(analysis, sentence)
    for index in _kept(analysis, sentence, quantities):
        quantity = quantities[index]
        if any(start < quantity.end and quantity.start < end for start, end in taken):
            continue
        found += _earlier_of_list(analysis, quantities[max(0, index - 8) : index], quantity)
        found += _amounts(analysis.text, quantity)
    found = sorted((a for a in found if a.value > 0), key=lambda a: (a.start, -a.end))
    apart = [a for i, a in enumerate(found) if not i or a.start >= found[i - 1].end]
    return _without_fractions(analysis.text, _joined_ranges(analysis.text, apart))


def _with_glued(analysis: Analysis, sentence: Sentence) -> list[Quantity]:
    """The quantities of a sentence with those whose number is run together with a word (`cisplatin70 mg`, `5 x5Gy`)."""
    found = analysis.quantities_in(sentence.start, sentence.end)
    taken = {q.number.start for q in found}
    more: list[Quantity] = []
    for match in _GLUED.finditer(sentence.text):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        unit = unit_at(analysis.text, end)
        if unit is not None and start not in taken:
            more.append(Quantity(start, unit.end, Number(start, end, parse_number(match.group())), unit=unit))
    return sorted([*found, *more], key=lambda q: q.number.start) if more else found


def _kept(analysis: Analysis, sentence: Sentence, quantities: list[Quantity]) -> Iterator[int]:
    """Which quantities are in units of a dose and not said to be something else."""
    left_out = -1
    for index, quantity in enumerate(quantities):
        if not _may_be_dose(quantity):
            continue
        again = _AGAIN.fullmatch(analysis.text, left_out, quantity.start) if left_out >= 0 else None
        if (again and not _is_radiation(quantity)) or is_excluded(sentence, quantity):
            left_out = quantity.end
        else:
            yield index


def _may_be_dose(quantity: Quantity) -> bool:
    unit = quantity.unit
    if unit is None or unit.kind != "dose" or unit.code in _NEVER or quantity.sd is not None:
        return False
    return not quantity.number.is_word or unit.code in _IN_WORDS


def _is_radiation(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.code in _RADIATION


def _amounts(text: str, quantity: Quantity) -> Iterator[Amount]:
    """One amount, or two where `from 30 to 5 mg` goes from one to the other."""
    unit, end = _unit(text, quantity)
    low, high = quantity.number, quantity.high
    if high is None:
        thousands = unit in ("IU", "U") and _THOUSANDS.fullmatch(text, low.start, low.end)
        yield Amount(low.start, end, low.value * 1000 if thousands else low.value, None, unit)
    elif high.value > low.value and not _FROM.search(text[max(0, low.start - 14) : low.start]):
        yield Amount(low.start, end, low.value, high.value, unit)
    else:
        yield Amount(low.start, low.end, low.value, None, unit)
        yield Amount(high.start, end, high.value, None, unit)


def _unit(text: str, quantity: Quantity) -> tuple[str, int]:
    """A quantity's unit and its end, also where a name stands inside (`mg of docetaxel per square meter`)."""
    assert quantity.unit is not None
    unit, end = quantity.unit.code, quantity.unit.end
    around = _PER_BODY.match(text, end, min(len(text), end + 80)) if unit in ("mg", "g", "ug") else None
    return (unit + _BODY_UNIT[around["body"][0].lower()], around.end()) if around else (unit, end)


def _earlier_of_list(analysis: Analysis, before: list[Quantity], last: Quantity) -> list[Amount]:
    """Numbers without a unit that share the unit of the last number of their list."""
    assert last.unit is not None
    chain: list[Quantity] = []
    following = last
    for quantity in reversed(before):
        between = analysis.text[quantity.number_end : following.number.start]
        simple = quantity.unit is None and quantity.high is None and not quantity.number.is_word
        if not simple or not _BETWEEN_LISTED.fullmatch(between) or not (chain or _FINAL.search(between)):
            break
        chain.insert(0, quantity)
        following = quantity
    if not chain or not _begins_list(analysis, chain[0], last):
        return []
    return [Amount(q.number.start, q.number.end, q.value, None, last.unit.code) for q in chain]


def _begins_list(analysis: Analysis, first: Quantity, last: Quantity) -> bool:
    start = first.number.start
    opens_bracket = analysis.text[start - 1 : start] in ("(", "[")
    if not opens_bracket and _NO_AMOUNT_BEFORE.search(analysis.text[max(0, start - 12) : start]):
        return False
    if any(e.end > start for e in analysis.entities_in(max(0, start - 20), start, "DRUG")):
        return False  # the number is part of a name
    return first.value > 0 and last.value > 0 and 1 / _MOST_UNLIKE <= first.value / last.value <= _MOST_UNLIKE


def _joined_ranges(text: str, amounts: list[Amount]) -> list[Amount]:
    """Join `50 mg-100 mg`, one range whose unit is written twice."""
    dropped: set[int] = set()
    for index, (low, high) in enumerate(pairwise(amounts)):
        joins = low.unit == high.unit and not low.high and not high.high and low.value < high.value
        bare = text[low.start : low.end].replace(".", "").isdigit()  # a list's number, its unit comes later
        if not joins or index in dropped:
            continue
        before = text[max(0, low.start - 20) : low.start]
        is_range = not bare and _JOINED.fullmatch(text, low.end, high.start) and not _FROM.search(before)
        if is_range or (_BETWEEN.search(before) and _AND.fullmatch(text, low.end, high.start)):
            low.high, low.end = high.value, high.end
            dropped.add(index + 1)
    return [a for i, a in enumerate(amounts) if i not in dropped]


def _without_fractions(text: str, amounts: list[Amount]) -> list[Amount]:
    """Leave out `25 × 2 Gy` beside its total of 50 Gy, and the second of `54 Gy / 1.8 Gy`."""
    totals = {a.value for a in amounts if a.unit in _RADIATION}
    slashed = {
        id(part)
        for total, part in pairwise(amounts)
        if part.unit in _RADIATION and part.value * 5 <= total.value and _SLASH.fullmatch(text, total.end, part.start)
    }
    kept = [a for a in amounts if id(a) not in slashed]
    return [a for a in kept if a.unit not in _RADIATION or not _is_fraction(text, a, totals)]


def _is_fraction(text: str, amount: Amount, totals: set[float]) -> bool:
    times = _TIMES.search(text[max(0, amount.start - 5) : amount.start])
    return times is not None and any(abs(int(times["n"]) * amount.value - total) < _NEAR for total in totals)
