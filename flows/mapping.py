"""Papers mapped in batches over processes of this machine or the workers of a Dask cluster.

Prefect sees one task for each batch. Its tasks run in threads, on this machine or in a cluster's workers, and hand the
work to plain processes that hold the limits of each paper; Prefect's own process pool would start a server in every
child.
"""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from . import settings

settings.prepare()

from prefect import task  # noqa: E402  # after its environment is set
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.context import FlowRunContext  # noqa: E402
from prefect.futures import PrefectFuture, as_completed  # noqa: E402
from prefect.task_runners import ThreadPoolTaskRunner  # noqa: E402

from hcclit.batches import Pool, batched, lasting_pool, worker_pool  # noqa: E402
from hcclit.limits import Limits  # noqa: E402
from hcclit.ner.locate import located  # noqa: E402
from hcclit.outcomes import Outcome  # noqa: E402
from hcclit.progress import progress  # noqa: E402
from hcclit.settings import Settings, current, use  # noqa: E402

AHEAD = 2
"""Batches in flight for each process: enough that none waits, few enough that results do not pile up."""
THREADS = 64


def local_runner() -> ThreadPoolTaskRunner[list[Outcome]]:
    """The task runner of flows on one machine."""
    return ThreadPoolTaskRunner(max_workers=THREADS)


@task(name="extract-batch", cache_policy=NO_CACHE, persist_result=False)
def extract_batch(paths: list[Path], limits: Limits, chosen: Settings, pool: Pool | None) -> list[Outcome]:
    """Extract the papers of one batch in a process of the pool; on a cluster, in one that its worker keeps.

    Not retried: the same paper would fail the same way. A cluster gives the batch of a lost worker to another.
    """
    return (pool or _kept_pool(limits, chosen)).process(paths)


def _kept_pool(limits: Limits, chosen: Settings) -> Pool:
    """The pool of a cluster's worker, whose folder and environment may hold other settings than the flow's."""
    if chosen != current():
        use(chosen)
        lasting_pool.cache_clear()  # its processes have the former settings; they end when they are idle
    return lasting_pool(limits)


def read_papers(papers: list[Path], workers: int, batch_size: int, limits: Limits) -> Iterator[list[Outcome]]:
    """Read papers batch by batch, with a progress bar, and give each batch's outcomes as they come.

    Args:
        papers: what to read.
        workers: processes on this machine; 0 means one for each processor, and one in all for a single batch.
            On a cluster its size decides.
        batch_size: papers in one task.
        limits: of each paper.

    Raises:
        hcclit.errors.SetupError: the settings or the entity model cannot be used; before any paper is read.
    """
    chosen = current()
    located(chosen)
    batches = batched(papers, batch_size)
    context = FlowRunContext.get()
    if context is not None and not isinstance(context.task_runner, ThreadPoolTaskRunner):
        with progress(len(papers)) as advance:
            yield from _windowed(batches, partial(_submit, limits, chosen, None), THREADS, advance)
        return
    processes = max(1, min(workers or os.cpu_count() or 1, len(batches)))
    with worker_pool(processes, limits) as pool, progress(len(papers)) as advance:
        yield from _windowed(batches, partial(_submit, limits, chosen, pool), AHEAD * processes, advance)


def _submit(limits: Limits, chosen: Settings, pool: Pool | None, paths: list[Path]) -> PrefectFuture[list[Outcome]]:
    return extract_batch.submit(paths, limits, chosen, pool)


def _windowed(
    batches: list[list[Path]],
    submit: Callable[[list[Path]], PrefectFuture[list[Outcome]]],
    window: int,
    advance: Callable[[list[Outcome]], None],
) -> Iterator[list[Outcome]]:
    """Keep so many batches in flight, so that neither tasks nor results pile up, however many papers there are."""
    waiting = iter(batches)
    running: set[PrefectFuture[list[Outcome]]] = set()
    while True:
        for paths in waiting:
            running.add(submit(paths))
            if len(running) >= window:
                break
        if not running:
            return
        future = next(as_completed(list(running)))
        running.discard(future)
        outcomes = future.result()
        advance(outcomes)
        yield outcomes
