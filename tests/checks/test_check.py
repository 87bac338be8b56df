"""The framework: rules are found where they lie, findings are sorted and silenced, the command prints both."""

import pytest

import hcclit.checks
from hcclit.checks import Finding, check, checks
from hcclit.checks.paper import Paper
from hcclit.checks.silencing import Silence, add_silence, read_silences
from hcclit.pipeline import extraction
from hcclit.readers.text import read_text
from hcclit.records import Statistic

TEXT = "Median overall survival was 10.70 months (95% CI, 8.7-12.3) in the sorafenib arm (n = 1,110).\n"


def paper_of(text=TEXT):
    document = read_text(text, "paper")
    found = extraction(document)
    return Paper(document, found.records, found.analysis)


def test_every_module_of_the_rules_is_a_check_with_a_docstring_that_names_its_source():
    for name, rule in checks().items():
        module = __import__(rule.__module__, fromlist=["check"])
        assert rule.__module__ == f"hcclit.checks.rules.{name}"
        assert "Formula:" in module.__doc__, name
        assert "Source:" in module.__doc__, name


def test_a_number_of_a_record_is_found_as_it_is_printed():
    paper = paper_of()
    (survival,) = [r for r in paper.of(Statistic) if r.endpoint == "OS"]
    low, high, value = (paper.printed(survival, v) for v in (survival.ci_low, survival.ci_high, survival.value))
    assert (low.stated.decimals, high.stated.decimals, value.stated.decimals) == (1, 1, 2)
    assert paper.span_of(low).text == "8.7"
    assert paper.printed(survival, 1110).stated.value == 1110
    assert paper.printed(survival, 77) is None


@pytest.fixture
def two_findings(monkeypatch):
    def rule(paper):
        for start, stated in ((20, "b"), (5, "a"), (5, "a")):
            yield Finding(
                doc_id=paper.document.doc_id, check="invented", severity="note", message="m", stated=stated,
                expected="c", spans=(paper.span(start, start + 4),), computed="a = c",
            )  # fmt: skip

    monkeypatch.setattr(hcclit.checks, "checks", lambda: {"invented": rule})


def test_findings_are_unique_and_sorted_by_place(two_findings):
    document = read_text(TEXT, "paper")
    found = check(document, [])
    assert [finding.spans[0].start for finding in found] == [5, 20]
    assert all(finding.spans[0].text == TEXT[finding.spans[0].start :][:4] for finding in found)
    assert found == check(document, [])


def test_silences_are_kept_with_their_reason(tmp_path):
    file = tmp_path / "silenced.jsonl"
    add_silence(file, Silence(finding="0" * 12, doc_id="a", reason="a slip of the reader"))
    add_silence(file, Silence(finding="0" * 12, doc_id="a", reason="on second thought", by="eve"))
    assert read_silences(file)["0" * 12].reason == "on second thought"
    file.write_text('{"finding": "xyz", "reason": "r"}\n')
    with pytest.raises(ValueError, match="line 1: finding"):
        read_silences(file)
