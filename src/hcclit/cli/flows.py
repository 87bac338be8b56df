"""`hcclit run` and `hcclit serve`: the Prefect flows, at once or on a schedule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from hcclit.cli.options import MemoryOption, TimeoutOption, limits_of
from hcclit.cli.output import fail, print_scores, say
from hcclit.limits.bounds import MEGABYTES, SECONDS

ContactOption = Annotated[
    str | None, typer.Option(help="Your mail address, which Europe PMC is given.", show_default=False)
]


def fetch(
    query: Annotated[str, typer.Argument(help="As Europe PMC's search takes it.", show_default=False)],
    inbox: Annotated[Path, typer.Argument(help="Folder that gets the papers.", show_default=False)],
    contact: ContactOption = None,
) -> None:
    """Fetch the open-access papers of a Europe PMC query that are new to a folder, as JATS.

    Example: hcclit fetch "hepatocellular carcinoma AND sorafenib AND OPEN_ACCESS:y" inbox --contact me@example.org
    """
    if not contact:
        fail("--contact is needed: Europe PMC asks for a mail address of who asks")
    from hcclit.sources.europepmc import EuropePmc, SourceError
    from hcclit.sources.harvest import harvest

    try:
        with EuropePmc(contact) as client:
            done = harvest(client, query, inbox)
    except (SourceError, OSError) as error:
        fail(str(error))
    for failure in done.failures:
        say(failure)
    say(done.describe())
    raise typer.Exit(1 if done.failures else 0)


def run(
    inbox: Annotated[Path, typer.Argument(help="Folder of papers, or one paper.")] = Path("seeds"),
    store: Annotated[
        Path | None,
        typer.Option(help="Keep records in this store, and read only what is new to it.", show_default=False),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Without a store: folder that gets a folder for this run.")
    ] = Path("output"),
    workers: Annotated[int, typer.Option(help="Processes; 0 means one for each processor.", min=0)] = 0,
    dask: Annotated[
        str | None,
        typer.Option(help="Read on this Dask cluster (its scheduler's address) instead.", show_default=False),
    ] = None,
    wait: Annotated[float, typer.Option(help="Seconds to wait for another run on the store.", min=0)] = 0,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try papers again that failed before.")] = False,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
) -> None:
    """Run the Prefect flow over an inbox.

    With --store, new papers are read into the store and the others are skipped; `hcclit query` and `hcclit status`
    look into it. Without, all papers are read into output/<run>/, as records.jsonl, records.csv, records.parquet,
    failures.jsonl and manifest.json; where the inbox holds a folder `gold`, the records are scored against it, and
    where it holds `floors.json`, the run fails if a score falls below.

    Example: hcclit run inbox --store store
    """
    if not inbox.exists():
        fail(f"{inbox}: no such file or folder")
    limits_of(timeout, memory)  # wrong ones are told before anything starts
    options: dict[str, Any] = {"workers": workers, "timeout": timeout, "memory": memory}
    if store is None:
        raise typer.Exit(_run_to_folder(inbox, output, options))
    options |= {"wait": wait, "retry_failed": retry_failed}
    raise typer.Exit(_run_to_store(inbox.resolve(), store.resolve(), dask, options))


def _run_to_folder(inbox: Path, output: Path, options: dict[str, Any]) -> int:
    from hcclit_flows.folder import extract_folder

    summary = extract_folder(inbox=inbox.resolve(), output=output.resolve(), **options)
    for failure in summary.failures:
        say(failure)
    say(f"{summary.records} records from {summary.papers} papers, {len(summary.failures)} failures")
    say(f"{summary.folder} ({summary.seconds:.1f} s)")
    below = _score_run(inbox, Path(summary.folder)) if (inbox / "gold").is_dir() else False
    return 1 if summary.failures or below else 0


def _run_to_store(inbox: Path, store: Path, dask: str | None, options: dict[str, Any]) -> int:
    from hcclit.store import StoreError, nothing_new

    try:
        # before Prefect is loaded: most runs of a schedule find nothing
        if said := nothing_new(store, inbox, bool(options["retry_failed"])):
            say(said)
            return 0
        from hcclit_flows.run import run_ingest

        summary = run_ingest(inbox, store, dask, options, say)
    except StoreError as error:
        fail(str(error))
    for failure in summary.failures:
        say(failure)
    say(summary.describe())
    return 1 if summary.failures else 0


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
    store: Annotated[Path, typer.Option(help="Store that takes what is new.")] = Path("store"),
    cron: Annotated[str | None, typer.Option(help="When to run, as cron writes it.", show_default=False)] = None,
    every: Annotated[float | None, typer.Option(help="Run every so many seconds instead.", show_default=False)] = None,
    query: Annotated[
        str | None,
        typer.Option(help="Each time, fetch what is new for this Europe PMC query first.", show_default=False),
    ] = None,
    contact: ContactOption = None,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
) -> None:
    """Run the flow over an inbox on a schedule until stopped (Ctrl-C); papers seen before are skipped.

    Finds the Prefect server that PREFECT_API_URL names, or starts one of its own, and says where its page is.

    Example: hcclit serve inbox --store store --cron "0 6 * * *"
    """
    if (cron is None) == (every is None):
        fail('give either --cron "0 6 * * *" or --every SECONDS')
    if not inbox.is_dir():
        fail(f"{inbox}: no such folder")
    if query and not contact:
        fail("--query needs --contact: Europe PMC asks for a mail address of who asks")
    limits_of(timeout, memory)
    from hcclit_flows.serve import Schedule, ServerError
    from hcclit_flows.serve import serve as serve_inbox

    parameters: dict[str, Any] = {"inbox": str(inbox.resolve()), "store": str(store.resolve())}
    parameters |= {"query": query, "contact": contact, "timeout": timeout, "memory": memory}
    try:
        serve_inbox(parameters, Schedule(cron, every), say)
    except ServerError as error:
        fail(str(error))
