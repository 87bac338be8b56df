"""Sampling for a reader, and counting what the reader said."""

import csv

import pytest

from hcclit.verdicts import COLUMNS, draw, read_verdicts, verdict_table
from tests.conftest import CASE


@pytest.fixture
def papers(tmp_path):
    for number in range(3):
        (tmp_path / f"case{number}.txt").write_text(CASE)
    return tmp_path


def test_a_sample_is_the_same_for_the_same_seed_and_no_larger_than_asked(papers):
    first = list(draw([papers], 2, seed=5))
    assert first == list(draw([papers], 2, seed=5))
    assert first != list(draw([papers], 2, seed=6))
    lines = [row["line"] for row in first]
    assert {line: lines.count(line) for line in lines} | {"dose": 2} == {line: lines.count(line) for line in lines}
    assert max(map(lines.count, lines)) == 2


def test_a_sampled_record_is_shown_in_its_sentence(papers):
    for row in draw([papers], 1, seed=1):
        assert "[[" in row["sentence"]
        assert set(COLUMNS) < set(row)


def _file(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return path


def test_verdicts_are_counted_by_line(tmp_path):
    rows = [["a", "p", "dose", 0.9, "right", ""], ["b", "p", "dose", 0.8, "core", "action"]]
    rows += [["c", "p", "dose", 0.7, "wrong", "amount"], ["d", "p", "extended", 0.7, "right", ""]]
    table = verdict_table(read_verdicts(_file(tmp_path / "v.csv", rows)))
    cells = list(zip(*(column.cells for column in table.columns), strict=True))
    assert [(row[0], row[1], row[2], row[4]) for row in cells] == [
        ("dose", "3", "0.667", "0.333"),
        ("micro", "3", "0.667", "0.333"),
        ("extended", "1", "1.000", "1.000"),
    ]


def test_a_row_that_is_no_verdict_is_refused(tmp_path):
    with pytest.raises(ValueError, match="verdict"):
        read_verdicts(_file(tmp_path / "v.csv", [["a", "p", "dose", 0.9, "maybe", ""]]))


def test_commands(hcclit, papers, tmp_path):
    out = tmp_path / "sample.csv"
    done = hcclit("sample", papers, "--per-type", "1", "-o", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert out.read_text().startswith("id,doc_id,line,confidence,verdict,wrong,fields,sentence")
    done = hcclit("verdicts", out)
    assert done.returncode == 2  # nobody has judged it yet
    assert len(done.stderr.splitlines()) == 1
