"""What a head says: its name, and beside it unit, form (`n (%)`, `95% CI`), group size and grade.

`Tumor diameter (cm), median (range)` is the name `Tumor diameter` with unit cm, forms median and range. The forms
are kept in `vocabulary/table_forms.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from hcclit.quantity import Unit, unit_at
from hcclit.vocabulary import rows

RATIOS = ("HR", "OR", "RR")


@dataclass(frozen=True, slots=True)
class Head:
    """A head by its parts; `name` is what is left without them, `size` the patients of the group that it names."""

    text: str
    name: str
    forms: frozenset[str] = frozenset()
    unit: Unit | None = None
    size: int | None = None
    grade: str | None = None
    ci_level: float | None = None


_N = r"(?:\b[nN]|(?<=[a-z])(?<!mea)(?<!media)(?<!mi)(?<!io)n)"  # also in `Placebon = 40`, a lost line break
SIZE = re.compile(
    rf"(?:(?P<open>[(\[])|[,;])?\s?(?P<eq>{_N}\s?=\s?)?(?P<n>\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}})(?!\d)"
    r"(?(eq)(?:\s?patients)?|(?(open)\s(?:patients|pts\.?|cases|subjects)(?=[)\]])|(?!)))\s?[)\]]?"
)
_P = r"(?:p[\s-]{0,2}val(?:ue)?s?|p)"
P_HEAD = re.compile(
    r"(?:(?:log-?\s?rank|fisher(?:'s)?|exact|wilcoxon(?:'s)?|wald(?:'s)?|chi-?\s?square|χ2|unadjusted|adjusted|overall|two-sided|2-sided"
    rf"|univaria\w+|multivaria\w+|test|cox)\s?)*{_P}(?![\w/+]|-\w)\W{{0,3}}(?P<rest>.{{0,80}})",
    re.IGNORECASE,
)
_OTHER_P = re.compile(r"interaction|heterogen|trend|homogen", re.IGNORECASE)
_GRADE_WORD = r"(?:all|any)[\s-]?grades?|grades?:? ?(?:all|any)"
_LEVEL = r"(?:[1-5]|I{1,3}V?|IV|V)"
_GRADE = re.compile(
    rf"(?P<all>{_GRADE_WORD})|(?:\b(?:CTCAE |NCI-?CTC )?(?:grades?|gr\.?|G)\s?(?P<sign>[≥>]=?\s?)?(?P<low>{_LEVEL})"
    rf"(?:\s?(?:-|/|or|and|to|,|&|\+)\s?(?:grade )?(?P<high>{_LEVEL})"
    r"|(?P<plus>\+| or (?:higher|more|above|worse)))?(?![\w.]))",
    re.IGNORECASE,
)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_UNIT_PLACE = re.compile(
    r"[(\[,;]\s?|\b(?:in|,)\s(?=[a-zµ%])|(?<=[^\W\d])\s(?=(?:months?|mo|mos|weeks?|days?|years?|yrs?)\W*$)"
)
_UNKNOWN_UNIT = re.compile(
    r"\s?[(\[]\s?(?:[×x*]?\s?10\s?\^?\s?\d{1,2}\s?/\s?[^()\[\]]{1,6}|[^()\[\]]{0,14}(?:/\s?(?:d|m|µ|u|n|f)?[lL]|/mm\^?3|\bcm|\bmm|\bg|\bkg(?:/m\^?2)?|IU|\bU|mmHg"
    r"|10\^?\d)\s?)[)\]]"
)
_EMPTY_BRACKET = re.compile(r"[(\[][\s,;:/]*[)\]]")
_LONGEST = 300
_LEVELS = re.compile(r"(?P<level>9\d(?:\.\d)?|80)\s?%?")


@cache
def _forms() -> list[tuple[str, re.Pattern[str]]]:
    return [(row["form"], re.compile(row["pattern"], re.IGNORECASE)) for row in rows("table_forms")]


@lru_cache(maxsize=4096)
def parse_head(text: str) -> Head:
    """Read a head (cleaned); one that is too long for a head is a name as a whole."""
    text = text.strip().rstrip("*†‡§¶#∗ ")
    if len(text) > _LONGEST:
        return Head(text, text)
    size = SIZE.search(text)
    rest = SIZE.sub(" ", text) if size else text
    p = P_HEAD.fullmatch(rest.strip())
    if p:
        other = bool(_OTHER_P.search(rest))
        return Head(text, p["rest"].strip(" ()[]"), frozenset({"p_other" if other else "p"}))
    forms, rest, level = _take_forms(rest)
    grade, rest = _take_grade(rest)
    unit, rest = _take_unit(rest)
    return Head(
        text,
        tidy(rest),
        frozenset(forms),
        unit,
        int(size["n"].replace(",", "")) if size else None,
        grade,
        level,
    )


def _take_forms(text: str) -> tuple[set[str], str, float | None]:
    """The forms that a head names, and the head without them."""
    found: set[str] = set()
    level = None
    for form, pattern in _forms():
        match = pattern.search(text.strip())
        if match is None or (form == "percent" and found & {"count_percent", "percent_count"}):
            continue
        if form == "ci" and (stated := _LEVELS.search(match.group())):
            level = float(stated["level"])
        found.add(form)
        text = pattern.sub(" ", text.strip())
    return found, text, level


def _take_grade(text: str) -> tuple[str | None, str]:
    match = _GRADE.search(text)
    if match is None:
        return None, text
    rest = text[: match.start()] + " " + text[match.end() :]
    if match["all"]:
        return "all", rest
    low, high = _arabic(match["low"]), _arabic(match["high"])
    if match["sign"]:
        low = f"{'≥' if match['sign'].strip() != '>' else '>'}{low}"
    return low + (f"-{high}" if high else "") + ("+" if match["plus"] else ""), rest


def _arabic(level: str | None) -> str:
    return _ROMAN.get(level.upper(), level) if level else ""


def _take_unit(text: str) -> tuple[Unit | None, str]:
    """The unit in a head's brackets, after a comma or at its end."""
    for place in _UNIT_PLACE.finditer(text):
        unit = unit_at(text, place.end())
        if unit is not None and not text[place.end() : unit.start].strip() and _closes(text, unit.end):
            return unit, text[: place.start()] + " " + text[unit.end :].lstrip(" )]")
    return None, _UNKNOWN_UNIT.sub(" ", text)


def _closes(text: str, end: int) -> bool:
    return end >= len(text) or text[end] in ")],;: " or text[end : end + 2] == "/d"


def tidy(name: str) -> str:
    """A name without empty brackets and without signs at its ends."""
    name = re.sub(r"\s+", " ", _EMPTY_BRACKET.sub(" ", name)).strip(" ,;:*†‡§¶#-")
    for opening, closing in ("()", "[]"):
        if name.startswith(opening) and name.find(closing) == len(name) - 1:
            name = name[1:-1].strip()
        if name.count(opening) != name.count(closing):
            name = name.strip(opening + closing + " ")
    return re.sub(r"\s+([,;:)])", r"\1", name).strip(" ,;:")
