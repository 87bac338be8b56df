"""A schedule that fires: Prefect's own server and the ingest flow served on it.

A schedule never fires on Prefect's ephemeral server, so a real one is found (`PREFECT_API_URL`) or started as a
child process with a home of its own, and stopped with us.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import settings

START_SECONDS = 180
"""How long a server may take to come up: its first start migrates a database."""

LOOK_SECONDS = 10
"""How often the server looks for runs that are due; Prefect's own default is 60."""


class ServerError(RuntimeError):
    """The Prefect server did not come up; the message says why as far as is known."""


@dataclass(frozen=True)
class Schedule:
    """When to run: as cron writes it, or every so many seconds; one of the two is given."""

    cron: str | None
    every: float | None

    def __str__(self) -> str:
        return self.cron or f"every {self.every:g} s"


def serve(parameters: dict[str, Any], schedule: Schedule, say: Callable[[str], None]) -> None:
    """Run the ingest flow on a schedule until interrupted; papers seen before are skipped.

    Args:
        parameters: of the flow; its inbox and store at least.
        schedule: when to run.
        say: tells the user a line.

    Raises:
        ServerError: no server answers and none could be started.
    """
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")  # a run that fails while nobody waits for it must show
    settings.prepare()
    _take_interrupts()
    with find_or_start_server(say) as url:
        os.environ["PREFECT_API_URL"] = url
        from .ingest import ingest  # noqa: PLC0415  # reads the server's address when imported

        inbox = Path(str(parameters["inbox"]))
        say(f"schedule: {schedule}; inbox {inbox}; page {url.removesuffix('/api')}; stop with Ctrl-C")
        ingest.serve(
            name=f"hcclit {inbox.name}",
            cron=schedule.cron,
            interval=schedule.every,
            parameters=parameters,
            tags=["hcclit"],
            limit=1,  # one run at a time: two would read the same new papers
            print_starting_message=False,
        )


def _take_interrupts() -> None:
    """Let Ctrl-C stop the schedule and nothing else.

    A terminal sends it to every process; a run in the middle of its work would die with a traceback. Blocked here, it
    is blocked in all children, and a thread turns it into the signal that Prefect's runner stops at in good order.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def forward() -> None:
        signal.sigwait({signal.SIGINT})
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=forward, daemon=True).start()


@contextmanager
def find_or_start_server(say: Callable[[str], None]) -> Iterator[str]:
    """The address of a server that answers: the user's, or one started here and stopped at the end."""
    url = os.environ.get("PREFECT_API_URL")
    if url:
        _wait(url, None)
        yield url
        return
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    say("starting a Prefect server ...")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    # a group of its own, so that Ctrl-C reaches us first and the flow stops before its server
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {"PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": str(LOOK_SECONDS)},
    )
    try:
        _wait(url, process)
        yield url
    finally:
        _stop(process)


def _wait(url: str, process: subprocess.Popen[bytes] | None) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            raise ServerError(f"the Prefect server stopped at its start (exit {process.returncode})")
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            if process is None:
                raise ServerError(f"no Prefect server answers at {url} (PREFECT_API_URL)") from None
            time.sleep(0.5)
    raise ServerError(f"the Prefect server did not answer within {START_SECONDS} s")


def _stop(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    except ProcessLookupError:
        pass


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
