"""One run of the ingest flow: on this machine, or on a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hcclit.store import StoreError, StoreSummary

from . import settings

settings.prepare()


def run_ingest(
    inbox: Path, store: Path, dask: str | None, options: dict[str, Any], say: Callable[[str], None]
) -> StoreSummary:
    """Run the flow once and give its summary.

    Args:
        inbox: folder of papers, or one paper; on a cluster, a place that all its workers reach.
        store: the store's folder.
        dask: address of a Dask scheduler, or None for processes on this machine.
        options: further parameters of the flow.
        say: tells the user a line.

    Raises:
        StoreError: the store is being written by another run, or cannot be written, or the cluster cannot be used.
    """
    if dask is None:
        from .ingest import ingest  # noqa: PLC0415  # Prefect reads its environment when it is imported

        summary: StoreSummary = ingest(inbox=inbox, store=store, **options)
        return summary
    return _on_cluster(inbox, store, dask, options, say)


def _on_cluster(
    inbox: Path, store: Path, dask: str, options: dict[str, Any], say: Callable[[str], None]
) -> StoreSummary:
    """Prefect's tasks run in the cluster's workers, and each of them talks to a server: so there must be a real one."""
    from .serve import find_or_start_server  # noqa: PLC0415

    try:
        from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415
    except ImportError as error:
        raise StoreError("a Dask cluster needs the extra: pip install 'hcclit[dask]'") from error
    with find_or_start_server(say) as url:
        os.environ["PREFECT_API_URL"] = url
        from .ingest import ingest  # noqa: PLC0415

        runner = DaskTaskRunner(address=dask)
        on_cluster = ingest.with_options(task_runner=runner)  # type: ignore[arg-type]
        summary: StoreSummary = on_cluster(inbox=inbox, store=store, **options)
        return summary
