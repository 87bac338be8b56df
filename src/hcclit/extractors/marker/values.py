"""The values of a sentence that a serum marker may have: numbers with a marker's unit, and bare ones.

A unit that a list or a `from X to Y` shares is given to each number of it. Ranges come in three prints:
`2-61,300`, `between 3 and 8`, `ranging from 2 ng/mL to 500 ng/mL`; `fell from 500 to 12` is two values, no range.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile

from hcclit.extractors.marker.names import Name
from hcclit.language import Analysis, Sentence
from hcclit.quantity import Quantity, parse_number, scan, unit_at
from hcclit.records import Comparator


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a sentence. `unit` is the contract's, `other` marks what has a unit that no marker has.

    `number_end` is where its numbers end, before the unit. `shared` marks a unit that stands only after a
    later number, `bounds` are what stands in brackets behind it (see `brackets`).
    """

    start: int
    end: int
    number_end: int
    value: float
    high: float | None = None
    sd: float | None = None
    comparator: Comparator = "="
    unit: str | None = None
    other: bool = False
    shared: bool = False
    bounds: tuple[Value, ...] = ()


_RANGING = re.compile(r"\brang(?:e|es|ed|ing)\b\s?(?:was|were|of|:|,|;|=)?\s?(?:from|between)?\s?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s?$", re.IGNORECASE)
_FROM = re.compile(
    r"\bfrom\s(?:a\s(?:baseline|peak|maximum|level|value)\s(?:level\s|value\s)?(?:of\s)?"
    r"|the\s\w+\s(?:of\s)?)?$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:decreas|increas|rose|risen|rise|rising|fell|fall|declin|drop|reduc|elevat|chang|went|gone"
    r"|improv|lower|came\sdown|climb"
    r"|doubl|tripl|quadrupl|halv|grew|jump|diminish|went\sup|surg|soar|plummet|plung|normaliz|normalis|progress)\w*",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:remain|stay|fluctuat|vari|rang|stable|steady|between|maintain|oscillat|negative|normal)\w*",
    re.IGNORECASE,
)
# what a bare number counts or belongs to when it is no level
_COUNTS = re.compile(
    r"\s?(?:-?\s?fold\b|times\b|%|/|x\b|×|patients?\b|cases?\b|subjects\b|of\s(?:the\s)?\d|of\sthe\b"
    r"|out\sof|men\b|women\b|lesions?\b|tumou?rs?\b|nodules?\b"
    r"|cycles?\b|courses?\b|sessions?\b|visits?\b|years?|months?|weeks?|days?|points?\b|(?:st|nd|rd"
    r"|th)\b|-\d|\.\d|\^|:\d|\+)",
    re.IGNORECASE,
)
_STATISTIC = re.compile(
    r"(?:\b(?:n|p|HR|OR|RR|AUC|AUROC|CI|r|R2|β|χ2|t|z|F|K|kappa|No|no|Fig|Figs?|Figure|Table|Ref"
    r"|refs?|grade|stage|score|type|day|week|month|year"
    r"|cycle|patient|patients|case|cases|group|age|aged|factor|phase|class|line|arm|CTCAE|PS|visit|by"
    r"|in|SD|standard deviation of|standard deviation)\.?\s?[=<>≤≥:]?\s?|\$)$",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"\s?(?:,|;|/|\band\b|\bor\b|\bto\b|\bvs\b\.?|\bversus\b|,\s?and\b|,\s?then\b|→|->"
    r"|\bthen\b|\bfrom\b)\s?(?:(?:to|from|then|finally)\s)?",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    r"\s?(?:[(\[]\s?(?:SD|standard deviation)\s?[:,=±]?\s?(?:of\s)?|[(\[]?±\s?)(?P<sd>\d+(?:\.\d+)?)(?![\d,])"
)
_OPENS_BRACKET = re.compile(
    r"\s?[(\[]\s?(?:range|IQR|interquartile range|inter-quartile range|SD|min-max|normal|nl|NR|N|ref|reference)?"
    r"\s?[:,;=]?\s?(?:from\s)?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?P<sign>[<>≤≥])\s?$")
_SIGNS: dict[str, Comparator] = {"<": "<", ">": ">", "≤": "<=", "≥": ">="}
_NORMAL_SIGN = re.compile(r"[(\[]\s?N\s?[:,=]?\s?$")  # `(N <10)`, no number of patients
# `on day 8 120 ng/mL`: no number of thousands
_NUMBERED = re.compile(r"\b(?:day|week|month|cycle|patient|case)\s\d{1,3}(?=\s\d)", re.IGNORECASE)
_UP_TO = re.compile(
    r"\b(?:rose|risen|increas\w+|elevat\w+|went|reach\w*|climb\w*)\s(?:\w+ly\s)?up\sto\s$", re.IGNORECASE
)


def values_in(analysis: Analysis, sentence: Sentence, names: Sequence[Name]) -> list[Value]:
    """The values of a sentence, in order; offsets are into the sentence's text."""
    text = sentence.text
    found = [_value(text, q) for q in scan(text, _taken(analysis, sentence, names))]
    values = [v for quantity in found for v in _split(text, quantity)]
    listed = _slash_lists(text, values)
    values = [v for v in values if v.start in listed or not _is_counted(text, v)]
    return _share_units(text, _merge_ranges(text, values))


def _taken(analysis: Analysis, sentence: Sentence, names: Iterable[Name]) -> list[tuple[int, int]]:
    """Spans in which digits mean something else: the names themselves (`CA 19-9`), citations, dates."""
    spans = [(n.start, n.end) for n in names]
    spans += [
        (d.start - sentence.start, d.end - sentence.start) for d in analysis.dates_in(sentence.start, sentence.end)
    ]
    spans += [match.span() for match in _NUMBERED.finditer(sentence.text)]
    first = bisect_left(analysis.citations, (sentence.start, 0))
    for start, end in takewhile(lambda c: c[0] < sentence.end, islice(analysis.citations, first, None)):
        spans.append((start - sentence.start, end - sentence.start))
    return sorted(spans)


def _value(text: str, quantity: Quantity) -> Value:
    unit = quantity.unit
    is_ours = unit is None or unit.kind == "marker" or unit.code == "%"
    comparator, start = quantity.comparator or "=", quantity.start
    if quantity.high or _UP_TO.search(text[max(0, start - 30) : quantity.number.start]):
        comparator, start = "=", quantity.number.start
    elif text[start : start + 1] == "=":
        start = quantity.number.start
    spread = _SPREAD.match(text, quantity.end)
    word = quantity.number.is_word and (unit is None or unit.kind != "marker")
    return Value(
        start=start,
        end=quantity.end,
        number_end=quantity.number_end,
        value=quantity.number.value,
        high=quantity.high.value if quantity.high else None,
        sd=quantity.sd.value if quantity.sd else parse_number(spread["sd"]) if spread else None,
        comparator=comparator,
        unit=unit.code if unit and is_ours else None,
        other=not is_ours or word,
    )


def _split(text: str, value: Value) -> list[Value]:
    """`fell from 500 to 12 ng/ml` is two values, where the first one's unit is the second's."""
    gap = re.search(r"\sto\s", text[value.start : value.number_end])
    if value.high is None or gap is None or value.other:
        return [value]
    before = text[max(0, value.start - 80) : value.start]
    falls = value.high < value.value
    if not falls and not (_CHANGE.search(before) and not _STILL.search(before)):
        return [value]
    middle, second = value.start + gap.start(), value.start + gap.end()
    last = replace(value, start=second, value=value.high, high=None)
    if "%" in text[value.start : middle]:
        return [last]  # `dropped by 50% to 340 ng/ml`
    first = replace(value, end=middle, number_end=middle, high=None, shared=value.unit is not None)
    sign = _SIGN.search(before)
    if sign:
        first = replace(first, start=value.start - len(sign.group()), comparator=_SIGNS[sign["sign"]])
    return [first, last]


def _slash_lists(text: str, values: Sequence[Value]) -> set[int]:
    """Where the numbers of lists like `1,340/520/12 ng/mL` start: bare ones before a value with a marker's unit."""
    starts: set[int] = set()
    run: list[int] = []
    for value, following in pairwise(values):
        joined = value.unit is None and not value.other and text[value.end : following.start].strip() == "/"
        run = [*run, value.start] if joined else []
        if run and following.unit not in (None, "%") and not following.other:
            starts.update((*run, following.start))
    return starts


def _is_counted(text: str, value: Value) -> bool:
    if value.unit is not None or value.other:
        return False
    before = text[max(0, value.start - 12) : value.start]
    if value.comparator != "=" and _NORMAL_SIGN.search(before):
        return False
    return bool(_COUNTS.match(text, value.end)) or bool(_STATISTIC.search(before)) or before.endswith("/")


def _merge_ranges(text: str, values: list[Value]) -> list[Value]:
    out: list[Value] = []
    for value in values:
        last = out[-1] if out else None
        if last and _is_range(text, last, value):
            out[-1] = replace(
                value,
                start=last.start,
                value=last.value,
                high=value.value,
                comparator="=",
                unit=value.unit or last.unit,
            )
        else:
            out.append(value)
    return out


def _is_range(text: str, low: Value, high: Value) -> bool:
    if low.high is not None or high.high is not None or low.other or high.other or low.value >= high.value:
        return False
    if low.comparator != "=" or high.comparator not in ("=", ">", "<") or (high.unit is None and low.unit is None):
        return False
    before, gap = text[max(0, low.start - 40) : low.start], text[low.end : high.start]
    if _BETWEEN.search(before):
        return bool(re.fullmatch(r"\s?(?:and|to|-)\s?", gap))
    if _RANGING.search(before):
        return bool(re.fullmatch(r"\s?(?:to|-|and|~)\s?", gap))
    return bool(re.fullmatch(r"\s?-\s?", gap)) and low.unit == high.unit


def _share_units(text: str, values: list[Value]) -> list[Value]:
    """Give bare numbers the unit of the next in their list: `58 and 9,870 ng/mL`, `from 12 to 500 ng/mL`."""
    out = [_with_unit_behind_bracket(text, value) for value in values]
    for index in range(len(out) - 2, -1, -1):
        value, following = out[index], out[index + 1]
        if value.unit is not None or value.other or (following.unit is None and not following.other):
            continue
        gap = text[value.end : following.start]
        if following.other:
            # `24.9 versus 17.7 months`: the other unit is shared as well
            out[index] = replace(value, other=bool(_JOIN.fullmatch(gap)))
        elif (
            _JOIN.fullmatch(gap)
            or (following.shared and _OPENS_BRACKET.fullmatch(gap))
            or (_FROM.search(text[max(0, value.start - 40) : value.start]) and _leads_to(gap))
        ):
            out[index] = replace(value, unit=following.unit, shared=True)
    return out


def _with_unit_behind_bracket(text: str, value: Value) -> Value:
    """`312 (range 2-61,300) ng/mL`: the unit stands behind the bracket."""
    closing = re.match(r"\s?[)\]]", text[value.end : value.end + 2])
    if value.unit is not None or value.other or closing is None:
        return value
    unit = unit_at(text, value.end + closing.end())
    return replace(value, unit=unit.code, shared=True) if unit and unit.kind == "marker" else value


def _leads_to(gap: str) -> bool:
    """`from 3,640 (before treatment) to`: a short remark between the ends of a change."""
    return (
        len(gap) <= 60 and bool(re.fullmatch(r"[^.;,]*\bto\s(?:a\s\w+\s(?:of\s)?)?", gap)) and not re.search(r"\d", gap)
    )
