"""The process in which documents are read: `python -m hcclit.limits.child JOB SECONDS MEGABYTES`, made by `worker`.

A request on standard input is a list of argument tuples, each for one call of the job's function; an answer on
standard output is what a call gave, or a `SetupError` that it raised. Both are pickled. A call that breaks a limit
gets no answer: the process ends.
"""

from __future__ import annotations

import os
import pickle
import queue
import resource
import signal
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from hcclit.errors import SetupError
from hcclit.limits.bounds import CLOCKS, IDLE, OUT_OF_MEMORY, WAITING

READY = "ready"
IDLE_SECONDS = 60
"""A process without work ends after so long; its parent, on a cluster, may live for months."""
_STATUS = Path("/proc/self/statm")

Request = list[tuple[Any, ...]]


def main() -> None:
    """Load the job, then answer requests until the parent has gone or has nothing more to do."""
    job, seconds, megabytes = sys.argv[1:]
    requests, answers = _channels()
    _take_signals()
    try:
        work = _loaded(job)
    except SetupError as error:
        _send(answers, pickle.dumps(error))
        return
    _limit_memory(int(megabytes) * 10**6)
    _send(answers, pickle.dumps(READY))
    _point(2, os.devnull)  # what libraries print of hostile documents is not for the user
    waiting: queue.SimpleQueue[Request] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(requests, waiting), daemon=True).start()
    try:
        while True:
            for arguments in waiting.get(timeout=IDLE_SECONDS):
                _send(answers, _answer(work, arguments, float(seconds)))
    except queue.Empty:
        sys.exit(IDLE)


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, taken from where a library that reads or prints would find them."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _point(0, os.devnull)
    os.dup2(2, 1)
    return requests, answers


def _point(descriptor: int, path: str) -> None:
    file = os.open(path, os.O_RDWR)
    os.dup2(file, descriptor)
    os.close(file)


def _take_signals() -> None:
    """Ctrl-C is the parent's affair; the clocks end the process, also where the parent blocks or ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for clock in CLOCKS:
        signal.signal(clock, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, CLOCKS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash is reported; a core file would only fill the disk


def _loaded(job: str) -> Callable[..., object]:
    module, name = job.split(":")
    load: Callable[[], Callable[..., object]] = getattr(import_module(module), name)
    return load()


def _limit_memory(most: int) -> None:
    """Let the process grow to so many bytes (0: as it likes), over what it has taken to get ready.

    The kernel refuses more, which the address space as a measure would not do well: threads and libraries reserve
    much that they never use. Only Linux counts so.
    """
    if not most or not _STATUS.exists():
        return
    page = os.sysconf("SC_PAGE_SIZE")
    numbers = [int(number) * page for number in _STATUS.read_text().split()]
    resident, data = numbers[1], numbers[5]
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = data + max(0, most - resident)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed if hard < 0 else min(allowed, hard), hard))


def _receive(requests: BinaryIO, waiting: queue.SimpleQueue[Request]) -> None:
    """Take requests as they come, and end the process with its parent."""
    status = 0
    try:
        while True:
            waiting.put(pickle.load(requests))
    except MemoryError:
        status = OUT_OF_MEMORY
    finally:
        os._exit(status)


def _answer(work: Callable[..., object], arguments: tuple[Any, ...], seconds: float) -> bytes:
    """Do the work under the clocks; when one runs out, the kernel ends the process, wherever it is."""
    _wind(seconds)
    try:
        return pickle.dumps(work(*arguments), pickle.HIGHEST_PROTOCOL)
    except SetupError as error:  # of no document: the parent raises it
        return pickle.dumps(error)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    finally:
        _wind(0)


def _wind(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * WAITING)


def _send(answers: BinaryIO, answer: bytes) -> None:
    try:
        answers.write(answer)
        answers.flush()
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
