"""BioC-JSON: what becomes text and where; all papers here are invented."""

import json
from pathlib import Path

import pytest

from hcclit.pipeline import extract_document
from hcclit.readers import UnreadableError, read_bytes


def passage(section, kind, text, **infons):
    return {"offset": 0, "infons": {"section_type": section, "type": kind, **infons}, "text": text}


COLLECTION = [{"source": "PMC", "documents": [{"id": "1", "passages": [
    passage("TITLE", "front", "A trial", **{"article-id_doi": "10.1/b", "year": "2010"}),
    passage("ABSTRACT", "abstract", "Median OS was 10.7 months."),
    passage("RESULTS", "title_1", "Results"),
    passage("RESULTS", "paragraph", "Patients received sorafenib 400 mg bid."),
    passage("TABLE", "table", "", xml="<table><tr><th>Response, n (%)</th><th>Sorafenib</th><th>Placebo</th></tr>"
            "<tr><td>Partial response</td><td>7 (2.3)</td><td>2 (0.7)</td></tr>"
            "<tr><td>Stable disease</td><td>211 (71)</td><td>204 (67)</td></tr></table>"),
    passage("REF", "ref", "Tanabe K. AFP of 55 ng/mL."),
]}]}]  # fmt: skip


def test_bioc_passages_keep_their_sections():
    document = read_bytes(json.dumps(COLLECTION).encode(), Path("x.json"))
    records = extract_document(document)
    assert {(r.type, r.section) for r in records} >= {("statistic", "abstract"), ("dose", "results")}
    assert not [r for r in records if r.type == "marker"]
    assert document.metadata == {"title": "A trial", "doi": "10.1/b", "year": "2010"}
    assert ("SD", "Placebo", 67) in {(r.endpoint, r.group, r.value) for r in records if r.type == "statistic"}


def document_of(*passages):
    return read_bytes(json.dumps({"documents": [{"passages": list(passages)}]}).encode(), Path("x.json"))


def test_a_table_has_its_captions_and_notes():
    markup = "<table><thead><tr><td/><td>Drug</td></tr></thead><tr><td>PR</td><td>7</td></tr></table>"
    (table,) = document_of(
        passage("RESULTS", "paragraph", "See below."),
        passage("TABLE", "table_title_caption", "Response", id="T1"),
        passage("TABLE", "table_caption", "All patients.", id="T1"),
        passage("TABLE", "table", "PR 7", id="T1", xml=f'<?xml version="1.0" encoding="UTF-8"?>{markup}'),
        passage("TABLE", "table_footnote", "PR, partial response.", id="T1"),
    ).tables
    assert (table.caption, table.notes) == ("Response All patients.", "PR, partial response.")
    assert [(c.role, c.row, c.column, c.text) for c in table.cells] == [
        ("head", 0, 1, "Drug"), ("label", 1, 0, "PR"), ("value", 1, 1, "7"),
    ]  # fmt: skip


@pytest.mark.parametrize("markup", [{}, {"xml": "<table><tr><td>PR"}])
def test_a_table_without_markup_is_read_from_its_tabs(markup):
    (table,) = document_of(passage("TABLE", "table", "\tDrug\tPlacebo\t\nPR\t7\t8\t\n", **markup)).tables
    assert [(c.text, c.row_heads, c.column_heads) for c in table.values] == [
        ("7", ("PR",), ("Drug",)), ("8", ("PR",), ("Placebo",)),
    ]  # fmt: skip


def test_sentences_stand_for_a_passages_text():
    inner = {"infons": {"type": "paragraph"}, "sentences": [{"text": "AFP was 12."}, {"text": "CEA was 3."}]}
    assert document_of(inner).text.strip() == "AFP was 12. CEA was 3."


def test_several_papers_are_refused_and_not_read_in_part():
    two = [{"documents": [{"passages": []}]}, {"documents": [{"passages": []}]}]
    with pytest.raises(UnreadableError, match="holds 2 documents"):
        read_bytes(json.dumps(two).encode(), Path("x.json"))


@pytest.mark.parametrize(
    "data",
    [
        b'{"passages": 5}', b'{"documents": [{"passages": [', b'[{"passages"', b'{"passages": [3]}', b'{"a": 1}',
        b'[[]]', b'{"documents": 5}', b'[{"documents": [null]}]', b'{"documents": []}', b'{"passages": []}',
        b'{"passages": [{"text": "\xff"}]}', b'{"a":' + b"[" * 100_000,
        b'{"passages": [{"text": ' + b"9" * 10_000 + b"}]}",
    ],
)  # fmt: skip
def test_broken_bioc_is_one_clear_line(data):
    with pytest.raises(UnreadableError, match="BioC") as error:
        read_bytes(data, Path("x.json"))
    assert "\n" not in str(error.value)


def test_halves_of_signs_can_be_written():
    found = document_of(passage("TITLE", "front", "A\ud800", **{"article-id_doi": "\udc00"}))
    assert (found.text.strip(), found.metadata["doi"]) == ("A?", "?")


@pytest.mark.parametrize("wrong", [None, 5, "x", [], {}, [5], {"a": 1}, True])
@pytest.mark.parametrize("name", ["text", "infons", "sentences", "offset"])
def test_values_of_a_wrong_type_are_passed_over(name, wrong):
    broken = passage("RESULTS", "paragraph", "CEA was 3.") | {name: wrong}
    assert "AFP was 12." in document_of(passage("RESULTS", "paragraph", "AFP was 12."), broken).text
