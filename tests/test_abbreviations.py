import pytest

from hcclit import abbreviations
from hcclit.abbreviations import find_abbreviations
from hcclit.language import pipeline


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Serum alpha-fetoprotein (AFP) was high.", {"AFP": "alpha-fetoprotein"}),
        ("The overall survival (OS) and (in part) the disease control rate (DCR) rose.",
         {"OS": "overall survival", "DCR": "disease control rate"}),
        ("Given TACE (transcatheter arterial chemo embolization) twice.",
         {"TACE": "transcatheter arterial chemo embolization"}),
        ("The group (n = 12) had no event.", {}),
        ("An open bracket ( and none that closes.", {}),
    ],
)  # fmt: skip
def test_definitions(sentence, expected):
    assert find_abbreviations([sentence], pipeline().make_doc) == expected


def test_the_first_definition_holds():
    sentences = ["The progressive disease (PD) rate.", "Parkinson disease (PD) was rare."]
    assert find_abbreviations(sentences, pipeline().make_doc) == {"PD": "progressive disease"}


def test_pairs_of_brackets_are_not_many_more_than_brackets():
    doc = pipeline().make_doc("( " * 500 + ") " * 500)
    assert len(list(abbreviations._bracketed(doc))) < 100
