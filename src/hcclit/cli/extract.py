"""`hcclit extract`: one-off extraction."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.options import EntitiesOption, MemoryOption, TimeoutOption, choose_entities, limits_of
from hcclit.cli.output import fail, say, write
from hcclit.limits.bounds import MEGABYTES, SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcclit.outcomes import Failure
    from hcclit.records import Record


class RecordFormat(StrEnum):
    """How records are printed."""

    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    table = "table"


def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Papers, or folders of papers.", show_default=False),
    ],
    format: Annotated[RecordFormat, typer.Option(help="Form of the records.")] = RecordFormat.jsonl,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.")
    ] = None,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
    entities: EntitiesOption = None,
) -> None:
    """Extract the records of papers, one-off.

    Papers without records are a success. A paper that cannot be read, or takes more time or memory than it may, gets
    one line on standard error, the others still come out, and the exit code is 1.

    Example: hcclit extract paper.txt --format csv -o records.csv
    """
    choose_entities(entities)
    from hcclit.limits import RECORDS, Worker, WorkerError

    records: list[Record] = []
    failures: list[Failure] = []
    with Worker(RECORDS, limits_of(timeout, memory)) as worker:
        from hcclit.batches import process_all  # after the worker has begun to load

        try:
            for outcome in process_all(paths, worker):
                records.extend(outcome.records)
                if outcome.failure:
                    failures.append(outcome.failure)
                    say(f"{outcome.failure.path}: {outcome.failure.reason}")
        except WorkerError as error:
            fail(str(error))
    write(_formatted(records, format), output)
    raise typer.Exit(1 if failures else 0)


def _formatted(records: Sequence[Record], form: RecordFormat) -> str:
    from hcclit import export

    match form:
        case RecordFormat.jsonl:
            return export.to_jsonl(records)
        case RecordFormat.json:
            return export.to_json(records)
        case RecordFormat.csv:
            return export.to_csv(records)
        case RecordFormat.table:
            return export.to_table(records)
