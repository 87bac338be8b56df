"""What an extractor returns: a typed mention at a place, before linking has said whom and when it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hcclit.document import Cell, Table
from hcclit.records import RecordType


@dataclass(slots=True)
class Mention:
    """A record in the making. `fields` holds contract fields by name.

    `start` and `end` are offsets into the view's text, or, where `cell` is set, into the document's text.
    """

    type: RecordType
    start: int
    end: int
    fields: dict[str, Any] = field(default_factory=dict)
    cell: Cell | None = None
    table: Table | None = None
