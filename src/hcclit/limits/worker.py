"""The parent's side: a job done in a process of its own, document after document, and what became of each."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Self

from hcclit.errors import SetupError
from hcclit.limits.bounds import CLOCKS, IDLE, Limits, Stopped, WorkerError, why_ended

RECORDS = "hcclit.papers:loaded"
FINDINGS = "hcclit.papers:loaded_with_checks"
PRINTED = "hcclit.printed:loaded"
READINGS = "hcclit.comparison.job:loaded"
PICTURES = "hcclit.figures.job:loaded"
PAGES = "hcclit.report.job:loaded"
"""Jobs: `module:name` of a function without arguments that loads what the work needs and returns the function that
does it."""

Call = tuple[Any, ...]
_GRACE = 10
"""Seconds from the last sign of a process to its end."""


_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""There are as many processes as wanted; numpy's own threads would fight over their cores and use up the time limit."""


class _DiedError(Exception):
    """A process has ended; `surely` says whether by what it was last asked to do."""

    def __init__(self, status: int, surely: bool) -> None:
        super().__init__(status)
        self.status = status
        self.surely = surely


class _Process:
    """A child process with its pipes, for as long as it lives."""

    def __init__(self, job: str, limits: Limits) -> None:
        command = [sys.executable, "-P", "-m", "hcclit.limits.child", job, str(limits.seconds), str(limits.megabytes)]
        # it finds what this process finds, in the same order
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), **_ONE_THREAD}
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        assert self._child.stdin is not None and self._child.stdout is not None
        self._requests, self._answers = self._child.stdin, self._child.stdout
        self._ready = False
        self._answered = 0

    def ask(self, calls: list[Call]) -> None:
        """Send calls; answers come in their order."""
        with suppress(BrokenPipeError):  # it has died, as the next answer will tell
            pickle.dump(calls, self._requests)
            self._requests.flush()

    def answer(self) -> Any:  # noqa: ANN401  # whatever the job gives
        """The next answer; waits for it.

        Raises:
            _DiedError: there will be none.
            WorkerError: the process could not even load the job.
            SetupError: the settings or the entity model cannot be used.
        """
        try:
            if not self._ready:
                _raised(pickle.load(self._answers))
                self._ready = True
            answer = _raised(pickle.load(self._answers))
        except (EOFError, pickle.UnpicklingError):
            status = self.end(_GRACE)
            if not self._ready:
                raise WorkerError(f"the process that reads documents could not start (status {status})") from None
            first = self._answered == 0 and status != IDLE
            raise _DiedError(status, first or -status in CLOCKS) from None
        self._answered += 1
        return answer

    def end(self, grace: float = 0) -> int:
        """End the process, if need be, after so many seconds in which it may do so by itself; its exit status."""
        try:
            status = self._child.wait(grace)
        except subprocess.TimeoutExpired:
            self._child.kill()
            status = self._child.wait()
        for pipe in (self._requests, self._answers):
            with suppress(BrokenPipeError):
                pipe.close()
        return status


def _raised(answer: Any) -> Any:  # noqa: ANN401  # whatever the job gives
    """An answer, if it is one; an error of the set-up is raised here as it was there."""
    if isinstance(answer, SetupError):
        raise answer
    return answer


class Worker:
    """Does a job in a process of its own, for one thread at a time.

    A process that dies takes no document with it but the one that it was working on, and that one only where it is
    surely to blame: its time was over, or it was the first that its process worked on. Else it is tried again in a
    new process, where nothing that other documents left behind can hurt it.
    """

    def __init__(self, job: str, limits: Limits) -> None:
        """Start a process, which loads while the caller does other things.

        Args:
            job: one of those above.
            limits: of each call of its function.
        """
        self._job = job
        self._limits = limits
        self._closed = False
        self._process: _Process | None = _Process(job, limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process, also out of another thread, whose `run` then raises `WorkerError`."""
        self._closed = True
        self._drop()

    def run(self, calls: Iterable[Call]) -> Iterator[Any]:
        """What the job gave for each tuple of arguments, in order, or a `Stopped`.

        Raises:
            WorkerError: no process can be started, or the worker has been closed.
            SetupError: the settings or the entity model cannot be used.
        """
        waiting = deque(calls)
        try:
            while waiting:
                yield from self._round(waiting)
        finally:
            if waiting:  # the caller has lost interest, the process has not
                self._drop()

    def _check_open(self) -> None:
        if self._closed:
            raise WorkerError("the process that reads documents was stopped")

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _round(self, waiting: deque[Call]) -> Iterator[Any]:
        """Go on until all is done or the process has died; what is done, or given up, leaves the queue."""
        self._check_open()
        process = self._process = self._process or _Process(self._job, self._limits)
        process.ask(list(waiting))
        try:
            while waiting:
                answer = process.answer()
                waiting.popleft()
                yield answer
        except _DiedError as death:
            self._process = None
            self._check_open()
            if death.surely:
                waiting.popleft()
                yield Stopped(why_ended(death.status, self._limits))
