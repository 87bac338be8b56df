"""Prefect's environment, set before Prefect is imported, as far as the user has not set it.

Without a server of the user's own, a run uses Prefect's ephemeral one, whose home is kept apart from the
user's; its telemetry is off, and its start-up and stop messages stay away from the user.
"""

from __future__ import annotations

import os
from pathlib import Path

DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # a failure is told by us in one line; Prefect would print its traceback first
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    # a first start migrates a database, which takes longer than the default 20 s on a busy machine
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
}


def private_home() -> Path:
    """Where Prefect keeps its things for hcclit: `$XDG_CACHE_HOME/hcclit/prefect`."""
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "hcclit" / "prefect"


def prepare() -> None:
    """Set Prefect's environment where it is not set; call before importing Prefect."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if "PREFECT_API_URL" not in os.environ and "PREFECT_HOME" not in os.environ:
        home = private_home()
        home.mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder only, and its server never starts
        os.environ["PREFECT_HOME"] = str(home)
