"""Records as files: JSONL and JSON as the contract has them, CSV and Parquet with one column per field."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hcclit.records import MODELS, Date, Record, RecordBase, RecordType, from_dict

if TYPE_CHECKING:
    import pandas as pd

Format = Literal["jsonl", "json", "csv", "table"]
DATE_COLUMN = "date"
WHOLE_NUMBERS = ("start", "end", "n", "total", "page")


def columns() -> list[str]:
    """All fields of all record types: those that every record has first, then by type, each once.

    A date's `value` is no number and gets a column of its own, so that `value` stays one.
    """
    names = [*RecordBase.model_fields, *(name for model in MODELS.values() for name in model.model_fields)]
    return list(dict.fromkeys(["id", *names, DATE_COLUMN]))


def columns_of(kind: RecordType) -> list[str]:
    """The columns that a type of record fills, in the order of `columns`."""
    own = {*MODELS[kind].model_fields, "id"}
    if kind == "date":
        own = own - {"value"} | {DATE_COLUMN}
    return [name for name in columns() if name in own]


def to_jsonl(records: Iterable[Record]) -> str:
    """One JSON object a line, every field written."""
    return "".join(f"{record.model_dump_json()}\n" for record in records)


def to_json(records: Sequence[Record]) -> str:
    """A JSON array."""
    return json.dumps([record.model_dump(mode="json") for record in records], ensure_ascii=False, indent=1) + "\n"


def to_csv(records: Iterable[Record]) -> str:
    """CSV with a head; fields that a type does not have are empty; codes as `system:code`, joined by `;`."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns(), restval="", lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerow(to_row(record))
    return out.getvalue()


def to_frame(records: Iterable[Record]) -> pd.DataFrame:
    """A pandas frame with the columns of `columns`, numbers as numbers, missing values as such."""
    import pandas as pd  # noqa: PLC0415  # half a second that one-off JSON output need not pay

    frame = pd.DataFrame([to_row(record) for record in records], columns=columns())
    numbers = [name for name in frame.columns if name in number_columns()]
    frame[numbers] = frame[numbers].apply(pd.to_numeric)
    texts = [name for name in frame.columns if name not in numbers]
    frame[texts] = frame[texts].astype("string")
    return frame.astype(dict.fromkeys(WHOLE_NUMBERS, "Int64"))


def to_parquet(records: Iterable[Record], path: Path) -> None:
    """Write a Parquet file with the columns of `to_frame`."""
    to_frame(records).to_parquet(path, index=False)


def to_row(record: Record) -> dict[str, object]:
    """A record as plain values by column; codes are joined as text."""
    row = record.model_dump(mode="json")
    row["codes"] = ";".join(f"{system}:{code}" for system, code in sorted(record.codes.items()))
    row["bbox"] = ";".join(" ".join(f"{edge:g}" for edge in box) for box in record.bbox or ()) or None
    if isinstance(record, Date):
        row[DATE_COLUMN] = row.pop("value")
    return row


def from_row(row: Mapping[str, Any]) -> Record:
    """The record of a row as `to_row` makes it; columns beyond the record's are passed over.

    Raises:
        pydantic.ValidationError: the row is no record.
    """
    fields = {name: row.get(name) for name in MODELS[row["type"]].model_fields}
    if fields["type"] == "date":
        fields["value"] = row[DATE_COLUMN]
    fields["codes"] = dict(code.split(":", 1) for code in (row["codes"] or "").split(";") if code)
    boxes = [tuple(float(edge) for edge in box.split()) for box in (row["bbox"] or "").split(";") if box]
    return from_dict(fields | {"bbox": boxes or None})


def number_columns() -> set[str]:
    """The columns that hold numbers."""
    models = [model for model in MODELS.values() if model is not Date]
    return {
        name
        for model in models
        for name, info in model.model_fields.items()
        if {int, float} & {info.annotation, *get_args(info.annotation)}
    }


def to_table(records: Iterable[Record]) -> str:
    """A table for reading: place, type, text and what the record says; fields that hold nothing are left out."""
    table = Table(box=None, pad_edge=False)
    for name in ("paper", "place", "type", "text", "says"):
        table.add_column(name, overflow="fold")
    for record in records:
        said = (f"{k}={v:g}" if isinstance(v, float) else f"{k}={v}" for k, v in _said(record).items())
        place, text = f"{record.start}-{record.end}", " ".join(record.text.split())
        table.add_row(*map(escape, (record.doc_id, place, record.type, text, " ".join(said))))
    out = io.StringIO()
    Console(file=out, width=shutil.get_terminal_size((160, 24)).columns).print(table)
    return out.getvalue()


def _said(record: Record) -> dict[str, object]:
    place = {"doc_id", "type", "start", "end", "text", "section", "codes", "id", "origin", "bbox", "xpath"}
    return record.model_dump(mode="json", exclude=place, exclude_none=True)
