"""The flows run for real, on Prefect's own server in a private home."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pandas as pd
import pytest

from hcclit.store import StoreError, query
from tests.conftest import CASE, ROOT

pytestmark = pytest.mark.flow


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    home = tmp_path_factory.mktemp("prefect")
    keep = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return keep | {"PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "good.txt").write_text(CASE)
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02")
    return folder


@pytest.fixture(scope="module")
def finished(environment, inbox, tmp_path_factory):
    """One run over an inbox with a good and a bad paper: what it printed and its folder."""
    output = tmp_path_factory.mktemp("output")
    command = [sys.executable, "-m", "hcclit", "run", str(inbox), "-o", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, env=environment, check=False)
    (folder,) = output.iterdir()
    return done, folder


def test_a_failed_paper_fails_the_run_and_keeps_the_others(finished):
    done, folder = finished
    assert done.returncode == 1
    assert "bad.txt: binary data" in done.stderr
    assert "Traceback" not in done.stderr
    (failure,) = [json.loads(line) for line in (folder / "failures.jsonl").read_text().splitlines()]
    assert failure["path"].endswith("bad.txt")
    assert (folder / "records.jsonl").read_text().count("\n") >= 4


def test_prefect_keeps_its_noise_to_itself(finished):
    done, _ = finished
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) <= 4, done.stderr


def test_the_three_forms_agree_and_the_manifest_counts_them(finished):
    _, folder = finished
    lines = [json.loads(line) for line in (folder / "records.jsonl").read_text().splitlines()]
    for frame in (pd.read_csv(folder / "records.csv"), pd.read_parquet(folder / "records.parquet")):
        assert list(frame["id"]) == [line["id"] for line in lines]
        assert list(frame["type"]) == [line["type"] for line in lines]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["counts"]["records"] == len(lines)
    assert manifest["counts"]["papers"] == 2
    assert manifest["counts"]["failures"] == 1
    assert manifest["counts"]["findings"] == len((folder / "findings.jsonl").read_text().splitlines())
    assert sum(manifest["counts"]["by_type"].values()) == len(lines)
    assert {i["failed"] for i in manifest["inputs"]} == {True, False}


def test_a_score_below_its_floor_fails_the_run(environment, tmp_path):
    inbox = tmp_path / "inbox"
    (inbox / "gold").mkdir(parents=True)
    (inbox / "paper.txt").write_text(CASE)
    gold = {
        "doc_id": "paper",
        "type": "date",
        "start": 0,
        "end": 2,
        "text": "In",
        "subject": None,
        "value": "1999",
    }
    (inbox / "gold/paper.jsonl").write_text(json.dumps(gold) + "\n")
    (inbox / "floors.json").write_text('{"micro": {"core": {"f1": 0.9}}}')
    command = [sys.executable, "-m", "hcclit", "run", str(inbox), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400, env=environment, check=False)
    assert done.returncode == 1
    assert "micro" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_schedule_fires_and_reads_each_paper_once(environment, tmp_path):
    inbox, store = tmp_path / "inbox", tmp_path / "store"
    inbox.mkdir()
    (inbox / "first.txt").write_text(CASE)
    command = [sys.executable, "-m", "hcclit", "serve", str(inbox), "--every", "5", "--store", str(store)]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        _wait_for(lambda: _papers(store) == {"first": 4}, server)
        (inbox / "second.txt").write_text(CASE.replace("1,905", "2,047"))
        _wait_for(lambda: _papers(store) == {"first": 4, "second": 4}, server)
    finally:
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=60)
    assert "page http://127.0.0.1:" in said
    assert "Traceback" not in said


def _papers(store):
    """Records by paper, as far as the store is there."""
    try:
        return dict(query(store, "select doc_id, count(*) from records group by 1").fetchall())
    except StoreError:
        return {}


def test_a_run_into_a_store_reads_what_is_new(environment, inbox, tmp_path):
    def run(*options):
        command = [sys.executable, "-m", "hcclit", "run", str(inbox), "--store", str(tmp_path / "store"), *options]
        return subprocess.run(command, capture_output=True, text=True, timeout=400, env=environment, check=False)

    first = run()
    assert first.returncode == 1
    assert "bad.txt: binary data" in first.stderr
    assert "1 new papers, 4 records" in first.stderr
    assert "Traceback" not in first.stderr
    again = run()
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr == "nothing new: 1 papers seen before, 1 failed before (see `hcclit status`)\n"
    assert _papers(tmp_path / "store") == {"good": 4}


@pytest.fixture
def server(environment):
    """A real Prefect server on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environment, start_new_session=True, **quiet)
    url = f"http://127.0.0.1:{port}/api"
    try:
        _wait_for(lambda: _answers(f"{url}/health"), process)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _answers(url):
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.mark.soak
def test_a_dask_cluster_reads_all_papers_though_a_worker_dies(environment, server, tmp_path):
    from distributed import LocalCluster

    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(200):
        (inbox / f"p{number:03d}.txt").write_text((CASE * 20).replace("1,905", f"{number + 1},905"))
    with LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        command = [sys.executable, "-m", "hcclit", "run", str(inbox), "--store", str(tmp_path / "store")]
        command += ["--dask", cluster.scheduler_address]
        env = environment | {"PREFECT_API_URL": server}
        run = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)
        _wait_for(lambda: _papers(tmp_path / "store"), run)  # in the middle of its work
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
        _, said = run.communicate(timeout=300)
    assert run.returncode == 0, said
    assert "200 new papers" in said
    assert len(_papers(tmp_path / "store")) == 200


def _wait_for(condition, server, seconds=240):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        assert server.poll() is None, server.stderr and server.stderr.read()
        time.sleep(1)
    pytest.fail("the schedule did not do its work in time")
