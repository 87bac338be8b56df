"""Which sentences the model has to read: those with an amount beside which no name of the vocabulary stands.

Most sentences hold no amount, and most amounts stand beside a drug that the vocabulary knows; so the model costs
little of the time that it would take for a whole paper.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from hcclit.entities import Entity
from hcclit.quantity import Quantity
from hcclit.vocabulary import rows

LONGEST = 2_000
"""Characters of what is still a sentence; lists without a full stop and tables read as text are longer."""
_REACH = 60
_NO_DOSE = frozenset({"kg", "mg/mL", "L"})
_WORD = re.compile(r"[A-Za-z][\w.'-]*")

Span = tuple[int, int]


def unexplained(
    text: str, sentences: Sequence[Span], quantities: Sequence[Quantity], known: Sequence[Entity]
) -> list[int]:
    """Which sentences hold an amount that no drug of the vocabulary stands beside, in order.

    Args:
        text: the view's text.
        sentences: spans in order.
        quantities: of the text, in order of place.
        known: the vocabulary's entities, in order of place.
    """
    drugs = [e for e in known if e.label == "DRUG" and not e.ambiguous]
    starts, ends, begins = [e.start for e in drugs], [e.end for e in drugs], [start for start, _ in sentences]
    found: set[int] = set()
    for quantity in quantities:
        if not _may_be_dose(quantity):
            continue
        index = bisect_right(begins, quantity.start) - 1
        if index < 0 or index in found or not _is_readable(sentences[index]):
            continue
        before = bisect_right(ends, quantity.start) - 1
        after = bisect_left(starts, quantity.end)
        is_left = before >= 0 and _is_beside(text, ends[before], quantity.start)
        is_right = after < len(drugs) and _is_beside(text, quantity.end, starts[after])
        if not (is_left or is_right):
            found.add(index)
    return sorted(found)


def readable(sentences: Sequence[Span]) -> list[int]:
    """Which sentences a model can read at all."""
    return [index for index, span in enumerate(sentences) if _is_readable(span)]


def _is_readable(span: Span) -> bool:
    return span[1] - span[0] <= LONGEST


def _may_be_dose(quantity: Quantity) -> bool:
    unit = quantity.unit
    return unit is not None and unit.kind == "dose" and unit.code not in _NO_DOSE


def _is_beside(text: str, start: int, end: int) -> bool:
    """Whether nothing but words of dosing stands between a name and an amount."""
    return end - start <= _REACH and all(w.rstrip(".") in _dose_words() for w in _WORD.findall(text[start:end].lower()))


@cache
def _dose_words() -> frozenset[str]:
    return frozenset(row["written"].rstrip(".") for row in rows("dose_words"))
