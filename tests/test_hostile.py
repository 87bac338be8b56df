"""Hostile texts: what a paper never holds must not cost the square of its length."""

import time

import pytest

from hcclit import extract_text

pytestmark = pytest.mark.soak  # a timed ratio may fail on a busy machine; not for every commit

PIECES = {
    "brackets with n": "(n=5) ",
    "open brackets": "(",
    "digits": "1",
    "digits and commas": "1,",
    "digits and semicolons": "1; ",
    "no spaces": "ab1-",
    "doses": "sorafenib 400 mg ",
    "p-values": "P=0.05 ",
    "intervals": "(95% CI 1.2-3.4) ",
    "medians": "median OS was 10.7 months ",
    "rates": "ORR 12% vs. 14% ",
    "markers": "AFP 12, ",
    "responses": "PR and SD ",
    "years": "(Smith 1999; ",
    "hyphens at line ends": "ab-\n",
    "full stops": ". ",
    "tabs": "1\t",
    "rows": "A\t1\t2\n",
    "square brackets": "[1",
    "signs": "±<≥",
    "nested brackets": "[(1 (2 ",
    "brackets open and shut": "a (b) (c d) ",
    "names and digits": "AFP1",
    "spaces": " ",
    "line breaks": "\n",
    "units": "mg ",
    "tables": "Table 1. Cases\nA\t1\t2\nB\t3\t4\n",
    "one sentence": "sorafenib 400 mg daily, AFP 350 ng/mL, median OS of 10.7 months (P=0.001) in May 2009, ",
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_four_times_the_text_costs_no_more_than_about_four_times_the_time(piece):
    """A ratio within one run, with room for noise: linear gives 4, a square 16."""

    def seconds(signs: int) -> float:
        text = piece * (signs // len(piece))
        begin = time.process_time()
        extract_text(text)
        return time.process_time() - begin

    small = max(seconds(25_000), 0.02)
    assert seconds(100_000) / small < 8
