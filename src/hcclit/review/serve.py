"""The server as a process has it: its socket, its address with the token, and how it ends."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from hcclit.review.desk import Desk
from hcclit.review.web import application

HOST = "127.0.0.1"
_TOKEN_BYTES = 24
_SECONDS_TO_END = 2


class _Server(uvicorn.Server):
    """A server that says when it is ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], object]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


def bound(port: int) -> socket.socket:
    """A socket on this machine alone; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError:
        listening.close()
        raise
    return listening


def serve(desk: Desk, listening: socket.socket, say: Callable[[str], object], browser: bool) -> None:
    """Serve a desk's page until Ctrl-C or a signal to end.

    Args:
        desk: the papers.
        listening: where; from `bound`.
        say: takes the address, as soon as it answers.
        browser: whether to open it too.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    port = listening.getsockname()[1]
    address = f"http://{HOST}:{port}/{token}/"

    def ready() -> None:
        say(address)
        if browser:
            # beside the server: a browser of the terminal would hold it up
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    app = application(desk, token, {f"{HOST}:{port}", f"localhost:{port}"})
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,  # it would print the token
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    _Server(config, ready).run(sockets=[listening])
