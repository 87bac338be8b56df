"""Whom a fact is about, in invented papers; the mark is the mention."""

import pytest

from hcclit.document import Cell, Table
from hcclit.language import analyse
from hcclit.linking.subject import subject_of
from hcclit.linking.table_subject import subject_in_table
from hcclit.mention import Mention
from hcclit.readers.text import read_text
from tests.linking.place import CASE, TRIAL, cell_of, linked

STATISTICS_OF_A_TRIAL = [
    # whose words the sentence itself has
    ("In the present study, the median OS was [[9.1 months]].", "cohort"),
    ("We found a response rate of [[21.5%]].", "cohort"),
    ("In the HALCYON-3 trial, the median OS was [[9.8 months]].", "cited"),
    ("Okonjo et al. reported a response rate of [[13%]].", "cited"),
    ("In a Korean phase II trial, the median TTP was [[4.9 months]].", "cited"),
    ("A response rate of [[13%]] has previously been reported [12].", "cited"),
    ("The expected median OS of such patients is [[6 months]] [12].", "cited"),
    ("The rate of bleeding was [[7%]] in historical controls.", "cited"),
    ("In our previous report, the rate was [[31%]].", "cited"),
    # both in one sentence
    ("The median OS of [[9.1 months]] was longer than that of the HALCYON-3 trial.", "cohort"),
    ("In our study the median OS was 9.1 months, compared with [[6.5 months]] in the HALCYON-3 trial.", "cited"),
    ("In the HALCYON-3 trial the median OS was 6.5 months, whereas in our study it was [[9.1 months]].", "cohort"),
    ("The rate of [[9.1%]] is consistent with earlier series [4,5].", "cohort"),
    ("Okonjo et al. found a rate of 13%; in our patients it was [[9.1%]].", "cohort"),
    # said of the same work as before
    ("Okonjo et al. treated 40 patients with axitinib. The median TTP was [[4.4 months]].", "cited"),
    ("In our cohort most patients had cirrhosis. Recurrence was seen in [[41%]].", "cohort"),
    ("Okonjo et al. treated 40 patients. In that study, the response rate was [[8%]].", "cited"),
    # others set apart from this study, whoever was spoken of before
    (
        "Okonjo et al. treated 40 patients. With the [[0%]] mortality in this study and the rate reported by others, "
        "this is safe [4].",
        "cohort",
    ),
    ("Okonjo et al. saw it in 8% [4]. Towards the end of the study period it was [[31%]].", "cohort"),
    ("In the HALCYON (Hepatic Axitinib or Lenvatinib in Cirrhosis) study, [[210]] patients were randomised.", "cited"),
    ("The rate of 9.1% was similar to the [[11%]] observed by Okonjo [12].", "cited"),
    ("Okonjo [12] evaluated axitinib in cirrhosis and saw bleeding in [[11%]].", "cited"),
    ("Unlike our study, axitinib was given for life and bleeding occurred in [[11%]].", "cited"),
    ("Our study is the first RCT that showed a rate of [[9.1%]].", "cohort"),
    ("Okonjo et al. treated 40 patients. It was decided to close the trial after [[58]] of our patients.", "cohort"),
    ("Okonjo et al. saw it [4]. Therefore, a randomised trial was designed and [[58]] patients enrolled.", "cohort"),
    ("Okonjo saw bleeding in [[11%]] of the men.[4] We gave axitinib.", "cited"),
    (
        "Okonjo et al. treated 40 patients with axitinib. In this study, the TTP was 4.4 and the OS [[9.9 months]].",
        "cited",
    ),
    (
        "In the HALCYON-3 trial the rate was 2%. We believe this is too low. Bleeding occurred in [[5 patients]].",
        "cohort",
    ),
    # the number is one of the paper's own results
    ("In the HALCYON-3 trial the rate was 2%. The median OS was [[12.3 months]] with sorafenib.", "cohort"),
    ("The response rate of [[14.7%]] deserves attention.", "cohort"),
    # nothing but the tense
    ("The 5-year survival rate of advanced disease is [[10%]].", "cited"),
    ("Ascites was seen in [[18%]] of these.", "cohort"),
]


@pytest.mark.parametrize(("text", "subject"), STATISTICS_OF_A_TRIAL)
def test_statistic_in_the_discussion_of_a_trial(text, subject):
    [fields] = linked(TRIAL + text, "statistic")
    assert fields["subject"] == subject


STATISTICS_OF_A_CASE_REPORT = [
    ("The median survival was [[10.7 months]] with sorafenib.", "cited"),
    ("Sorafenib gave a response rate of [[2%]] in two trials.", "cited"),
    ("Okonjo et al. treated 31 patients. In this study the rate was [[8%]].", "cited"),
    ("In our series of three patients, [[two]] achieved CR.", "cohort"),
]


@pytest.mark.parametrize(("text", "subject"), STATISTICS_OF_A_CASE_REPORT)
def test_statistic_in_the_discussion_of_a_case_report(text, subject):
    [fields] = linked(CASE + text, "statistic")
    assert fields["subject"] == subject


def test_introductions_tell_of_other_work_and_methods_and_results_of_their_own():
    text = (
        "Introduction\n\nRecurrence occurs in [[70%]] of patients. We conducted a randomised trial in [[88]] patients."
        "\n\nMethods\n\nAs described [3], a CT was done in [[90%]]."
        "\n\nResults\n\nThe response rate was [[14.7%]] (Okonjo criteria [3])."
    )
    assert [f["subject"] for f in linked(text, "statistic")] == ["cited", "cohort", "cohort", "cohort"]


def test_the_paper_s_own_trial_is_known_by_its_title():
    text = (
        "Axitinib after sorafenib: the HALCYON-3 trial\n\nDiscussion\n\n"
        "In HALCYON-3 the median OS was [[9.8 months]] and in the TARN-1 trial [[7.7]]."
    )
    assert [f["subject"] for f in linked(text, "statistic")] == ["cohort", "cited"]


def test_an_abstract_s_background_cites():
    text = (
        "BACKGROUND: The median survival of unresectable disease is [[8 months]]. METHODS: We enrolled 90 patients."
        " RESULTS: The median survival was [[11.2 months]]."
    )
    assert [f["subject"] for f in linked(text, "statistic")] == ["cited", "cohort"]


DOSES_OF_A_CASE_REPORT = [
    ("Our patient received the standard dose of [[400 mg]] twice daily.", "patient"),
    ("He was started on [[400 mg]] twice daily.", "patient"),
    ("The recommended dose of sorafenib is [[400 mg]] twice daily.", "general"),
    ("The standard dose of [[400 mg]] twice a day was chosen after a phase I study by Okonjo et al. [9].", "general"),
    ("Sorafenib should be started at [[200 mg]] daily in such patients.", "general"),
    ("We propose an initial dose of [[200 mg]] for future trials.", "general"),
    ("Okonjo et al. described a man who took [[400 mg]] daily.", "cited"),
    ("Okonjo et al. described a man with CR. He had taken [[400 mg]] daily.", "cited"),
    ("Okonjo et al. described a man with CR. Our patient took [[200 mg]] daily.", "patient"),
    ("In a phase II trial, patients were treated with sorafenib ([[400 mg]] b.i.d.).", "cited"),
    ("All our patients received [[400 mg]] twice daily.", "cohort"),
]


@pytest.mark.parametrize(("text", "subject"), DOSES_OF_A_CASE_REPORT)
def test_dose_in_a_case_report(text, subject):
    [fields] = linked(CASE + text, "dose")
    assert fields["subject"] == subject


DOSES_OF_A_TRIAL = [
    ("Methods\n\nPatients received [[400 mg]] twice daily (the standard dose) as in the TARN-1 trial [3].", "cohort"),
    ("Methods\n\nThe dose could be reduced to [[200 mg]] once daily.", "cohort"),
    ("Methods\n\nEach patient received cisplatin [[80 mg/m2]] on day 1.", "cohort"),
    ("Results\n\nOne patient in the sorafenib arm took [[1200 mg]] by mistake.", "patient"),
    ("Results\n\nThe recommended dose for phase II studies was [[60 mg/m2]].", "general"),
    ("Introduction\n\nSorafenib is given at [[400 mg]] twice daily.", "general"),
    ("Introduction\n\nAxitinib at [[5 mg]] twice daily was active [7].", "cited"),
    ("Introduction\n\nSubjects will receive axitinib at [[5 mg]] twice daily.", "cohort"),
    ("Discussion\n\nWith axitinib at [[5 mg]] twice daily, Okonjo et al. saw no response.", "cited"),
]


@pytest.mark.parametrize(("text", "subject"), DOSES_OF_A_TRIAL)
def test_dose_in_a_trial(text, subject):
    [fields] = linked(text, "dose")
    assert fields["subject"] == subject


@pytest.mark.parametrize(
    ("text", "fields", "subject"),
    [
        (CASE + "In our patient AFP was [[900 ng/mL]].", {"kind": "measurement"}, "patient"),
        (CASE + "A cut-off of [[400 ng/mL]] is used.", {"kind": "threshold"}, "general"),
        (CASE + "Okonjo reported a man whose AFP was [[900 ng/mL]].", {"kind": "measurement"}, "cited"),
        (CASE + "Okonjo et al. reported a man whose AFP was [[900 ng/mL]].", {"kind": "measurement"}, "cited"),
        ("AFP was [[normal]] in all our patients.", {"kind": "qualitative"}, "cohort"),
        (TRIAL + "In our patients AFP was [[312 ng/mL]].", {"kind": "median"}, "cohort"),
        ("AFP was [[12]] in our Patients 1 and 2.", {"kind": "measurement", "patient_id": "1"}, "patient"),
    ],
)
def test_marker(text, fields, subject):
    [found] = linked(text, "marker", **fields)
    assert found["subject"] == subject


@pytest.mark.parametrize(
    ("text", "assertion", "subject"),
    [
        (CASE + "Our patient reached [[CR]].", "affirmed", "patient"),
        (CASE + "As [[CR]] was not reported in the HALCYON-3 trial, this is remarkable.", "negated", "cited"),
        (CASE + "A search of the literature found one case report showing [[CR]].", "affirmed", "cited"),
        (CASE + "One case report showed CR. A 78-year-old man achieved [[PR]] with sorafenib.", "affirmed", "cited"),
        ("In our study, no [[complete response]] was seen in either arm.", "negated", "cohort"),
        (CASE + "[[CR]] was not obtained in our patient.", "negated", "patient"),
        (TRIAL + "The 62-year-old man in figure 3 had a [[partial response]].", "affirmed", "patient"),
    ],
)
def test_response(text, assertion, subject):
    [fields] = linked(text, "response", assertion=assertion)
    assert fields["subject"] == subject


@pytest.mark.parametrize(
    ("heads", "caption", "record_type", "fields", "subject"),
    [
        (("Median OS", "Sorafenib (n=40)"), "Outcomes", "statistic", {}, "cohort"),
        (("Median OS", "Okonjo et al. [7]"), "Outcomes", "statistic", {}, "cited"),
        (("Median OS", "HALCYON-3 trial"), "Outcomes", "statistic", {}, "cited"),
        (("Okonjo, 2009", "Response rate"), "Trials of sorafenib", "statistic", {}, "cited"),
        (("Present study", "Response rate"), "Published trials of sorafenib", "statistic", {}, "cohort"),
        (("1", "AFP (ng/mL)"), "Markers", "marker", {"kind": "measurement"}, "patient"),
        (("AFP", "All patients"), "Baseline", "marker", {"kind": "mean"}, "cohort"),
        (("AFP", "Case 2"), "Baseline", "dose", {}, "patient"),
        (("Dose", "Group A"), "Baseline", "dose", {}, "cohort"),
        (("Fatigue", "Sorafenib"), "Adverse events reported in 10% and other findings", "statistic", {}, "cohort"),
        (("Median OS", "Study group"), "Outcomes", "statistic", {}, "cohort"),
        (("Our case", "Outcome"), "Previous cases of CR", "response", {}, "patient"),
    ],
)
def test_table_cell(heads, caption, record_type, fields, subject):
    cell, table = cell_of(*heads, caption)
    analysis = analyse(read_text(TRIAL, "text"))
    mention = Mention(record_type, cell.start, cell.end, dict(fields), cell, table)
    assert subject_in_table(analysis, mention) == subject


def test_the_column_whose_numbers_the_case_section_states_is_the_own_case():
    analysis = analyse(
        read_text(
            "Case report\n\nA 64-year-old woman was referred to our hospital. Her AFP was 2.22 ug/L. She recovered.",
            "text",
        )
    )
    columns = {"Okonjo, et al.": ("78", "13599"), "Brandao, et al.": ("64", "2.22")}
    cells = [
        Cell(i, i + 1, i, j, numbers[i], (("Age", "AFP")[i],), (head,))
        for j, (head, numbers) in enumerate(columns.items())
        for i in range(2)
    ]
    table = Table(0, 9, "Reports of CR", tuple(cells), tuple(cells))
    found = {
        c.column_heads[0]: subject_in_table(analysis, Mention("marker", 0, 1, {"kind": "measurement"}, c, table))
        for c in cells
    }
    assert found == {"Okonjo, et al.": "cited", "Brandao, et al.": "patient"}


def test_the_study_of_what_is_not_cited_is_dropped():
    text = TRIAL + "In our study the OS of [[12.3 months]] was similar to that of the CRYSTAL trial, [[11.9 months]]."
    assert [f["study"] for f in linked(text, "statistic", study="CRYSTAL")] == [None, "CRYSTAL"]


def test_a_date_is_about_nobody():
    analysis = analyse(read_text("In May 2010 he was seen.", "text"))
    assert subject_of(analysis, Mention("date", 3, 11)) is None
