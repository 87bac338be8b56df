"""Writing to a store: one writer at a time, each commit whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from hcclit.outcomes import Outcome
from hcclit.store import compaction
from hcclit.store.catalog import TABLES, Catalog, StoreError, Table, read_catalog, write_catalog
from hcclit.store.planning import Plan
from hcclit.store.reading import RUNS_FOLDER
from hcclit.store.tables import (
    RUNS,
    SCHEMAS,
    document_row,
    failure_row,
    finding_row,
    record_row,
    write_rows,
    write_table,
)
from hcclit.version import extractors_version

LOCK = "writer.lock"


@contextmanager
def open_store(path: Path, wait: float = 0) -> Iterator[Store]:
    """Open a store for writing, made where there is none; other writers are kept out until the end.

    Args:
        path: the store's folder.
        wait: seconds to wait for another writer to finish.

    Raises:
        StoreError: another run writes to the store, or the folder cannot be written.
    """
    lock = FileLock(path / LOCK)
    try:
        path.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
    except Timeout:
        raise StoreError(f"{path}: another run is writing to this store; wait for it, or use --wait") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error
    try:
        yield Store(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); the store is as it was before") from error
    finally:
        lock.release()


def _of_papers(hashes: set[str]) -> dict[Table, tuple[str, set[str]]]:
    """All rows of some papers, for `Store._write`."""
    tables: tuple[Table, ...] = ("documents", "records", "findings")
    return dict.fromkeys(tables, ("sha256", hashes))


@dataclass
class _Files:
    """Files that a commit has written and those that it makes superfluous."""

    catalog: Catalog
    number: int = 0

    def name(self) -> str:
        self.number += 1
        return f"{self.catalog.commits + 1:08d}-{self.number}.parquet"


class Store:
    """A store that is open for writing; made by `open_store`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.catalog = read_catalog(path)
        self._sweep()
        write_catalog(path, self.catalog)  # an empty store is a store; and a folder that cannot be written shows now

    def commit(self, outcomes: Sequence[Outcome], plan: Plan) -> None:
        """Add what became of some papers, in one step: their records, or why there are none.

        What a paper replaces goes in the same step. A paper that could not be read replaces nothing but its own
        former failure.
        """
        read = [outcome for outcome in outcomes if outcome.failure is None]
        gone = set().union(*(plan.replaces.get(o.path, set()) for o in read), {str(o.sha256) for o in read})
        version = extractors_version()
        fresh: dict[Table, list[dict[str, Any]]] = {
            "documents": [document_row(o, version) for o in read],
            "records": [record_row(r, str(o.sha256)) for o in read for r in o.records],
            "findings": [finding_row(f, str(o.sha256)) for o in read for f in o.findings],
            "failures": [failure_row(failure, version) for o in outcomes for failure in o.failures],
        }
        tried = {o.path for o in outcomes}
        self._write(fresh, _of_papers(gone) | {"failures": ("source", tried)})

    def note_moves(self, moved: dict[str, str]) -> None:
        """Note the new places of documents whose files moved, by hash."""
        if not moved:
            return
        paths = self.catalog.paths(self.path, "documents")
        rows = [row for path in paths for row in pq.read_table(path).to_pylist() if row["sha256"] in moved]
        fresh = [row | {"source": moved[row["sha256"]]} for row in rows]
        self._write({"documents": fresh}, {"documents": ("sha256", set(moved))})

    def forget(self, names: set[str]) -> int:
        """Take papers out, by hash, source or document id, and their failures; how many there were."""
        paths = self.catalog.paths(self.path, "documents")
        rows = [row for path in paths for row in pq.read_table(path).to_pylist()]
        hashes = {row["sha256"] for row in rows if names & {row["sha256"], row["source"], row["doc_id"]}}
        self._write({}, _of_papers(hashes) | {"failures": ("source", names)})
        return len(hashes)

    def write_run(self, row: dict[str, Any]) -> None:
        """Write a run's row, at its start and again at its end."""
        folder = self.path / RUNS_FOLDER
        path = folder / f"{row['run_id']}.parquet"
        write_rows(path.with_suffix(".new"), RUNS, [row])
        path.with_suffix(".new").replace(path)

    def new_run_id(self, started: datetime) -> str:
        """An id for a run by its start in UTC; a second one in the same second gets a number."""
        stem = started.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        names = (stem if i == 0 else f"{stem}-{i}" for i in range(1000))
        return next(name for name in names if not (self.path / RUNS_FOLDER / f"{name}.parquet").exists())

    def compact(self) -> None:
        """Join small files, where there are many, into few."""
        catalog = compaction.compact(self.path, self.catalog)
        if catalog is not self.catalog:
            self._switch(catalog)

    def _write(self, fresh: dict[Table, list[dict[str, Any]]], out: dict[Table, tuple[str, set[str]]]) -> None:
        """Write a commit's files, then switch to a catalogue that has them and lacks what goes out.

        Args:
            fresh: new rows by table.
            out: by table, the column by which old rows are known and the values of those that go.
        """
        files = _Files(self.catalog)
        catalog = self.catalog
        for table, (column, values) in out.items():
            catalog = self._without(catalog, table, (column, values), files)
        for table, rows in fresh.items():
            if rows:
                name = files.name()
                write_rows(self.path / table / name, SCHEMAS[table], rows)
                catalog = catalog.exchanged(table, set(), [name])
        if catalog is not self.catalog:
            self._switch(replace(catalog, commits=self.catalog.commits + 1))
            self._join_if_many()

    def _without(self, catalog: Catalog, table: Table, rows: tuple[str, set[str]], files: _Files) -> Catalog:
        """A catalogue in which the files that held some rows are written anew without them."""
        column, values = rows
        wanted = pa.array(sorted(values), pa.string())
        for name in catalog.files[table] if values else ():
            path = self.path / table / name
            held = pc.is_in(pq.read_table(path, columns=[column])[column], wanted)
            if not pc.any(held).as_py():
                continue
            kept = pq.read_table(path).filter(pc.invert(held))
            new = [files.name()] if kept.num_rows else []
            for fresh in new:
                write_table(self.path / table / fresh, kept)
            catalog = catalog.exchanged(table, {name}, new)
        return catalog

    def _switch(self, catalog: Catalog) -> None:
        write_catalog(self.path, catalog)
        self.catalog = catalog
        self._sweep()

    def _join_if_many(self) -> None:
        if compaction.is_due(self.path, self.catalog):
            self.compact()

    def _sweep(self) -> None:
        """Remove files that no catalogue names: left by a crash, or superseded by the last commit."""
        for table in TABLES:
            live = set(self.catalog.files[table])
            if (self.path / table).is_dir():
                for entry in os.scandir(self.path / table):
                    if entry.name not in live:
                        Path(entry.path).unlink()
