"""The journal on the disk: every step there before it counts, and a cut costs the last one at most."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcclit.review.journal import Journal, JournalError
from hcclit.review.standing import RefusedError
from hcclit.review.steps import Accepted, Added, Corrected, Finished, Rejected, Undone

from .build import KEYS, date, marker, opened
from .test_standing import DECISION, seen

STEPS = [
    Accepted(key=KEYS[0], by="anna", at="2026-01-01T12:00:00+00:00"),
    Corrected(key=KEYS[1], record=marker(10, 16, value=None, kind="qualitative", interpretation="normal")),
    Added(key="added-3", record=date(5, 9, text="𝟐𝟎\u20280")),
    Undone(),
    Rejected(key=KEYS[3]),
]


def written(path, steps=STEPS):
    journal = Journal.begun(path, opened())
    for step in steps:
        journal.take(step)
    return journal


def test_a_journal_is_read_back_as_it_was_taken(tmp_path):
    journal = written(tmp_path / "journal" / "paper.jsonl")
    again = Journal.kept(journal.path)
    assert seen(again.standing) == seen(journal.standing)
    assert (again.first, again.steps, again.dropped) == (journal.first, 6, None)
    lines = journal.path.read_text(encoding="utf-8").split("\n")
    assert [json.loads(line)["do"] for line in lines[:-1]] == ["open", "accept", "correct", "add", "undo", "reject"]
    assert json.loads(lines[1])["by"] == "anna"


def test_a_paper_without_a_journal_has_none(tmp_path):
    assert Journal.kept(tmp_path / "paper.jsonl") is None


def test_a_refused_step_is_not_written(tmp_path):
    journal = written(tmp_path / "paper.jsonl")
    before = journal.path.read_bytes()
    with pytest.raises(RefusedError):
        journal.take(Finished())
    assert journal.path.read_bytes() == before
    assert journal.steps == 6


def test_a_cut_anywhere_loses_the_last_step_at_most(tmp_path):
    whole = written(tmp_path / "whole.jsonl").path.read_bytes()
    ends = [at + 1 for at, byte in enumerate(whole) if byte == ord("\n")]
    path = tmp_path / "paper.jsonl"
    around = {at for end in ends for at in range(end - 3, end + 4)}  # where it matters; elsewhere some
    for cut in sorted(at for at in around | {*range(0, len(whole), 9)} if at <= len(whole)):
        path.write_bytes(whole[:cut])
        journal = Journal.kept(path)
        # a step counts once its last sign but the line feed is there
        steps = sum(cut >= end - 1 for end in ends)
        assert (journal.steps if journal else 0) == steps, cut
        if journal is None:
            continue
        assert (journal.dropped is None) == (cut in (ends[steps - 1], ends[steps - 1] - 1)), cut
        journal.take(Rejected(key=KEYS[2]))
        again = Journal.kept(path)
        assert again.steps == steps + 1
        assert again.dropped is None
        assert seen(again.standing) == seen(journal.standing)


@settings(max_examples=60, deadline=None)
@given(st.lists(DECISION, max_size=12), st.data())
def test_any_journal_survives_a_cut(decisions, data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paper.jsonl")
        journal, states = Journal.begun(path, opened()), []
        states.append(seen(Journal.kept(path).standing))
        for decision in decisions:
            try:
                journal.take(decision)
            except RefusedError:
                continue
            states.append(seen(Journal.kept(path).standing))
        whole = path.read_bytes()
        last = whole.rfind(b"\n", 0, -1) + 1
        path.write_bytes(whole[: data.draw(st.integers(last, len(whole)))])
        found = Journal.kept(path)
        assert (seen(found.standing) if found else None) in (states[-1], states[-2] if len(states) > 1 else None)


def test_a_lost_step_is_told_and_gone_from_the_file(tmp_path):
    path = written(tmp_path / "paper.jsonl").path
    path.write_bytes(path.read_bytes()[:-5])
    told = Journal.kept(path).dropped
    assert "the last step was cut off in the middle" in told
    assert str(path) in told
    assert path.read_bytes().endswith(b"\n")
    assert Journal.kept(path).dropped is None


def test_what_a_power_cut_leaves_behind_is_dropped(tmp_path):
    path = written(tmp_path / "paper.jsonl").path
    with path.open("ab") as file:
        file.write(b"\0" * 100)
    assert Journal.kept(path).steps == 6


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda lines: [lines[0], b'{"do":"dance"}', *lines[1:]], r":2: damaged \(no step"),
        (lambda lines: [lines[0], b"", *lines[1:]], r":2: damaged"),
        (lambda lines: lines[1:], "the first step, and no other, opens the paper"),
        (lambda lines: [lines[0], lines[0]], "the first step, and no other, opens the paper"),
        (lambda lines: [lines[0], b'{"do":"accept","key":"x"}'], "no such record"),
        (lambda lines: [lines[0].replace(b'"format":1', b'"format":2')], "layout 2, but this version"),
    ],
)
def test_damage_elsewhere_is_told_and_never_passed_over(tmp_path, damage, reason):
    path = written(tmp_path / "paper.jsonl").path
    path.write_bytes(b"\n".join(damage(path.read_bytes().rstrip(b"\n").split(b"\n"))) + b"\n")
    with pytest.raises(JournalError, match=reason):
        Journal.kept(path)


def test_a_step_that_cannot_be_saved_does_not_hold(tmp_path, monkeypatch):
    journal = written(tmp_path / "paper.jsonl")
    before = journal.path.read_bytes(), seen(journal.standing)

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(JournalError, match=r"No space left on device.*not saved"):
        journal.take(Accepted(key=KEYS[2]))
    assert (journal.path.read_bytes(), seen(journal.standing)) == before
