"""Reference ranges and spreads in brackets behind a value: `27.5 U/mL (≤37)`, `312 ng/mL (range 2-61,300)`.

They belong to the value's marker, in its unit where they have none, and may stand between it and the next value
of a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hcclit.extractors.marker.values import Value

_WORD = (
    r"(?:normal|reference|ref|NR|RR|ULN|nl|norm|n\.v\.?|nv|N|laboratory|upper|lower|limits?|ranges?|values?"
    r"|levels?|intervals?|cut-?off"
    r"|IQR|interquartile|inter-quartile|of|is|was|the|with|a|an|at|for|from|to|up|being)"
)
_LEAD = re.compile(rf"\s?[,;]?\s?[(\[]?(?:[\s:=,;.-]|\b{_WORD}\b)*", re.IGNORECASE)
_SAYS = re.compile(
    r"[(\[]|\b(?:normal|reference|ref|NR|RR|cut-?off|ULN|upper\slimit|norm|nl|N|range|IQR|interquartile)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:normal|reference|ref|NR|RR|cut-?off|ULN|upper\slimit|norm|nl|N|range|IQR)\b", re.IGNORECASE)
# `44.5 ng/mL in the first group (range, 0-2080)`
_LATER = re.compile(
    r"[^.;()\d]{0,60}[(\[]\s?(?:total\s|full\s)?(?:range|IQR|interquartile\srange"
    r"|inter-quartile\srange|normal)[\s:,=;]{0,3}",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"\s?[)\]]{1,2}")


def with_bounds(text: str, values: Sequence[Value]) -> list[Value]:
    """The values of a sentence, those in brackets behind another one moved into its `bounds`."""
    out: list[Value] = []
    for value in values:
        if out and _is_bound(text, out[-1], value):
            unit = value.unit or out[-1].unit
            out[-1] = replace(out[-1], bounds=(*out[-1].bounds, replace(value, unit=unit)))
        else:
            out.append(value)
    return out


def end_behind(text: str, value: Value) -> int:
    """Where a value ends with its bounds, and the bracket that closes them."""
    if not value.bounds:
        return value.end
    end = value.bounds[-1].end
    closing = _CLOSES.match(text, end)
    return closing.end() if closing else end


def _is_bound(text: str, main: Value, value: Value) -> bool:
    if value.other or main.other or (value.unit is not None and value.unit != main.unit):
        return False
    gap = text[end_behind(text, main) : value.start]
    if value.unit is None and _LATER.fullmatch(gap):
        return True
    if not (_LEAD.fullmatch(gap) and _SAYS.search(gap)):
        return False
    return value.comparator != "=" or value.high is not None or bool(_NAMED.search(gap))
