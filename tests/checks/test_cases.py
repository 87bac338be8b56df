"""Case reports: doses, markers, dates, lengths of time and ages that cannot be, and their harmless neighbours."""

import csv
from importlib.resources import files

import pytest

from hcclit.checks.paper import Paper
from hcclit.checks.rules import (
    age_against_dates,
    date_order,
    dose_beyond_use,
    elapsed_against_dates,
    marker_reading,
    normalized_in_all,
    one_time_two_starts,
    unit_of_counts,
)
from hcclit.pipeline import extraction
from hcclit.readers.text import read_text
from hcclit.vocabulary import rows

RULES = (
    age_against_dates, date_order, dose_beyond_use, elapsed_against_dates, marker_reading, normalized_in_all,
    one_time_two_starts, unit_of_counts,
)  # fmt: skip


def found(text):
    document = read_text(f"Case report\n\n{text}\n", "paper")
    read = extraction(document)
    paper = Paper(document, read.records, read.analysis)
    return [(f.check, f.spans[0].text) for rule in RULES for f in rule.check(paper)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The patient was treated with sorafenib 400 g twice daily.", ("dose_beyond_use", "400 g twice daily")),
        ("Sorafenib was started at 4000 mg daily.", ("dose_beyond_use", "4000 mg daily")),
        ("He received 400 \u00b5g of sorafenib twice a day.", ("dose_beyond_use", "400 \u00b5g")),
        ("Lenvatinib (120 mg/day) was given.", ("dose_beyond_use", "120 mg/day")),
        ("The patient was treated with sorafenib 800 mg twice daily.", ("dose_beyond_use", "800 mg twice daily")),
        ("Serum AFP was normal (450 ng/mL) at the last visit of the patient.", ("marker_reading", "450 ng/mL")),
        ("Doxorubicin 60 g/m2 was infused on day 1.", ("dose_beyond_use", "60 g/m2")),
        ("Serum AFP was normal (45 ng/mL; normal range, 0-20 ng/mL).", ("marker_reading", "45 ng/mL")),
        ("The AFP level was elevated (5.2 ng/mL; normal <20 ng/mL).", ("marker_reading", "5.2 ng/mL")),
        ("AFP was elevated (2.1 kU/L (<5.8 kU/L)).", ("marker_reading", "2.1 kU/L")),
        ("Received 12 May 2010; accepted 3 April 2010.", ("date_order", "3 April 2010")),
        ("Patients were enrolled from May 2010 to March 2009.", ("date_order", "March 2009")),
        ("He was admitted on 12 May 2010 and discharged on 3 May 2010.", ("date_order", "3 May 2010")),
        ("Sorafenib was given from May 2009 to July 2010 (24 months).", ("elapsed_against_dates", "24 months")),
        ("He started on 3 May 2010, and two weeks later, on 17 June 2010, AFP had fallen.",
         ("elapsed_against_dates", "two weeks")),
        ("He underwent hepatectomy in May 2008. It recurred in July 2010, 8 months after hepatectomy.",
         ("elapsed_against_dates", "8 months")),
        ("TACE was done on June 4, 2009. It subsided on Day 5 after the treatment on June 6, 2009.",
         ("elapsed_against_dates", "Day 5")),
        ("The patient had lung metastases, which shrank eight months after the diagnosis of progressive disease.\n\n"
         "Discussion. The lesions of the patient shrank eight months after restarting sorafenib. The AFP level of the"
         " patient was 12 ng/mL.", ("one_time_two_starts", "eight months after restarting sorafenib")),
        ("Table 1. Patients\nCharacteristic\tAll\nPlatelet (/\u00b5L)\t184\u00b1100\nMale\t30\n",
         ("unit_of_counts", "Platelet (/\u00b5L)")),
        ("All 3 patients had a complete response with normalization of AFP.\n\nTable 1. Markers at complete response\n"
         "Patient\tAFP (ng/mL)\n1\t3.3\n2\t36.5\n3\t8.1\n", ("normalized_in_all", "36.5")),
        ("He underwent hepatectomy in May 2008. Eight months after hepatectomy (July 2010), it recurred.",
         ("elapsed_against_dates", "Eight months")),
        ("A 74-year-old man was admitted in May 2010. He was diagnosed at the age of 37 in 1987.",
         ("age_against_dates", "age of 37 in 1987")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_found(text, expected):
    check, place = expected
    ((name, span),) = found(text)
    assert name == check
    assert place in span


@pytest.mark.parametrize(
    "text",
    [
        "Sorafenib was given at 400 mg twice daily, and entecavir at 0.5 mg once daily.",
        "Rats received 4000 mg sorafenib daily.",
        "A cumulative dose of 900 mg doxorubicin was reached.",
        "AFP was within the normal range (4.2 ng/mL; reference range <10 ng/mL).",
        "Serum AFP was elevated at 352 ng/mL (normal <20 ng/mL).",
        "AFP was elevated and fell to 5.2 ng/mL (normal <20 ng/mL).",
        "AFP was normal (15 ng/mL; cut-off 400 ng/mL).",
        "Liver function was normal, AFP 450 ng/mL (normal <20 ng/mL).",
        "AST was elevated, AFP 5 ng/mL (normal <20 ng/mL).",
        "Patients received sorafenib 600 mg twice daily.",
        "Received: 12 May 2010\nRevised: 1 June 2010\nAccepted: 3 July 2010",
        "Patients were enrolled from May 2009 to March 2010.",
        "He was admitted on 12 May 2010 and discharged on 23 May 2010.",
        "Sorafenib was given from May 2009 to July 2010 (14 months).",
        "He started on 3 May 2010, and two weeks later, on 20 May 2010, AFP had fallen.",
        "He underwent hepatectomy in May 2008. It recurred in July 2010, 26 months after hepatectomy.",
        "A 74-year-old man was admitted in May 2010. He was diagnosed at the age of 51 in 1987.",
        "TACE was done on June 4, 2009. It subsided on Day 5 after the treatment on June 9, 2009.",
        "Table 1. Patients\nCharacteristic\tAll\nPlatelet (x103/\u00b5L)\t184\u00b1100\nMale\t30\n",
    ],
)
def test_what_may_be_is_left_alone(text):
    assert found(text) == []


def test_every_limit_is_of_a_known_drug_and_has_a_source():
    known = {row["name"] for row in rows("drugs")}
    table = list(csv.DictReader((files("hcclit.checks") / "dose_limits.csv").read_text("utf-8").splitlines()))
    assert [row["drug"] for row in table if row["drug"] not in known] == []
    assert all(row["source"] and float(row["most"]) > 0 and row["per"] in {"day", "dose"} for row in table)
    assert len({(row["drug"], row["unit"]) for row in table}) == len(table)
