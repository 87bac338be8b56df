"""What stands beside a number in brackets: confidence interval, range, interquartile range, standard deviation.

`[95% CI, 8.7-12.3]`, `(8.1 to 12.9; 95% CI)`, `(range, 3-18)`, `(IQR 14.0-31.5)`, `mean (SD) ... 14.2 (3.1)`, and
pairs without a label, which take the label of the last labelled pair of their measure in the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.scene import Figure, Scene, mark
from hcclit.quantity import parse_number

Kind = Literal["ci", "range", "iqr", "sd", "unlabelled"]

_NUMBER = r"[-+]?\s?(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|\.\d+)"
_OPEN = any_of("open end")
_UNIT = r"(?:\s?(?:%|percent|per cent|months?|mo\b|weeks?|wk\b|days?|years?|yrs?\b))?"
_PAIR = (
    rf"(?P<low>{_OPEN}|{_NUMBER})\+?{_UNIT}\s*(?:-|to|and|,|;|~|\.\.|through)\s*(?:<|>)?(?P<high>{_OPEN}|{_NUMBER})\+?"
    rf"(?![\d.,]*\d|/){_UNIT}"
)
_LEVELLED = r"(?:(?P<level>\d{2}(?:\.\d+)?)\s?-?(?:%|percent|per cent)[\s,-]*)?"
_NAME = (
    r"(?:(?:[Tt]wo|[Oo]ne|2|1)-sided\s)?(?:[Rr]epeated\s|[Bb]ayesian\s|[Ee]xact\s|[Aa]djusted\s)?"
    r"(?:CIs?\b|C\.I\.|[Cc]onfidence (?:[Ii]nterval|[Ll]imit|[Bb]ound|[Rr]ange)s?|CrIs?\b|CL\b|HPD"
    r"|[Cc]redib(?:le|ility) (?:[Ii]nterval|[Rr]egion)s?|(?:[Bb]ayesian )?[Pp]robability [Ii]ntervals?|PIs?\b)"
    r"(?:\s?[(\[]\s?(?:CI|CrI|PI|C\.I\.)s?\s?[)\]])?(?P<of>\sfor\s(?:the\s)?(?:absolute\s)?differences?)?"
)
_SEPARATOR = r"[\s,:;=]*(?:of|from|was|is|between|ranged from|ranging from|ranging)?\s*"
_CI = re.compile(
    rf"(?P<ci>{_LEVELLED}{_NAME}(?:[\s,]*(?P<after>\d{{2}}(?:\.\d+)?)\s?%)?){_SEPARATOR}[\[(]?\s*(?:±\s?)?{_PAIR}"
)
_CI_AFTER = re.compile(
    rf"(?<![\d.]){_PAIR}\s*[;,]?\s*(?P<ci>{_LEVELLED}{_NAME.replace('?P<of>', '?:')})(?!\s*[:=,]?\s*\d)"
)
_IQR = (
    r"(?:(?:IQR|[Ii]nter-?quartile [Rr]anges?|[Qq]uartiles|Q1-Q3|Q1, Q3"
    r"|25th(?: percentile)?(?:-| to | and )75th percentiles?)(?:\s?[\[(]IQRs?[\])])?)"
)
_RANGE_WORD = r"(?:[Tt]otal |[Ff]ull )?\b[Rr]ang(?:e|es|ed|ing)\b"
_RANGE = re.compile(rf"(?P<name>{_IQR}|{_RANGE_WORD}){_SEPARATOR}(?:months |years |weeks |days )?[\[(]?\s*{_PAIR}")
_SD = re.compile(
    r"(?P<name>\bSD|\bs\.d\.|[Ss]tandard [Dd]eviation(?: [\[(]SD[\])])?)[\s,:=]*±?\s*"
    rf"(?P<low>{_NUMBER})(?!\s?%?\s?(?:-|to)\s?\d)"
)
_UNLABELLED = re.compile(rf"[(\[]\s*{_PAIR}\s*(?=[)\];,])")
_COMMA = re.compile(rf"[,;]\s*(?P<pair>{_PAIR})(?=[\s;,)\]]|$)")
_RANGE_THEN_MEDIAN = re.compile(
    rf"[(\[]\s*(?:range:?\s*)?{_PAIR}\s*[,;]\s*(?:with (?:a )?)?(?:median|mean):?\s*(?:of\s)?(?=\d)"
)
_LABEL_AHEAD = re.compile(
    rf"[(\[](?:(?P<iqr>{_IQR})|[Rr]ange|[Mm]in(?:imum)?\s?[-,]\s?[Mm]ax(?:imum)?)[)\]][^.;()\[\]]*$"
)
_DATED = re.compile(r"\s\([A-Z][a-z]{2,8}\.?\s\d{1,2},?\s\d{4}\)")
_MEASURED = re.compile(r"\b(?:follow|surviv|PFS|OS|DFS|TTP|duration)")
_SD_AHEAD = re.compile(r"[(\[](?:±\s?)?(?:SD|s\.d\.|[Ss]tandard [Dd]eviation)[)\]]")
_ALONE = re.compile(rf"\s*[(\[](?:±\s?)?(?P<low>{_NUMBER}){_UNIT}[)\]]")
_GAP = 70
"""How far a labelled interval may stand from its number."""


@dataclass(slots=True)
class Interval:
    """An interval at a place, with the figure that it belongs to."""

    start: int
    end: int
    kind: Kind
    low: float | None
    high: float | None
    level: float | None = None
    owner: Figure | None = None
    of_difference: bool = False

    def fields(self) -> dict[str, object]:
        """The contract's fields for it."""
        if self.kind == "ci":
            return {"ci_low": self.low, "ci_high": self.high, "ci_level": self.level or 95.0}
        if self.kind == "sd":
            return {"sd": self.low}
        kind = "iqr" if self.kind == "iqr" else "range"
        return {"range_low": self.low, "range_high": self.high, "range_kind": kind}


def find_intervals(scene: Scene) -> list[Interval]:
    """Find the intervals of a sentence, mark their figures and say which figure each belongs to."""
    found: list[Interval] = []
    for interval in _labelled(scene):
        if not any(i.start < interval.end and interval.start < i.end for i in found):
            found.append(interval)
            mark((f for f in scene.between(interval.start, interval.end) if f.kind != "dose"), "interval")
    for interval in sorted(found, key=lambda i: i.start):
        interval.owner = None if interval.of_difference else _owner(scene, interval.start)
    found = [i for i in found if not _is_value(scene, i)]
    found += [
        i
        for i in (*_unlabelled(scene), *_deviations(scene))
        if not any(j.start < i.end and i.start < j.end for j in found)
    ]
    for interval in _before_median(scene):
        mark(scene.between(interval.start, interval.end), "interval")
        found.append(interval)
    scene.asides += [(i.start, i.end) for i in found]
    for interval in found:
        if interval.owner is not None:
            interval.owner.has_interval = True
    return sorted(found, key=lambda i: i.start)


def _is_value(scene: Scene, interval: Interval) -> bool:
    """`survival ranged from 2 to 41 months`: a range that belongs to no number is a value of its own."""
    if interval.kind != "range" or not re.match(r"rang(?:ed|ing)|ranges", scene.text[interval.start :]):
        return False
    if interval.owner is not None and interval.start - interval.owner.unit_end < 25:
        if not _MEASURED.search(scene.text, interval.owner.unit_end, interval.start):
            return False
        interval.owner = None
    for figure in scene.between(interval.start, interval.end):
        figure.role = None
    return True


def _labelled(scene: Scene) -> Iterator[Interval]:
    text = scene.text
    if re.search(r"C\.?I|CrI|CL\b|[Cc]onfidence|[Cc]redib|HPD|[Pp]robability", text):
        for match in (*_CI.finditer(text), *_CI_AFTER.finditer(text)):
            level = match["level"] or match.groupdict().get("after")
            low, high = _number(match["low"]), _number(match["high"])
            if low is not None or high is not None or _OPEN_ONLY.fullmatch(match["low"]):
                of_difference = match.groupdict().get("of") is not None
                yield Interval(
                    match.start(),
                    match.end(),
                    "ci",
                    low,
                    high,
                    float(level) if level else None,
                    of_difference=of_difference,
                )
    if re.search(r"[Rr]ang|IQR|[Qq]uartile|Q1|25th", text):
        for match in _RANGE.finditer(text):
            kind: Kind = "range" if re.match(_RANGE_WORD, match["name"]) else "iqr"
            yield Interval(match.start(), match.end(), kind, _number(match["low"]), _number(match["high"]))
    if re.search(r"\bSD\b|s\.d\.|[Ss]tandard [Dd]ev", text):
        for match in _SD.finditer(text):
            yield Interval(match.start(), match.end(), "sd", _number(match["low"]), None)


_OPEN_ONLY = re.compile(_OPEN)
_TO_PAIR = re.compile(r"\s*(?:of patients)?\s*")


def _number(written: str | None) -> float | None:
    if not written or not re.search(r"\d", written):
        return None
    plain = written.replace(" ", "").lstrip("+")
    return -parse_number(plain[1:]) if plain.startswith("-") else parse_number(plain)


def _owner(scene: Scene, place: int) -> Figure | None:
    """The nearest figure before a labelled interval, p-values and other intervals passed over."""
    for figure in reversed(scene.between(max(0, place - 250), place)):
        if figure.role in ("p", "interval", "level"):
            continue
        rate = _rate_of_count(scene, figure)
        if rate is not None:
            return rate
        gap = scene.skeleton(figure.unit_end, place)
        return figure if len(gap) <= _GAP and not re.search(r"(?<!vs)\.\s|;.*;", gap) else None
    return None


def _rate_of_count(scene: Scene, figure: Figure) -> Figure | None:
    """`37.5% (30 of 80; 95% CI, 26.9-49.0)`: the interval is that of the rate before the brackets."""
    bracket = scene.bracket_of(figure.start)
    if bracket is None or not figure.is_plain or figure.is_decimal:
        return None
    before = [f for f in scene.between(max(0, bracket[0] - 12), bracket[0]) if f.kind == "percent"]
    return before[-1] if before and not scene.text[before[-1].unit_end : bracket[0]].strip() else None


def _unlabelled(scene: Scene) -> Iterator[Interval]:
    """Pairs right after a number, in brackets or (after a ratio) behind a comma."""
    for figure in scene.figures:
        if figure.role in ("p", "interval") or figure.kind == "dose" or figure.high is not None:
            continue
        at = _TO_PAIR.match(scene.text, figure.unit_end)
        match = _UNLABELLED.match(scene.text, at.end() if at else figure.unit_end) or _comma_pair(scene, figure)
        if match is None:
            continue
        low, high = _number(match["low"]), _number(match["high"])
        if low is None or (high is not None and not low <= figure.value <= high) or not _fits(low, high):
            continue
        mark(scene.between(match.start(), match.end()), "interval")
        yield Interval(match.start(), match.end(), _named_ahead(scene, figure), low, high, owner=figure)


def _named_ahead(scene: Scene, figure: Figure) -> Kind:
    """`median [IQR] follow-up, 5 [3-8] months`: the label stands before the number, in brackets of its own."""
    found = _LABEL_AHEAD.search(_DATED.sub("", scene.before(figure.left, 110)))
    if found is None:
        return "unlabelled"
    return "iqr" if found["iqr"] else "range"


def _deviations(scene: Scene) -> Iterator[Interval]:
    """`mean (SD) survival was 14.2 (3.1) months`: a number in brackets of its own, by the label ahead."""
    labels = [m for m in _SD_AHEAD.finditer(scene.text) if re.search(r"\b[Mm]eans?\s$", scene.before(m.start(), 7))]
    scene.asides += [m.span() for m in labels]  # "SD" is no stable disease here
    for figure in scene.figures:
        match = _ALONE.match(scene.text, figure.unit_end)
        if figure.role is not None or match is None or not any(m.end() <= figure.left for m in labels):
            continue
        mark(scene.between(match.start(), match.end()), "interval")
        yield Interval(match.start("low"), match.end("low"), "sd", _number(match["low"]), None, owner=figure)


def _before_median(scene: Scene) -> Iterator[Interval]:
    """`(3-43 months, median: 9 months)`: a range that stands before its own median."""
    for match in _RANGE_THEN_MEDIAN.finditer(scene.text):
        owner = scene.figure_at(match.end())
        if owner is not None:
            yield Interval(
                match.start("low"),
                match.end("high"),
                "range",
                _number(match["low"]),
                _number(match["high"]),
                owner=owner,
            )


def _comma_pair(scene: Scene, figure: Figure) -> re.Match[str] | None:
    """`HR 0.71, 0.54-0.94`, `(29%; 18-41)`: only after a bare decimal or a percentage."""
    if figure.kind != "percent" and not (figure.is_decimal and (figure.is_plain or figure.kind == "time")):
        return None
    return _COMMA.match(scene.text, figure.unit_end)


def _fits(low: float, high: float | None) -> bool:
    return high is None or low < high
