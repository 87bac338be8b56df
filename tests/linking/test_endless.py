"""Linking is linear in the length of a text, whatever the text."""

import time

import pytest

from hcclit.language import analyse
from hcclit.linking import link
from hcclit.mention import Mention
from hcclit.readers.text import read_text

PIECES = [
    "after 12 months in May 2010 the SHARP trial, ",
    "a-A-a-A-",
    "Patient 2 [3] and our previous 8.4% than ",
    "; whereas a a a a a of the ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_no_faster_than_the_text(piece):
    short, long = (_seconds(piece * n) for n in (300, 2_400))
    assert long < 24 * max(short, 0.02)


def _seconds(text: str) -> float:
    analysis = analyse(read_text(text, "text"))
    mentions = [Mention("marker", i, i + 1, {"kind": "measurement"}) for i in range(0, len(analysis.text) - 1, 100)]
    begin = time.process_time()
    link(analysis, mentions)
    return time.process_time() - begin
