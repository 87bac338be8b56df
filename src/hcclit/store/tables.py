"""The tables' columns, and rows as Arrow tables; a file of a table is Parquet, written whole before it counts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hcclit import export
from hcclit.checks.model import Finding
from hcclit.outcomes import Failure, Outcome
from hcclit.records import Record
from hcclit.store.catalog import Table, sync_folder

DOCUMENTS = pa.schema(
    [
        ("sha256", pa.string()),  # of the file's bytes: the paper's identity
        ("doc_id", pa.string()),
        ("source", pa.string()),  # where it was read from: a path, or the name of a service and the id there
        ("version", pa.string()),  # of the extractors
        ("bytes", pa.int64()),
        ("records", pa.int64()),
    ]
)
FAILURES = pa.schema(
    [("source", pa.string()), ("sha256", pa.string()), ("reason", pa.string()), ("version", pa.string())]
)
FINDINGS = pa.schema(
    [
        ("sha256", pa.string()),  # of the paper
        *((name, pa.string()) for name in ("doc_id", "id", "check", "severity", "message", "stated", "expected")),
        ("computed", pa.string()),
        ("start", pa.int64()),  # of the place in question
        ("end", pa.int64()),
        ("spans", pa.string()),  # all places, as JSON
        ("records", pa.string()),  # ids, joined by ;
    ]
)
RUNS = pa.schema(
    [
        ("run_id", pa.string()),
        ("started", pa.timestamp("us", tz="UTC")),
        ("finished", pa.timestamp("us", tz="UTC")),  # null: still running, or cut off
        ("version", pa.string()),
        ("inbox", pa.string()),
        *((name, pa.int64()) for name in ("new", "replaced", "seen", "failed", "records")),
    ]
)


def _records_schema() -> pa.Schema:
    """Every field of the contract as a column, as in `export.columns`, and the hash of the paper."""
    numbers = export.number_columns()
    types = {name: pa.float64() if name in numbers else pa.string() for name in export.columns()}
    types |= dict.fromkeys(export.WHOLE_NUMBERS, pa.int64())
    return pa.schema([*types.items(), ("sha256", pa.string())])


RECORDS = _records_schema()
SCHEMAS: dict[Table, pa.Schema] = {
    "documents": DOCUMENTS,
    "records": RECORDS,
    "failures": FAILURES,
    "findings": FINDINGS,
}


def document_row(outcome: Outcome, version: str) -> dict[str, Any]:
    """The row of a paper that was read."""
    return {
        "sha256": outcome.sha256, "doc_id": Path(outcome.path).stem, "source": outcome.path, "version": version,
        "bytes": outcome.size, "records": len(outcome.records),
    }  # fmt: skip


def failure_row(failure: Failure, version: str) -> dict[str, Any]:
    """The row of a paper that could not be read, or of a check that failed on it."""
    return {"source": failure.path, "sha256": failure.sha256, "reason": failure.reason, "version": version}


def record_row(record: Record, sha256: str) -> dict[str, Any]:
    """The row of a record."""
    return {**export.to_row(record), "sha256": sha256}


def finding_row(finding: Finding, sha256: str) -> dict[str, Any]:
    """The row of a finding."""
    row = finding.model_dump(mode="json")
    first = finding.spans[0]
    joined = {"spans": json.dumps(row["spans"], ensure_ascii=False), "records": ";".join(finding.records)}
    return row | joined | {"sha256": sha256, "start": first.start, "end": first.end}


def write_rows(path: Path, schema: pa.Schema, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows to a Parquet file and force it to the disk."""
    write_table(path, pa.Table.from_pylist(list(rows), schema=schema))


def write_table(path: Path, table: pa.Table) -> None:
    """Write a table to a Parquet file and force it to the disk; no half file is left where that fails."""
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
