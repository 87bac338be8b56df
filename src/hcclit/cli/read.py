"""`hcclit read`: the document that a reader makes of a file."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hcclit.cli.options import MemoryOption, TimeoutOption, limits_of
from hcclit.cli.output import fail, write
from hcclit.limits.bounds import MEGABYTES, SECONDS


class DocumentFormat(StrEnum):
    """How a document is printed."""

    json = "json"
    text = "text"


def read(
    path: Annotated[Path, typer.Argument(help="A paper, or - for standard input.", show_default=False)],
    format: Annotated[DocumentFormat, typer.Option(help="One JSON object, or the text alone.")] = DocumentFormat.json,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.")
    ] = None,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
) -> None:
    """Print what a paper reads as: its text, to which the records' offsets refer, with blocks, tables and pages.

    Example: hcclit read paper.xml --format text
    """
    from hcclit.limits import PRINTED, Stopped, Worker, WorkerError
    from hcclit.outcomes import Failure
    from hcclit.readers.files import STANDARD_INPUT, UnreadableError, load

    try:
        with Worker(PRINTED, limits_of(timeout, memory)) as worker:
            data = load(path) if str(path) == STANDARD_INPUT else None
            (answer,) = worker.run([(path, data, format is DocumentFormat.json)])
    except (UnreadableError, WorkerError) as error:
        fail(str(error))
    if isinstance(answer, Failure | Stopped):
        fail(f"{path}: {answer.reason}")
    write(answer, output)
