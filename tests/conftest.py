"""What several tests need."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import chromium  # noqa: F401  # a fixture; one for all, since no second driver starts beside it

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

CASE = (
    "In October 2009 our patient's AFP was 1,905 ng/mL. He was started on sorafenib 400 mg bid. "
    "After the first CT, stable disease (SD) by RECIST was recorded.\n"
)


@pytest.fixture
def case() -> str:
    """A short invented text with records of several types."""
    return CASE


@pytest.fixture
def hcclit():
    """Run the command line in a process of its own, as a user does."""

    def run(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "hcclit", *map(str, args)]
        return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, **options)

    return run
