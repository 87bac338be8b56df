"""A progress bar on a terminal, nothing elsewhere; always on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from hcclit.outcomes import Outcome


class _Rate(ProgressColumn):
    """Papers a second."""

    def render(self, task: Task) -> Text:
        """The rate over the last papers, or nothing until there is one."""
        return Text(f"{task.speed:.1f}/s" if task.speed else "")


@contextmanager
def progress(total: int) -> Iterator[Callable[[Sequence[Outcome]], None]]:
    """Give a function that moves the bar on by some papers: their number, records, failures, rate, time left."""
    console = Console(stderr=True)
    columns = (
        TextColumn("papers"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[records]} records"),
        TextColumn("{task.fields[failures]} failures"), _Rate(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("papers", total=total, records=0, failures=0)
        records = failures = 0

        def advance(outcomes: Sequence[Outcome]) -> None:
            nonlocal records, failures
            records += sum(len(outcome.records) for outcome in outcomes)
            failures += sum(len(outcome.failures) for outcome in outcomes)
            bar.update(task, advance=len(outcomes), records=records, failures=failures)

        yield advance
