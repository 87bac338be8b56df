"""SIGKILL at random moments: what a rerun leaves is what an undisturbed run leaves, row for row."""

import random
import signal
import subprocess
import sys
import time

import pytest

from hcclit.store import query
from tests.conftest import CASE, ROOT

TABLES = ("records", "documents", "failures")
WRITER = """
import sys
from pathlib import Path
from hcclit.outcomes import find_papers
from hcclit.store import make_plan, open_store, run, run_into
from tests.store.conftest import outcome
run.COMMIT_PAPERS = 3
store, inbox = map(Path, sys.argv[1:])
with open_store(store, wait=20) as opened:
    plan = make_plan(store, opened.catalog, find_papers([inbox]))
    print("begun", flush=True)
    run_into(opened, plan, str(inbox), (outcome(path) for path in plan.papers))
"""


def contents(store):
    return {table: query(store, f"select * from {table} order by all").fetchall() for table in TABLES}


def write(store, inbox, kill_after=None):
    """Run the writer to its end, or kill it so many seconds after it has begun; whether it ended by itself."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(store), str(inbox)], stdout=subprocess.PIPE, cwd=ROOT)
    if kill_after is None:
        assert process.wait(timeout=120) == 0
        return True
    process.stdout.readline()
    time.sleep(kill_after)
    process.send_signal(signal.SIGKILL)
    return process.wait() == 0


def test_a_kill_at_any_moment_loses_and_doubles_nothing(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(300):
        (inbox / f"p{number:03d}.txt").write_text("bad" if number % 50 == 7 else f"sorafenib drug{number}")
    begin = time.monotonic()
    write(tmp_path / "calm", inbox)
    whole = time.monotonic() - begin
    chance = random.Random(20091)
    killed = 0
    for _ in range(25):
        killed += not write(tmp_path / "shaken", inbox, kill_after=chance.uniform(0, whole / 8))
    write(tmp_path / "shaken", inbox)
    assert killed >= 5
    assert contents(tmp_path / "shaken") == contents(tmp_path / "calm")


@pytest.mark.soak
@pytest.mark.flow
def test_the_whole_command_survives_25_kills(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(300):
        (inbox / f"p{number:03d}.txt").write_text(CASE.replace("1,905", f"{number + 1},905"))

    def command(store):
        return [sys.executable, "-m", "hcclit", "run", str(inbox), "--store", str(tmp_path / store), "--wait", "30"]

    begin = time.monotonic()
    subprocess.run(command("calm"), check=True, timeout=600)
    whole = time.monotonic() - begin
    chance = random.Random(1905)
    for _ in range(25):
        process = subprocess.Popen(command("shaken"))
        time.sleep(chance.uniform(0, whole))
        process.kill()
        process.wait()
    subprocess.run(command("shaken"), check=True, timeout=600)
    assert contents(tmp_path / "shaken") == contents(tmp_path / "calm")
