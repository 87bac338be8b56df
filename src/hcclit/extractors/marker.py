"""Markers."""

from __future__ import annotations

from collections.abc import Iterator

from hcclit.language import Analysis
from hcclit.mention import Mention


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Find the markers of a paper."""
    yield from ()
