"""Which numbered patient a mention is about."""

from dataclasses import replace

import pytest

from hcclit.language import analyse
from hcclit.linking.patient import patient_of
from hcclit.mention import Mention
from hcclit.readers.text import read_text
from tests.linking.place import cell_of, linked


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Patient 2 had [[PR]].", ["2"]),
        ("In case no. 3 the outcome was [[SD]].", ["3"]),
        ("Patients 1 and 3 had [[PR]], and Patient 2 had [[stable disease]].", [None, "2"]),
        ("Patient 1 had [[PR]] and Patient 2 had [[SD]].", ["1", "2"]),
        ("After [[CR]] one patient (Patient 1) stopped sorafenib.", ["1"]),
        ("Recurrence was seen at 10 (Patient 1) and 3 months (Patient 5) after [[CR]].", [None]),
        ("Figure 2. Patient 2. CT documenting [[CR]].", ["2"]),
        (
            "Case 1\n\nA man had [[CR]].\n\nCase 2\n\nA woman had [[SD]].\n\nDiscussion\n\nHere [[PR]] was lost.",
            ["1", "2", None],
        ),
        ("Patient 4 was a 70-year-old man. He had [[PR]] after two months.", ["4"]),
        ("Patient A reached [[CR]].", ["A"]),
        ("Our patient had [[PR]].", [None]),
        ("In case 12 months of treatment are tolerated, he may keep [[PR]].", [None]),
        ("He was in good health when [[PR]] was found.", [None]),
    ],
)
def test_patient_of_running_text(text, numbers):
    found = linked(text, "response", assertion="affirmed")
    assert [fields.get("patient_id") for fields in found] == numbers


@pytest.mark.parametrize(
    ("row", "column", "lines", "number"),
    [
        ("Patient 3", "AFP", "", "3"),
        ("AFP", "Case 2", "", "2"),
        ("4", "AFP", "Patient No.\tAFP\n4\t12", "4"),
        ("4", "AFP", "Cycle\tAFP\n4\t12", None),
        ("Median", "AFP", "Patient\tAFP\nMedian\t12", None),
    ],
)
def test_patient_of_a_cell(row, column, lines, number):
    analysis = analyse(read_text(f"Table 1. Markers\n{lines}", "text"))
    cell, table = cell_of(row, column)
    table = replace(table, end=len(analysis.document.text), caption="")
    assert patient_of(analysis, Mention("marker", 0, 1, {}, cell, table)) == number


def test_what_the_list_has_set_is_kept():
    [fields] = linked("AFP was [[58]] in our Patients 1 and 2.", "marker", kind="measurement", patient_id="1")
    assert fields["patient_id"] == "1"
