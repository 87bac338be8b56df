"""Names of drugs that the vocabulary lacks or that are misspelt."""

import pytest

from hcclit.extractors.dose.unknown import corrected, may_be_name, unknown_agent


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("sorafinib", "sorafenib"),
        ("Lenvatanib", "lenvatinib"),
        ("oxalipaltin", "oxaliplatin"),
        ("doxorubcin", "doxorubicin"),
        ("gemcitabin", "gemcitabine"),
    ],
)
def test_misspelt_drugs_get_their_name(written, name):
    assert corrected(written) == name


@pytest.mark.parametrize("word", ["patients", "aspirn", "tumour", "exampletinib", "response"])
def test_other_words_are_not_corrected(word):
    assert corrected(word) is None


def test_an_ending_makes_a_drug():
    agent = unknown_agent("exampletinib 5 mg", 0, 12)
    assert agent is not None
    assert (agent.name, agent.kind) == ("exampletinib", "unknown")


@pytest.mark.parametrize("word", ["April", "peptide", "chemotherapy", "patients", "dose"])
def test_words_that_are_no_drugs(word):
    assert unknown_agent(f"{word} 5 mg", 0, len(word)) is None


def test_what_was_given_is_a_drug():
    text = "patients received zolomax 5 mg"
    agent = unknown_agent(text, 18, 25)
    assert agent is not None
    assert agent.name == "zolomax"
    assert unknown_agent("patients received treatment 5 mg", 18, 27) is None


@pytest.mark.parametrize(
    ("word", "is_name"), [("piribedil", True), ("treatment", False), ("x", False), ("daily", False)]
)
def test_shape_of_a_name(word, is_name):
    assert may_be_name(word) is is_name
