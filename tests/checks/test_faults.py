"""A check that fails by a fault of its own: told, and nothing else is lost."""

import json
from datetime import UTC, datetime

import pytest

import hcclit.checks
from hcclit.checks.rules.share_of_total import check as share_of_total
from hcclit.papers import process_and_check
from hcclit.pipeline import extraction
from hcclit.readers import read
from hcclit.runs import write_run
from hcclit.store import make_plan, open_store, query, run_into

SAID = "check broken failed (ZeroDivisionError: by nothing); please report this"


@pytest.fixture
def outcome(tmp_path, monkeypatch):
    def broken(paper):
        yield from share_of_total(paper)
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(hcclit.checks, "checks", lambda: {"broken": broken, "share_of_total": share_of_total})
    paper = tmp_path / "wrong.txt"
    paper.write_text("Rash occurred in 12 of 48 patients (35%). AFP was 12 ng/mL.\n")
    return process_and_check(paper)


def test_records_and_the_findings_of_other_checks_stand(outcome):
    assert outcome.failure is None
    assert [record.type for record in outcome.records]
    assert [finding.check for finding in outcome.findings] == ["share_of_total"]
    assert [failure.reason for failure in outcome.failures] == [SAID]


def test_a_run_tells_it_among_its_failures(outcome, tmp_path):
    summary = write_run(tmp_path, [outcome], datetime.now(UTC))
    assert summary.failures == [f"{outcome.path}: {SAID}"]
    assert json.loads((tmp_path / "failures.jsonl").read_text())["reason"] == SAID
    assert (summary.records, len(summary.findings)) == (len(outcome.records), 1)


def test_a_store_keeps_the_paper_and_the_line_and_tries_again_when_asked(outcome, tmp_path):
    def plan(retry):
        return make_plan(store.path, store.catalog, [tmp_path / "wrong.txt"], retry)

    with open_store(tmp_path / "store") as store:
        summary = run_into(store, plan(retry=False), str(tmp_path), [outcome])
        assert (summary.new, summary.failures) == (1, [f"{outcome.path}: {SAID}"])
        assert plan(retry=False).failed_before == 1
        assert plan(retry=True).papers == [(tmp_path / "wrong.txt").resolve()]
    assert query(tmp_path / "store", "select reason from failures").fetchall() == [(SAID,)]
    assert query(tmp_path / "store", "select count(*) from findings").fetchall() == [(1,)]


def test_whoever_asks_for_findings_alone_never_gets_an_empty_result_for_a_fault(outcome, tmp_path):
    document = read(tmp_path / "wrong.txt")
    with pytest.raises(RuntimeError, match="check broken failed"):
        hcclit.checks.check(document, extraction(document).records)
