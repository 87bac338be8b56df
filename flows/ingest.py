"""New papers of an inbox to records in a store: the daily flow.

Annotations are evaluated here (no `from __future__ import annotations`): a served flow is loaded from its file, where
Prefect could not resolve their names.
"""

from pathlib import Path

from . import settings

settings.prepare()

from prefect import flow, task  # noqa: E402  # after its environment is set
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.states import Completed  # noqa: E402

from hcclit.batches import BATCH_SIZE  # noqa: E402
from hcclit.limits import Limits  # noqa: E402
from hcclit.limits.bounds import MEGABYTES, SECONDS  # noqa: E402
from hcclit.outcomes import find_papers  # noqa: E402
from hcclit.sources.europepmc import EuropePmc, SourceError  # noqa: E402
from hcclit.sources.harvest import harvest  # noqa: E402
from hcclit.store import StoreSummary, make_plan, open_store, run_into  # noqa: E402

from .artifacts import publish_findings, publish_run  # noqa: E402
from .mapping import local_runner, read_papers  # noqa: E402


@task(name="fetch-europe-pmc", cache_policy=NO_CACHE, persist_result=False)
def fetch(query: str, contact: str, inbox: Path) -> list[str]:
    """Fetch what is new for a query into the inbox; lines for the user where something went wrong.

    A service that is away keeps nobody from reading what is there: the next run asks again.
    """
    try:
        with EuropePmc(contact) as client:
            return harvest(client, query, inbox).failures
    except SourceError as error:
        return [str(error)]


@flow(name="hcclit-ingest", task_runner=local_runner(), persist_result=False)  # type: ignore[arg-type]
def ingest(
    inbox: Path,
    store: Path,
    workers: int = 0,
    wait: float = 0,
    retry_failed: bool = False,
    batch_size: int = BATCH_SIZE,
    timeout: float = SECONDS,
    memory: int = MEGABYTES,
    query: str | None = None,
    contact: str | None = None,
) -> StoreSummary:
    """Extract the records of an inbox's new papers into a store; papers seen before are skipped.

    Args:
        inbox: A folder of papers, or one paper.
        store: The store's folder; made where there is none.
        workers: Processes on this machine; 0 means one for each processor, and one in all for a single batch.
        wait: Seconds to wait for another run that is writing to the store.
        retry_failed: Try papers again that failed before with the same content and the same extractors.
        batch_size: Papers in one task.
        timeout: Seconds of processor time that one paper may take before it is stopped; 0 means no limit.
        memory: MB that the process which reads a paper may take before it is stopped; 0 means no limit.
        query: Before reading, fetch what is new for this Europe PMC query into the inbox.
        contact: Mail address that Europe PMC is given with the query.
    """
    missed = fetch(query, contact or "", inbox) if query else []
    with open_store(store, wait) as opened:
        plan = make_plan(store, opened.catalog, find_papers([inbox]), retry_failed)
        batches = read_papers(plan.papers, workers, batch_size, Limits(timeout, memory))
        outcomes = (outcome for batch in batches for outcome in batch)
        summary = run_into(opened, plan, str(inbox), outcomes)
    summary.failures += missed
    publish_run(summary.describe(), summary.by_type, summary.failures)
    publish_findings(summary.findings)
    # the state's message is what Prefect's page shows of a run; the caller gets its data
    return Completed(message=summary.describe(), data=summary)  # type: ignore[return-value]
