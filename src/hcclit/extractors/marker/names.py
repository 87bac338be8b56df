"""Where a sentence names serum markers, and where other analytes to which a number may belong instead.

The markers' names are those of the vocabulary, found in the text itself and not by tokens, since papers print
`AFP>400ng/mL`. A short form that the paper defines as something else (`AFP (antifungal prophylaxis)`) is no
marker's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

from hcclit.alternatives import one_of
from hcclit.language import Analysis, Sentence
from hcclit.records import Analyte
from hcclit.vocabulary import rows

CONTRACT: tuple[Analyte, ...] = get_args(Analyte)


@dataclass(frozen=True, slots=True)
class Name:
    """An analyte named at a place. `analyte` is None for those that the contract does not list.

    `takes_marker_units` is False for analytes that are never given in the markers' units (platelets).
    """

    start: int
    end: int
    analyte: Analyte | None
    takes_marker_units: bool = True


# what a name is part of: then no serum level is meant, and a number after it is not the marker's
_COMPOUND = re.compile(
    r"\s?-?\s?(?:producing|secreting|expressing|positive\s(?!\()|specific|induced|related|GC\b|HCC\b|NEC\b)"
    r"|-(?:positive|negative|normal|elevated|high|low)\b"
    r"|(?:'s)?\s(?:doubling|half-li|mRNA|gene|stain|immuno(?!assay)|promoter|vaccin|antibod|peptide"
    r"|respon|ratio|velocity|slope|score"
    r"|model|clearance|kinetics|producer|reduction rate|response|assay|test\b|testing|protocol|strain"
    r"|trial|criteri|measurements? (?:was|were) (?:not|performed))",
    re.IGNORECASE,
)
_ANTI = re.compile(r"(?:\banti[- ]|\bnon-|GPC3/|mRNA of )$", re.IGNORECASE)
_BRACKET = re.compile(r"\s?[(\[]\s?")


def names_in(analysis: Analysis, sentence: Sentence) -> list[Name]:
    """The analytes that a sentence names, in order; a name with its short form in brackets is one."""
    found = list(_matched(sentence.text, _excluded(analysis)))
    spans = [(n.start, n.end) for n in found]
    for entity in analysis.entities_in(sentence.start, sentence.end, "MARKER"):
        start, end = entity.start - sentence.start, entity.end - sentence.start
        known = next((a for a in CONTRACT if a == entity.name), None)
        if known and entity.text not in _excluded(analysis) and not any(s < end and start < e for s, e in spans):
            found.append(Name(start, end, known))
    named = [_in_compound(sentence.text, name) for name in sorted(found, key=lambda n: n.start)]
    return _with_short_forms(sentence.text, named)


def names_a_marker(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence names a marker of the contract at all; cheaper than finding every analyte."""
    if _marker_pattern().search(sentence.text):
        return True
    return bool(analysis.entities_in(sentence.start, sentence.end, "MARKER"))


def _matched(text: str, excluded: frozenset[str]) -> Iterator[Name]:
    for match in _pattern().finditer(text):
        # letters of other scripts that case folding makes equal ("ſ") are not in the table
        analyte, takes = _known().get(match.group().lower(), (None, True))
        if analyte is None or match.group() not in excluded:
            yield Name(match.start(), match.end(), analyte, takes)


@cache
def _known() -> dict[str, tuple[Analyte | None, bool]]:
    """Names in small letters, with their marker and whether the markers' units are theirs."""
    known: dict[str, tuple[Analyte | None, bool]] = {}
    for row in rows("analytes"):
        known.update((written, (None, row["marker_units"] == "yes")) for written in _written(row))
    for row in rows("markers"):
        analyte = next((a for a in CONTRACT if a == row["name"]), None)
        known.update((written, (analyte, True)) for written in _written(row))
    return known


@cache
def _pattern() -> re.Pattern[str]:
    return _any_of(_known())


@cache
def _marker_pattern() -> re.Pattern[str]:
    return _any_of(written for written, (analyte, _) in _known().items() if analyte)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9µ]){one_of(words)}(?![A-Za-z0-9])")


def _written(row: dict[str, str]) -> list[str]:
    words = (row["name"], *filter(None, row["synonyms"].split("|")))
    return [word.rstrip("?").replace("–", "-").lower() for word in words]


def _in_compound(text: str, name: Name) -> Name:
    """A marker's name within a compound counts as another analyte: `AFP-producing`, `AFP mRNA`."""
    if name.analyte and (_COMPOUND.match(text, name.end) or _ANTI.search(text[max(0, name.start - 8) : name.start])):
        return replace(name, analyte=None)
    return name


def _with_short_forms(text: str, names: list[Name]) -> list[Name]:
    """`alpha-fetoprotein (AFP)` is one name, up to the closing bracket."""
    out: list[Name] = []
    for name in names:
        last = out[-1] if out else None
        if last and last.analyte == name.analyte and _BRACKET.fullmatch(text[last.end : name.start]):
            closing = re.match(r"\s?[)\]]", text[name.end : name.end + 2])
            out[-1] = replace(last, end=name.end + (closing.end() if closing else 0))
        elif last and name.start < last.end:
            continue
        else:
            out.append(name)
    return out


def _excluded(analysis: Analysis) -> frozenset[str]:
    """Short forms that this paper defines as something else than a marker."""
    if "marker_excluded" not in analysis.cache:
        shorts = {w.upper() for w, (analyte, _) in _known().items() if analyte and len(w) <= 6}
        analysis.cache["marker_excluded"] = frozenset(
            s for s in shorts if s in analysis.text and _means_other(analysis, s)
        )
    excluded: frozenset[str] = analysis.cache["marker_excluded"]
    return excluded


def _means_other(analysis: Analysis, short: str) -> bool:
    """Whether the paper gives the short form a long form, and none that belongs to a marker."""
    letters = re.escape(short)
    initials = r"[\s-]{1,2}".join(rf"{re.escape(c)}\w{{0,30}}(?:\s(?:of|and|the|in))?" for c in short if c.isalpha())
    defined = re.findall(rf"(?i:\b({initials}))\s?[(\[]{letters}[)\];,]", analysis.text)
    defined += re.findall(rf"\b{letters}\s?(?:[(\[=:]|,\s)\s?(?i:({initials}))", analysis.text)
    if short in analysis.abbreviations:
        defined.append(analysis.abbreviations[short])
    fragments = [row["fragment"] for row in rows("marker_hints")]
    return bool(defined) and not any(f in long.lower() for long in defined for f in fragments)
