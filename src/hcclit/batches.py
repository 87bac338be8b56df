"""Papers in batches over processes: each process loads the language stage once and keeps it."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from hcclit.papers import Failure, Outcome, find_papers, process

BATCH_SIZE = 16


def batched(paths: Sequence[Path], size: int = BATCH_SIZE) -> list[list[Path]]:
    """Split paths into lists of at most `size`, in order."""
    return [list(paths[i : i + size]) for i in range(0, len(paths), size)]


def process_batch(paths: list[Path]) -> list[Outcome]:
    """Process the papers of one batch, one by one."""
    return [process(path) for path in paths]


def split_inbox(inbox: Path, seen: set[str]) -> tuple[list[Path], list[Outcome], int]:
    """What an inbox holds: papers to read, failures found already, and how many papers were seen before."""
    papers: list[Path] = []
    failures: list[Outcome] = []
    skipped = 0
    for found in find_papers([inbox]):
        if isinstance(found, Failure):
            failures.append(Outcome(found.path, None, failure=found))
        elif seen and _hash(found) in seen:
            skipped += 1
        else:
            papers.append(found)
    return papers, failures, skipped


def _hash(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None  # reading it again later will say why


@contextmanager
def worker_pool(workers: int) -> Iterator[ProcessPoolExecutor | None]:
    """A pool of processes, or None where one process is asked for (then work is done in place)."""
    if workers <= 1:
        yield None
        return
    # forking a process that runs threads (Prefect's) may hang; a spawned one starts clean
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool
