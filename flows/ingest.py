"""New papers to records: one run over an inbox leaves one folder under the output.

Annotations are evaluated here (no `from __future__ import annotations`): a served flow is loaded from its file, where
Prefect could not resolve their names.
"""

import os
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from . import settings

settings.prepare()

from prefect import flow, task, unmapped  # noqa: E402  # after its environment is set
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.futures import as_completed  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402

from hcclit.batches import BATCH_SIZE, batched, process_batch, split_inbox, worker_pool  # noqa: E402
from hcclit.papers import Outcome  # noqa: E402
from hcclit.progress import progress  # noqa: E402
from hcclit.runs import RunSummary, new_run_folder, nothing_new, seen_before, write_run  # noqa: E402


@task(name="extract-batch", cache_policy=NO_CACHE, persist_result=False)
def extract_batch(paths: list[Path], pool: ProcessPoolExecutor | None) -> list[Outcome]:
    """Extract the papers of one batch, in the pool's processes if there is one.

    Not retried: the same paper would fail the same way.
    """
    return process_batch(paths) if pool is None else pool.submit(process_batch, paths).result()


# a disk or a network folder may refuse once and take it a second later
@task(name="write-run", cache_policy=NO_CACHE, persist_result=False, retries=2, retry_delay_seconds=1)
def write(folder: Path, outcomes: list[Outcome], started: datetime, skipped: int) -> RunSummary:
    """Write the run's folder."""
    return write_run(folder, outcomes, started, skipped)


@flow(name="hcclit-ingest", task_runner=ThreadPoolTaskRunner(max_workers=8), persist_result=False)  # type: ignore[arg-type]
def ingest(
    inbox: Path,
    output: Path = Path("output"),
    workers: int = 0,
    new_only: bool = False,
    batch_size: int = BATCH_SIZE,
) -> RunSummary:
    """Extract the records of an inbox's papers into a new folder under the output; no folder where nothing is new.

    Args:
        inbox: a folder of papers, or one paper.
        output: where the run's folder is made.
        workers: processes; 0 means one for each processor, and one in all for a single batch.
        new_only: skip papers that an earlier run under the same output has read.
        batch_size: papers in one task.
    """
    started = datetime.now(UTC)
    papers, outcomes, skipped = split_inbox(inbox, seen_before(output) if new_only else set())
    if new_only and not papers and not outcomes:
        return nothing_new(skipped, started)
    batches = batched(papers, batch_size)
    processes = min(workers or os.cpu_count() or 1, len(batches))
    with worker_pool(processes) as pool, progress(len(papers)) as advance:
        for future in as_completed(extract_batch.map(batches, unmapped(pool))):
            done: list[Outcome] = future.result()
            outcomes.extend(done)
            advance(len(done), sum(len(outcome.records) for outcome in done))
    outcomes.sort(key=lambda outcome: outcome.path)
    return write(new_run_folder(output, started), outcomes, started, skipped)
