"""`hcclit compare`: how far two readings of a paper agree."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.options import MemoryOption, TimeoutOption, limits_of
from hcclit.cli.output import fail, say
from hcclit.cli.quality import ScoreFormat
from hcclit.limits.bounds import MEGABYTES, SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hcclit.comparison import Comparison, Pair
    from hcclit.limits import Limits


def compare(
    left: Annotated[Path, typer.Argument(help="A paper, or a folder of papers.", show_default=False)],
    right: Annotated[
        Path | None,
        typer.Argument(help="The same in another format or version.", show_default=False),
    ] = None,
    format: Annotated[ScoreFormat, typer.Option(help="Form of the figures.")] = ScoreFormat.table,
    differences: Annotated[
        bool, typer.Option("--differences", help="List what only one has, and what differs in core fields.")
    ] = False,
    outside_tables: Annotated[bool, typer.Option("--outside-tables", help="Leave records of tables aside.")] = False,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
) -> None:
    """Compare the records of two readings of one paper: its PDF and its XML, a preprint and the printed paper.

    Give two files, two folders whose files have the same names (endings aside), or one folder that holds each paper
    twice. Records are matched by their values and the words around them, never by offset; precision is the share of
    the right one's records that the left one has too, recall the other way round.

    Example: hcclit compare paper.pdf paper.xml --differences
    """
    from hcclit.comparison import Comparison, UnpairedError, pairs_of
    from hcclit.limits import WorkerError

    try:
        paths, alone = pairs_of(left, right)
    except UnpairedError as error:
        fail(str(error))
    for path in alone:
        say(f"{path}: no second file of this name to compare it with")
    try:
        pairs = list(_compared(paths, limits_of(timeout, memory), outside_tables))
    except WorkerError as error:
        fail(str(error))
    _show(Comparison(pairs), format, differences)
    raise typer.Exit(1 if alone or len(pairs) < len(paths) else 0)


def _compared(paths: list[tuple[Path, Path]], limits: Limits, outside_tables: bool) -> Iterator[Pair]:
    """The pairs that can be read; what cannot is told."""
    from hcclit.comparison import Reading, compare
    from hcclit.limits import READINGS, Worker

    with Worker(READINGS, limits) as worker:
        answers = worker.run((path,) for pair in paths for path in pair)
        for pair in paths:
            found = [next(answers) for _ in pair]
            for path, answer in zip(pair, found, strict=True):
                if not isinstance(answer, Reading):
                    say(f"{path}: {answer.reason}")
            if all(isinstance(answer, Reading) for answer in found):
                yield compare(_name(*pair), *(each.outside_tables() if outside_tables else each for each in found))


def _name(a: Path, b: Path) -> str:
    return a.stem if a.stem == b.stem else f"{a.stem} / {b.stem}"


def _show(comparison: Comparison, form: ScoreFormat, differences: bool) -> None:
    if form is ScoreFormat.json:
        found = comparison.to_dict()
        if differences:
            for shown, pair in zip(found["pairs"], comparison.pairs, strict=True):
                shown["differences"] = [difference.to_dict() for difference in pair.differences()]
        typer.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    from rich.console import Console

    from hcclit.comparison.report import agreement_table, pair_table

    console = Console(width=None if sys.stdout.isatty() else 140)
    console.print(agreement_table(comparison))
    console.print(pair_table(comparison))
    if differences:
        for pair in comparison.pairs:
            for difference in pair.differences():
                typer.echo(f"{pair.name}: {difference.describe()}")
