"""Papers in batches over processes: each process loads the language stage once and keeps it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from hcclit.outcomes import Outcome
from hcclit.papers import process

BATCH_SIZE = 16


def batched(paths: Sequence[Path], size: int = BATCH_SIZE) -> list[list[Path]]:
    """Split paths into lists of at most `size`, in order."""
    return [list(paths[i : i + size]) for i in range(0, len(paths), size)]


def process_batch(paths: list[Path]) -> list[Outcome]:
    """Process the papers of one batch, one by one."""
    return [process(path) for path in paths]


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor | None]:
    """A pool of processes, or None where one process is asked for (then work is done in place)."""
    if workers <= 1:
        yield None
        return
    # forking a process that runs threads (Prefect's) may hang; a spawned one starts clean
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        yield pool


def _end_with_parent() -> None:
    """End this process when its parent dies; a pool's process would otherwise wait for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
