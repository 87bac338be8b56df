"""brat standoff: what goes out comes back, and what a person did to it there is told from what cannot be."""

import pytest
from hypothesis import given

from hcclit.exchange.brat import from_ann, pieces_of, to_ann
from tests.exchange.build import lines, paper, papers

TEXT = "Sorafenib 400 mg twice \r\n a day was given in May 2009."
DOSE = {"type": "dose", "words": "400 mg twice \r\n a day", "drug": "sorafenib", "amount": 400.0, "unit": "mg"}


def there_and_back(given_paper, edit=lambda ann: ann):
    ann, problems = to_ann(given_paper)
    assert problems == []
    return from_ann(given_paper.doc_id, given_paper.text, edit(ann))


@given(papers())
def test_every_record_comes_back_as_it_went(nasty):
    ann, problems = to_ann(nasty)
    blank = [fields for fields in nasty.fields if not pieces_of(nasty.text, (fields["start"], fields["end"]))]
    assert len(problems) == len(blank)
    back, more = from_ann("paper", nasty.text, ann)
    assert more == []
    assert lines(back.fields) == lines(fields for fields in nasty.fields if fields not in blank)


@given(papers())
def test_brat_can_read_it(nasty):
    ann, _ = to_ann(nasty)
    for line in ann.splitlines():  # as brat does
        name, data, said = line.split("\t", 2)
        assert name[0] in "T#"
        if name.startswith("T"):
            _, places = data.split(" ", 1)
            spans = [tuple(map(int, place.split(" "))) for place in places.split(";")]
            assert said == " ".join(nasty.text[start:end] for start, end in spans)


def test_a_span_over_a_line_end_is_fragments_as_brat_makes_them():
    ann, _ = to_ann(paper(TEXT, dict(DOSE)))
    assert ann.splitlines()[0] == "T1\tdose 10 22;26 31\t400 mg twice a day"


def test_a_deleted_region_is_gone_and_a_moved_one_moved():
    two = paper(TEXT, dict(DOSE), {"type": "date", "words": "2009", "value": "2009-05", "confidence": 0.9, "id": "x"})
    back, problems = there_and_back(two, lambda ann: ann.replace("date 49 53\t2009", "date 45 53\tMay 2009"))
    assert problems == []
    assert back.fields[1]["text"] == "May 2009"
    assert back.fields[1]["confidence"] is None  # it was said of another record
    back, problems = there_and_back(two, lambda ann: "".join(ann.splitlines(True)[2:]))
    assert [fields["type"] for fields in back.fields] == ["date"]
    assert problems == []


def test_a_changed_field_makes_a_new_id():
    record = paper(TEXT, dict(DOSE) | {"action": None})
    predicted = paper(TEXT, dict(DOSE) | {"action": None, "confidence": 0.8, "page": 2, "id": "000000000000"})
    back, problems = there_and_back(predicted)
    assert problems == []
    assert back.fields[0]["id"] != "000000000000"
    assert (back.fields[0]["confidence"], back.fields[0]["page"]) == (None, None)
    assert there_and_back(record)[0].fields == record.fields


def test_a_new_region_takes_its_fields_from_a_short_note():
    new = "T9\tdose 10 16\t400 mg\n#9\tAnnotatorNotes T9\tdrug=sorafenib unit=mg subject=patient\n"
    back, problems = there_and_back(paper(TEXT), lambda ann: ann + new)
    assert problems == []
    assert back.fields == (
        {
            "doc_id": "paper", "type": "dose", "start": 10, "end": 16, "text": "400 mg", "subject": "patient",
            "drug": "sorafenib", "amount": 400.0, "unit": "mg",
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("T9\tdate 45 53\tMay 2009", "its note lacks value"),
        ("T9\tdose 10 16\t400 mg", "its note lacks drug, unit"),
        ("T9\tChemical 0 9\tSorafenib", "label 'Chemical' is no type of record"),
        ("T9\tdate 44 52\tMay 2009", "the .txt must stay as it was"),
        ("T9\tdate 0 9;45 53\tSorafenib May 2009", "a record has one span"),
        ('T9\tdate 45 53\tMay 2009\n#1\tAnnotatorNotes T9\t{"value": ', "no JSON"),
        ('T9\tdate 45 53\tMay 2009\n#1\tAnnotatorNotes T9\t{"value": "2009", "start": 3}', "holds start"),
        ('T9\tdate 45 53\tMay 2009\n#1\tAnnotatorNotes T9\t{"value": "May"}', "value: String should match"),
        ("T9\tdate 45 53\tMay 2009\n#1\tAnnotatorNotes T9\tin May", "not field=value"),
        ("T9\tdate 45 53\tMay 2009\n#1\tAnnotatorNotes T9\tvalue='2009", "No closing quotation"),
    ],
)
def test_what_is_no_whole_record_is_told_and_the_others_stay(line, said):
    back, (problem,) = there_and_back(paper(TEXT, dict(DOSE)), lambda ann: ann + line + "\n")
    assert said in problem.describe()
    assert "T9 " in problem.describe()
    assert "\n" not in problem.describe()
    assert problem.lost
    assert [fields["type"] for fields in back.fields] == ["dose"]


def test_a_changed_label_says_what_the_new_type_lacks():
    back, (problem,) = there_and_back(paper(TEXT, dict(DOSE)), lambda ann: ann.replace("\tdose ", "\tmarker "))
    assert back.fields == ()
    assert "no record of type marker: its note lacks analyte, value, kind" in problem.describe()


def test_what_is_no_record_is_passed_over_and_told():
    others = "R1\tBefore Arg1:T1 Arg2:T2\nA1\tSure T1\n"
    back, problems = there_and_back(paper(TEXT, dict(DOSE)), lambda ann: ann + others)
    assert len(back.fields) == 1
    assert [problem.lost for problem in problems] == [False, False]


def test_fields_that_the_contract_does_not_know_are_kept_and_told():
    back, (problem,) = there_and_back(paper(TEXT, dict(DOSE) | {"reader": "AB"}))
    assert back.fields[0]["reader"] == "AB"
    assert not problem.lost
