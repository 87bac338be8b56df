"""What a reader found in the seeds before the checks were run is found, as far as numbers tell it.

A reader's finding counts as found where the place in question of a finding is one of its places. Those that the checks
cannot see are listed with the reason, and are looked for too, so that the list stays true.
"""

import json

import pytest

from hcclit.checks import check
from hcclit.pipeline import extraction
from hcclit.readers import read
from tests.conftest import SEEDS

EXPECTED = [json.loads(line) for line in (SEEDS / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
UNSEEN = {
    ("002", 6866): "a range over studies, of which the arms are told apart by words alone",
    ("002", 14921): "a lesion in a table against the outcome that it excludes",
    ("003", 7151): "counts of causes against the patients of a table, one row each",
    ("003", 8324): "earlier treatments against the patients of a table, one row each",
    ("003", 8758): "a median of values that stand in a table's cells with other words",
    ("003", 8917): "patients with an elevated marker against the patients of a table",
    ("003", 9390): "less than 6 months against a range to 6 months: a slip of wording",
    ("003", 14839): "the same in the discussion",
    ("003", 11183): "a side effect in a table against its footnote",
    ("003", 10135): "two lengths of time of one patient, added up over sentence and table",
    ("003", 12703): "the total of 449 stands in the sentence before",
    ("004", 21025): "a comparison in words with another study",
    ("004", 21080): "a comparison in words with another study",
}


@pytest.fixture(scope="module")
def found():
    out = {}
    for path in sorted(SEEDS.glob("*.txt")):
        document = read(path)
        came = extraction(document)
        out[document.doc_id] = check(document, came.records, came.analysis)
    return out


def is_found(findings, expected):
    places = [(span["start"], span["end"]) for span in expected["spans"]]
    firsts = [finding.spans[0] for finding in findings]
    return any(start < first.end and first.start < end for first in firsts for start, end in places)


def test_what_a_reader_found_is_found(found):
    missed = {
        (each["doc_id"][:3], each["spans"][0]["start"])
        for each in EXPECTED
        if not is_found(found[each["doc_id"]], each)
    }
    assert missed - set(UNSEEN) == set()
    assert set(UNSEEN) - missed == set(), "now found: take it out of the list"


def test_nothing_is_found_that_the_reader_did_not_find(found):
    for doc_id, findings in found.items():
        of_paper = [each for each in EXPECTED if each["doc_id"] == doc_id]
        assert [f.message for f in findings if not any(is_found([f], each) for each in of_paper)] == []
