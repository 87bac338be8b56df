"""Cases in batches over child processes, each with a limit of time and memory; a child that dies costs one case."""

from __future__ import annotations

import faulthandler
import multiprocessing
import resource
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path

from tests.fuzz.cases import Case, Result, attempt

BATCH = 100
_STALLED = 10
"""Times the time limit: by the clock, for what hangs without working."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of work for a case, and bytes that it may take beside what the process has."""

    seconds: float
    memory: int


PLENTY = 4 * 10**9
"""Bytes; what dies with fewer and lives with so many took too much memory."""


@dataclass(slots=True)
class _Child:
    process: ForkProcess
    pipe: Connection
    left: list[Case]
    began: float


def run(cases: Sequence[Case], samples: Sequence[bytes], limits: Limits, jobs: int) -> Iterator[tuple[Case, Result]]:
    """The result of each case, as they come."""
    batches = [list(cases[i : i + BATCH]) for i in range(0, len(cases), BATCH)]
    children: list[_Child] = []
    while batches or children:
        while batches and len(children) < jobs:
            children.append(_start(batches.pop(), samples, limits))
        ready = wait([child.pipe for child in children], timeout=1)
        for child in list(children):
            if child.pipe in ready:
                yield from _received(child)
            if child.left and time.monotonic() - child.began > _STALLED * limits.seconds:
                child.process.kill()
            if not child.left or not child.process.is_alive():
                yield from _received(child)
                children.remove(child)
                yield from _buried(child, samples, limits)
                batches += [child.left] if child.left else []


def _start(cases: list[Case], samples: Sequence[bytes], limits: Limits) -> _Child:
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_work, args=(there, cases, samples, limits))
    process.start()
    there.close()
    return _Child(process, here, list(cases), time.monotonic())


def _work(pipe: Connection, cases: Sequence[Case], samples: Sequence[bytes], limits: Limits) -> None:
    """Do the cases of a batch. The kernel ends the process at a case that works for too long (SIGPROF)."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    faulthandler.disable()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    room = _address_space() + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    for case in cases:
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
        result = attempt(case, samples)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(result)
    pipe.close()


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _received(child: _Child) -> Iterator[tuple[Case, Result]]:
    try:
        while child.left and child.pipe.poll():
            result = child.pipe.recv()
            child.began = time.monotonic()
            yield child.left.pop(0), result
    except EOFError:
        return


def _buried(child: _Child, samples: Sequence[bytes], limits: Limits) -> Iterator[tuple[Case, Result]]:
    """What a child that died was at: it hung, or it crashed; or, if it would live with more memory, took too much."""
    child.process.join()
    child.pipe.close()
    if not child.left:
        return
    case, code = child.left.pop(0), child.process.exitcode or 0
    if code in (-signal.SIGPROF, -signal.SIGKILL):
        yield case, Result("hung")
    elif limits.memory >= PLENTY:
        yield case, Result("died", f"ended with {code}" if code > 0 else f"killed by signal {-code}")
    else:
        for _, result in run([case], samples, Limits(limits.seconds, PLENTY), 1):
            yield case, result if result.kind in ("crashed", "died", "hung") else Result("memory")
