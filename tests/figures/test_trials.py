"""Medians and ratios as rows: the paper's own cohort, each number once."""

import pytest

from hcclit.figures.rows import Interval, Row, RowPlot, Section, in_pages
from hcclit.figures.trials import effects_of, effects_over, medians_of
from tests.figures.invented import paper, statistic


def rows(plot):
    return [(section.heading, [(row.label, row.text) for row in section.rows]) for section in plot.sections]


def test_medians_of_a_text_stand_by_endpoint_and_arm():
    text = (
        "Results\n\nMedian overall survival was 10.5 months (95% CI 8.7-12.3) with sorafenib and 7.9 months (95% CI "
        "6.8-9.1) with placebo. Median PFS was 5.0 months (range 1-44).\n"
    )
    assert rows(medians_of("invented", paper(text)[1])) == [
        ("Overall survival", [("sorafenib", "10.5 (95% CI 8.7–12.3)"), ("placebo", "7.9 (95% CI 6.8–9.1)")]),
        ("Progression-free survival", [("all patients", "5.0 (range 1–44)")]),
    ]


def test_units_become_months_and_the_text_stays_as_stated():
    plot = medians_of("x", [statistic(value=52, unit="wk", text="52 weeks", ci_low=26, ci_high=None, ci_level=90)])
    (row,) = plot.sections[0].rows
    assert row.value == pytest.approx(52 * 7 / 30.4375)
    assert row.intervals == (Interval("CI", pytest.approx(26 * 7 / 30.4375), None, 90),)
    assert row.text == "52 weeks (90% CI 26–NR)"


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        ("0.99", 0.97, 1, "0.99 (95% CI 0.97–1.00)"),
        ("12.0", 9, 14.5, "12.0 (95% CI 9.0–14.5)"),
        ("12", 9, 14, "12 (95% CI 9–14)"),
        # what was printed with fewer decimals than the value stays as it is
        ("0.576", 0.4, 0.83, "0.576 (95% CI 0.4–0.83)"),
        ("1.5", 0.97, 2.31, "1.5 (95% CI 0.97–2.31)"),
    ],
)
def test_the_numbers_are_printed_as_the_paper_does(value, low, high, expected):
    made = statistic(value=float(value), text=f"{value} months", ci_low=low, ci_high=high)
    assert medians_of("x", [made]).sections[0].rows[0].text == expected


def test_iqr_and_range_are_told_apart():
    made = [
        statistic(range_low=1, range_high=20, range_kind="iqr", group="a"),
        statistic(range_low=1, range_high=20, group="b"),
    ]
    assert [row.intervals[0].kind for row in medians_of("x", made).sections[0].rows] == ["IQR", "range"]


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ({"group": "sorafenib"}, {"group": "Sorafenib", "ci_low": 7, "ci_high": 11}, 1),
        ({"ci_low": 7, "ci_high": 11}, {"group": "sorafenib", "ci_low": 7, "ci_high": 11}, 1),
        # the whole study and a subgroup may have one median
        ({}, {"group": "men"}, 2),
        ({"group": "women"}, {"group": "men"}, 2),
        ({"group": "men", "ci_low": 7, "ci_high": 11}, {"group": "men", "ci_low": 6, "ci_high": 11}, 2),
        ({"group": "men"}, {"group": "men", "value": 9.5}, 2),
    ],
)
def test_one_number_stated_twice_is_one_row(first, second, count):
    (section,) = medians_of("x", [statistic(**first), statistic(start=5, end=6, **second)]).sections
    assert len(section.rows) == count


@pytest.mark.parametrize("subject", ["cited", "general", "patient"])
def test_work_of_others_is_in_no_plot(subject):
    made = [statistic(subject=subject), statistic(subject=subject, measure="HR", unit="1")]
    assert medians_of("x", made) is None
    assert effects_of("x", made) is None


def test_ratios_are_labelled_by_factor_or_comparison():
    made = [
        statistic(
            measure="HR", unit="1", value=0.58, group="sorafenib", comparator_group="placebo", ci_low=0.45, ci_high=0.74
        ),
        statistic(measure="HR", unit="1", value=2.1, factor="ECOG PS"),
        statistic(measure="OR", unit="1", value=0.4, endpoint="AE:fatigue", group="sorafenib"),
        statistic(measure="HR", unit="1", value=1.4),
    ]
    assert rows(effects_of("x", made)) == [
        (
            "Overall survival, hazard ratio",
            [("sorafenib vs placebo", "0.58 (95% CI 0.45–0.74)"), ("ECOG PS", "2.1"), ("factor not stated", "1.4")],
        ),
        ("Adverse event: fatigue, odds ratio", [("sorafenib", "0.4")]),
    ]


def test_a_ratio_of_zero_is_told_and_not_drawn():
    made = [statistic(measure="HR", unit="1", value=0, factor="age"), statistic(measure="HR", unit="1", value=1.2)]
    plot = effects_of("x", made)
    assert plot.left_out == ("HR 0 of age: not above 0",)
    assert sum(len(section.rows) for section in plot.sections) == 1


def test_ratios_of_several_papers_stand_together_by_endpoint():
    made = statistic(measure="HR", unit="1", value=0.6, factor="age")
    plot = effects_over([("one", [made]), ("two", [made])])
    assert rows(plot) == [("Overall survival, hazard ratio", [("one: age", "0.6"), ("two: age", "0.6")])]


def test_long_plots_are_cut_into_pages_that_lose_no_row():
    sections = tuple(Section(f"s{n}", tuple(Row(f"{n}.{m}", 1, (), "1") for m in range(7))) for n in range(9))
    pages = in_pages(RowPlot("forest", "T", "x", log=True, sections=sections, left_out=("a",)), 10)
    assert [sum(len(s.rows) for s in page.sections) for page in pages] == [10, 10, 10, 10, 10, 10, 3]
    assert [r for page in pages for s in page.sections for r in s.rows] == [r for s in sections for r in s.rows]
    assert len({page.name for page in pages}) == 7
    assert [page.left_out for page in pages] == [("a",)] + [()] * 6
