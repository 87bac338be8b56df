"""Medians and means against their ranges, quartiles and standard deviations; progression against death."""

import pytest

from hcclit.checks.paper import Paper
from hcclit.checks.rules import (
    average_in_limits,
    limits_reversed,
    listed_values,
    progression_after_death,
    quartiles_in_range,
    range_against_criteria,
    sd_possible,
)
from hcclit.pipeline import extraction
from hcclit.readers.text import read_text

RULES = (average_in_limits, limits_reversed, progression_after_death, quartiles_in_range, sd_possible)


def found(text):
    document = read_text(f"Results. {text}\n", "paper")
    read = extraction(document)
    paper = Paper(document, read.records, read.analysis)
    return [(f.check, f.spans[0].text) for rule in RULES for f in rule.check(paper)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The median age was 91 years (range 34-81).", ("average_in_limits", "91")),
        ("Median (IQR) follow-up was 7.0 months (4.5-6.3).", ("average_in_limits", "7.0")),
        ("The median AFP level was 1,200 ng/mL (IQR, 13 to 980 ng/mL).", ("average_in_limits", "1,200")),
        ("The mean age was 62.3 years (range, 64-81 years).", ("average_in_limits", "62.3")),
        ("The median age was 62 years (range 91-81).", ("limits_reversed", "91")),
        ("The median age was 62 years (IQR 31-70; range 34-81).", ("quartiles_in_range", "31")),
        ("The mean necrosis rate was 5.0 ± 43.1%.", ("sd_possible", "43.1")),
        ("The mean age was 62.3 ± 41.2 years (range, 44-81 years).", ("sd_possible", "41.2")),
        ("The mean age of all (n = 26) was 62.3 ± 1.2 years (range, 34-81 years).", ("sd_possible", "1.2")),
        ("Median PFS was 15.4 months and median OS was 10.7 months with sorafenib.",
         ("progression_after_death", "15.4")),
        ("The median time to progression was 30 weeks and the median overall survival was 4.2 months.",
         ("progression_after_death", "30")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_found(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The median age was 81 years (range 34-81).",
        "The median age was 82 years (range 34-81).",  # 81.5 rounds to both
        "The median time was 2 years (range 5-40 months).",
        "The mean stay was 9.5 days (IQR 3-7).",  # skewed
        "Median survival was 4.1 vs 7.9 months (range 5.0-9.1).",
        "The mean stay was 4.2 ± 6.1 days (range 1-60 days).",
        "The AFP level changed by 5.0 ± 43.1%.",
        "The mean age (n = 26) was 62.3 ± 1.2 (SEM) years (range, 34-81 years).",
        "The median viral load was 3.1 x 10^4 copies (range 4-9 x 10^3).",
        "Median PFS was 5.4 months and median OS was not reached with sorafenib.",
        "Median PFS was 5.4 months and median OS was 10.7 months with sorafenib.",
        "Median PFS was 15.4 months with sorafenib, and median OS was 10.7 months with placebo.",
        "Median PFS was 12.3 months in responders; median OS was 10.7 months.",
    ],
)
def test_what_may_be_is_left_alone(text):
    assert found(text) == []


def test_cells_under_a_head_of_medians():
    rows = ("Characteristic\tSorafenib\tPlacebo", "Age, median (range)\t62 (34-81)\t85 (36-80)", "Male\t30\t31")
    assert found("\n\n" + "\n".join(("Table 1. Patients", *rows, "\nText."))) == [("average_in_limits", "85")]


LISTED = (
    "Table 2. Patients\nNo.\tAge\tTime to response (months)\n1\t48\t2\n2\t51\t3\n3\t60\t5\n4\t66\t9\n5\t70\t11\n\n"
    "Discussion. The time to response varied (2-11 months, median: {median} months).\n"
)


@pytest.mark.parametrize(("middle", "expected"), [("5", []), ("8", [("listed_values", "8")])])
def test_a_median_against_the_values_that_a_table_lists(middle, expected):
    document = read_text(f"Results\n\n{LISTED.format(median=middle)}", "paper")
    read = extraction(document)
    paper = Paper(document, read.records, read.analysis)
    assert [(f.check, f.spans[0].text) for f in listed_values.check(paper)] == expected


def test_the_range_may_stand_first():
    assert found("The time to response was short (2-6 months, median: 34 months).") == [("average_in_limits", "34")]


@pytest.mark.parametrize(("least", "expected"), [("27", ["27"]), ("51", [])])
def test_a_range_against_the_criteria(least, expected):
    text = (
        "Methods. Eligible patients had a platelet count greater than 50x109/l.\n\n"
        "Table 1. Patients\nCharacteristic\tAll\n"
        f"Platelet count (x109/l), median (range)\t110 ({least}-351)\nMale\t30\n"
    )
    document = read_text(text, "paper")
    read = extraction(document)
    paper = Paper(document, read.records, read.analysis)
    assert [f.spans[0].text for f in range_against_criteria.check(paper)] == expected
