"""The fuzz command: that it tells apart what can become of a file, and that a few files of each kind come through."""

import mmap
import os
import subprocess
import sys
import time
from random import Random

import pytest

from tests.conftest import ROOT
from tests.fuzz import runner
from tests.fuzz.cases import OWN, Case, Result
from tests.fuzz.mutations import BYTES
from tests.fuzz.runner import Limits, run
from tests.fuzz.samples import SAMPLES


def deed(case, samples):
    """What a reader may do, one for each number."""
    match case.index:
        case 0:
            while True:
                pass
        case 1:
            os.abort()
        case 2:
            return Result("read" if mmap.mmap(-1, 3 * 10**9) else "")
        case 3:
            time.sleep(60)
    return Result("read")


def test_what_hangs_crashes_or_takes_too_much_costs_no_other_case(monkeypatch):
    monkeypatch.setattr(runner, "attempt", deed)
    cases = [Case("text", index, 0) for index in range(6)]
    found = {case.index: result.kind for case, result in run(cases, [b"AFP was 12."], Limits(0.3, 10**9), 2)}
    assert found == {0: "hung", 1: "died", 2: "memory", 3: "hung", 4: "read", 5: "read"}


@pytest.mark.parametrize("reader", SAMPLES)
def test_a_case_is_the_same_at_every_run(reader):
    samples = SAMPLES[reader]()
    assert SAMPLES[reader]() == samples
    made = [Case(reader, index, 3).make(samples) for index in range(20)]
    assert made == [Case(reader, index, 3).make(samples) for index in range(20)]
    assert len({data for data, _ in made}) > 10


@pytest.mark.parametrize("reader", SAMPLES)
def test_every_mutation_changes_a_paper(reader):
    samples = SAMPLES[reader]()
    for mutation in (*OWN[reader], *BYTES):
        assert any(mutation(data, Random(seed)) != data for seed in range(20) for data in samples), mutation


def test_the_command_counts_and_replays():
    command = [sys.executable, "-m", "tests.fuzz_readers", "--seed", "5"]
    done = subprocess.run([*command, "--count", "20"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[name, "20"] for name in SAMPLES]
    again = subprocess.run([*command, "--replay", "jats:0"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert again.stdout.startswith("jats:0: ")
