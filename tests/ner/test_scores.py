import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcclit.ner.scores import NerScores, overlapping
from tests.conftest import ROOT


def test_strict_asks_for_the_same_place_and_partial_for_an_overlap():
    scores = NerScores(("A", "B", "C"))
    scores.add({(0, 5, "A"), (10, 15, "A"), (20, 25, "B")}, [(0, 5, "A"), (12, 15, "A"), (20, 25, "A")])
    found = scores.to_dict()
    assert found["strict"]["labels"]["A"] == {"precision": 1 / 3, "recall": 1 / 2, "f1": pytest.approx(0.4)}
    assert found["partial"]["labels"]["A"] == {"precision": 2 / 3, "recall": 1.0, "f1": pytest.approx(0.8)}
    assert found["strict"]["labels"]["B"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert found["strict"]["labels"]["C"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert found["strict"]["micro"] == {"precision": 1 / 3, "recall": 1 / 3, "f1": pytest.approx(1 / 3)}
    assert scores.counts("micro") == (3, 3)


def test_a_span_counts_once_however_many_overlap_it():
    assert overlapping([(0, 10, "A")], [(0, 3, "A"), (4, 6, "A"), (7, 10, "A")]) == 1
    assert overlapping([(0, 4, "A"), (2, 8, "A")], [(1, 3, "A")]) == 1


@st.composite
def texts(draw):
    gold = draw(st.sets(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=5))
    cuts = sorted(draw(st.sets(st.integers(0, 18), max_size=8)))
    found = [(a, b, "A") for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return [(start, start + length, "A") for start, length in gold], found


@given(texts())
def test_pairs_of_overlapping_spans_are_as_many_as_can_be(case):
    gold, found = case
    small, large = sorted((gold, found), key=len)
    best = max(
        sum(a[0] < b[1] and b[0] < a[1] for a, b in zip(small, order, strict=False))
        for order in permutations(large, len(small))
    )
    assert overlapping(gold, found) == best


IOB = "Foobarin\tB-Chemical\ncaused\tO\nsevere\tB-Disease\nplorositis\tI-Disease\nand\tO\nquuxol\tO\n.\tO\n"


def test_the_command_prints_the_scores_of_a_model_and_nothing_else(hcclit, tmp_path, ruler):
    (tmp_path / "test.tsv").write_text(IOB)
    done = hcclit("evaluate-ner", "--corpus", "bc5cdr", tmp_path / "test.tsv", "--format", "json", "--model", ruler)
    assert done.stderr == ""
    nothing = {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    half = {"precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3)}
    assert json.loads(done.stdout) == {
        "strict": {
            "micro": {"precision": 1 / 3, "recall": 1 / 2, "f1": pytest.approx(0.4)},
            "labels": {"Chemical": half, "Disease": nothing},
        },
        "partial": {
            "micro": {"precision": 2 / 3, "recall": 1.0, "f1": pytest.approx(0.8)},
            "labels": {"Chemical": half, "Disease": {"precision": 1.0, "recall": 1.0, "f1": 1.0}},
        },
    }
    table = hcclit("evaluate-ner", "--corpus", "bc5cdr", tmp_path / "test.tsv", "--model", ruler).stdout
    assert "Chemical" in table
    assert "micro" in table


def test_the_shipped_model_is_scored_by_default_with_the_labels_of_the_corpus(hcclit, tmp_path):
    (tmp_path / "a.txt").write_text("A 54-year-old man was admitted on 3 May 2009.\n")
    (tmp_path / "a.ann").write_text("T1\tAge 2 13\t54-year-old\nT2\tSex 14 17\tman\nT3\tDate 34 44\t3 May 2009\n")
    found = json.loads(hcclit("evaluate-ner", "--corpus", "maccrobat", tmp_path, "--format", "json").stdout)
    assert list(found["strict"]["labels"]) == [
        "Medication", "Disease_disorder", "Dosage", "Frequency", "Administration", "Duration", "Date", "Lab_value",
        "Therapeutic_procedure", "Diagnostic_procedure", "Age", "Sex",
    ]  # fmt: skip
    assert found["strict"]["labels"]["Age"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert found["strict"]["labels"]["Sex"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_what_cannot_be_scored_is_told_in_one_line(hcclit, tmp_path, ruler):
    (tmp_path / "test.tsv").write_text(IOB)
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.ann").write_text("T1\tAge 0 1\tx\n")
    cases = [
        (("--corpus", "bc5cdr", tmp_path / "none.tsv"), "none.tsv: cannot be read (No such file or directory)"),
        (("--corpus", "maccrobat", tmp_path / "test.tsv"), "test.tsv: no folder (MACCROBAT is"),
        (("--corpus", "bc5cdr", tmp_path / "test.tsv", "--model", "en_none"), "en_none: no such package is installed"),
        (("--corpus", "maccrobat", tmp_path, "--model", ruler), "gives none of the labels of the corpus (Medication, "),
    ]
    for arguments, told in cases:
        done = hcclit("evaluate-ner", *arguments, cwd=ROOT)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert told in done.stderr
