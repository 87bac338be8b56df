"""The store: papers, records, failures and runs in one folder of Parquet files, read by DuckDB.

    with open_store(Path("store")) as store:      # one writer at a time
        plan = make_plan(store, find_papers([inbox]))
        store.commit(outcomes, plan)              # all of it or nothing
    query(Path("store"), "select type, count(*) from records group by type")

A paper is known by the hash of its content and the version of the extractors (`planning`). What is written stands in
files that never change; `catalog.json` names those that count and is replaced in one step (`catalog`), so a crash at
any moment leaves the state before or after a commit, and readers never wait (`reading`).
"""

from hcclit.store.catalog import StoreError
from hcclit.store.planning import Plan, make_plan
from hcclit.store.reading import connect, query, status
from hcclit.store.run import StoreSummary, nothing_new, run_into
from hcclit.store.writing import Store, open_store

__all__ = [
    "Plan",
    "Store",
    "StoreError",
    "StoreSummary",
    "connect",
    "make_plan",
    "nothing_new",
    "open_store",
    "query",
    "run_into",
    "status",
]
