"""The command line. Records go to standard output, everything else to standard error.

A command imports what it needs when it is called, so that one-off extraction starts fast and `--help` at once.
"""

from __future__ import annotations

import sys

import typer

from hcclit.cli.check import check
from hcclit.cli.compare import compare
from hcclit.cli.draw import draw
from hcclit.cli.entities import ablate, evaluate_ner
from hcclit.cli.exchange import dictionary, export, import_
from hcclit.cli.extract import extract
from hcclit.cli.flows import fetch, run, serve
from hcclit.cli.output import say
from hcclit.cli.plot import plot
from hcclit.cli.quality import calibrate, evaluate, mark, sample, verdicts
from hcclit.cli.read import read
from hcclit.cli.report import report
from hcclit.cli.review import review
from hcclit.cli.store import forget, query, status
from hcclit.errors import SetupError

app = typer.Typer(
    name="hcclit",
    help="Read papers on hepatocellular carcinoma and turn them into records: doses, tumour markers, dates, "
    "response categories and trial statistics, each with its exact place in the paper.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (
    extract,
    read,
    draw,
    plot,
    report,
    run,
    serve,
    fetch,
    query,
    status,
    forget,
    evaluate,
    evaluate_ner,
    ablate,
    mark,
    sample,
    verdicts,
    compare,
    check,
    review,
    calibrate,
    export,
    dictionary,
):
    app.command()(command)
app.command("import")(import_)  # a word of Python's own


def main() -> None:
    """Entry point; what is wrong with the set-up ends any command with one line."""
    try:
        app()
    except SetupError as error:
        say(str(error))
        sys.exit(2)
