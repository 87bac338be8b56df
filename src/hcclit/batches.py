"""Papers to outcomes under limits, in processes of their own that load the language stage once and keep it.

Nothing of the language stage is loaded here.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from hcclit.limits import FINDINGS, Limits, Stopped, Worker
from hcclit.outcomes import Failure, Outcome, failed, find_papers
from hcclit.readers.files import STANDARD_INPUT, UnreadableError, content_hash, load

BATCH_SIZE = 16
_MOST_THREADS = 1024

_Call = tuple[Path, bytes | None]


def batched(paths: Sequence[Path], size: int = BATCH_SIZE) -> list[list[Path]]:
    """Split paths into lists of at most `size`, in order."""
    return [list(paths[i : i + size]) for i in range(0, len(paths), size)]


def process_all(paths: Sequence[Path], worker: Worker) -> Iterator[Outcome]:
    """Process papers one by one, folders opened; failures come in their place.

    Args:
        paths: files, folders and patterns.
        worker: does the job `RECORDS` or `FINDINGS`.

    Raises:
        hcclit.limits.WorkerError: no process can be started.
    """
    for path, answer in answers(paths, worker):
        yield failed(path, answer.sha256, answer.reason) if isinstance(answer, Failure) else answer


def answers(paths: Sequence[Path], worker: Worker, *more: object) -> Iterator[tuple[str, Any]]:
    """What a worker's job gives for each paper, folders opened, with its path; failures come in their place.

    Args:
        paths: files, folders and patterns.
        worker: does a job whose function takes a path and, of standard input, its bytes.
        more: what the function takes after these, the same for each paper.

    Raises:
        hcclit.limits.WorkerError: no process can be started.
    """
    calls = [item if isinstance(item, Failure) else _call(item) for item in find_papers(paths)]
    given = worker.run([(*call, *more) for call in calls if not isinstance(call, Failure)])
    for call in calls:
        answer = call if isinstance(call, Failure) else next(given)
        path = call.path if isinstance(call, Failure) else str(call[0])
        if isinstance(answer, Stopped):
            answer = Failure(path, answer.reason, content_hash(Path(path)))
        yield path, answer


def _call(path: Path) -> _Call | Failure:
    """What a paper's process is given; it has no standard input of its own, and would wait for it under the clock."""
    try:
        return (path, load(path)) if str(path) == STANDARD_INPUT else (path, None)
    except UnreadableError as error:
        return Failure(error.path, error.reason)


class Pool:
    """Processes that take batches from several threads, each batch in one process; started as they are needed."""

    def __init__(self, processes: int, limits: Limits) -> None:
        self._limits = limits
        self._free = threading.Semaphore(processes)
        self._workers: list[Worker] = []
        self._idle: list[Worker] = []

    def process(self, paths: Sequence[Path]) -> list[Outcome]:
        """Process the papers of one batch, one by one; waits for a process to be free.

        Raises:
            hcclit.limits.WorkerError: no process can be started, or the pool has been closed.
        """
        with self._free:
            worker = self._taken()
            try:
                return list(_outcomes(worker, [(path, None) for path in paths]))
            finally:
                self._idle.append(worker)

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.close()

    def _taken(self) -> Worker:
        with suppress(IndexError):  # another thread may take the last one between a look and a grasp
            return self._idle.pop()
        worker = Worker(FINDINGS, self._limits)
        self._workers.append(worker)
        return worker


@contextmanager
def worker_pool(processes: int, limits: Limits) -> Iterator[Pool]:
    """A pool of so many processes."""
    pool = Pool(processes, limits)
    try:
        yield pool
    finally:
        pool.close()


@cache
def lasting_pool(limits: Limits) -> Pool:
    """A pool that lasts as long as this process: for a cluster's, which are given batch after batch.

    Its processes are as many as the threads that use it, and end when they have nothing to do.
    """
    return Pool(_MOST_THREADS, limits)


def _outcomes(worker: Worker, calls: Sequence[_Call]) -> Iterator[Outcome]:
    for (path, _), answer in zip(calls, worker.run(calls), strict=True):
        yield failed(path, content_hash(path), answer.reason) if isinstance(answer, Stopped) else answer
