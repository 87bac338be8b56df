"""Every line of the marked files beside this one is a test; see `tests/marked.py` for the form."""

from pathlib import Path

import pytest

from tests import marked

HERE = Path(__file__).parent
CASES = [(path.stem, line) for path in sorted(HERE.glob("*.txt")) for line in marked.lines(path)]


@pytest.mark.parametrize(("kind", "line"), CASES, ids=[f"{kind}-{i}" for i, (kind, _) in enumerate(CASES)])
def test_marked_sentence(kind, line):
    # a file is named after the type that it is about: dose.txt, dose_table.txt
    marked.check(line, {kind.split("_")[0]})
