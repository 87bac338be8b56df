"""What the commands share: where things are printed and how a command ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from hcclit.evaluation import Evaluation


def write(text: str, output: Path | None) -> None:
    """Write to a file, or to standard output where none is named."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{output}: cannot be written ({error.strerror})")


def say(message: str) -> None:
    """Print a line on standard error."""
    typer.echo(message, err=True)


def fail(message: str) -> NoReturn:
    """End the command with a line on standard error and exit code 2."""
    say(message)
    raise typer.Exit(2)


def print_scores(evaluation: Evaluation) -> None:
    """Print an evaluation's tables and headline."""
    from rich.console import Console

    from hcclit.evaluation import headline, render_tables

    console = Console(width=None if sys.stdout.isatty() else 140)
    for table in render_tables(evaluation):
        console.print(table)
    console.print(headline(evaluation), highlight=False)
