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
from pathlib import Path

from . import settings

START_SECONDS = 180
"""How long a server may take to come up: its first start migrates a database."""

LOOK_SECONDS = 10
"""How often the server looks for runs that are due; Prefect's own default is 60."""


class ServerError(RuntimeError):
    """The Prefect server did not come up; the message says why as far as is known."""


def serve(inbox: Path, store: Path, cron: str | None, every: float | None, say: Callable[[str], None]) -> None:
    """Run the ingest flow over an inbox on a schedule until interrupted.

    Args:
        inbox: folder that is looked through each time; papers seen before are skipped.
        store: store that takes what is new.
        cron: schedule as cron writes it, or None.
        every: seconds between runs, or None; one of the two is given.
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

        when = cron or f"every {every:g} s"
        say(f"schedule: {when}; inbox {inbox}; page {url.removesuffix('/api')}; stop with Ctrl-C")
        ingest.serve(
            name=f"hcclit {inbox.name}",
            cron=cron,
            interval=every,
            parameters={"inbox": str(inbox), "store": str(store)},
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
