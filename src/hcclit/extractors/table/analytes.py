"""Which serum marker a row or a column is of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import get_args

from hcclit.extractors.table.axes import Axis
from hcclit.extractors.table.heads import Head, tidy
from hcclit.extractors.table.words import words
from hcclit.language import matcher
from hcclit.quantity import scan
from hcclit.records import Analyte, MarkerUnit

_CONTRACT = get_args(Analyte)
_UNITS = get_args(MarkerUnit)
_UNIT = re.compile(r"\S*(?:/\s?(?:m|d)?[lL]\b)")
_JOINS = re.compile(r"\b(?:vs?|versus|or|and|to|n)\b\.?|[\d.,:;()\[\]/%<>≤≥=~±+*†‡-]", re.IGNORECASE)
_BOUND = re.compile(r"[<>≤≥≦≧]")


def analyte_in(axis: Axis) -> Analyte | None:
    """The marker whose level the heads of a row or a column name, the innermost first."""
    for head in reversed(axis.heads):
        found = analyte_of(head.text)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=4096)
def analyte_of(head: str) -> Analyte | None:
    """The marker whose level a head names: `AFP (ng/mL)`, `AFP >400 ng/mL`; not `AFP response`, not `AFP and CEA`."""
    found = [e for e in matcher()(head, {}) if e.label == "MARKER" and e.name in _CONTRACT]
    names = {e.name for e in found}
    if len(names) != 1 or any(e.ambiguous and e.text not in ("DCP", "PIVKA") for e in found):
        return None
    rest = without_names(head)
    for quantity in reversed(scan(rest)):
        rest = f"{rest[: quantity.start]} {rest[quantity.end :]}"
    rest = words("level").sub(" ", _UNIT.sub(" ", rest))
    return names.pop() if not tidy(_JOINS.sub(" ", rest)) else None  # type: ignore[return-value]  # of the contract's


def is_bound(label: str) -> bool:
    """Whether a label has the sign of a bound."""
    return bool(_BOUND.search(label))


def without_names(text: str) -> str:
    """A head with blanks in place of the markers that it names, whose digits are no numbers (`CA 19-9`)."""
    for entity in matcher()(text, {}):
        if entity.label == "MARKER":
            text = text[: entity.start] + " " * (entity.end - entity.start) + text[entity.end :]
    return text


def marker_unit(*heads: Head) -> str | None:
    """The first unit that a marker may have among heads; the percentage of AFP-L3 is one."""
    for head in heads:
        if head.unit is not None and head.unit.code in _UNITS:
            return head.unit.code
    return "%" if any("percent" in head.forms for head in heads) else None
