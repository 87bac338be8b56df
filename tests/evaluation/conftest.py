import json
from pathlib import Path

import pytest

from hcclit.records import Record, from_dict

EXAMPLES = Path(__file__).parent.parent / "contract" / "examples.jsonl"


@pytest.fixture(scope="session")
def example_lines() -> list[dict]:
    return [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def examples(example_lines) -> dict[str, list[Record]]:
    return {line["id"]: [from_dict(fields) for fields in line["records"]] for line in example_lines}


@pytest.fixture(scope="session")
def example_texts(example_lines) -> dict[str, str]:
    return {line["id"]: line["text"] for line in example_lines}
