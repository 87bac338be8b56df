"""PDF: reading order, spaces, raised signs, what is no running text, what cannot be read; all pages are set here."""

import io
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from hcclit import extract
from hcclit.pipeline import extract_document
from hcclit.readers import UnreadableError, read_bytes
from hcclit.view import make_view
from tests.conftest import ROOT
from tests.readers.sheet import HEIGHT, WIDTH, Sheet, prose

LEFT, RIGHT = 40, 310


def document(sheet):
    return read_bytes(sheet.data(), Path("paper.pdf"))


def blocks(document, *kinds):
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


def line(text):
    sheet = Sheet()
    sheet.line(LEFT, 100, text)
    return document(sheet).text.strip()


def two_columns():
    """Two pages of two columns; paragraphs go over the columns, and one over the page."""
    sheet = Sheet()
    for number in (1, 2):
        if number == 2:
            sheet.page()
        sheet.line(LEFT, 40, "Annals of Invented Results", size=8, style="I")
        sheet.line(WIDTH - 60, 40, str(100 + number), size=8)
        opening = prose("first", 20) if number == 1 else prose("fourth", 36)[24:]
        y = sheet.column(LEFT, 100, opening)
        middle, last = ("second", "fourth") if number == 1 else ("fifth", "sixth")
        sheet.column(LEFT, y, prose(middle, 36)[:30])
        y = sheet.column(RIGHT, 100, prose(middle, 36)[30:])
        sheet.column(RIGHT, y, prose(last, 36)[: 24 if number == 1 else 36])
    return sheet


def test_columns_are_read_one_after_the_other_and_paragraphs_go_over_them():
    found = blocks(document(two_columns()), "paragraph")
    assert [len(text.split("\n")) for text in found] == [20, 36, 36, 36, 36]
    assert all(text.startswith("The") for text in found)
    for text in found:
        assert len(set(re.findall(r"the (\w+) arm", text, re.I))) == 1


def test_columns_are_told_by_place_and_not_by_the_order_of_the_content():
    sheet = Sheet()
    for i, (left, right) in enumerate(zip(prose("left", 30), prose("right", 30), strict=True)):
        sheet.line(LEFT, 100 + 12 * i, left)
        sheet.line(RIGHT, 100 + 12 * i, right)
    assert blocks(document(sheet), "paragraph") == ["\n".join(prose("left", 30)), "\n".join(prose("right", 30))]


def test_three_columns_with_a_title_above():
    sheet = Sheet()
    sheet.line(LEFT, 80, "A title that goes over all of the columns of this page", size=18, style="B")
    for k, name in enumerate(("one", "two", "three")):
        sheet.column(LEFT + 180 * k, 120, [text[:33] for text in prose(name, 40)])
    text = document(sheet).text
    assert text.index("A title") < text.index("The one arm") < text.index("The two arm") < text.index("The three arm")
    assert "\n".join(t[:33] for t in prose("two", 40)) in text


def test_running_heads_and_page_numbers_do_not_flow():
    found = document(two_columns())
    assert set(blocks(found, "furniture")) == {"Annals of Invented Results", "101", "102"}
    assert "Annals" not in make_view(found).text


def test_a_paragraph_over_a_page_is_one_block_and_its_page_is_where_it_begins():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("opening", 10))
    sheet.column(LEFT, 232, prose("long", 60)[:45])
    sheet.page()
    sheet.line(LEFT, 40, "7", size=8)
    y = sheet.column(LEFT, 100, prose("long", 60)[45:])
    sheet.column(LEFT, y + 12, prose("closing", 10))
    found = document(sheet)
    assert "\n".join(prose("long", 60)) in blocks(found, "paragraph")
    assert found.page_of(found.text.index("The long")) == 1
    assert found.page_of(found.text.index("line 45 of")) == 2
    assert [page.number for page in found.pages] == [1, 2]
    assert found.pages[0].end == found.pages[1].start


def test_a_page_of_a_table_alone_between_the_halves_of_a_paragraph():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("long", 80)[:50])
    sheet.page()
    ruled_table(sheet, 100)
    sheet.page()
    sheet.column(LEFT, 100, prose("long", 80)[50:])
    found = document(sheet)
    halves = [i for i, b in enumerate(found.blocks) if b.kind == "paragraph"]
    assert found.blocks[halves[1]].continues == halves[0]
    assert found.page_of(found.text.index("Table 1")) == 2
    assert "line 49 of the long arm had" in make_view(found).text


def test_small_print_below_an_unfinished_paragraph_stays_on_its_page():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("long", 60)[:48])
    small = [
        "Printed small at the foot of a page, where the authors say something",
        "of their own that is no part of it.",
    ]
    sheet.column(LEFT, 720, small, size=7, step=9)
    sheet.page()
    sheet.column(LEFT, 100, prose("long", 60)[48:])
    found = document(sheet)
    assert "\n".join(prose("long", 60)) in found.text
    assert found.page_of(found.text.index("Printed small")) == 1
    assert found.page_of(found.text.index("line 48 of")) == 2


def ruled_table(sheet, y, x=LEFT):
    sheet.line(x, y, "Table 1. Responses of the patients in both arms.", size=9)
    for height in (8, 22, 76):
        sheet.rule(x, x + 250, y + height)
    for i, row in enumerate([("Response", "Arm A", "Arm B"), ("Complete", "3", "1"), ("Partial", "12", "7"),
                             ("Stable", "20", "19"), ("Progression", "9", "17")]):  # fmt: skip
        for cell, shift in zip(row, (2, 130, 200), strict=True):
            sheet.line(x + shift, y + 18 + 14 * i, cell, size=9)
    sheet.line(x, y + 86, "Values are numbers of patients.", size=7)


def test_ruled_tables_stand_apart_with_caption_and_notes():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("left", 55))
    ruled_table(sheet, 100, RIGHT)
    sheet.column(RIGHT, 220, prose("right", 45))
    found = document(sheet)
    assert blocks(found, "caption") == ["Table 1. Responses of the patients in both arms."]
    assert blocks(found, "table") == [
        "Response\tArm A\tArm B\nComplete\t3\t1\nPartial\t12\t7\nStable\t20\t19\nProgression\t9\t17"
    ]
    assert blocks(found, "note") == ["Values are numbers of patients."]
    assert blocks(found, "paragraph") == ["\n".join(prose("left", 55)), "\n".join(prose("right", 45))]
    assert {b.section for b in found.blocks if b.kind in ("caption", "table")} == {"table"}


def test_values_one_below_the_other_are_rows_and_a_title_with_a_colon_is_one():
    sheet = Sheet()
    sheet.line(LEFT, 80, "Table 3. Who took part")
    rows = [("Trait", "", "N", "(%)"), ("Sex", "Men", "10", "(40)"), ("", "Women", "15", "(60)"), ("Age:", "", "", ""),
            ("under sixty", "", "9", "(36)"), ("over sixty", "", "16", "(64)")]  # fmt: skip
    for y in (88, 102, 180):
        sheet.rule(LEFT, 300, y)
    for i, row in enumerate(rows):
        for x, cell in zip((LEFT, 150, 220, 260), row, strict=True):
            sheet.line(x, 98 + 14 * i, cell)
    (table,) = document(sheet).tables
    found = [(c.row, *c.row_heads, c.text) for c in table.cells if c.column == 2 and c.role == "value"]
    assert [row[0] for row in found] == [1, 2, 4, 5]
    assert [row[-2:] for row in found[2:]] == [("under sixty", "9"), ("over sixty", "16")]


def heads(sheet):
    (table,) = document(sheet).tables
    return [(c.text, c.column, c.columns) for c in table.cells if c.role == "head" and c.columns > 1], table.values


def test_heads_that_begin_with_the_first_of_theirs_cover_as_many_columns():
    sheet = Sheet()
    sheet.line(LEFT, 80, "Table 4. Outcome by arm")
    places = (LEFT, 130, 190, 250, 310, 370)
    sheet.line(130, 98, "Docetaxel weekly,")
    sheet.line(130, 109, "in all patients")
    sheet.line(250, 98, "Placebo")
    for y, row in ((125, ("", "N", "OS", "N", "OS", "P")), (141, ("Men", "12", "9.1", "14", "8.0", "0.1")),
                   (157, ("Women", "13", "9.4", "11", "8.3", "0.2"))):  # fmt: skip
        for x, cell in zip(places, row, strict=True):
            sheet.line(x, y, cell)
    for y in (88, 129, 161):
        sheet.rule(LEFT, 400, y)
    spanning, values = heads(sheet)
    assert spanning == [("Docetaxel weekly, in all patients", 1, 2), ("Placebo", 3, 2)]
    assert values[1].column_heads == ("Docetaxel weekly, in all patients", "OS")
    assert values[4].column_heads == ("P",)


def test_boxed_heads_cover_the_columns_of_their_box_and_may_have_two_rows():
    sheet = Sheet()
    sheet.line(LEFT, 80, "Table 5. Outcome by arm")
    edges = (LEFT, 120, 180, 240, 300)
    for y, row in ((98, ("Sex", "Arm A", "", "Arm B")), (114, ("", "N", "OS", "N")), (130, ("Men", "12", "9.1", "14")),
                   (146, ("Women", "13", "9.4", "11"))):  # fmt: skip
        for x, cell in zip(edges, row, strict=False):
            sheet.line(x + 4, y, cell)
    for y in (88, 103, 119, 135, 151):
        sheet.rule(LEFT, 300, y)
    for x in edges:
        sheet.pdf.line(x, 103 if x == 180 else 88, x, 151)
    spanning, values = heads(sheet)
    assert spanning == [("Arm A", 1, 2)]
    assert [value.column_heads for value in values[:3]] == [("Arm A", "N"), ("Arm A", "OS"), ("Arm B", "N")]


def test_a_table_goes_on_overleaf_between_rules_as_long():
    sheet = Sheet()
    sheet.column(LEFT, 60, prose("first", 40))
    sheet.line(LEFT, 570, "Table 6. Visits of all patients")
    for page, first in ((1, 0), (2, 9)):
        if page == 2:
            sheet.page()
        top = 580 if page == 1 else 60
        rows = ["Visit", *(f"visit {i}" for i in range(first, first + 9))]
        for i, label in enumerate(rows):
            sheet.rule(LEFT, 300, top + 16 * i)
            sheet.line(LEFT + 3, top + 12 + 16 * i, label)
            sheet.line(220, top + 12 + 16 * i, str(3 * first + i) if i else "AFP")
        sheet.rule(LEFT, 300, top + 16 * len(rows))
        sheet.line(290, 820, str(page))
    sheet.column(LEFT, 300, prose("last", 20))
    (table,) = document(sheet).tables
    assert len(table.values) == 18
    assert {value.column_heads for value in table.values} == {("AFP",)}
    assert [value.row_heads for value in table.values[8:10]] == [("visit 8",), ("visit 9",)]


def test_heads_may_stand_above_the_first_rule():
    sheet = Sheet()
    sheet.line(LEFT, 80, "Table 7. Toxic effects of both")
    sheet.line(LEFT, 91, "drugs by arm")
    for y, row in ((106, ("", "Docetaxel", "Placebo")), (122, ("Rash", "3", "1")), (138, ("Fever", "2", "0"))):
        for x, cell in zip((LEFT, 150, 220), row, strict=True):
            sheet.line(x, y, cell)
    for y in (111, 127, 143):
        sheet.rule(LEFT, 300, y)
    (table,) = document(sheet).tables
    assert table.caption == "Table 7. Toxic effects of both drugs by arm"
    assert [value.column_heads for value in table.values[:2]] == [("Docetaxel",), ("Placebo",)]


def test_a_caption_beside_a_table_does_not_end_it():
    sheet = Sheet()
    y = sheet.column(LEFT, 80, prose("left", 4))
    sheet.line(LEFT, y + 10, "Figure 1. Survival of the patients in both arms.", size=9)
    sheet.column(LEFT, y + 40, prose("last", 40))
    ruled_table(sheet, 80, RIGHT)
    sheet.column(RIGHT, 190, prose("right", 35))
    (table,) = document(sheet).tables
    assert [cell.text for cell in table.values] == ["3", "1", "12", "7", "20", "19", "9", "17"]


def test_small_print_below_a_table_is_its_note_and_a_footnote_pages_later_is_not():
    sheet = Sheet()
    ruled_table(sheet, 100)
    note = ["AFP, a marker; n, how many patients had it, of all that were", "followed up to May 2012."]
    sheet.column(LEFT, 196, note, 9, size=8)
    sheet.column(LEFT, 240, prose("first", 40))
    sheet.page()
    sheet.column(LEFT, 100, prose("second", 40))
    sheet.line(LEFT, 700, "* The farm was sold in 2014 to another farmer.", size=7)
    found = document(sheet)
    (table,) = found.tables
    assert table.notes.startswith("Values are numbers of patients. AFP, a marker; n, how many")
    assert table.notes.endswith("May 2012.")
    assert [block.section for block in found.blocks if block.kind == "note"] == ["table", None]
    assert blocks(found, "paragraph") == ["\n".join(prose("first", 40)), "\n".join(prose("second", 40))]


def test_a_cell_of_several_lines_is_one_text():
    sheet = Sheet()
    sheet.line(LEFT, 80, "Table 2. Toxic effects, of which neutropenia was the worst")
    sheet.rule(LEFT, 300, 90)
    rows = [(["Effect"], "N"), (["Febrile neutro-", "penia"], "3"), (["Follow-", "up lost"], "2"), (["Rash"], "9")]
    y = 102
    for label, value in rows:
        sheet.line(200, y, value)
        y = sheet.column(LEFT, y, label, step=11) + 5
        if label == ["Effect"]:
            sheet.rule(LEFT, 300, y - 12)
    sheet.rule(LEFT, 300, y - 8)
    sheet.column(LEFT, y + 40, ["No patient was lost to follow-up before the last visit."])
    (table,) = document(sheet).tables
    assert [(cell.text, *cell.row_heads) for cell in table.cells if cell.role == "value"] == [
        ("3", "Febrile neutropenia"), ("2", "Follow-up lost"), ("9", "Rash")
    ]  # fmt: skip


def test_rows_of_a_table_without_rules_above_two_columns_are_read_across():
    sheet = Sheet()
    for i in range(6):
        for x, cell in zip((LEFT, 180, 320, 440), (f"Factor {i}", f"{i} (1.5)", f"{i} (2.5)", "0.01"), strict=True):
            sheet.line(x, 100 + 12 * i, cell, size=9)
    sheet.column(LEFT, 200, prose("left", 30))
    sheet.column(RIGHT, 200, prose("right", 30))
    found = document(sheet)
    assert blocks(found, "table") == ["\n".join(f"Factor {i}\t{i} (1.5)\t{i} (2.5)\t0.01" for i in range(6))]
    assert blocks(found, "paragraph") == ["\n".join(prose("left", 30)), "\n".join(prose("right", 30))]


def test_a_table_in_one_column_stands_beside_the_text_of_the_other():
    sheet = Sheet()
    y = sheet.column(LEFT, 60, prose("left", 8))
    for row in range(30):
        for column in range(5):
            sheet.line(LEFT + 45 * column, y + 12 * row, f"{row}.{column}")
    sheet.column(LEFT, y + 372, prose("last", 8))
    sheet.column(RIGHT, 60, prose("right", 48))
    found = [text.split("\n") for text in blocks(document(sheet), "paragraph")]
    assert [(len(text), text[-1]) for text in found] == [
        (8, "the left arm."),
        (8, "the last arm."),
        (48, "the right arm."),
    ]


def test_captions_of_figures_do_not_cut_the_paragraph():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("cut", 40)[:20])
    sheet.column(LEFT, 460, ["Figure 2. Survival of the patients in both arms, with numbers", "at risk below."], size=8)
    sheet.column(LEFT, 500, prose("cut", 40)[20:])
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(prose("cut", 40))]
    caption = next(b for b in found.blocks if b.kind == "caption")
    assert caption.section == "figure"
    assert found.text[caption.start : caption.end].endswith("at risk below.")


def test_headings_give_sections_and_references_are_told():
    sheet = Sheet()
    y = 100
    for title in ("1. Introduction", "2. Patients and Methods", "3. Results"):
        sheet.line(LEFT, y, title, size=12, style="B")
        y = sheet.column(LEFT, y + 16, prose(title[3:6], 8)) + 20
    sheet.line(LEFT, y, "References", size=12, style="B")
    entries = ["1. Smith A, Jones B. Invented findings in the liver and in", "    other places. J Inv 2012;3:4-9.",
               "2. Brown C. More of them. J Inv 2013;4:10-12."]  # fmt: skip
    sheet.column(LEFT, y + 16, entries)
    found = document(sheet)
    assert blocks(found, "heading") == ["1. Introduction", "2. Patients and Methods", "3. Results", "References"]
    sections = [b.section for b in found.blocks if b.kind == "paragraph"]
    assert sections == ["introduction", "methods", "results"]
    assert "Smith" in "".join(blocks(found, "reference"))
    assert "Smith" not in "".join(blocks(found, "paragraph"))


def test_titles_in_another_face_are_told_without_size_or_space():
    sheet = Sheet()
    y = sheet.column(LEFT, 100, prose("first", 10))
    for title, name in (
        ("Follow-up of the patients", "second"),
        ("Ends that were chosen before all of them died", "third"),
    ):
        sheet.pdf.set_font("Helvetica", "", 10)
        sheet.pdf.text(LEFT, y + 4, title)
        y = sheet.column(LEFT, y + 16, prose(name, 10))
    found = document(sheet)
    assert blocks(found, "heading") == ["Follow-up of the patients", "Ends that were chosen before all of them died"]
    assert blocks(found, "paragraph") == ["\n".join(prose(name, 10)) for name in ("first", "second", "third")]


def test_the_last_line_of_a_wide_caption_with_raised_marks_stays_with_it():
    sheet = Sheet()
    sheet.column(LEFT, 100, [
        "Figure 1. Survival of all of the patients who were treated in both arms of the trial, as it was",
        "seen in the end in most of the hospitals.{*}P < 0.05, {**}P < 0.01. T, tumour tissue; N, normal",
        "tissue; CI, confidence interval.",
    ], size=11.5, step=13)  # fmt: skip
    sheet.column(LEFT, 160, prose("left", 30))
    sheet.column(RIGHT, 160, prose("right", 30))
    found = document(sheet)
    assert blocks(found, "caption")[0].endswith("confidence interval.")
    assert blocks(found, "paragraph") == ["\n".join(prose("left", 30)), "\n".join(prose("right", 30))]


def test_an_abstract_does_not_go_on_with_the_addresses_above_it():
    sheet = Sheet()
    sheet.line(LEFT, 60, "A title of an invented paper about the liver", size=18, style="B")
    sheet.column(
        LEFT, 90, ["{1}Department of Surgery, Hospital of the Town, and {2}Department of Medicine,", "Other Town"]
    )
    sheet.column(LEFT, 140, ["Abstract. " + prose("left", 30)[0][:48], *prose("left", 30)[1:]])
    sheet.column(RIGHT, 140, prose("right", 30))
    opening = next(b for b in document(sheet).blocks if b.section == "abstract")
    assert document(sheet).text[opening.start :].startswith("Abstract. The left arm")


def test_what_is_cut_off_from_a_placed_page_is_not_read():
    figure = Sheet()
    figure.line(LEFT, 100, "A line of another file that nobody sees")
    figure.line(LEFT, 400, "Seen")
    source = pdfium.PdfDocument(figure.data())
    source[0].set_mediabox(0, HEIGHT - 420, WIDTH, HEIGHT - 380)
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("only", 20))
    pdf = pdfium.PdfDocument(sheet.data())
    page = pdf[0]
    page.insert_obj(source.page_as_xobject(0, pdf).as_pageobject())
    page.gen_content()
    out = io.BytesIO()
    pdf.save(out)
    text = read_bytes(out.getvalue(), Path("paper.pdf")).text
    assert "Seen" in text
    assert "nobody" not in text


@pytest.mark.parametrize(
    ("set_as", "text"),
    [
        ("platelets of 90 x 10{9}/L were", "platelets of 90 x 10⁹/L were"),
        ("a dose of 60 mg/m{2} was", "a dose of 60 mg/m² was"),
        ("1.2 x 10{-3} of them", "1.2 x 10⁻³ of them"),
        ("with R{2} of 0.9", "with R² of 0.9"),
        ("survival of 10.7 months.{8,9} The", "survival of 10.7 months. [8,9] The"),
        ("a survival of 10.7{8} and", "a survival of 10.7 [8] and"),
        ("as was shown{12-14} before", "as was shown [12-14] before"),
        ("on the 3{rd} day", "on the 3rd day"),
        ("given {90}Y spheres", "given ⁹⁰Y spheres"),
        ("of H_{2}O and CO_{2} in", "of H2O and CO2 in"),
        ("45.2{a} months", "45.2ᵃ months"),
    ],
)
def test_raised_signs_never_become_part_of_a_number(set_as, text):
    assert line(set_as) == text


def test_hyphens_at_line_ends_stay_and_the_view_joins_them():
    sheet = Sheet()
    sheet.column(LEFT, 100, ["The patients were treated with sora-", "fenib for a median of ten months and"])
    found = document(sheet)
    assert "sora-\nfenib" in found.text
    assert "sorafenib for" in make_view(found).text


def test_words_placed_one_by_one_have_their_spaces():
    sheet = Sheet()
    x = LEFT
    for word in ("Median", "overall", "survival", "was", "10.7", "months"):
        x = sheet.line(x, 100, word) + 2.2
    assert document(sheet).text.strip() == "Median overall survival was 10.7 months"


def test_letters_set_apart_are_one_word():
    sheet = Sheet()
    sheet.pdf.set_font("Times", "", 12)
    sheet.pdf.set_char_spacing(2)
    sheet.pdf.text(LEFT, 100, "RESULTS OF ALL")
    assert document(sheet).text.strip() == "RESULTS OF ALL"


def test_a_large_first_letter_belongs_to_its_word():
    sheet = Sheet()
    sheet.line(LEFT, 122, "T", size=36)
    sheet.column(LEFT + 26, 100, ["he patients of this series were treated in ten", "hospitals, and most of them had"])
    sheet.column(LEFT, 124, ["cirrhosis of the liver, which was compensated in all", "of them."])
    assert document(sheet).text.startswith("The patients of this series")


def test_turned_text_and_watermarks_do_not_flow():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("only", 40))
    with sheet.pdf.rotation(90, 20, 400):
        sheet.line(20, 400, "Downloaded by a guest", size=7)
    with sheet.pdf.rotation(45, 300, 400):
        sheet.line(150, 400, "DRAFT COPY", size=60)
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(prose("only", 40))]
    assert set(blocks(found, "furniture")) == {"Downloaded by a guest", "DRAFT COPY"}


def test_numbers_of_lines_do_not_flow():
    sheet = Sheet()
    for i, text in enumerate(prose("only", 30)):
        sheet.line(LEFT + 60, 100 + 24 * i, text)
        sheet.line(LEFT, 100 + 24 * i, str(i + 1), size=8)
    assert blocks(document(sheet), "paragraph") == ["\n".join(prose("only", 30))]


def turned(data, degrees):
    pdf = pdfium.PdfDocument(data)
    pdf[0].set_rotation(degrees)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("degrees", "box"),
    [(0, (40, 93, 57, 103)), (90, (739, 40, 749, 57)), (180, (538, 739, 555, 749)), (270, (93, 538, 103, 555))],
)
def test_boxes_are_on_the_page_as_it_is_shown(degrees, box):
    sheet = Sheet()
    sheet.line(LEFT, 100, "Only a line of text stands here")
    found = read_bytes(turned(sheet.data(), degrees), Path("paper.pdf"))
    assert found.text.strip() == "Only a line of text stands here"
    (told,) = found.layout.boxes(0, 4)
    assert told == pytest.approx(box, abs=4)
    page = found.pages[0]
    assert (page.width, page.height) == ((WIDTH, HEIGHT) if degrees % 180 == 0 else (HEIGHT, WIDTH))


def test_a_span_over_lines_has_a_box_for_each_and_stays_on_its_page():
    found = document(two_columns())
    start = found.text.index("The first")
    boxes = found.layout.boxes(start, start + 150)
    assert len(boxes) == 3
    assert [box[0] for box in boxes] == pytest.approx([LEFT] * 3, abs=1)
    assert boxes[0][1] < boxes[1][1] < boxes[2][1]
    assert found.layout.boxes(0, len(found.text)) == found.layout.boxes(0, found.pages[0].end)


def test_records_say_where_they_stand(tmp_path):
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("first", 40))
    sheet.page()
    sheet.column(LEFT, 100, ["Median overall survival was 10.7 months (95% CI, 9.4 to 13.3)", "in the sorafenib arm."])
    path = tmp_path / "paper.pdf"
    path.write_bytes(sheet.data())
    (record,) = [r for r in extract(path) if r.type == "statistic" and "10.7" in r.text]
    assert record.page == 2
    assert record.bbox is not None
    assert record.bbox[0][1] == pytest.approx(93, abs=4)


@pytest.mark.parametrize(
    ("imprint", "year"),
    [
        ("Citation: Okafor A, Lind B (2015) Sorafenib in a Farmer. Imagin ONE 7(5): e123.", "2015"),
        ("Copyright 2016 Okafor and Lind. This is an open access article.", None),
    ],
)
def test_the_year_of_the_paper_stands_beside_its_text(imprint, year):
    sheet = Sheet()
    sheet.line(LEFT, 60, "Sorafenib in a Farmer", size=16, style="B")
    sheet.line(LEFT, 100, "Abstract", size=12, style="B")
    sheet.column(LEFT, 120, prose("first", 12))
    sheet.line(LEFT, 300, imprint, size=7)
    sheet.line(LEFT, 330, "Introduction", size=12, style="B")
    sheet.column(LEFT, 350, prose("last", 25))
    found = [record.value for record in extract_document(document(sheet)) if record.type == "date"]
    assert found == ([year] if year else [])


def test_metadata_of_the_first_page():
    sheet = Sheet()
    sheet.line(LEFT, 40, "Annals of Invented Results 2014; 12: 34-40", size=8)
    sheet.line(LEFT, 52, "doi:10.1234/inv.2014.5678", size=8)
    sheet.column(
        LEFT, 100, ["Sorafenib in patients with an invented", "cancer of the liver"], step=22, size=18, style="B"
    )
    sheet.column(LEFT, 180, prose("only", 40))
    assert dict(document(sheet).metadata) == {
        "title": "Sorafenib in patients with an invented cancer of the liver",
        "doi": "10.1234/inv.2014.5678",
        "year": "2014",
        "journal": "Annals of Invented Results",
    }


def encrypted():
    sheet = Sheet()
    sheet.line(LEFT, 100, "secret")
    sheet.pdf.set_encryption(owner_password="owner", user_password="user")
    return sheet.data()


def scanned(stamp=""):
    sheet = Sheet()
    sheet.pdf.image(Image.new("RGB", (60, 80), "white"), 0, 0, WIDTH, HEIGHT)
    sheet.line(LEFT, 40, stamp, size=7)
    return sheet.data()


EMPTY = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted(), "encrypted"),
        (two_columns().data()[:1500], "cut short"),
        (b"%PDF-1.7 and nothing else", "cut short"),
        (EMPTY, "no pages"),
        (scanned(), "no text layer; run OCR first"),
        (scanned("Downloaded by a guest"), "no text layer; run OCR first"),
    ],
    ids=["encrypted", "truncated", "header", "zero", "image", "stamped"],
)
def test_what_cannot_be_read_says_why_in_one_line(data, reason):
    with pytest.raises(UnreadableError, match=reason) as error:
        read_bytes(data, Path("paper.pdf"))
    assert "\n" not in str(error.value)


def test_fonts_without_a_map_of_signs_are_refused():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("only", 40))
    data = sheet.data()
    encoded = data.replace(b"/Encoding /WinAnsiEncoding", b"/Encoding<</Differences[32" + b"".join(
        b"/g%03d" % code for code in range(32, 127)) + b"]>>")  # fmt: skip
    assert encoded != data
    with pytest.raises(UnreadableError, match="fonts do not say"):
        read_bytes(encoded, Path("paper.pdf"))


def test_an_owner_password_alone_does_not_matter():
    sheet = Sheet()
    sheet.line(LEFT, 100, "Everybody may read this line of text")
    sheet.pdf.set_encryption(owner_password="owner")
    assert "Everybody" in document(sheet).text


@pytest.mark.soak
def test_memory_does_not_grow_with_pages(tmp_path):
    sheet = Sheet()
    for number in range(500):
        if number:
            sheet.page()
        for x in (LEFT, RIGHT):
            sheet.column(x, 80, prose(f"x{number}", 60))
    (tmp_path / "long.pdf").write_bytes(sheet.data())
    script = (
        "import resource, sys; from hcclit.readers import read; read(sys.argv[1]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    out = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "long.pdf"], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert int(out.stdout) / 1024 < 400
