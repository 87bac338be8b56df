"""Section titles in many styles, and the section that each paragraph of a plain text gets; all texts are invented."""

from __future__ import annotations

import pytest

from hcclit.readers.sections import is_section_title, section_of
from hcclit.readers.text import read_text

LONG = "Tumours of the liver are common in many parts of the world and few of them can be resected. " * 4


def _sections(text: str) -> dict[str, str | None]:
    document = read_text(text, "paper")
    blocks = (b for b in document.blocks if b.kind == "paragraph")
    return {text[b.start : b.end].split(maxsplit=1)[0]: b.section for b in blocks}


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("RESULTS", "results"),
        ("3. Results", "results"),
        ("3) Results", "results"),
        ("4.Discussion", "discussion"),
        ("III. Results", "results"),
        ("B. Methods", "methods"),
        ("R E S U L T S", "results"),
        ("Patients & methods", "methods"),
        ("Methods/design", "methods"),
        ("Trial design and methods", "methods"),
        ("Methods: patients", "methods"),
        ("Background and rationale", "introduction"),
        ("Patient and observation", "case"),
        ("Case presentation", "case"),
        ("Statistical analyses", "methods"),
        ("BODY.RESULTS:", "results"),
        ("BODY.METHODS.STUDY DESIGN:", "methods"),
        ("BODY.3. RESULTS.3.3. OVERALL SURVIVAL:", "results"),
        ("BODY.2. MATERIALS AND METHODS.2.2. SUBJECTS:", "methods"),
        ("BODY.METHODS/DESIGN.RESULTS OF THE PILOT:", "methods"),
        ("ABSTRACT.RESULTS:", "abstract"),
        ("Abstract (250 words)", "abstract"),
    ],
)
def test_known_titles(title: str, section: str):
    assert section_of(title) == section
    assert is_section_title(title)


@pytest.mark.parametrize("line", ["3.2. Efficacy", "Overall survival", "Cases and controls", "5-FU", "12", "Material"])
def test_titles_that_open_no_section(line: str):
    assert section_of(line) is None


def test_a_marked_title_is_one_even_if_it_is_not_known():
    assert is_section_title("BODY.OVERALL SURVIVAL:")
    assert not is_section_title("OVERALL SURVIVAL was longer.")


def test_marked_titles_leave_the_abstract_and_go_down():
    text = (
        "TITLE:\nA trial of one drug\n\nABSTRACT.BACKGROUND:\nZero is known.\n\nABSTRACT.RESULTS:\nOne was found.\n\n"
        f"ABSTRACT.CONCLUSIONS:\nTwo follows.\n\nBODY.BACKGROUND:\nThree. {LONG}\n\n"
        "BODY.METHODS.PATIENTS:\nFour were in.\n\n"
        "BODY.METHODS.ETHICS STATEMENT:\nFive agreed.\n\nBODY.RESULTS.3.1. SURVIVAL:\nSix died.\n\nBODY.TOXICITY:\n"
        "Seven vomited.\n\nBODY.DISCUSSION:\nEight is said.\n"
    )
    found = _sections(text)
    names = ("Zero", "One", "Two", "Three.", "Four", "Five", "Six", "Seven", "Eight")
    assert [found[name] for name in names] == [
        "abstract", "abstract", "abstract", "introduction", "methods", "methods", "results", "results", "discussion",
    ]  # fmt: skip


def test_long_text_after_the_end_of_a_marked_abstract_is_an_introduction():
    text = (
        "ABSTRACT.RESULTS:\nOne was found.\n\nABSTRACT.CONCLUSIONS:\nTwo follows.\n\n"
        f"Three. {LONG}\n\nBODY.METHODS:\nFour were treated.\n"
    )
    found = _sections(text)
    assert [found[name] for name in ("One", "Two", "Three.", "Four")] == [
        "abstract", "abstract", "introduction", "methods",
    ]  # fmt: skip


def test_text_after_keywords_is_an_introduction():
    text = f"Abstract\nOne was found.\nKeywords: liver; tumour\n\nTwo. {LONG}\n\nMethods\nThree were treated.\n"
    found = _sections(text)
    assert (found["One"], found["Two."], found["Three"]) == ("abstract", "introduction", "methods")


def test_without_a_body_nothing_is_told_from_the_abstract():
    text = f"Abstract\nOne was found.\nKeywords: liver; tumour\n\nTwo. {LONG}\n"
    assert _sections(text)["Two."] == "abstract"


def test_an_abstract_may_have_an_introduction_of_its_own():
    text = (
        "A title\n\nAbstract\n\nIntroduction\n\nOne is known.\n\nResults\n\nTwo died.\n\nIntroduction\n\nThree is."
        "\n\nResults\n\nFour died.\n"
    )
    found = _sections(text)
    assert [found[name] for name in ("One", "Two", "Three", "Four")] == [
        "abstract", "abstract", "introduction", "results",
    ]  # fmt: skip


def test_labels_that_run_into_an_abstract_are_no_titles_of_its_own():
    text = (
        "A title\n\nAbstract\n\nBackground: One is known.\n\nMethods: Two were treated.\n\nResults: Three died.\n\n"
        f"Conclusions: Four follows.\n\nBackground\n\nFive. {LONG}\n\nMethods\n\nSix were.\n\nResults\n\nSeven.\n"
    )
    found = _sections(text)
    assert [found[name] for name in ("Background:", "Conclusions:", "Five.", "Six", "Seven.")] == [
        "abstract", "abstract", "introduction", "methods", "results",
    ]  # fmt: skip


@pytest.mark.parametrize("opening", ["Abstract—", "ABSTRACT. ", "Abstract: "])
def test_an_abstract_whose_title_runs_into_it(opening: str):
    text = f"A title\n\n{opening}One. {LONG}\n\nIntroduction\n\nTwo is known.\n"
    found = _sections(text)
    assert (found[f"{opening}One.".split()[0]], found["Two"]) == ("abstract", "introduction")


def test_numbered_cases_after_an_introduction_are_cases():
    text = (
        "Introduction\n\nOne is rare.\n\nCase 1\n\nTwo was a man.\n\nCase 2\n\nThree was so.\n\nDiscussion\n\nFour.\n"
    )
    found = _sections(text)
    assert (found["One"], found["Two"], found["Three"], found["Four."]) == (
        "introduction",
        "case",
        "case",
        "discussion",
    )


def test_a_summary_at_the_end_is_a_conclusion():
    text = "Introduction\n\nOne is rare.\n\nDiscussion\n\nTwo is so.\n\nSummary\n\nThree follows.\n"
    assert _sections(text)["Three"] == "conclusion"


def test_a_paragraph_does_not_go_on_across_the_title_of_another_section():
    text = "Methods\n\nOne was measured. It was found in\n\nResults\n\n25 patients of the group died. Two lived.\n"
    assert _sections(text)["25"] == "results"


def test_an_abstract_without_its_title_is_known_by_the_introduction_below_it():
    text = f"A title\n\nA. Author\n\nOne. {LONG}\n\nIntroduction\n\nTwo is known.\n\nMethods\n\nThree were treated.\n"
    found = _sections(text)
    assert (found["A"], found["A."], found["One."], found["Two"]) == ("front", "front", "abstract", "introduction")
