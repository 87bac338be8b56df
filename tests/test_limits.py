"""Limits hold whatever a document does, and a process that dies costs one document and no other."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcclit.batches import lasting_pool
from hcclit.limits import Limits, Stopped, Worker, WorkerError
from hcclit.store import query
from tests.conftest import CASE, ROOT
from tests.hostile import FACTS

JOB = "tests.jobs:loaded"
LIMITS = Limits(seconds=1.0, megabytes=400)
REASONS = {
    "run on": "took longer than 1 s; raise --timeout, or split it",
    "wait": "took longer than 1 s; raise --timeout, or split it",
    "crash": "crashed the process that read it (SIGSEGV); please report this",
    "abort": "most likely needs more than 400 MB of memory (SIGABRT); raise --memory, or split it",
    "exit": "crashed the process that read it (exit 0); please report this",
    "leave": "crashed the process that read it (exit 0); please report this",
    "be killed": "the system stopped the process that read it (SIGKILL), most likely for want of memory",
}
TOO_MUCH = Stopped("needs more than 400 MB of memory; raise --memory, or split it")


@contextmanager
def worker(limits=LIMITS, job=JOB):
    with Worker(job, limits) as made:
        yield made


@pytest.mark.parametrize("deed", REASONS)
def test_a_document_that_ends_its_process_is_told_and_the_others_are_done(deed):
    with worker() as busy:
        calls = [("echo", 1), (deed,), ("echo", 2), (deed,), ("echo", 3)]
        assert list(busy.run(calls)) == [1, Stopped(REASONS[deed]), 2, Stopped(REASONS[deed]), 3]


def test_memory_is_refused_where_it_would_pass_the_limit():
    with worker() as busy:
        assert list(busy.run([("take", 200), ("take", 500), ("take", 50_000), ("take", 300)])) == [
            200 * 10**6, TOO_MUCH, TOO_MUCH, 300 * 10**6,
        ]  # fmt: skip


def test_a_call_that_is_itself_too_large_is_told():
    """Standard input comes to the process as a part of the call."""
    with worker() as busy:
        calls = [("echo", 1), ("echo", bytes(500 * 10**6)), ("echo", 2)]
        assert [list(busy.run([call])) for call in calls] == [[1], [TOO_MUCH], [2]]


def test_no_limits_are_no_limits():
    with worker(Limits(0, 0)) as busy:
        assert list(busy.run([("take", 600), ("work", 1.2)])) == [600 * 10**6, None]


def test_what_others_left_behind_is_not_blamed_on_a_document():
    """It is tried again in a new process: so what a document gives does not hang on what was read before it."""
    with worker() as busy:
        assert list(busy.run([("fill up", 250), ("take", 200), ("echo", 1), ("crash unless first",)])) == [
            250, 200 * 10**6, 1, "first",
        ]  # fmt: skip


def test_loading_is_not_on_the_clock():
    with worker(Limits(1.0, 0), "tests.jobs:slow_to_load") as busy:
        assert list(busy.run([("run on",), ("echo", 1)])) == [Stopped(REASONS["run on"]), 1]


def test_a_process_that_had_nothing_to_do_is_not_blamed_on_the_first_document():
    """Standard input may keep the parent waiting for longer than its process waits for work."""
    with worker(job="tests.jobs:impatient") as busy:
        busy._process._child.wait(20)
        assert list(busy.run([("echo", 1)])) == [1]


def test_the_clock_is_wound_up_for_each_document():
    with worker(Limits(0.5, 0)) as busy:
        assert list(busy.run([("work", 0.3)] * 5)) == [None] * 5


def test_a_busy_machine_is_not_a_document_s_fault():
    """The time that counts is the processor's; by the clock a document may take longer."""
    with worker(Limits(0.5, 0)) as busy:
        assert list(busy.run([("sleep", 0.8)] * 2)) == [None] * 2


def test_libraries_that_talk_or_listen_do_not_come_between():
    with worker() as busy:
        assert list(busy.run([("talk",), ("echo", 1)])) == ["", 1]


def test_large_answers_and_many_calls_pass():
    with worker(Limits(0, 0)) as busy:
        calls = [("echo", "x" * 300_000)] * 20 + [("echo", i) for i in range(5000)]
        assert list(busy.run(calls)) == [value for _, value in calls]


def test_a_caller_that_loses_interest_gets_no_old_answers_later():
    with worker() as busy:
        answers = busy.run([("echo", i) for i in range(100)])
        assert next(answers) == 0
        answers.close()
        assert list(busy.run([("echo", "new")])) == ["new"]


def test_a_process_that_cannot_load_is_no_document_s_fault(capfd):
    with worker(job="tests.jobs:broken") as busy, pytest.raises(WorkerError, match=r"could not start \(status 3\)"):
        list(busy.run([("echo", 1)]))


def test_closing_ends_what_is_under_way():
    with worker(Limits(0, 0)) as busy:
        threading.Timer(1.0, busy.close).start()
        with pytest.raises(WorkerError):
            list(busy.run([("echo", 1), ("run on",), ("echo", 2)]))


def test_clocks_that_the_parent_blocks_run_in_the_child():
    clocks = {signal.SIGALRM, signal.SIGPROF}
    old = {clock: signal.signal(clock, signal.SIG_IGN) for clock in clocks}
    signal.pthread_sigmask(signal.SIG_BLOCK, clocks)
    try:
        with worker() as busy:
            assert list(busy.run([("run on",), ("wait",)])) == [Stopped(REASONS["run on"])] * 2
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, clocks)
        for clock, action in old.items():
            signal.signal(clock, action)


PARENT = """
import sys
from hcclit.limits import Limits, Worker
worker = Worker("tests.jobs:loaded", Limits(0, 0))
for answer in worker.run([("pid",), ("sleep", 600)]):
    print(answer, flush=True)
"""


def test_a_process_ends_with_its_parent():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 60
    while _is_alive(child):
        assert time.monotonic() < deadline, "an orphan goes on"
        time.sleep(0.1)


def _is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(("seconds", "megabytes"), [(-1, 900), (float("nan"), 900), (float("inf"), 900), (20, 100)])
def test_limits_that_make_no_sense_are_refused(seconds, megabytes):
    with pytest.raises(ValueError, match="give"):
        Limits(seconds, megabytes)


DEEDS = st.sampled_from(["echo", "echo", "echo", "run on", "crash", "exit", "be killed", "take"])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(DEEDS, max_size=4), min_size=1, max_size=3))
def test_every_document_has_its_own_answer_in_its_place(batches):
    """Whatever dies, nothing is lost, doubled or blamed on another."""
    with worker(Limits(0.5, 400)) as busy:
        for number, batch in enumerate(batches):
            calls, expected = [], []
            for place, deed in enumerate(batch):
                calls.append({"echo": ("echo", (number, place)), "take": ("take", 1000)}.get(deed, (deed,)))
                reason = REASONS.get(deed, TOO_MUCH.reason).replace("1 s;", "0.5 s;")
                expected.append((number, place) if deed == "echo" else Stopped(reason))
            assert list(busy.run(calls)) == expected


@pytest.fixture
def inbox(tmp_path):
    """A paper that takes minutes between two that take no time."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text(CASE)
    (folder / "endless.txt").write_text(FACTS * 100_000)
    (folder / "z.txt").write_text(CASE.replace("1,905", "2,047"))
    return folder


TOO_LONG = "took longer than 4 s; raise --timeout, or split it"


def test_extract_stops_what_takes_too_long_and_goes_on(hcclit, inbox):
    done = hcclit("extract", inbox, "--timeout", 4)
    assert done.returncode == 1
    assert done.stderr == f"{inbox}/endless.txt: {TOO_LONG}\n"
    assert {line[:13] for line in done.stdout.splitlines()} == {'{"doc_id":"a"', '{"doc_id":"z"'}


def test_read_stops_what_takes_too_long_or_too_much(hcclit, inbox):
    quick = hcclit("read", inbox / "endless.txt", env=os.environ | {"HCCLIT_TIMEOUT": "0.05"})
    assert (quick.returncode, quick.stdout) == (2, "")
    assert quick.stderr == f"{inbox}/endless.txt: took longer than 0.05 s; raise --timeout, or split it\n"
    (inbox / "large.txt").write_text(FACTS * 1_000_000)
    large = hcclit("read", inbox / "large.txt", "--timeout", 0, "--memory", 250)
    assert large.returncode == 2
    assert large.stderr == f"{inbox}/large.txt: needs more than 250 MB of memory; raise --memory, or split it\n"


@pytest.mark.parametrize("command", ["extract", "read", "run"])
def test_limits_that_make_no_sense_are_one_line(hcclit, inbox, command):
    done = hcclit(command, inbox, "--memory", 10)
    assert done.returncode == 2
    assert done.stderr == "no document can be read in 10 MB; give 250 or more, or 0\n"


@pytest.mark.flow
def test_a_flow_stops_what_takes_too_long_and_keeps_a_row_of_it(hcclit, inbox, tmp_path):
    prefect = {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    store = tmp_path / "store"
    command = ("run", inbox, "--store", store, "--timeout", 4)
    done = hcclit(*command, env=os.environ | prefect)
    assert done.returncode == 1
    assert f"{inbox}/endless.txt: {TOO_LONG}" in done.stderr
    assert query(store, "select doc_id, records from documents order by 1").fetchall() == [("a", 4), ("z", 4)]
    ((reason, sha256),) = query(store, "select reason, sha256 from failures").fetchall()
    assert (reason, len(sha256)) == (TOO_LONG, 64)
    again = hcclit(*command, env=os.environ | prefect)
    assert again.stderr == "nothing new: 2 papers seen before, 1 failed before (see `hcclit status`)\n"


def test_a_cluster_s_workers_hold_the_limits_too(inbox):
    """Dask's workers are daemons, which may not have children of Python's own making."""
    from distributed import Client, LocalCluster

    papers = sorted(inbox.iterdir())
    options = {"n_workers": 1, "threads_per_worker": 2, "processes": True, "dashboard_address": None}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        for batches in ([papers, papers[::-1]], [papers[:1], papers[1:]]):
            futures = [client.submit(_batch, batch, pure=False) for batch in batches]
            for batch, future in zip(batches, futures, strict=True):
                said = [o.failure.reason if o.failure else len(o.records) for o in future.result()]
                assert said == [TOO_LONG if path.stem == "endless" else 4 for path in batch]


def _batch(papers):
    return lasting_pool(Limits(seconds=4)).process(papers)
