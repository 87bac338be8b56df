"""A store and papers whose records need no extraction."""

import hashlib
from pathlib import Path

import pytest

from hcclit.outcomes import Failure, Outcome, find_papers
from hcclit.records import Date, Dose
from hcclit.store import make_plan, open_store, query, run_into


def outcome(path: Path) -> Outcome:
    """What a paper comes to, by its text: `bad ...` cannot be read; else a dose for each word."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(b"bad"):
        return Outcome(str(path), digest, failure=Failure(str(path), "is bad", digest))
    place = {"doc_id": path.stem, "start": 0, "end": 1, "text": "x"}
    records = [Dose(**place, drug=word, amount=1, unit="mg") for word in data.decode().split()]
    return Outcome(str(path), digest, [*records, Date(**place, value="2009-05")], size=len(data))


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def run(tmp_path, inbox):
    """Run over the inbox (or another folder) into the store, as the flow does."""

    def run_once(folder=inbox, retry_failed=False):
        with open_store(tmp_path / "store") as store:
            plan = make_plan(store.path, store.catalog, find_papers([folder]), retry_failed)
            return run_into(store, plan, str(folder), [outcome(path) for path in plan.papers])

    return run_once


@pytest.fixture
def rows(tmp_path):
    def ask(sql):
        return query(tmp_path / "store", sql).fetchall()

    return ask
