"""`hcclit query`, `hcclit status`, `hcclit forget`: looking into a store, and taking papers out of it."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hcclit.cli.output import fail, say

if TYPE_CHECKING:
    import duckdb

StoreOption = Annotated[Path, typer.Option(help="The store's folder.")]


class TableFormat(StrEnum):
    """How a query's table is printed."""

    table = "table"
    csv = "csv"
    json = "json"


def query(
    sql: Annotated[str, typer.Argument(help="A query over records, documents, failures and runs.")],
    store: StoreOption = Path("store"),
    format: Annotated[TableFormat, typer.Option(help="Form of the answer.")] = TableFormat.table,
) -> None:
    """Ask a store with SQL (DuckDB's).

    Example: hcclit query "select drug, count(*) from records where type = 'dose' group by drug" --store store
    """
    from hcclit.store import StoreError
    from hcclit.store import query as ask

    try:
        _print_relation(ask(store, sql), format)
    except StoreError as error:
        fail(str(error))


def status(
    store: StoreOption = Path("store"),
    format: Annotated[TableFormat, typer.Option(help="`table` to read, `json` to compute with.")] = TableFormat.table,
) -> None:
    """Say what a store holds: papers, records by type, failures with their reasons, the last runs.

    Example: hcclit status --store store
    """
    from hcclit.store import StoreError
    from hcclit.store import status as look

    try:
        found = look(store)
    except StoreError as error:
        fail(str(error))
    if format is TableFormat.json:
        typer.echo(json.dumps(found, indent=1, ensure_ascii=False, default=str))
    else:
        _print_status(found)


def forget(
    papers: Annotated[list[str], typer.Argument(metavar="PAPER...", help="Document ids, sources or hashes.")],
    store: StoreOption = Path("store"),
) -> None:
    """Take papers out of a store with their records and failures. A file that stays in the inbox is read again.

    Example: hcclit forget smith2019 --store store
    """
    from hcclit.store import StoreError, open_store

    try:
        with open_store(store) as opened:
            gone = opened.forget(set(papers))
    except StoreError as error:
        fail(str(error))
    say(f"{gone} papers taken out")
    raise typer.Exit(0 if gone else 1)


def _print_relation(relation: duckdb.DuckDBPyRelation, form: TableFormat) -> None:
    names = relation.columns
    match form:
        case TableFormat.csv:
            import csv

            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(names)
            while rows := relation.fetchmany(10_000):
                writer.writerows(rows)
        case TableFormat.json:
            found = [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
            typer.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
        case TableFormat.table:
            _print_rows(names, relation.fetchall())


def _print_rows(names: list[str], rows: list[Any]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(escape(name), overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else escape(str(value)) for value in row))
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def _print_status(found: dict[str, Any]) -> None:
    types = ", ".join(f"{name} {count}" for name, count in found["records"].items())
    typer.echo(f"{found['papers']} papers, {sum(found['records'].values())} records ({types or 'none'})")
    for version, count in found["versions"].items():
        typer.echo(f"{count} papers read by the extractors {version}")
    findings = ", ".join(f"{name} {count}" for name, count in found["findings"].items())
    typer.echo(f"{sum(found['findings'].values())} findings ({findings or 'none'})")
    typer.echo(f"{len(found['failures'])} failures")
    for failure in found["failures"]:
        typer.echo(f"  {failure['source']}: {failure['reason']}")
    if found["runs"]:
        _print_rows(list(found["runs"][0]), [tuple(run.values()) for run in found["runs"]])
