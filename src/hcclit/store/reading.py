"""Reading a store with DuckDB; readers never wait for a writer and never stop one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from hcclit.store.catalog import NAME, TABLES, Catalog, StoreError, Table, read_catalog
from hcclit.store.tables import RUNS, SCHEMAS

RUNS_FOLDER = "runs"
_TRIES = 5
"""A writer may remove a file between our reading its name and opening it; the next catalogue names its successor."""


def connect(store: Path) -> duckdb.DuckDBPyConnection:
    """Open a store for reading: a DuckDB connection with a view for each table and one for `runs`.

    Raises:
        StoreError: there is no store in this folder, or it cannot be read.
    """
    if not (store / NAME).exists():
        raise StoreError(f"{store}: no store here; `hcclit run INBOX --store {store}` makes one")
    connection = duckdb.connect()
    catalog = read_catalog(store)
    for table in TABLES:
        _view(connection, table, catalog.paths(store, table), SCHEMAS[table])
    _view(connection, "runs", sorted((store / RUNS_FOLDER).glob("*.parquet")), RUNS)
    return connection


def query(store: Path, sql: str) -> duckdb.DuckDBPyRelation:
    """Run a query over a store's tables.

    Raises:
        StoreError: there is no store, or the query is wrong; the message says what and where.
    """
    for attempt in range(_TRIES):
        try:
            relation = connect(store).sql(sql)
            if relation is None:
                raise StoreError("the query gives no table; a store is only read, with `select ...`")
            return relation.execute()
        except duckdb.IOException as error:
            if attempt == _TRIES - 1:
                raise StoreError(f"{store}: {_first_line(error)}") from error
        except duckdb.Error as error:
            raise StoreError(f"query: {_first_line(error)}") from error
    raise AssertionError("unreachable")


def status(store: Path) -> dict[str, Any]:
    """What a store holds: papers, records by type, failures, versions of the extractors, and its last runs.

    Raises:
        StoreError: there is no store in this folder, or it cannot be read.
    """

    def rows(sql: str) -> list[dict[str, Any]]:
        relation = query(store, sql)
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]

    return {
        "papers": rows("select count(*) as n from documents")[0]["n"],
        "records": {r["type"]: r["n"] for r in rows("select type, count(*) as n from records group by 1 order by 1")},
        "findings": {
            f["severity"]: f["n"] for f in rows("select severity, count(*) as n from findings group by 1 order by 1")
        },
        "versions": {v["version"]: v["n"] for v in rows("select version, count(*) as n from documents group by 1")},
        "failures": rows("select source, reason from failures order by source"),
        "runs": rows("select * from runs order by started desc limit 5"),
    }


def rows_of(store: Path, catalog: Catalog, table: Table, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Some columns of a table as tuples, for the writer, whose files nobody else removes."""
    connection = duckdb.connect()
    _view(connection, table, catalog.paths(store, table), SCHEMAS[table])
    return connection.sql(f"select {', '.join(columns)} from {table}").fetchall()  # our own names


def _view(connection: duckdb.DuckDBPyConnection, name: str, paths: list[Path], schema: pa.Schema) -> None:
    """Make a view over files; one without files has the columns and no rows."""
    if paths:
        relation = connection.read_parquet([str(path) for path in paths], union_by_name=True)
        relation.create_view(name)
    else:
        connection.register(name, schema.empty_table())


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split("\n")[0].split())
