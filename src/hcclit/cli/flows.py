"""`hcclit run` and `hcclit serve`: the Prefect flows, at once or on a schedule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hcclit.cli.output import fail, print_scores, say


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
        fail(f"{inbox}: no such file or folder")
    summary = ingest(inbox=inbox.resolve(), output=output.resolve(), workers=workers, new_only=new_only)
    for failure in summary.failures:
        say(failure)
    skipped = f", {summary.skipped} seen before" if summary.skipped else ""
    say(f"{summary.records} records from {summary.papers} papers{skipped}, {len(summary.failures)} failures")
    below = False
    if summary.folder is not None:
        say(f"{summary.folder} ({summary.seconds:.1f} s)")
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
    print_scores(evaluation)
    if isinstance(error, BelowFloorError):
        say(str(error))
    return error is not None


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
        fail('give either --cron "0 6 * * *" or --every SECONDS')
    if not inbox.is_dir():
        fail(f"{inbox}: no such folder")
    from hcclit_flows.serve import serve as serve_inbox

    serve_inbox(inbox.resolve(), output.resolve(), cron=cron, every=every, say=say)
