"""Counts, percentages, responses, arms and flow: what is wrong is found, and what may be right is left alone."""

import pytest

from hcclit.checks import checks
from hcclit.checks.paper import Paper
from hcclit.pipeline import extraction
from hcclit.readers.text import read_text

HEAD = "Table 1. Patient characteristics, n (%)\n\tSorafenib (n = 80)\tPlacebo (n = 40)\n"
FULL = "".join(f"Finding {i}\t{8 * i} ({10 * i}.0)\t{4 * i} ({10 * i}.0)\n" for i in range(1, 6))


def told(name, text):
    """What a check says of a text: stated and expected of each finding."""
    document = read_text(f"Results\n\n{text}\n", "paper")
    found = extraction(document)
    return [(f.stated, f.expected) for f in checks()[name](Paper(document, found.records, found.analysis))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rash occurred in 12/48 patients (35%).", [("35%", "25%")]),
        ("Rash occurred in 12 of 48 patients (35%).", [("35%", "25%")]),
        ("Rash occurred in 12 (35%) of the 48 patients.", [("35%", "25%")]),
        ("Rash occurred in 35.0% (12/48) of the patients.", [("35.0%", "25.0%")]),
        ("Rash occurred in 35% (12 of 48; 95% CI, 22-50).", [("35%", "25%")]),
        ("Seven (37%) of 29 patients had a rash.", [("37%", "24%")]),
        ("Rash was seen in 33 (55%; 95% CI 42-68) of 70 patients.", [("55%", "47%")]),
        ("Rash was seen in 1,204 of 2,400 patients (40.2%).", [("40.2%", "50.2%")]),
        ("Rash was seen in 58 of 48 patients (25%).", [("25%", "121%")]),
        ("Rash was seen in 12 of 48 patients (25%).", []),
        ("Rash was seen in 41 of 76 patients (53.9%) and in 7/9 (77.8%).", []),
        ("Grade 3/4 (12%) events were rare.", []),
        ("HPV 16/18 (93%) was the commonest type.", []),
        ("The rate was 21.0% (445/2,111, 95% CI 19.3-22.7).", [("21.0%", "21.1%")]),
        ("The share was (445/2,111, 95% CI 19.3-22.7).", []),
        ("HbA1c fell in 72% (20/30-mg group) and 53% (20/20 mg).", []),
        ("Mutations were found in all but one of 74 samples (98.6%).", []),
        ("Overall survival at 2 years was 54% (20/60 events).", []),
        ("Fewer than 3/20 (<20%) stopped early.", []),
    ],
)
def test_shares_in_text(text, expected):
    assert told("share_of_total", text) == expected


def test_a_paper_that_cuts_its_percentages_may_do_so():
    cut = "Rash was seen in 2/3 (66%), fever in 7/9 (77%), pain in 5/8 (62%) and cough in 12/48 (25%)."
    assert told("share_of_total", cut) == []
    rounded = "Rash was seen in 2/3 (66%), fever in 7/9 (78%), pain in 5/8 (63%) and cough in 8/9 (89%)."
    assert told("share_of_total", rounded) == [("66%", "67%")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Ascites\t20 (35.0)\t10 (25.0)", [("35.0%", "25.0%")]),
        ("Ascites\t20 (25.0)\t10 (25.0)", []),
        ("Age (years), mean (SD)\t61 (9.0)\t63 (8.0)", []),
        ("Age below 65 years\t61 (66.3)\t10 (25.0)", [("66.3%", "76.2%")]),
        ("Ascites, of 60 and 30 known\t20 (33.3)\t10 (33.3)", []),  # values are missing in both arms
        ("Ascites (n = 61 and 30)\t20 (32.8)\t10 (33.3)", []),
        ("Share of all\t60 (66.7)\t30 (33.3)", []),  # out of the row
    ],
)
def test_shares_in_tables(row, expected):
    assert told("share_in_table", HEAD + FULL + row) == expected


def test_a_head_that_its_column_does_not_keep_to_is_one_finding():
    rows = "".join(f"Finding {i}\t{7 * i} ({100 * 7 * i / 77:.1f})\t{4 * i} ({10 * i}.0)\n" for i in range(1, 10))
    assert told("share_in_table", HEAD.replace("n = 80", "n = 75") + rows) == [("75", "77")]


def test_the_caption_gives_the_total_of_a_table_with_one_column():
    table = "Table 1. Patient characteristics (n = 110)\nFeature, n (%)\tAll\nMale\t100 (90.9)\nAscites\t44 (40.9)\n"
    assert told("share_in_table", table + "Diabetes\t22 (20.0)\nCirrhosis\t55 (50.0)\n") == [("40.9%", "40.0%")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three patients (22.9%) had a rash.", [("22.9%", "23.1% (of 13) or 21.4% (of 14)")]),
        ("Three patients (23.1%) had a rash.", []),
        ("In week 3 (22.9%) patients had a rash.", []),
        ("Grade 3 (22.9%) was seen.", []),
    ],
)
def test_percentages_of_no_whole_number(text, expected):
    assert told("impossible_share", text) == expected


def test_categories_that_exclude_one_another():
    sex = "Sex\t\t\nMale\t{} (75.0)\t30 (75.0)\nFemale\t20 (25.0)\t10 (25.0)\n"
    assert told("categories_sum", HEAD + FULL + sex.format(60)) == []
    assert told("categories_sum", HEAD + FULL + sex.format(61)) == [("61 + 20", "80")]
    sites = "Metastases\t\t\nLung\t60 (75.0)\t30 (75.0)\nBone\t40 (50.0)\t20 (50.0)\n"
    assert told("categories_sum", HEAD + FULL + sites) == []


def test_counts_listed_with_slashes():
    table = "Table 1. Trials\n\tA\tB\tC\nNumber\t100\t50\t80\nSex (male/female)\t70/30\t40/10\t{}\n"
    assert told("listed_counts_sum", table.format("60/20")) == []
    assert told("listed_counts_sum", table.format("60/30")) == [("60/30", "80")]
    assert told("listed_counts_sum", "Table 1. Trials\n\tA\tB\nNumber\t100\t50\nDose/days\t70/30\t40/11\n") == []


def test_a_total_column_is_the_sum_of_the_arms():
    head = "Table 2. Events, n\n\tSorafenib (n = 80)\tPlacebo (n = 40)\tTotal (n = {})\n"
    rows = "Rash\t8\t4\t12\nFever\t16\t2\t18\nPain\t7\t3\t10\nCough\t9\t1\t{}\n"
    assert told("total_column", head.format(120) + rows.format(10)) == []
    assert told("total_column", head.format(120) + rows.format(14)) == [("14", "10")]
    assert told("total_column", head.format(125) + rows.format(10)) == [("125", "120")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ORR was 25.0% (CR, 5.0%; PR, 15.0%).", [("25.0%", "20%")]),
        ("The ORR was 20.1% (CR, 5.0%; PR, 15.0%).", []),  # 5.04 and 15.04 round so
        ("Of 40 patients, 3 (7.5%) achieved CR, 5 (12.5%) achieved PR and ORR was 9 (22.5%).", [("9", "8")]),
        ("The ORR was 25.0% (CR, 5.0%; VGPR, 5.0%; PR, 15.0%).", []),
    ],
)
def test_responses_in_text(text, expected):
    assert told("response_sum", text) == expected


def test_responses_in_tables():
    head = "Table 3. Response, n (%)\n\tSorafenib (n = 50)\tPlacebo (n = 40)\n"
    rows = "Complete response\t2 (4.0)\t1 (2.5)\nPartial response\t10 (20.0)\t3 (7.5)\n"
    rows += "Stable disease\t20 (40.0)\t16 (40.0)\n"
    rows += "Progressive disease\t15 (30.0)\t20 (50.0)\nNot evaluable\t{} (6.0)\t0\nObjective response\t12 (24.0)\t{}\n"
    assert told("response_sum", head + rows.format(3, "4 (10.0)")) == []
    assert told("response_sum", head + rows.format(3, "5 (12.5)")) == [("5", "4")]
    assert told("responses_of_all", head + rows.format(3, "4 (10.0)")) == []
    assert told("responses_of_all", head + rows.format(5, "4 (10.0)")) == [("50", "52")]


def test_disease_control_may_need_a_least_duration():
    head = "Table 3. Response, %\n\tSorafenib\tPlacebo\nCR\t2.0\t1.0\nPR\t10.0\t3.0\nSD\t30.0\t25.0\n"
    assert told("response_sum", head + "Disease control rate\t43.5\t29.0\n") == [("43.5%", "42%")]
    assert told("response_sum", head + "Disease control rate (at least 12 weeks)\t33.5\t20.0\n") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("302 patients were randomly assigned: 205 to sorafenib and 99 to placebo.", [("302", "304")]),
        ("302 patients were randomly assigned: 205 to sorafenib and 97 to placebo.", []),
        (
            "A total of 302 patients underwent randomization to sorafenib (n = 205) or placebo (n = 96).",
            [("302", "301")],
        ),
        ("302 patients were randomised (250 mg daily, n=205; placebo, n=96), and one was ineligible.", []),
        ("302 patients were randomised: 205 to sorafenib and 95 to placebo (2 withdrew consent).", []),
        ("302 patients were enrolled; 205 were randomly assigned to sorafenib and 90 to placebo.", []),
        ("598 patients were randomly assigned (301 to A, 297 to B) and 555 patients (283 in A) were treated.", []),
        ("705 patients were assigned to low dose, 704 to high dose and 571 to placebo.", []),
    ],
)
def test_arms(text, expected):
    assert told("arms_sum", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of 302 patients screened, 52 were excluded and 260 were enrolled.", [("260", "250")]),
        ("Of 302 patients screened, 52 were excluded and 250 were enrolled.", []),
        ("302 patients were screened. Of these, 52 were excluded, 10 declined, and 240 were enrolled.", []),
    ],
)
def test_flow(text, expected):
    assert told("patient_flow", text) == expected


def test_one_fact_with_two_values():
    text = (
        "Abstract\n\nMedian overall survival was 10.7 months (95% CI, 9.4-13.3) with sorafenib.\n\n"
        "Results\n\nMedian overall survival was 10.7 months (95% CI, {}) with sorafenib.\n"
    )
    assert told("two_values", text.format("9.4-13.8")) == [("13.3", "13.8")]
    assert told("two_values", text.format("9.4-13.3")) == []
    assert told("two_values", text.format("9.1-13.8")) == []  # perhaps of other patients
