"""Reading gold and predictions from JSONL; the only part of the evaluation that touches files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Never

from pydantic import ValidationError

from hcclit.records import MODELS, Record, from_dict

_NOT_OURS = frozenset({"codes", "page", "bbox", "xpath"})


def read_records(path: Path) -> list[Record]:
    """Read the records of one JSONL file in their order; blank lines are skipped.

    Fields that the record's model does not know are left out, as the contract lets code add some.

    Raises:
        ValueError: a line is no record of the contract; the message is `file:line: reason`, in one line.
    """
    return [record for _, _, record in _numbered(path)]


def load_gold(path: Path) -> dict[str, list[Record]]:
    """Read gold by document id: a directory with one `<doc_id>.jsonl` for each document.

    An empty file is a document whose gold is empty. A single file is taken too, its documents are those that
    have records in it; so any output can stand as gold, as for the agreement of two labellers.

    Raises:
        FileNotFoundError: there is no such path.
        ValueError: a bad line, a record of another document than its file's, or a directory without JSONL.
    """
    if not path.is_dir():
        return load_predictions(path)
    return {file.stem: [_of_document(file, n, r) for n, _, r in _numbered(file)] for file in _files(path)}


def load_predictions(path: Path) -> dict[str, list[Record]]:
    """Read predictions by document id from one JSONL file or all that stand in a directory.

    Raises:
        FileNotFoundError: there is no such path.
        ValueError: a bad line, or a directory without JSONL.
    """
    documents: dict[str, list[Record]] = {}
    for file in _files(path) if path.is_dir() else [path]:
        for record in read_records(file):
            documents.setdefault(record.doc_id, []).append(record)
    return documents


def load_fields(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Read records by document id as they stand there, every field of theirs, in a JSONL file or a directory.

    An empty file of a directory is a document without records. Records are checked by the contract.

    Raises:
        FileNotFoundError, ValueError: as `load_gold`.
    """
    files = _files(path) if path.is_dir() else [path]
    documents: dict[str, list[dict[str, Any]]] = {file.stem: [] for file in files} if path.is_dir() else {}
    for file in files:
        for _, fields, record in _numbered(file):
            documents.setdefault(record.doc_id, []).append(fields)
    return documents


def _files(directory: Path) -> list[Path]:
    files = sorted(file for file in directory.glob("*.jsonl") if file.is_file())
    if not files:
        raise ValueError(f"{directory}: no .jsonl file in this directory")
    return files


def _numbered(path: Path) -> Iterator[tuple[int, dict[str, Any], Record]]:
    # Split at line feeds alone: other line separators of Unicode may stand inside a JSON string.
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, *_parse(line.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise ValueError(f"{path}:{number}: {_reason(error)}") from error


def _parse(line: str) -> tuple[dict[str, Any], Record]:
    fields = json.loads(line, parse_constant=refuse_constant)
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")
    record = from_dict(known_fields(fields))
    if record.end <= record.start:
        raise ValueError(f"the span {record.start}–{record.end} is empty")
    return fields, record


def known_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Those of a record's fields that the contract has; others may have been added.

    Raises:
        ValueError: the type is none of the contract's.
    """
    model = next((model for kind, model in MODELS.items() if kind == fields.get("type")), None)
    if model is None:
        raise ValueError(f"type {fields.get('type')!r} is none of {', '.join(MODELS)}")
    # These are no part of the contract: another tool may mean something else by such a name.
    return {name: value for name, value in fields.items() if name in model.model_fields and name not in _NOT_OURS}


def refuse_constant(constant: str) -> Never:
    """Refuse NaN and Infinity, for `json.loads`."""
    # Python reads NaN and Infinity, which JSON does not have; NaN would not even equal itself.
    raise ValueError(f"{constant} is no JSON number")


def _of_document(file: Path, number: int, record: Record) -> Record:
    if record.doc_id != file.stem:
        raise ValueError(f"{file}:{number}: doc_id {record.doc_id!r} in the file of {file.stem!r}")
    return record


def _reason(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return " ".join(str(error).split())
    # The first place is the record's type, by which pydantic chose the model.
    reasons = (f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
    return " ".join("; ".join(reasons).split())
