"""The command line. Records go to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcclit.papers import Failure
    from hcclit.records import Record

# what a command needs is imported by it, so that one-off extraction starts fast and `--help` at once

app = typer.Typer(
    name="hcclit",
    help="Read papers on hepatocellular carcinoma and turn them into records: doses, tumour markers, dates, "
    "response categories and trial statistics, each with its exact place in the paper.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class RecordFormat(StrEnum):
    """How records are printed."""

    jsonl = "jsonl"
    json = "json"
    csv = "csv"
    table = "table"


class ScoreFormat(StrEnum):
    """How scores are printed."""

    table = "table"
    json = "json"


@app.command()
def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="Papers, or folders of papers.", show_default=False),
    ],
    format: Annotated[RecordFormat, typer.Option(help="Form of the records.")] = RecordFormat.jsonl,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Extract the records of papers, one-off.

    Papers without records are a success. A paper that cannot be read gets one line on standard error, the others
    still come out, and the exit code is 1.

    Example: hcclit extract paper.txt --format csv -o records.csv
    """
    from hcclit.papers import process_all

    records: list[Record] = []
    failures: list[Failure] = []
    for outcome in process_all(paths):
        records.extend(outcome.records)
        if outcome.failure:
            failures.append(outcome.failure)
            _say(f"{outcome.failure.path}: {outcome.failure.reason}")
    _write(_formatted(records, format), output)
    raise typer.Exit(1 if failures else 0)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Option(help="Folder of gold, <doc_id>.jsonl each.")] = Path("seeds/gold"),
    docs: Annotated[Path, typer.Option(help="Folder of the papers that the gold is about.")] = Path("seeds"),
    predicted: Annotated[
        Path | None,
        typer.Option(help="Records to score (JSONL); without it the papers are extracted now.", show_default=False),
    ] = None,
    format: Annotated[ScoreFormat, typer.Option(help="Form of the scores.")] = ScoreFormat.table,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss, wrong field and false alarm.")] = False,
) -> None:
    """Score records against gold: precision, recall and F1 at the contract's three levels.

    Example: hcclit evaluate --errors
    """
    from hcclit.evaluation import list_mistakes
    from hcclit.readers import UnreadableError
    from hcclit.scoring import document_texts, score_folder

    try:
        evaluation = score_folder(gold, docs, predicted)
        mistakes = list_mistakes(evaluation, document_texts(docs, list(evaluation.documents))) if errors else []
    except (UnreadableError, ValueError, OSError) as error:
        _fail(str(error))
    if format is ScoreFormat.json:
        scores = evaluation.to_dict() | ({"errors": [m.to_dict() for m in mistakes]} if errors else {})
        typer.echo(json.dumps(scores, indent=1, ensure_ascii=False))
        return
    _print_scores(evaluation)
    for mistake in mistakes:
        typer.echo(mistake.describe())


@app.command()
def run(
    inbox: Annotated[Path, typer.Argument(help="Folder of papers, or one paper.")] = Path("seeds"),
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder that gets a folder for this run.")] = Path(
        "output"
    ),
    workers: Annotated[int, typer.Option(help="Processes; 0 means one for each processor.", min=0)] = 0,
    new_only: Annotated[bool, typer.Option("--new-only", help="Skip papers that an earlier run has read.")] = False,
) -> None:
    """Run the Prefect flow over an inbox; score the records where the inbox has gold.

    Leaves output/<run>/ with records.jsonl, records.csv, records.parquet, failures.jsonl and manifest.json. Where
    the inbox holds a folder `gold`, the records are scored against it, and where it holds `floors.json`, the run
    fails if a score falls below.

    Example: hcclit run seeds
    """
    from hcclit_flows.ingest import ingest

    if not inbox.exists():
        _fail(f"{inbox}: no such file or folder")
    summary = ingest(inbox=inbox.resolve(), output=output.resolve(), workers=workers, new_only=new_only)
    for failure in summary.failures:
        _say(failure)
    skipped = f", {summary.skipped} seen before" if summary.skipped else ""
    _say(f"{summary.records} records from {summary.papers} papers{skipped}, {len(summary.failures)} failures")
    below = False
    if summary.folder is not None:
        _say(f"{summary.folder} ({summary.seconds:.1f} s)")
        below = _score_run(inbox, Path(summary.folder)) if (inbox / "gold").is_dir() else False
    raise typer.Exit(1 if summary.failures or below else 0)


def _score_run(inbox: Path, folder: Path) -> bool:
    """Score a run's records with the flow; True if a score is below its floor."""
    from hcclit_flows.evaluate import BelowFloorError, evaluate_run

    floors = inbox / "floors.json"
    evaluation, error = evaluate_run(
        gold=(inbox / "gold").resolve(),
        docs=inbox.resolve(),
        predicted=folder / "records.jsonl",
        floors=floors.resolve() if floors.exists() else None,
    )
    _print_scores(evaluation)
    if isinstance(error, BelowFloorError):
        _say(str(error))
    return error is not None


@app.command()
def serve(
    inbox: Annotated[Path, typer.Argument(help="Folder that is looked through at each time.", show_default=False)],
    cron: Annotated[str | None, typer.Option(help="When to run, as cron writes it.", show_default=False)] = None,
    every: Annotated[float | None, typer.Option(help="Run every so many seconds instead.", show_default=False)] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder that gets a folder for each run.")] = Path(
        "output"
    ),
) -> None:
    """Run the flow over an inbox on a schedule until stopped (Ctrl-C); papers seen before are skipped.

    Finds the Prefect server that PREFECT_API_URL names, or starts one of its own, and says where its page is.

    Example: hcclit serve inbox --cron "0 6 * * *"
    """
    if (cron is None) == (every is None):
        _fail('give either --cron "0 6 * * *" or --every SECONDS')
    if not inbox.is_dir():
        _fail(f"{inbox}: no such folder")
    from hcclit_flows.serve import serve as serve_inbox

    serve_inbox(inbox.resolve(), output.resolve(), cron=cron, every=every, say=_say)


@app.command("mark")
def mark(
    paper: Annotated[Path, typer.Argument(help="The paper.", show_default=False)],
    marks: Annotated[
        Path,
        typer.Argument(help="Quoted context with [[mention]] marked; see hcclit.marking.", show_default=False),
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the gold to this file.")] = None,
) -> None:
    """Turn marked context into gold records with offsets.

    Example: hcclit mark seeds/paper.txt paper.marks -o seeds/gold/paper.jsonl
    """
    from hcclit.marking import MarkingError, gold_lines, parse
    from hcclit.readers import UnreadableError, read

    try:
        document = read(paper)
        records = parse(marks.read_text(encoding="utf-8"), document.text, document.doc_id)
    except (MarkingError, UnreadableError, OSError) as error:
        _fail(str(error))
    _write(gold_lines(records), output)


def main() -> None:
    """Entry point."""
    app()


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


def _print_scores(evaluation: object) -> None:
    from rich.console import Console

    from hcclit.evaluation import Evaluation, headline, render_tables

    assert isinstance(evaluation, Evaluation)
    console = Console(width=None if sys.stdout.isatty() else 140)
    for table in render_tables(evaluation):
        console.print(table)
    console.print(headline(evaluation), highlight=False)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        _fail(f"{output}: cannot be written ({error.strerror})")


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _fail(message: str) -> NoReturn:
    _say(message)
    raise typer.Exit(2)
