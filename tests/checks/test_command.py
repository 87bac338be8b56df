"""`hcclit check` as a user runs it: lines, exit codes, silencing."""

import json

import pytest

WRONG = "Results\n\nRash occurred in 12 of 48 patients (35%).\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    (folder / "wrong.txt").write_text(WRONG)
    (folder / "right.txt").write_text(WRONG.replace("35%", "25%"))
    return folder


def test_a_finding_is_a_line_and_no_error(hcclit, folder):
    done = hcclit("check", folder, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    (line,) = map(json.loads, done.stdout.splitlines())
    head = ["doc_id", "check", "severity", "message", "stated", "expected", "spans"]
    assert list(line)[: len(head)] == head
    assert (line["doc_id"], line["check"], line["stated"], line["expected"]) == (
        "wrong",
        "share_of_total",
        "35%",
        "25%",
    )
    assert all(span == {**span, "text": WRONG[span["start"] : span["end"]]} for span in line["spans"])
    assert line["silenced"] is None
    assert done.stderr == "1 finding (1 error)\n"


def test_a_paper_that_cannot_be_read_is_a_line_on_standard_error(hcclit, folder, tmp_path):
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    done = hcclit("check", tmp_path / "bad.pdf", folder / "wrong.txt")
    assert done.returncode == 1
    assert "12 of 48 is not 35%." in done.stdout
    assert [line for line in done.stderr.splitlines() if "bad.pdf: " in line]
    assert "Traceback" not in done.stderr


def test_a_silenced_finding_is_shown_with_its_reason_and_not_counted(hcclit, folder, tmp_path):
    file = tmp_path / "silenced.jsonl"
    (line,) = hcclit("check", folder, "--format", "jsonl").stdout.splitlines()
    given = (
        "--silence",
        json.loads(line)["id"],
        "--reason",
        "of those with a scan",
        "--by",
        "anna",
        "--silenced",
        file,
    )
    done = hcclit("check", folder, "--format", "jsonl", *given)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["silenced"] == {"reason": "of those with a scan", "by": "anna"}
    assert done.stderr == "0 findings, 1 silenced\n"
    kept = json.loads(file.read_text())
    assert kept["doc_id"] == "wrong"
    shown = hcclit("check", folder, "--silenced", file)
    assert "of those with a scan" in shown.stdout.replace("\n", " ") or "silenced" in shown.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "name at least one paper"),
        (("--silence", "0" * 12), "needs --reason"),
        (("--silence", "xyz", "--reason", "r", "--silenced", "s.jsonl"), "xyz: not an id"),
        (("--silence", "0" * 12, "--reason", "r", "--silenced", "."), "is a review's"),
        (("--silenced", ".", "paper.txt"), "checks/silenced.jsonl: cannot be read"),
        (("--silenced", "none.jsonl", "paper.txt"), "none.jsonl: cannot be read"),
    ],
)
def test_what_makes_no_sense_is_told(hcclit, tmp_path, given, said):
    (tmp_path / "paper.txt").write_text(WRONG)
    done = hcclit("check", *given, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
