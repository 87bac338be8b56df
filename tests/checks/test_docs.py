"""The page on checks says what their docstrings say."""

from hcclit.checks.described import described
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "checks.md"


def test_the_page_has_every_check_as_its_module_describes_it():
    # made by: hcclit check --list, below the head "The checks"
    _, _, second_half = PAGE.read_text(encoding="utf-8").partition("\n## The checks\n\n")
    assert second_half == described()
