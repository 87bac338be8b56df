"""The store's promises: what is new is read once, what changes replaces, nothing is doubled or lost."""

import json
import os
import resource
import subprocess
import sys

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcclit import version
from hcclit.outcomes import find_papers
from hcclit.papers import process_and_check
from hcclit.records import MODELS
from hcclit.store import StoreError, catalog, compaction, connect, make_plan, open_store, query, run_into, status
from hcclit.store import run as store_run
from tests.store.conftest import outcome

DRUGS = "select doc_id, drug from records where type = 'dose' order by all"


def test_a_paper_is_read_once(run, rows, inbox):
    (inbox / "a.txt").write_text("sorafenib lenvatinib")
    assert (run().new, run().new) == (1, 0)
    assert rows(DRUGS) == [("a", "lenvatinib"), ("a", "sorafenib")]


def test_a_copy_is_no_second_paper(run, rows, inbox):
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_text("sorafenib")
    summary = run()
    assert (summary.new, summary.seen) == (1, 1)
    assert rows(DRUGS) == [("a", "sorafenib")]
    assert run().seen == 2


def test_a_corrected_file_replaces_its_records(run, rows, inbox):
    (inbox / "a.txt").write_text("sorafenib")
    (inbox / "b.txt").write_text("erlotinib")
    run()
    (inbox / "a.txt").write_text("lenvatinib")
    summary = run()
    assert (summary.new, summary.replaced, summary.seen) == (0, 1, 1)
    assert rows(DRUGS) == [("a", "lenvatinib"), ("b", "erlotinib")]
    assert rows("select count(*) from documents") == [(2,)]


def test_a_corrected_file_whose_former_content_stays_elsewhere(run, rows, inbox):
    (inbox / "a.txt").write_text("sorafenib")
    (inbox / "b.txt").write_text("sorafenib")
    run()
    (inbox / "a.txt").write_text("lenvatinib")
    run()
    assert rows(DRUGS) == [("a", "lenvatinib"), ("b", "sorafenib")]


def test_new_extractors_read_all_again(run, rows, inbox, monkeypatch):
    (inbox / "a.txt").write_text("sorafenib")
    run()
    for module in ("planning", "writing", "run"):
        monkeypatch.setattr(f"hcclit.store.{module}.extractors_version", lambda: "next")
    assert run().replaced == 1
    assert rows(DRUGS) == [("a", "sorafenib")]
    assert rows("select version from documents") == [("next",)]
    assert run().seen == 1


def test_the_version_follows_the_vocabulary(monkeypatch, tmp_path):
    (tmp_path / "a.csv").write_text("1")
    monkeypatch.setattr(version, "files", lambda _: tmp_path)
    first = version.extractors_version.__wrapped__()
    (tmp_path / "a.csv").write_text("2")
    assert version.extractors_version.__wrapped__() != first


def test_a_failure_is_kept_until_the_file_can_be_read(run, rows, inbox):
    (inbox / "a.txt").write_text("bad")
    assert run().failed == 1
    assert rows("select reason from failures") == [("is bad",)]
    again = run()
    assert (again.failed, again.failed_before) == (0, 1)
    assert run(retry_failed=True).failed == 1
    (inbox / "a.txt").write_text("sorafenib")
    assert run().new == 1
    assert rows("select * from failures") == []


def test_a_file_that_got_worse_keeps_its_records(run, rows, inbox):
    (inbox / "a.txt").write_text("sorafenib")
    run()
    (inbox / "a.txt").write_text("bad now")
    assert run().failed == 1
    assert rows(DRUGS) == [("a", "sorafenib")]
    (inbox / "a.txt").write_text("lenvatinib")
    run()
    assert rows(DRUGS) == [("a", "lenvatinib")]


def test_a_moved_file_is_seen_and_can_be_corrected_at_its_new_place(run, rows, inbox, tmp_path):
    (inbox / "a.txt").write_text("sorafenib")
    run()
    new = tmp_path / "elsewhere"
    inbox.rename(new)
    assert run(new).seen == 1
    (new / "a.txt").write_text("lenvatinib")
    run(new)
    assert rows(DRUGS) == [("a", "lenvatinib")]


def test_forgetting_a_paper(run, rows, inbox, tmp_path):
    (inbox / "a.txt").write_text("sorafenib")
    (inbox / "b.txt").write_text("lenvatinib")
    run()
    with open_store(tmp_path / "store") as store:
        assert store.forget({"a"}) == 1
        assert store.forget({"nobody"}) == 0
    assert rows(DRUGS) == [("b", "lenvatinib")]


def test_many_small_files_become_few_and_keep_all_rows(run, rows, inbox, monkeypatch, tmp_path):
    monkeypatch.setattr(store_run, "COMMIT_PAPERS", 1)
    for number in range(compaction.MANY * 2 + 5):
        (inbox / f"p{number:03d}.txt").write_text(f"drug{number}")
    run()
    assert len(catalog.read_catalog(tmp_path / "store").files["records"]) == 1
    assert len(rows(DRUGS)) == compaction.MANY * 2 + 5
    names = {p.name for p in (tmp_path / "store/records").iterdir()}
    assert names == set(catalog.read_catalog(tmp_path / "store").files["records"])


def test_records_have_the_contracts_fields_as_columns(run, inbox, tmp_path):
    (inbox / "a.txt").write_text("sorafenib")
    run()
    columns = set(query(tmp_path / "store", "select * from records").columns)
    assert {name for model in MODELS.values() for name in model.model_fields} <= columns
    (date,) = query(tmp_path / "store", "select date from records where type = 'date'").fetchall()
    assert date == ("2009-05",)


def test_plain_duckdb_and_pandas_can_read_it(run, inbox, tmp_path):
    (inbox / "a.txt").write_text("sorafenib lenvatinib")
    run()
    pattern = tmp_path / "store/records/*.parquet"
    assert duckdb.sql(f"select count(*) from '{pattern}'").fetchall() == [(3,)]
    assert len(pd.read_parquet(tmp_path / "store/records")) == 3


def test_an_empty_store_can_be_asked(tmp_path):
    with open_store(tmp_path / "store"):
        pass
    assert query(tmp_path / "store", "select count(*), max(amount) from records").fetchall() == [(0, None)]
    assert status(tmp_path / "store")["papers"] == 0


def test_status_says_what_happened(run, inbox, tmp_path):
    (inbox / "a.txt").write_text("sorafenib")
    (inbox / "b.txt").write_text("bad")
    run()
    found = status(tmp_path / "store")
    assert (found["papers"], found["records"]) == (1, {"date": 1, "dose": 1})
    assert [f["reason"] for f in found["failures"]] == ["is bad"]
    (row,) = found["runs"]
    assert (row["new"], row["failed"], row["records"]) == (1, 1, 2)
    assert row["finished"] >= row["started"]


def test_no_store_and_a_wrong_query_say_so(tmp_path, run, inbox):
    with pytest.raises(StoreError, match="no store here"):
        query(tmp_path / "store", "select 1")
    (inbox / "a.txt").write_text("x")
    run()
    with pytest.raises(StoreError, match="query: "):
        query(tmp_path / "store", "select nothing from nowhere")
    with pytest.raises(StoreError, match="only read"):
        query(tmp_path / "store", "create table t (a int)")


def test_a_second_writer_is_told(tmp_path):
    with open_store(tmp_path / "store"):
        code = "import sys; from pathlib import Path; from hcclit.store import *\n"
        code += "try:\n  open_store(Path(sys.argv[1])).__enter__()\nexcept StoreError as e: print(e)"
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "store")], capture_output=True, text=True, check=True
        )
    assert "another run is writing" in done.stdout


def test_a_store_of_another_layout_is_refused(tmp_path):
    with open_store(tmp_path / "store"):
        pass
    path = tmp_path / "store" / catalog.NAME
    path.write_text(path.read_text().replace('"format": 1', '"format": 99'))
    with pytest.raises(StoreError, match="layout 99"):
        query(tmp_path / "store", "select 1")


def test_a_broken_catalogue_is_no_empty_store(tmp_path):
    with open_store(tmp_path / "store"):
        pass
    (tmp_path / "store" / catalog.NAME).write_text("{")
    with pytest.raises(StoreError, match="cannot be read"), open_store(tmp_path / "store"):
        pass


def test_a_full_disk_leaves_the_store_as_it_was(run, rows, inbox, tmp_path):
    (inbox / "a.txt").write_text("sorafenib")
    run()
    (inbox / "b.txt").write_text(" ".join(f"drug{n}" for n in range(5000)))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))  # a write beyond this fails, as on a full disk
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert rows(DRUGS) == [("a", "sorafenib")]
    assert run().new == 1
    assert len(rows(DRUGS)) == 5001


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_says_so(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written"), open_store(tmp_path / "store"):
        pass


def test_a_file_in_the_place_of_the_store_says_so(tmp_path):
    (tmp_path / "store").write_text("")
    with pytest.raises(StoreError, match="cannot be written"), open_store(tmp_path / "store"):
        pass


def test_a_reader_that_loses_a_file_to_a_writer_looks_again(run, inbox, tmp_path, monkeypatch):
    (inbox / "a.txt").write_text("sorafenib")
    run()
    stale = catalog.read_catalog(tmp_path / "store")
    (inbox / "a.txt").write_text("lenvatinib")
    run()
    answers = [stale]
    fresh = catalog.read_catalog
    monkeypatch.setattr("hcclit.store.reading.read_catalog", lambda s: answers.pop() if answers else fresh(s))
    assert query(tmp_path / "store", DRUGS).fetchall() == [("a", "lenvatinib")]
    connect(tmp_path / "store").close()


STEPS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["sorafenib", "lenvatinib", "bad", "", None])), max_size=12
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_after_any_history_the_store_holds_what_the_inbox_holds(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("history")
    inbox, path = folder / "inbox", folder / "store"
    inbox.mkdir()
    readable: dict[str, str] = {}
    for name, content in steps:
        file = inbox / f"{name}.txt"
        if content is None:
            file.unlink(missing_ok=True)  # a paper whose file is gone stays in the store
            continue
        file.write_text(f"{content} {name}" if content != "bad" else f"bad {name}")
        if content != "bad":
            readable[name] = f"{content} {name}"
        with open_store(path) as store:
            plan = make_plan(path, store.catalog, find_papers([inbox]))
            run_into(store, plan, "inbox", [outcome(p) for p in plan.papers])
    expected = sorted((name, word) for name, text in readable.items() for word in text.split())
    found = query(path, DRUGS).fetchall() if readable or path.exists() else []
    assert found == expected


def test_findings_are_kept_with_their_paper_and_go_with_it(tmp_path):
    inbox, store = tmp_path / "inbox", tmp_path / "store"
    inbox.mkdir()
    (inbox / "wrong.txt").write_text("Results\n\nDiarrhoea occurred in 12 of 48 patients (35%).\n")
    outcomes = [process_and_check(inbox / "wrong.txt")]
    with open_store(store) as opened:
        run_into(opened, make_plan(store, opened.catalog, find_papers([inbox])), "inbox", outcomes)
    rows = query(store, 'select doc_id, "check", stated, expected, spans from findings').fetchall()
    assert [row[:4] for row in rows] == [("wrong", "share_of_total", "35%", "25%")]
    assert [span["text"] for span in json.loads(rows[0][4])] == ["35", "12", "48"]
    assert status(store)["findings"] == {"error": 1}
    with open_store(store) as opened:
        opened.forget({"wrong"})
    assert query(store, "select * from findings").fetchall() == []


def test_a_store_from_before_there_were_findings_opens(tmp_path):
    store = tmp_path / "store"
    with open_store(store):
        pass
    path = store / catalog.NAME
    found = json.loads(path.read_text())
    del found["files"]["findings"]
    path.write_text(json.dumps(found))
    assert query(store, "select * from findings").fetchall() == []
    with open_store(store) as opened:
        assert opened.catalog.files["findings"] == ()
