import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from hcclit.document import Block, Cell, Document, Table
from hcclit.records import Date, Marker
from hcclit.report.marked import marked_text
from tests.report.papers import CASE, HOSTILE, paper

TEXT = "AFP 𝛼 <b>&amp;\r\n \t'\"é\u0301</b> 12 ng/mL\u2028 end."


def parsed(markup):
    return html.fromstring(f"<div>{markup}</div>")


def elements(root):
    return [(int(e.get("data-start")), e.text_content()) for e in root.xpath("//*[@data-start]")]


def marker(text, start, end, number=0):
    return Marker(doc_id="d", start=start, end=end, text=text[start:end], analyte="AFP", value=number, kind="median")


@pytest.mark.parametrize("text", [CASE, HOSTILE])
def test_each_block_is_the_text_from_its_offset(text):
    document, records = paper(text)
    found = elements(parsed(marked_text(document, records)))
    assert len(found) > 3
    for start, content in found:
        assert document.text[start : start + len(content)] == content
    shown = "".join(content for _, content in found)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", document.text)


@pytest.mark.parametrize("text", [CASE, HOSTILE])
def test_every_record_is_marked_with_its_text_and_type(text):
    document, records = paper(text)
    root = parsed(marked_text(document, records))
    assert records
    for record in records:
        marks = root.xpath(f"//mark[@data-record='{record.id}']")
        assert "".join(mark.text_content() for mark in marks).split() == record.text.split()
        assert {mark.get("data-type") for mark in marks} == {record.type}
        assert [mark.get("tabindex") for mark in marks if mark.get("id") == f"m-{record.id}"] == ["0"]


def test_fields_are_said_without_a_script():
    document, records = paper()
    root = parsed(marked_text(document, records))
    dose = next(r for r in records if r.type == "dose" and r.action == "start")
    said = root.xpath(f"//mark[@data-record='{dose.id}']")[0].get("title").splitlines()
    assert {"dose", "drug: sorafenib", "amount: 400", "unit: mg", "daily_amount: 800", "subject: patient"} <= set(said)
    assert not any(line.endswith("None") for line in said)


def test_numbers_are_said_in_full():
    document = Document("d", "AFP 1,234,567.5", (Block("paragraph", 0, 15),))
    record = marker(document.text, 0, 15, 1234567.5)
    assert "value: 1234567.5" in marked_text(document, [record])


def test_a_table_is_a_table_with_heads_and_spans():
    document, records = paper()
    table = parsed(marked_text(document, records)).xpath("//table")[0]
    assert [[cell.text_content() for cell in row] for row in table.iter("tr")] == [
        ["Date", "Sorafenib", "AFP (ng/mL)"],
        ["April 2009", "400 mg bid", "1250"],
        ["May 2009", "200 mg bid", "310"],
    ]
    assert [cell.tag for cell in table.xpath(".//tr[1]/*")] == ["th"] * 3
    assert table.xpath(".//tr[2]//mark")


def table_of(text, cells):
    table = Table(0, len(text), "", tuple(cells), ())
    return Document("d", text, (Block("table", 0, len(text), "table"),), (table,))


def test_cells_over_columns_and_rows_keep_the_grid_and_are_cut_where_others_stand():
    text = "Head\nArm A B\n1 2\n3"
    cells = [
        Cell(0, 4, 0, 0, "Head", role="head", columns=3),
        Cell(5, 8, 1, 0, "Arm", rows=9, columns=9),
        Cell(9, 10, 1, 1, "A"),
        Cell(11, 12, 1, 2, "B"),
        Cell(13, 14, 2, 1, "1"),
        Cell(15, 16, 2, 2, "2"),
        Cell(17, 18, 5, 2, "3"),
    ]
    rows = parsed(marked_text(table_of(text, cells), [])).xpath("//tr")
    shown = [[(c.text_content(), c.get("colspan"), c.get("rowspan")) for c in row] for row in rows]
    assert shown[0][0] == ("Head", "3", None)
    assert shown[1][:3] == [("Arm", None, "3"), ("A", None, None), ("B", None, None)]
    assert [cell[0] for cell in shown[2][:2]] == ["1", "2"]
    assert [cell[0] for cell in shown[3][:2]] == ["", "3"]


def test_what_stands_in_no_cell_gets_a_row_where_it_stands():
    document = table_of("Doses\nDrug mg\nfirst\nAfatinib 12", [
        Cell(6, 10, 0, 0, "Drug"), Cell(11, 13, 0, 1, "mg"), Cell(20, 28, 1, 0, "Afatinib"), Cell(29, 31, 1, 1, "12"),
    ])  # fmt: skip
    rows = parsed(marked_text(document, [])).xpath("//tr")
    assert [row.text_content() for row in rows] == ["Doses", "Drugmg", "first", "Afatinib12"]


@pytest.mark.parametrize(
    "cells",
    [
        [Cell(0, 4, 0, 0, "A bc"), Cell(2, 4, 0, 1, "bc")],
        [Cell(0, 1, 0, 0, "A"), Cell(2, 4, 0, 0, "bc")],
        [Cell(0, 1, 0, 0, "A"), Cell(2, 4, 0, 10**9, "bc")],
        [Cell(0, 1, 0, 0, "A")],
        [],
    ],
)
def test_cells_that_make_no_table_leave_the_lines(cells):
    root = parsed(marked_text(table_of("A bc\nde", cells), []))
    assert elements(root) == [(0, "A bc\nde")]
    assert not root.xpath("//table")


def test_a_record_between_the_cells_is_not_lost():
    text = "Drug mg -- A 12"
    cells = [Cell(0, 4, 0, 0, "Drug"), Cell(5, 7, 0, 1, "mg"), Cell(11, 12, 1, 0, "A"), Cell(13, 15, 1, 1, "12")]
    record = marker(text, 8, 10)
    assert parsed(marked_text(table_of(text, cells), [record])).xpath("//mark/text()") == ["--"]


def test_records_of_another_text_are_refused():
    document, records = paper()
    with pytest.raises(ValueError, match="does not stand at"):
        marked_text(document, [records[0].model_copy(update={"start": records[0].start + 1})])


def test_signs_that_no_page_can_hold_keep_the_places_of_the_others():
    text = "a\x00b\ud800c AFP"
    markup = marked_text(Document("d", text, (Block("paragraph", 0, len(text)),)), [marker(text, 6, 9)])
    markup.encode()
    assert parsed(markup).xpath("//mark/text()") == ["AFP"]
    assert [len(content) for _, content in elements(parsed(markup))] == [len(text)]


spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT))).filter(lambda s: s[0] < s[1])


@settings(max_examples=300)
@given(st.lists(spans, max_size=12), st.lists(st.integers(0, len(TEXT)), max_size=6))
def test_marks_that_overlap_or_cross_blocks_mark_each_sign_of_each_record(places, cuts):
    edges = sorted({*cuts})
    blocks = tuple(Block("paragraph", a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    records = [marker(TEXT, start, end, number) for number, (start, end) in enumerate(places)]
    markup = marked_text(Document("d", TEXT, blocks), records)
    root = parsed(markup)
    for record in records:
        marks = root.xpath(f"//mark[@data-record='{record.id}']")
        assert len(root.xpath(f"//mark[@id='m-{record.id}']")) == 1
        assert "".join("".join(mark.text_content() for mark in marks).split()) == "".join(record.text.split())
    assert "".join(root.text_content().split()) == "".join(TEXT.split())
    assert markup.count("<mark") == markup.count("</mark>")


def calls_to_mark(number):
    """How many functions are called to mark a text with so many blocks and records."""
    text = "AFP " * number
    records = [marker(text, 4 * n, 4 * n + 3, n) for n in range(number)]
    document = Document("d", text, tuple(Block("paragraph", 4 * n, 4 * n + 4) for n in range(number)))
    seen = 0

    def count(*_):
        nonlocal seen
        seen += 1

    sys.setprofile(count)
    try:
        marked_text(document, records)
    finally:
        sys.setprofile(None)
    return seen


def test_the_work_grows_with_the_number_of_marks_alone():
    assert calls_to_mark(1600) < 2.2 * calls_to_mark(800)


def test_dates_and_others_are_told_apart():
    text = "in May 2010"
    date = Date(doc_id="d", start=3, end=11, text=text[3:], value="2010-05")
    markup = marked_text(Document("d", text, (Block("paragraph", 0, len(text)),)), [date])
    assert 'class="date"' in markup
    assert 'title="date\nvalue: 2010-05"' in markup
