"""The gold of the five seeds: schema, spans, no doubles."""

import json
from pathlib import Path

import jsonschema
import pytest

from hcclit.records import from_dict

SEEDS = Path(__file__).parent.parent / "seeds"
SCHEMA = json.loads((Path(__file__).parent / "contract" / "records.schema.json").read_text())
GOLD = sorted((SEEDS / "gold").glob("*.jsonl"))


def load(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_seed_has_gold():
    assert [p.stem for p in GOLD] == sorted(p.stem for p in SEEDS.glob("*.txt"))
    assert len(GOLD) == 5


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_gold_follows_the_schema(path):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for record in load(path):
        errors = [e.message for e in validator.iter_errors(record)]
        assert not errors, (record, errors)
        from_dict(record)  # and the models agree with the schema


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_each_span_gives_its_text(path):
    text = (SEEDS / f"{path.stem}.txt").read_bytes().decode("utf-8")
    for record in load(path):
        assert record["doc_id"] == path.stem
        assert text[record["start"] : record["end"]] == record["text"]
        assert record["text"] == record["text"].strip()


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_no_two_records_are_the_same(path):
    keys = [json.dumps(record, sort_keys=True) for record in load(path)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_no_two_records_have_one_place_and_kind(path):
    """Two records on one span differ in what they are about (two analytes under one word)."""
    keys = [(r["type"], r["start"], r["end"], r.get("analyte"), r.get("endpoint")) for r in load(path)]
    assert len(keys) == len(set(keys))
