"""The data dictionary: every column of every table, with its values and its meaning, made from the models.

Meanings and units stand with the fields of `hcclit.records` and `hcclit.exchange.effects`, and nowhere else.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from pydantic import BaseModel

from hcclit.exchange.effects import Effect
from hcclit.export import DATE_COLUMN
from hcclit.records import DURATION, ENDPOINT, MODELS, PARTIAL_DATE, RecordBase

EVERY, EFFECTS = "every record", "effects"

_WRITTEN = {
    PARTIAL_DATE: "date: YYYY, YYYY-MM or YYYY-MM-DD",
    DURATION: "ISO 8601 duration, such as P5W or P1Y6M",
    ENDPOINT: ", ".join(ENDPOINT.strip("^$()").split("|")).replace(":.+", ":…"),
}
_JOINED = {"codes": "system:code, joined by ;", "bbox": "x0 top x1 bottom, joined by ;"}
"""How fields that hold several values are written in a table."""
_TYPES = {"number": "number", "integer": "whole number", "string": "text"}

INTRODUCTION = """\
# Data dictionary

The columns of what `hcclit export` and `hcclit extract --format csv` write. `hcclit dictionary` makes this page from
the models. [RECORDS.md](RECORDS.md) has the rules by which they are filled, [exports.md](exports.md) says how to load
them.

CSV and Parquet have one table with the columns of all types, in Excel each type has a sheet. An empty cell is null: not
stated, or no field of the type. A date's value stands in the column `date`, so that `value` is always a number.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the table that has it (a type of record, `every record` or `effects`), and what stands in it."""

    table: str
    column: str
    values: str
    empty: bool
    """Whether it may be empty where the table has it."""
    meaning: str


def data_dictionary() -> list[Column]:
    """All columns, in the order of the tables."""
    every = [_column(EVERY, name, spec) for name, spec in _fields(RecordBase)]
    own = [
        _column(kind, DATE_COLUMN if (kind, name) == ("date", "value") else name, spec)
        for kind, model in MODELS.items()
        for name, spec in _fields(model)
        if name not in RecordBase.model_fields and name != "id"
    ]
    return [*every, *own, *(_column(EFFECTS, name, spec) for name, spec in _fields(Effect))]


def to_markdown() -> str:
    """The dictionary as `docs/dictionary.md` has it."""
    lines = [INTRODUCTION]
    columns = data_dictionary()
    for table in dict.fromkeys(column.table for column in columns):
        lines += [f"## {table}", "", "| column | values | meaning |", "| --- | --- | --- |"]
        for column in (column for column in columns if column.table == table):
            values = column.values + ("" if column.empty else "; never empty")
            lines.append(f"| `{column.column}` | {_cell(values)} | {_cell(column.meaning)} |")
        lines.append("")
    return "\n".join(lines)


def to_csv() -> str:
    """The dictionary as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Column)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(column) for column in data_dictionary())
    return out.getvalue()


def to_json() -> str:
    """The dictionary as a JSON array."""
    return json.dumps([asdict(column) for column in data_dictionary()], ensure_ascii=False, indent=1) + "\n"


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each field's name and JSON Schema."""
    schema = model.model_json_schema(mode="serialization")
    yield from schema["properties"].items()


def _column(table: str, name: str, spec: Mapping[str, Any]) -> Column:
    forms = spec.get("anyOf", [spec])
    stated = next(form for form in forms if form.get("type") != "null")
    empty = any(form.get("type") == "null" for form in forms) or name in _JOINED
    return Column(table, name, _JOINED.get(name) or _values(stated), empty, " ".join(spec["description"].split()))


def _values(form: Mapping[str, Any]) -> str:
    if "const" in form or "enum" in form:
        return ", ".join(form.get("enum") or [form["const"]])
    return _WRITTEN.get(form.get("pattern", ""), _TYPES[form["type"]])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
