"""Properties of every record that comes out, whatever goes in."""

import json
from itertools import pairwise

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hcclit import extract, extract_text
from hcclit.readers.text import read_text
from hcclit.records import from_json
from hcclit.view import make_view
from tests.conftest import ROOT, SEEDS

VALIDATOR = jsonschema.Draft202012Validator(json.loads((ROOT / "tests/contract/records.schema.json").read_text()))
EXAMPLES = [json.loads(line) for line in (ROOT / "tests/contract/examples.jsonl").read_text().splitlines()]
FRAGMENTS = [
    "AFP rose to 22,100 ng/ml", "sorafenib 400 mg twice daily", "median OS was 10.7 months (95% CI, 9.1-12.3; P<0.001)",
    "in May 2012", "PR was observed", "Table 1. Outcome\nArm\tA\tB\nOS (months)\t9.2\t10.7\n", "14 (12.7%) patients",
    "HR 0.69", "\n\n", ". ", "; ", "(", ")", "[", "±", "≥", "- \n", "\u00a0", "·", "1-, 2- and 3-year OS", "vs.", "%",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=14).map(" ".join)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda p: p.stem)
def test_records_of_the_seeds_keep_the_contract(path):
    text = path.read_bytes().decode("utf-8")
    records = extract(path)
    assert records
    for record in records:
        line = record.model_dump_json()
        assert not list(VALIDATOR.iter_errors(json.loads(line)))
        assert text[record.start : record.end] == record.text
        assert from_json(line) == record
    places = [(r.start, r.end) for r in records]
    assert places == sorted(places)
    assert len({r.id for r in records}) == len(records)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_gives_records_that_keep_the_contract(text):
    for record in extract_text(text, "any"):
        assert text[record.start : record.end] == record.text
        assert not list(VALIDATOR.iter_errors(json.loads(record.model_dump_json())))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_view_maps_back_to_the_same_signs(text):
    document = read_text(text, "any")
    view = make_view(document)
    for index, sign in enumerate(view.text):
        start, end = view.to_source(index, index + 1)
        assert 0 <= start < end <= len(text)
        if sign.isascii() and sign.isalnum() and text[start].isascii():
            assert text[start] == sign


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_blocks_are_in_order_and_inside_the_text(text):
    blocks = read_text(text, "any").blocks
    assert all(0 <= b.start < b.end <= len(text) for b in blocks)
    assert all(a.end <= b.start for a, b in pairwise(blocks))


def test_the_same_text_gives_the_same_records():
    text = " ".join(example["text"] for example in EXAMPLES[:40])
    assert extract_text(text) == extract_text(text)


def test_numbers_that_nobody_counts_to_are_left_out():
    many = "9" * 25
    text = (
        f"Results\n\nA response was seen in {many} (12%) patients. A total of {many} patients were enrolled.\n\n"
        f"Table 1. Response\nResponse, n (%)\tSorafenib (n = {many})\nPartial response\t{many} (12)\nCR\t3 (4)\n"
    )
    counted = [n for record in extract_text(text) if record.type == "statistic" for n in (record.n, record.total)]
    assert [n for n in counted if n is not None and n > 10**9] == []
