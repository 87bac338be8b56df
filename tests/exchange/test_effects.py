"""The effect table, checked against published worked examples and SciPy."""

import csv
import io
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from hcclit.exchange.effects import effects_of, standard_error, standard_error_of_p, to_csv
from hcclit.exchange.revman import RESULTS, study_files
from hcclit.records import Statistic

STENTS = [
    ("Blazek", 1.78, 0.84, 3.76, 0.3823469), ("PRECOMBAT", 1.20, 0.37, 3.93, 0.6027896),
    ("LE MANS", 1.14, 0.30, 4.25, 0.6762603), ("NOBLE", 2.99, 1.66, 5.39, 0.3004463),
    ("MASS-II", 2.90, 1.39, 6.01, 0.3735071), ("BEST", 2.75, 1.16, 6.54, 0.4412115),
]  # fmt: skip
"""Hazard ratios with 95% intervals, and the standard errors that R's package meta gives for them
(`meta:::TE.seTE.ci`, in the answer to https://stackoverflow.com/q/63110191)."""
CARDIA = ("CARDia", 4.64, 1.33, 6.16, 0.3910526)
"""Of the same table; its estimate is not the middle of its interval."""
POOLED = 2.5928, 1.9141, 3.5122
"""What the answer prints for the common effect of all seven."""


def ratio(start=0, **fields):
    words = str(fields.get("value", 0.69))
    place = {"doc_id": "paper", "start": start, "end": start + len(words), "text": words, "subject": "cohort"}
    return Statistic(**{**place, "endpoint": "OS", "measure": "HR", "value": 0.69, "unit": "1"} | fields)


def size(value, group=None, **fields):
    return ratio(900, endpoint="sample_size", measure="count", value=value, group=group, **fields)


def test_standard_errors_are_those_of_a_published_example():
    for _, _, low, high, se in [*STENTS, CARDIA]:
        assert standard_error(low, high) == pytest.approx(se, abs=5e-8)


def test_the_table_pools_to_the_published_effect():
    """Read as R reads it; the common effect is the mean weighted by 1/sei², as `rma` has it."""
    rows = [(name, hr, low, high) for name, hr, low, high, _ in [*STENTS, CARDIA]]
    records = [ratio(value=hr, ci_low=low, ci_high=high, ci_level=95, study=name) for name, hr, low, high in rows]
    effects = [effect for record in records for effect in effects_of([record])]
    table = pd.read_csv(io.StringIO(to_csv(effects)))
    weights = 1 / table["sei"] ** 2
    pooled, error = (weights * table["yi"]).sum() / weights.sum(), math.sqrt(1 / weights.sum())
    limits = (pooled, pooled - 1.959964 * error, pooled + 1.959964 * error)
    assert np.exp(limits) == pytest.approx(POOLED, abs=5e-5)
    assert list(table["study"]) == [name for name, *_ in rows]


def test_a_p_value_gives_the_standard_error_of_altman_and_bland():
    """BMJ 2011;343:d2090: a relative risk of 0.30 (P=0.034) has the interval 0.10 to 0.90."""
    (effect,) = effects_of([ratio(measure="RR", value=0.30, p=0.034, p_op="=")])
    assert effect.se_from == "p"
    limits = [math.exp(effect.log_estimate + side * 1.96 * effect.se) for side in (-1, 1)]
    assert [round(limit, 1) for limit in limits] == [0.1, 0.9]


@given(st.floats(0.01, 50), st.floats(1.01, 20), st.floats(50, 99.9), st.floats(1e-12, 0.999))
def test_errors_agree_with_scipy(low, factor, level, p):
    z = norm.ppf(0.5 + level / 200)
    assert standard_error(low, low * factor, level) == pytest.approx(math.log(factor) / (2 * z), rel=1e-6)
    assert standard_error_of_p(factor, p) == pytest.approx(math.log(factor) / norm.isf(p / 2), rel=1e-3)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ci_low": 0.9, "ci_high": 0.5},
        {"ci_low": 0.0, "ci_high": 0.9},
        {"ci_low": 0.7, "ci_high": 0.9},  # the estimate stands beside it
        {"ci_low": 0.7, "ci_high": 0.9, "p": 0.01},  # and then its p-value is not to be trusted either
        {"ci_low": 0.5},
        {"p": 0.05, "p_op": "<"},
        {"p": 0.0},
        {"p": 1.0},
        {"value": 1.0, "p": 0.5},
        {"value": 0.0, "p": 0.5},
    ],
)
def test_what_tells_no_error_gives_none(fields):
    (effect,) = effects_of([ratio(**fields)])
    assert (effect.se, effect.sei, effect.se_from) == (None, None, None)
    assert (effect.log_estimate is None) == (effect.estimate == 0)


def test_the_mentions_of_one_fact_are_one_row_and_the_fullest_gives_the_place():
    (effect,) = effects_of(
        [
            ratio(10),
            ratio(500, ci_low=0.55, ci_high=0.87, ci_level=95, group="sorafenib", comparator_group="placebo"),
            ratio(800, group="Sorafenib", p=0.001, p_op="<"),
        ]
    )
    assert (effect.mentions, effect.span) == (3, "500-504;800-804;10-14")
    assert (effect.arm, effect.comparator, effect.p_op, effect.p, effect.se_from) == (
        "sorafenib", "placebo", "<", 0.001, "ci",
    )  # fmt: skip


@pytest.mark.parametrize(
    "other", [{"factor": "ECOG PS"}, {"endpoint": "PFS"}, {"ci_low": 0.56, "ci_high": 0.87}, {"group": "HBV"}]
)
def test_what_differs_is_another_fact(other):
    main = ratio(10, ci_low=0.55, ci_high=0.87, group="sorafenib")
    assert [effect.mentions for effect in effects_of([main, ratio(500, **other)])] == [1, 1]


def test_other_work_is_left_out_unless_asked_for():
    own, cited = ratio(10), ratio(50, value=0.68, subject="cited", study="Asia-Pacific")
    assert [effect.estimate for effect in effects_of([own, cited])] == [0.69]
    assert [(effect.study, effect.total) for effect in effects_of([own, cited, size(602)], cited=True)] == [
        ("paper", 602), ("Asia-Pacific", None),
    ]  # fmt: skip


def test_sizes_are_given_where_the_paper_states_one():
    arms = [size(299, "sorafenib"), size(303, "placebo"), size(602), size(226, "Asia", subject="cited")]
    (effect,) = effects_of([ratio(group="Sorafenib", comparator_group="placebo"), *arms])
    assert (effect.n, effect.n_comparator, effect.total) == (299, 303, 602)
    (effect,) = effects_of([ratio(group="sorafenib", comparator_group="placebo"), *arms, size(297, "sorafenib")])
    assert effect.n is None
    (effect,) = effects_of([ratio(group="sorafenib", comparator_group="placebo"), *arms[:2], size(226)])
    assert (effect.n, effect.total) == (299, None)  # less than its arms: the size of a part


def test_csv_has_points_and_empty_cells():
    rows = list(csv.DictReader(io.StringIO(to_csv(effects_of([ratio(group='a "b", c\nd')])))))
    assert rows[0]["arm"] == 'a "b", c\nd'
    assert (rows[0]["estimate"], rows[0]["se"]) == ("0.69", "")


def test_revman_gets_arms_and_contrasts():
    arms = {"group": "sorafenib", "comparator_group": "placebo"}
    records = [
        ratio(10, ci_low=0.55, ci_high=0.87, ci_level=95, **arms),
        ratio(100, value=0.8, factor="ECOG PS", ci_low=0.7, ci_high=0.9),
        ratio(200, endpoint="ORR", measure="rate", value=2.3, unit="%", n=7, total=299, group="sorafenib"),
        ratio(300, endpoint="DCR", measure="rate", value=43.0, unit="%", n=130, group="sorafenib"),
    ]
    files, problems = study_files(effects_of(records), records)
    assert problems == []
    rows = list(csv.DictReader(io.StringIO(files["study-results.csv"])))
    assert tuple(rows[0]) == RESULTS
    contrast, arm = rows
    assert (contrast["Arm"], contrast["Reference arm"], contrast["Effect measure"]) == ("sorafenib", "placebo", "HR")
    assert float(contrast["Mean"]) == pytest.approx(math.log(0.69))
    assert float(contrast["SE"]) == pytest.approx(0.117, abs=5e-5)
    assert (arm["Outcome"], arm["Arm"], arm["Cases"], arm["Sample size"]) == ("ORR", "sorafenib", "7", "299")
    assert files["study-arms.csv"].splitlines()[1:] == ["paper,sorafenib,,sorafenib", "paper,placebo,,placebo"]


def test_revman_is_not_given_one_of_two_results():
    arms = {"group": "sorafenib", "comparator_group": "placebo", "ci_level": 95}
    records = [ratio(10, ci_low=0.55, ci_high=0.87, **arms), ratio(90, value=0.7, ci_low=0.5, ci_high=0.9, **arms)]
    files, (problem,) = study_files(effects_of(records), records)
    assert problem.describe() == "paper OS HR sorafenib placebo: 2 different results; enter the right one"
    assert len(files["study-results.csv"].splitlines()) == 1
