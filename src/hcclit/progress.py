"""A progress bar on a terminal, nothing elsewhere; always on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def progress(total: int, unit: str = "papers") -> Iterator[Callable[[int, int], None]]:
    """Give a function `advance(papers, records)` that moves the bar on.

    Args:
        total: the number of papers to come.
        unit: what is counted.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn(unit), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[records]} records"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(unit, total=total, records=0)
        found = 0

        def advance(papers: int, records: int) -> None:
            nonlocal found
            found += records
            bar.update(task, advance=papers, records=found)

        yield advance
