"""All papers of an inbox to records, once: one run leaves one folder under the output.

Annotations are evaluated here (no `from __future__ import annotations`): a served flow is loaded from its file, where
Prefect could not resolve their names.
"""

from datetime import UTC, datetime
from pathlib import Path

from . import settings

settings.prepare()

from prefect import flow, task  # noqa: E402  # after its environment is set
from prefect.cache_policies import NO_CACHE  # noqa: E402

from hcclit.batches import BATCH_SIZE  # noqa: E402
from hcclit.limits import Limits  # noqa: E402
from hcclit.limits.bounds import MEGABYTES, SECONDS  # noqa: E402
from hcclit.outcomes import Failure, Outcome, find_papers  # noqa: E402
from hcclit.runs import RunSummary, new_run_folder, write_run  # noqa: E402

from .artifacts import publish_findings, publish_run  # noqa: E402
from .mapping import local_runner, read_papers  # noqa: E402


# a disk or a network folder may refuse once and take it a second later
@task(name="write-run", cache_policy=NO_CACHE, persist_result=False, retries=2, retry_delay_seconds=1)
def write(folder: Path, outcomes: list[Outcome], started: datetime) -> RunSummary:
    """Write the run's folder."""
    return write_run(folder, outcomes, started)


@flow(name="hcclit-folder", task_runner=local_runner(), persist_result=False)  # type: ignore[arg-type]
def extract_folder(
    inbox: Path,
    output: Path = Path("output"),
    workers: int = 0,
    batch_size: int = BATCH_SIZE,
    timeout: float = SECONDS,
    memory: int = MEGABYTES,
) -> RunSummary:
    """Extract the records of all papers of an inbox into a new folder under the output.

    Args:
        inbox: A folder of papers, or one paper.
        output: Where the run's folder is made.
        workers: Processes; 0 means one for each processor, and one in all for a single batch.
        batch_size: Papers in one task.
        timeout: Seconds of processor time that one paper may take before it is stopped; 0 means no limit.
        memory: MB that the process which reads a paper may take before it is stopped; 0 means no limit.
    """
    started = datetime.now(UTC)
    found = list(find_papers([inbox]))
    outcomes = [Outcome(f.path, None, failure=f) for f in found if isinstance(f, Failure)]
    papers = [p for p in found if isinstance(p, Path)]
    batches = read_papers(papers, workers, batch_size, Limits(timeout, memory))
    outcomes += [outcome for batch in batches for outcome in batch]
    outcomes.sort(key=lambda outcome: outcome.path)
    summary = write(new_run_folder(output, started), outcomes, started)
    publish_run(f"{summary.records} records from {summary.papers} papers", summary.by_type, summary.failures)
    publish_findings(summary.findings)
    return summary
