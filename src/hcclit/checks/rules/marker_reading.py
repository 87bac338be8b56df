"""A marker that is called normal above the stated limit, or elevated below it.

Formula: with v the value and u the upper limit of normal that the paper prints for this marker in this unit, "normal"
needs v <= u, "elevated" v > u, for some values that round to the printed ones.

Where the paper prints no limit, "normal" needs v to be at most the highest one in use, each with its source in
`hcclit/checks/marker_limits.csv`.

Source: by the definition of a reference limit; the paper's own limit counts first, for assays differ (CLSI EP28-A3c).

Left alone: "elevated" values without a limit, values of papers that print several, thresholds that are not called
normal (a criterion, a cut-off), sentences with both words, values that change in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hcclit.checks.marker_limits import usual_limits
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper, Printed
from hcclit.records import Marker

NAME = __name__.rpartition(".")[2]
_REFERENCE = re.compile(
    r"\b(?:normal(?: (?:range|values?|limits?|levels?|reference range))?|reference(?: (?:range|values?|interval))?"
    r"|ref\.|upper (?:normal )?limit(?: of (?:the )?normal)?|ULN|cut-?off)\b[^\d]{0,14}\Z",
    re.IGNORECASE,
)
_DIRECT = re.compile(r"\d\s?[A-Za-z\u00b5]+/[A-Za-z]+\s?,?\s?[(\[]\s?(?:N\s?[:=,]?\s?)?\Z")
"""`97 kU/l (<5.8 kU/l)`: a bound in brackets after a value is the limit of normal."""
_NORMAL_LIMIT = re.compile(r"normal|reference|\bref\.|ULN|\bN\b", re.IGNORECASE)
_HIGH = re.compile(
    r"(?<!not )(?<!non-)\b(?:elevated|raised|increased|abnormal(?:ly high)?"
    r"|(?:markedly|abnormally|extremely|very) high)\b",
    re.IGNORECASE,
)
_NORMAL = re.compile(
    r"\b(?:(?:was|were|is|are|remained|stayed) (?:all |still )?(?:normal|negative|unremarkable)|within (?:the )?normal"
    r"|within (?:the )?reference|normal (?:serum |level of )?(?:AFP|alpha|\u03b1|CEA|CA|PIVKA|DCP)"
    r"|not (?:elevated|raised|increased))\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:decreas|reduc|fell|drop|declin|rose\b|rising|from\b|return|normali[sz]|became|previous|initial|then\b|later\b"
    r"|although|but\b|despite|while|whereas|except|slightly|if\b|when\b|compared|higher than|lower than|to\s[\d<>])",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"AFP|f(?:o)?eto-?protein|PIVKA|\bDCP\b|\bCEA\b|\bCA ?\d|carcinoembryonic|\bmarkers?\b", re.IGNORECASE
)
_NAME_NEXT = re.compile(rf"[^,;.]{{0,25}}(?:{_NAME.pattern})", re.IGNORECASE)
_REACH = 90


@dataclass(frozen=True, slots=True)
class _Limit:
    record: Marker
    upper: float
    printed: Printed


def check(paper: Paper) -> Iterator[Finding]:
    """Find markers whose word and number disagree about the limit of normal."""
    limits = list(_limits(paper))
    for marker in paper.of(Marker):
        if marker.kind != "measurement" or marker.value is None or marker.comparator not in {"=", None}:
            continue
        word = _word(paper, marker)
        limit = _limit_of(paper, marker, limits)
        printed = paper.printed(marker, marker.value)
        usual = usual_limits().get((marker.analyte, marker.unit or ""))
        if word == "normal" and printed and usual and not limit and printed.stated.rounded.low > usual:
            yield _of_usual_limit(paper, marker, usual)
        if word and limit and printed:
            is_above = printed.stated.rounded.low > limit.printed.stated.rounded.high
            is_below = printed.stated.rounded.high < limit.printed.stated.rounded.low
            if (word == "normal" and is_above) or (word == "elevated" and is_below):
                yield _finding(paper, marker, limit, word)


def _limits(paper: Paper) -> Iterator[_Limit]:
    """Upper limits of normal, of the markers for which the paper prints them."""
    text = paper.document.text
    for marker in paper.of(Marker):
        if marker.kind != "threshold" or marker.comparator in {">", ">="}:
            continue
        upper = marker.value_high if marker.value_high is not None else marker.value
        before = text[max(0, marker.start - 60) : marker.start]
        found = _REFERENCE.search(before)
        is_bounded = marker.value_high is not None or marker.comparator in {"<", "<="} or "upper" in before.lower()
        is_named = found is not None and bool(_NORMAL_LIMIT.search(found[0]))
        if upper is None or not is_bounded or not (is_named or _DIRECT.search(before)):
            continue
        if printed := paper.printed(marker, upper):
            yield _Limit(marker, upper, printed)


def _limit_of(paper: Paper, marker: Marker, limits: list[_Limit]) -> _Limit | None:
    """The limit that follows in the sentence, else the only one of the paper."""
    own = [each for each in limits if each.record.analyte == marker.analyte and _is_unit(each.record, marker)]
    near = [each for each in own if 0 < each.record.start - marker.end < _REACH]
    if near:
        return near[0]
    return own[0] if len({each.upper for each in own}) == 1 else None


def _is_unit(limit: Marker, marker: Marker) -> bool:
    return limit.unit == marker.unit or limit.unit is None


def _word(paper: Paper, marker: Marker) -> str | None:
    """What the words between the sentence's start, or the number before, and this value call it; None if unsure."""
    sentence = paper.sentence_of(marker)
    if sentence is None:
        return None
    start, _ = paper.analysis.view.to_source(sentence.start, sentence.end)
    window = paper.document.text[max(start, marker.start - _REACH) : marker.start]
    before = re.split(r"[;]|\d[^A-Za-z]*[,)]", window)[-1]
    if _CHANGES.search(before):
        return None
    is_high, is_normal = _is_said(_HIGH, before), _is_said(_NORMAL, before)
    if is_high == is_normal:
        return None
    return "elevated" if is_high else "normal"


def _is_said(word: re.Pattern[str], before: str) -> bool:
    """Whether a word is said of the marker: after its name, or right before it."""
    return any(
        _NAME.search(before, 0, match.start()) or _NAME.search(match[0]) or _NAME_NEXT.match(before, match.end())
        for match in word.finditer(before)
    )


def _of_usual_limit(paper: Paper, marker: Marker, usual: float) -> Finding:
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning",
        message=f"{marker.analyte} is called normal at {marker.text}; no limit in use is above {usual:g}.",
        stated=f"normal: {marker.text}",
        expected=f"at most {usual:g} {marker.unit}",
        spans=(paper.span_of(marker),),
        computed=f"{marker.value:g} > {usual:g}",
        records=(marker.id,),
    )


def _finding(paper: Paper, marker: Marker, limit: _Limit, word: str) -> Finding:
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="warning",
        message=f"{marker.analyte} is called {word} at {marker.text}, with {limit.upper:g} as the stated upper limit.",
        stated=f"{word}: {marker.text}",
        expected=f"{'at most' if word == 'normal' else 'above'} {limit.upper:g}",
        spans=(paper.span_of(marker), paper.span_of(limit.record)),
        computed=f"{marker.value:g} {'>' if word == 'normal' else '<'} {limit.upper:g}",
        records=(marker.id, limit.record.id),
    )
