"""What two records must agree in: the lines that are scored, fields per level, and when values are equal.

Everything here is the section 'How a prediction is scored against gold' of `docs/RECORDS.md`, written as data
and small functions.
"""

from __future__ import annotations

import math
import re
from typing import Literal, get_args

from hcclit.records import RECORD_TYPES, Record, RecordType, Statistic

Level = Literal["span", "core", "full"]
Line = Literal["dose", "marker", "date", "response", "statistic", "micro", "extended"]

LEVELS: tuple[Level, ...] = get_args(Level)
LINES: tuple[Line, ...] = get_args(Line)
"""All lines in the order in which they are printed. `statistic` holds the core endpoints only, `micro` sums
the five types, `extended` holds the extended endpoints and is part of no sum."""
MICRO_LINES: tuple[Line, ...] = RECORD_TYPES

CORE_FIELDS: dict[RecordType, tuple[str, ...]] = {
    "dose": ("drug", "amount", "amount_high", "unit", "per_day"),
    "marker": ("analyte", "value", "value_high", "comparator", "unit", "kind"),
    "date": ("value",),
    "response": ("category", "assertion"),
    "statistic": ("endpoint", "measure", "value", "unit"),
}
"""Fields in which a `core` match is equal."""
FULL_FIELDS: dict[RecordType, tuple[str, ...]] = {
    "dose": ("action", "subject"),
    "marker": ("subject", "patient_id", "interpretation", "sd"),
    "date": ("bound",),
    "response": ("subject", "patient_id", "criteria"),
    "statistic": (
        "at", "ci_low", "ci_high", "ci_level", "range_low", "range_high", "range_kind", "sd",
        "p", "p_op", "n", "total", "subject",
    ),
}  # fmt: skip
"""Fields in which a `full` match is equal besides those of `core`."""
GROUP_FIELDS = ("group", "comparator_group", "factor", "study")
TIME_FIELDS = ("when", "elapsed")

_NULL_COUNTS_AS = {"comparator": "=", "range_kind": "range"}
_RATIOS = ("HR", "OR", "RR")
# Signs of comparison are words too: without them "AFP < 400" and "AFP ≥ 400" would be one group.
_WORD = re.compile(r"\w+|[<>≤≥=+]")


def line_of(record: Record) -> Line:
    """Give the line in which a record is scored: its type, or `extended`.

    Extended are `AE:*` and `baseline:*` whatever their measure, and `other` unless it is a HR, OR or RR.
    """
    if not isinstance(record, Statistic):
        return record.type
    plain_other = record.endpoint == "other" and record.measure not in _RATIOS
    return "extended" if plain_other or record.endpoint.startswith(("AE:", "baseline:")) else "statistic"


def equal(gold: object, predicted: object) -> bool:
    """Compare two values of a field: numbers within 1e-9 relative, all else exactly; null is null."""
    if isinstance(gold, int | float) and isinstance(predicted, int | float):
        return math.isclose(gold, predicted, rel_tol=1e-9)
    return gold == predicted


def wrong_fields(gold: Record, predicted: Record, fields: tuple[str, ...]) -> tuple[str, ...]:
    """List those of the fields in which two records of one type differ.

    A null `comparator` counts as `=`, a null `range_kind` as `range`.
    """
    return tuple(name for name in fields if not equal(_value(gold, name), _value(predicted, name)))


def reached(gold: Record, predicted: Record) -> Level:
    """Give the highest level at which two overlapping records of one type match."""
    if wrong_fields(gold, predicted, CORE_FIELDS[gold.type]):
        return "span"
    return "core" if wrong_fields(gold, predicted, FULL_FIELDS[gold.type]) else "full"


def wrong_times(gold: Record, predicted: Record) -> tuple[str, ...] | None:
    """List which of `when` and `elapsed` the gold states and the prediction does not give equally.

    None if the gold states neither, so that the pair has no place in the line `when`. What only the
    prediction states is not looked at: the line is a share of gold.
    """
    stated = [name for name in TIME_FIELDS if getattr(gold, name) is not None]
    return wrong_fields(gold, predicted, tuple(stated)) if stated else None


def wrong_groups(gold: Record, predicted: Record) -> tuple[str, ...] | None:
    """List which of the `GROUP_FIELDS` the gold states and the prediction does not name.

    None if the gold is no statistic or states none, so that the pair has no place in the line `group`.
    """
    stated = [name for name in GROUP_FIELDS if getattr(gold, name, None) is not None]
    if not stated:
        return None
    return tuple(name for name in stated if not names(getattr(gold, name), getattr(predicted, name)))


def names(gold: str, predicted: str | None) -> bool:
    """Say whether the case-folded words of two names have a Jaccard overlap of at least 0.5."""
    if predicted is None:
        return False
    left, right = (set(_WORD.findall(name.casefold())) for name in (gold, predicted))
    if not left | right:
        return gold == predicted
    return 2 * len(left & right) >= len(left | right)


def _value(record: Record, name: str) -> object:
    value = getattr(record, name)
    return _NULL_COUNTS_AS.get(name) if value is None else value
