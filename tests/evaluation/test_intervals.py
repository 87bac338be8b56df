"""Bootstrap intervals of all levels, over papers and within one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from hcclit.evaluation.counts import Counts, core_f1_intervals
from hcclit.evaluation.intervals import Spread, spread_over_papers, spread_within
from hcclit.evaluation.levels import LEVELS, LINES


@st.composite
def counts(draw):
    full = draw(st.integers(0, 20))
    core = full + draw(st.integers(0, 5))
    span = core + draw(st.integers(0, 5))
    return Counts(span + draw(st.integers(0, 9)), span + draw(st.integers(0, 9)), span, core, full)


@given(st.lists(counts(), max_size=5))
def test_core_f1_over_papers_has_the_interval_that_the_scores_print(papers):
    printed = core_f1_intervals([dict.fromkeys(LINES, paper) for paper in papers])["micro"]
    assert spread_over_papers(papers, "core").f1 == pytest.approx(printed)


@given(counts(), st.sampled_from(LEVELS))
def test_a_score_lies_in_its_interval(paper, level):
    spread, score = spread_within(paper, level), paper.score(level)
    assert (spread == Spread()) == (paper.gold + paper.predicted - paper.span < 2)
    for name in ("precision", "recall", "f1"):
        interval, value = getattr(spread, name), getattr(score, name)
        if interval is not None and value is not None:
            assert 0 <= interval[0] <= value <= interval[1] <= 1


def test_the_recall_of_one_paper_varies_as_a_binomial_share():
    spread = spread_within(Counts(gold=100, predicted=80, span=80, core=80, full=80), "core")
    low, high = (binom.ppf(q, 100, 0.8) / 100 for q in (0.025, 0.975))
    assert spread.recall == pytest.approx((low, high), abs=0.011)
    assert spread.precision == (1, 1)


def test_nothing_to_draw_from_has_no_interval():
    assert spread_over_papers([Counts(5, 5, 5, 5, 5)], "full") == Spread()
    assert spread_within(Counts(), "span") == Spread()
    assert spread_over_papers([Counts(), Counts()], "core") == Spread()
