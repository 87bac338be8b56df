"""The contract's own invented examples: what they mark must come out, at the level `full`, and nothing else."""

import json
from pathlib import Path

import pytest

from hcclit import extract_text
from hcclit.evaluation import evaluate, line_of, list_mistakes
from hcclit.records import from_dict

EXAMPLES = [json.loads(line) for line in (Path(__file__).parent / "examples.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e["id"])
def test_example(example):
    gold = [from_dict(record) for record in example["records"]]
    extended = any(line_of(record) == "extended" for record in gold)
    found = [r for r in extract_text(example["text"], example["id"]) if extended or line_of(r) != "extended"]
    evaluation = evaluate({example["id"]: gold}, {example["id"]: found})
    mistakes = list_mistakes(evaluation, {example["id"]: example["text"]})
    wrong = [m.describe() for m in mistakes if m.level not in ("when", "group")]
    assert not wrong, "\n".join([example["rule"], *wrong])
