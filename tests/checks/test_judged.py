"""What a reader of findings on real papers called false stays away, and the like of it that is wrong is still found.

The texts are invented; each is of the kind that was judged (see `docs/check_verdicts.csv`).
"""

import pytest

from hcclit.checks import check
from hcclit.pipeline import extraction
from hcclit.readers.text import read_text

BOOTSTRAP = "Confidence intervals were percentile bootstrap intervals."
SEM = "Values are means ± SEM."
MEAN = "The mean age (n = 102) was 62.3 ± 0.7 years (range 34-81)."
LOGRANK = "The HR for death was 0.73 (95% CI, 0.50 to 1.07; P = .055)."


def found(text):
    """The checks that say something of a text, with severity."""
    document = read_text(text, "paper")
    read = extraction(document)
    return [(f.check, f.severity) for f in check(document, read.records, read.analysis)]


@pytest.mark.parametrize(
    "text",
    [
        "The groups did not differ (P = 0. 42) at week 4.",
        "The groups did not differ (P = 0 . 42) at week 4.",
        "The groups differed (P = 0, 0003) at week 4.",
        "Time was shorter (T = 24 days, T&P = 11 days, p = 0.04).",
        "Time was shorter with T & P = 11 than with T alone.",
        "They were not correlated (R p = 0.0, p > 0.05, n = 16).",
        "They were not correlated (Rank p = 0, p = 0.45).",
        "Nausea was rarer (\u03b2 S - \u03b2 P = -0.398 u, P < 0.001).",
        "Expenditure fell (median 5,118.8, IQR 1,470.0, 9,090.0).",
        "In each of the 48 sites, 12 men were randomly assigned to exercise (n = 575) or to a control (n = 624).",
        "Variable N P=\n5 Dimensions of the scale",
        "The number of components was chosen by cross-validation (p = 100).",
        "We fitted an autoregressive model of order P = 6.",
        "The product of both had to be low (calcium and P < 55).",
    ],
)
def test_what_is_no_p_value_or_half_of_one(text):
    assert found(f"Results\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The groups differed (P = 0.000) at week 4.", [("p_zero", "note")]),
        ("The groups differed (P = 0.000, P = 0.03 and P = 0.04).", [("p_zero", "note")]),
        ("The groups differed (P = 0) at week 4.", [("p_zero", "note")]),
        ("The groups differed (P = 3.04) at week 4.", [("p_outside", "error")]),
        ("The groups differed (P = 0.03 and P = 2).", [("p_outside", "error")]),
    ],
)
def test_p_values_that_cannot_be(text, expected):
    assert found(f"Results\n\n{text}\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nurses attended 4318 (25%) of 17\u2008288 visits.",
        "Nurses attended 25% (4318 of 17 288) of the visits.",
        "It was drawn from one of four values (50%, 30%, 15%, and 5%).",
        "Three patients (13%, 2/14 in one arm and 1/9 in the other) had a rash.",
        "In 2013/14, 74.6% of the trial's patients were men.",
    ],
)
def test_what_is_no_share_of_the_total_beside_it(text):
    assert found(f"Results\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rash was seen in 12 of 48 (35%) and 7 of 9 (78%) patients.", [("share_of_total", "error")]),
        ("Three patients (33%, 2/14) had a rash.", [("share_of_total", "error")]),
        ("Rash was seen in 7 patients (36.9%).", [("impossible_share", "note")]),
        ("Rash was seen in 1 patient (97%).", [("impossible_share", "warning")]),
    ],
)
def test_shares_that_are_wrong(text, expected):
    assert found(f"Results\n\n{text}\n") == expected


def sheet(*rows):
    """A table of one column of 36 patients; the first rows give it shares to be judged by."""
    sure = "".join(f"Finding {i}\t{9 * i} ({25 * i})\n" for i in range(1, 4))
    return "Results\n\nTable 1. Patients, n (%)\n\tAll (n = 36)\n" + sure + "".join(f"{row}\n" for row in rows)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("T2\t5 (14)", "T3\t11 (31)", "T4\t20 (55)"), []),  # 55.56%, but 14 + 31 + 56 is 101
        (("T2\t5 (13.9)", "T3\t11 (30.6)", "T4\t20 (55.5)"), [("share_in_table", "note")]),
        (("T2\t5 (14)", "Male\t18 (50)", "Ascites\t20 (55)"), [("share_in_table", "note")]),
        (("PR\t5 (13.9)", "SD\t7 (19.4)", "PD\t24 (66.7)", "DCR\t12 (33.4)"), [("share_in_table", "note")]),
        (("PR\t5 (13.9)", "SD\t6 (16.7)", "PD\t25 (69.4)", "DCR\t11 (30.5)"), [("share_in_table", "note")]),
        (("PR\t5 (13.9)", "SD\t13 (36.1)", "PD\t18 (50.0)", "DCR\t18 (50.1)"), [("share_in_table", "note")]),
        (("Mutant\t13 (36.2)", "V600E\t10 (27.8)", "V600K\t2 (5.6)", "V600R\t1 (2.8)"), []),
    ],
)
def test_shares_that_were_made_to_add_up(rows, expected):
    assert found(sheet(*rows)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SEM} {MEAN}", []),
        (MEAN, [("sd_possible", "warning")]),
        (f"{SEM} {MEAN.replace('mean age', 'mean age and SD')}", [("sd_possible", "warning")]),
        ("The median time was 6 months [15, 16] in former trials.", []),
        ("The median time was 6 months [15-17] in former trials.", []),
        ("The median time was 6 months (15-17) in former trials.", [("average_in_limits", "error")]),
        ("The median time was 6 months [range 15-17] in former trials.", [("average_in_limits", "error")]),
        ("The median age was 91 years [34-81].", [("average_in_limits", "error")]),
    ],
)
def test_what_stands_beside_a_mean(text, expected):
    assert found(f"Results\n\n{text}\n") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The OR was 1.43 (95% CI 1.11-1.99).", [("interval_symmetry", "note")]),
        (f"The OR was 1.43 (95% CI 1.11-1.99). {BOOTSTRAP}", []),
        ("The OR was 116.8 (95% CI 20.8 to 1302.0).", []),
        ("The OR was 1.6 (95% CI 0.1 to 3.8).", [("interval_symmetry", "warning")]),
        ("Response was commoner (OR 4.95; 95% CI, 1.35-18.15; P = .009).", []),
        ("Response was commoner (OR 1.60; 95% CI, 1.20-2.13; P = .009).", [("p_from_interval", "warning")]),
        ("It was alike (difference 1% [95% CI -6 to 7]; hazard ratio 0.90 [95% CI 0.70 to 1.17]; p=0.81).", []),
        ("It was alike (hazard ratio 0.90 [95% CI 0.70 to 1.17]; p=0.91).", [("p_from_interval", "warning")]),
        ("It was alike (hazard ratio 0.90 [95% CI 0.70 to 1.17]; p=0.91) by a log-rank test.",
         [("p_from_interval", "note")]),
        (f"{LOGRANK} All tests were two-sided.", [("p_from_interval", "note")]),
        (LOGRANK, []),
        (f"{LOGRANK} {'The patients were well. ' * 300}", [("p_from_interval", "note")]),
    ],
)  # fmt: skip
def test_intervals_and_p_values_of_other_methods(text, expected):
    assert found(f"Results\n\n{text}\n") == expected


def told_twice(text):
    abstract = "The HR for overall survival was 0.93 (95% CI, 0.71-1.21)."
    return f"Abstract\n\nResults: {abstract}\n\nMethods\n\nA trial.\n\nResults\n\n{text}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The HR for overall survival was 0.93 (95% CI, 0.72-1.21).", [("two_values", "warning")]),
        ("The HR for weight loss was 0.93 (95% CI, 0.72-1.21).", []),
        ("In a sensitivity analysis, the HR for overall survival was 0.93 (95% CI, 0.72-1.21).", []),
        ("HR for overall survival of all and of men were 0.93 (95% CI, 0.71-1.21) and 0.93 (95% CI, 0.72-1.21),"
         " respectively.", []),
    ],
)  # fmt: skip
def test_another_fact_with_numbers_alike(text, expected):
    assert found(told_twice(text)) == expected


def test_a_figure_of_a_supplement_is_no_drug():
    told = "Patients received 200 ug of S1 daily (Fig. S1)."
    assert found(f"Results\n\n{told}\n") == []
    assert ("dose_beyond_use", "error") in found("Results\n\nPatients received 200 ug of S-1 daily.\n")


PATIENTS = (
    "We treated 145 patients with the drug.\n\nResults\n\nOf the patients, 134 (92.4%) had pain, 10 (6.9%) had a "
)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("rash, 1 (0.7%) had fever, 137 (94.5%) had a cough and 8 (5.8%) had jaundice.", [("share_in_list", "note")]),
        ("rash, 1 (0.7%) had fever, 137 (94.5%) had a cough and 66 (90.4%) of the women had jaundice.", []),
    ],
)
def test_the_odd_share_of_a_list(rest, expected):
    assert [each for each in found(f"Methods\n\n{PATIENTS}{rest}\n") if each[0] == "share_in_list"] == expected
