"""Joining small files: a run commits often, and a query over thousands of small files is slow."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from hcclit.store.catalog import TABLES, Catalog, Table, sync_folder
from hcclit.store.tables import SCHEMAS

SMALL = 16 * 2**20
"""Bytes below which a file is joined with others."""
MANY = 32
"""So many small files of one table are joined."""


def is_due(store: Path, catalog: Catalog) -> bool:
    """Whether a table has many small files."""
    return any(len(_small(store, catalog, table)) >= MANY for table in TABLES)


def compact(store: Path, catalog: Catalog) -> Catalog:
    """Write the small files of each table as one; the catalogue that has it, or the same one if there is nothing to do.

    Rows keep their order. One file's rows are in memory at a time.
    """
    before = catalog
    for table in TABLES:
        small = _small(store, catalog, table)
        if len(small) > 1:
            name = f"{before.commits + 1:08d}-joined.parquet"
            _join([store / table / old for old in small], store / table / name, table)
            catalog = catalog.exchanged(table, set(small), [name])
    return catalog if catalog is before else replace(catalog, commits=before.commits + 1)


def _small(store: Path, catalog: Catalog, table: Table) -> list[str]:
    return [name for name in catalog.files[table] if (store / table / name).stat().st_size < SMALL]


def _join(old: list[Path], new: Path, table: Table) -> None:
    schema = SCHEMAS[table]
    try:
        with new.open("wb") as file:
            with pq.ParquetWriter(file, schema, compression="zstd") as writer:
                for path in old:
                    writer.write_table(pq.read_table(path, schema=schema))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync_folder(new.parent)
