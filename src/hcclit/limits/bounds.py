"""What a document may cost, and what the user is told when it costs more."""

from __future__ import annotations

import math
import signal
from dataclasses import dataclass

SECONDS = 20.0
MEGABYTES = 900
LEAST_MEGABYTES = 250
"""The language stage alone takes half of it."""
WAITING = 3
"""How many times its seconds a document may take by the clock on the wall: a busy machine is not its fault."""
CLOCKS = {signal.SIGPROF, signal.SIGALRM}
"""What ends a process when a document's processor time, or its time on the wall, has run out."""
OUT_OF_MEMORY = 77
"""Exit status of a process that was refused more memory."""
IDLE = 78
"""Exit status of a process that had nothing to do for too long: whatever it is asked just then is not to blame."""
_GIVEN_UP = {-signal.SIGABRT, -signal.SIGILL, -signal.SIGTRAP}
"""How native libraries end their process when memory is refused."""


class WorkerError(RuntimeError):
    """No process can be started that reads documents: a broken installation, not a document's fault."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading a document and extracting its records may take; 0 means no limit.

    `seconds` are of processor time, so that what becomes of a document does not hang on what else a machine does, and
    without the loading of the language stage; `megabytes` are those of the whole process that reads it.

    Raises:
        ValueError: no such limits; the message is a line for the user.
    """

    seconds: float = SECONDS
    megabytes: int = MEGABYTES

    def __post_init__(self) -> None:
        if not (math.isfinite(self.seconds) and self.seconds >= 0):
            raise ValueError(f"a time limit of {self.seconds:g} s cannot be held; give seconds, or 0 for none")
        if self.megabytes != 0 and self.megabytes < LEAST_MEGABYTES:
            raise ValueError(f"no document can be read in {self.megabytes} MB; give {LEAST_MEGABYTES} or more, or 0")


@dataclass(frozen=True, slots=True)
class Stopped:
    """A document whose process ended before it was done; `reason` is a line for the user."""

    reason: str


def why_ended(status: int, limits: Limits) -> str:
    """Why a process ended, by its exit status (negative: the signal that ended it)."""
    if -status in CLOCKS:
        return f"took longer than {limits.seconds:g} s; raise --timeout, or split it"
    if status == OUT_OF_MEMORY:
        return f"needs more than {limits.megabytes} MB of memory; raise --memory, or split it"
    if status == -signal.SIGKILL:
        return "the system stopped the process that read it (SIGKILL), most likely for want of memory"
    name = signal.Signals(-status).name if status < 0 else f"exit {status}"
    if status in _GIVEN_UP and limits.megabytes:
        return f"most likely needs more than {limits.megabytes} MB of memory ({name}); raise --memory, or split it"
    return f"crashed the process that read it ({name}); please report this"
