"""What a record says, as lines for people: the fields that hold something, by their names in the contract."""

from __future__ import annotations

from hcclit.records import RecordBase, RecordType

LETTERS: dict[RecordType, str] = {"dose": "D", "marker": "M", "date": "T", "response": "R", "statistic": "S"}
"""What tells types apart for those who see no colours; T is for time."""

_PLACE = frozenset({"doc_id", "type", "start", "end", "text", "id", "page", "bbox", "xpath"})
"""Where a record stands; a page shows it there."""
_LAST = ("subject", "patient_id", "when", "elapsed", "section", "codes", "confidence")
"""What every record may have, after what its type has."""


def fields_of(record: RecordBase) -> dict[str, str]:
    """The normalized fields of a record that are not null: those of its type first, then whom and when it is about."""
    held = record.model_dump(mode="json", exclude_none=True)
    own = [name for name in held if name not in _PLACE and name not in _LAST]
    names = [*own, *(name for name in _LAST if name in held)]
    return {name: shown for name in names if (shown := _shown(held[name]))}


def summary_of(record: RecordBase) -> str:
    """A record's type and its fields, one a line."""
    return "\n".join([record.type, *(f"{name}: {value}" for name, value in fields_of(record).items())])


def _shown(value: object) -> str:
    """A value as it would be typed: numbers in full, codes as `system:code`."""
    if isinstance(value, float):
        return format(value, ".15g")  # no digit of a record is lost, and 800.0 is 800
    if isinstance(value, dict):
        return ", ".join(f"{system}:{code}" for system, code in sorted(value.items()))
    return str(value)
