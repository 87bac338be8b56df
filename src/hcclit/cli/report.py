"""`hcclit report`: a page for each paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.options import MemoryOption, SilencedOption, TimeoutOption, limits_of, silences_of
from hcclit.cli.output import fail, say
from hcclit.limits.bounds import MEGABYTES, SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcclit.outcomes import Failure
    from hcclit.report.folder import Report
    from hcclit.report.job import Page


def report(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Papers, or folders of papers.", show_default=False),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the pages; made if it is missing.")],
    silenced: SilencedOption = None,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
) -> None:
    """Make a page of each paper, to look at: its text with every record marked, the records as a table, figures.

    Each page is one HTML file that needs no network and no server; index.html lists them. What does not add up in a
    paper stands beside its text; a silenced finding says why, and is not counted. A paper that cannot be read gets a
    page and a line that say why, and the exit code is 1; so it is where a part of a page could not be made.

    Example: hcclit report papers/ -o report
    """
    from hcclit.limits import PAGES, Worker, WorkerError

    silences = silences_of(silenced)
    with Worker(PAGES, limits_of(timeout, memory)) as worker:
        from hcclit.batches import answers  # after the worker has begun to load
        from hcclit.report.folder import Report

        try:
            output.mkdir(parents=True, exist_ok=True)
            made = Report(output)
            is_whole = _write(answers(paths, worker, silences), made)
            say(f"{made.write_index()}")
        except WorkerError as error:
            fail(str(error))
        except OSError as error:
            fail(f"{error.filename or output}: cannot be written ({error.strerror})")
    raise typer.Exit(0 if is_whole else 1)


def _write(pages: Iterable[tuple[str, Page | Failure]], made: Report) -> bool:
    """Write the pages of all papers; whether nothing failed. One line says what became of each."""
    from hcclit.outcomes import Failure

    is_whole = True
    for path, page in pages:
        file = made.add(path, page)
        failures = (page.reason,) if isinstance(page, Failure) else page.failures
        for failure in failures:
            say(f"{path}: {failure}")
        if not isinstance(page, Failure):
            say(f"{path}: {file}, {sum(page.counts.values())} records, {page.findings or 0} findings")
        is_whole = is_whole and not failures
    return is_whole
