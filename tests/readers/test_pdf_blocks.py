"""PDF: what a block is (text of figures, notes, keywords, entries), on pages set as journals set them."""

from pathlib import Path

import pytest

from hcclit.readers import UnreadableError, read_bytes
from hcclit.view import make_view
from tests.readers.sheet import WIDTH, Sheet, prose

LEFT, RIGHT = 40, 310


def document(sheet):
    return read_bytes(sheet.data(), Path("paper.pdf"))


def blocks(document, *kinds):
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


def with_map(first):
    """A page in a font whose map of signs gives each of them the code after it from a first one on."""
    text = b" ".join(b"1 0 0 1 40 %d Tm (%s) Tj" % (780 - 12 * i, x.encode()) for i, x in enumerate(prose("a", 40)))
    table = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <21> <7E> <%04X> endbfrange" % first
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        stream(b"BT /F 10 Tf " + text + b" ET"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/ToUnicode 6 0 R>>",
        stream(table),
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (i, part) for i, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def stream(data):
    return b"<</Length %d>>stream\n" % len(data) + data + b"\nendstream "


def chart(sheet, x, y):
    """A plot of 200 by 100 points with its labels, none of which ends in a full stop."""
    sheet.pdf.set_font("Helvetica", "", 7)
    sheet.rule(x, x + 200, y + 100)
    sheet.pdf.polyline([(x + 20 * i, y + (i % 3) * 30) for i in range(11)])
    for i in range(6):
        sheet.pdf.text(x + 36 * i, y + 109, str(12 * i))
        sheet.pdf.text(x - 14, y + 100 - 18 * i, f"0.{2 * i}")
    sheet.pdf.text(x + 60, y + 118, "Months from the first dose")
    sheet.pdf.text(x + 110, y + 20, "HR 0.65 (0.40 to 0.99)")


def test_labels_of_a_chart_do_not_flow():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("cut", 40)[:10])
    chart(sheet, LEFT + 20, 240)
    sheet.column(LEFT, 390, ["Figure 2. Survival of the patients in both arms, with numbers", "at risk below."], size=8)
    sheet.column(LEFT, 420, prose("cut", 40)[10:])
    sheet.column(RIGHT, 100, prose("right", 50))
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(prose("cut", 40)), "\n".join(prose("right", 50))]
    assert blocks(found, "caption")[0].endswith("at risk below.")
    assert "HR 0.65" in found.text
    assert "HR 0.65" not in make_view(found).text


def test_a_frame_around_text_is_no_figure():
    sheet = Sheet()
    sheet.line(LEFT, 60, "A title of an invented paper about the liver", size=18, style="B")
    sheet.pdf.rect(LEFT - 8, 80, 520, 90, round_corners=True, corner_radius=6)
    sheet.line(LEFT, 100, "Abstract", size=10, style="B")
    abstract = [
        f"In the abstract of a paper as invented as this one is there may be lines like this one, line {i}"
        for i in range(4)
    ]
    sheet.column(LEFT, 114, [*abstract, "and the last one is short."])
    sheet.column(LEFT, 200, prose("left", 30))
    sheet.column(RIGHT, 200, prose("right", 30))
    assert "\n".join([*abstract, "and the last one is short."]) in blocks(document(sheet), "paragraph")


def test_the_authors_stay_above_an_abstract_in_smaller_type():
    sheet = Sheet()
    sheet.line(LEFT, 60, "A title of an invented paper about the liver", size=18, style="B")
    sheet.line(LEFT, 90, "Anna Author, Bert Writer and Carl Drafter", size=10)
    sheet.line(LEFT, 120, "Abstract", size=10, style="B")
    sheet.column(LEFT, 134, [text + " ten months, as it was found" for text in prose("short", 10)], size=9, step=11)
    sheet.page()
    sheet.line(LEFT, 90, "1. Introduction", size=12, style="B")
    sheet.column(LEFT, 110, prose("first", 40))
    text = document(sheet).text
    assert text.index("Anna Author") < text.index("The short arm")


def test_notes_at_the_foot_of_the_first_page_do_not_flow():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("left", 40))
    sheet.column(
        LEFT, 600, ["Supported by a grant that nobody gave, and by the town", "in which it was written."], size=8
    )
    sheet.column(RIGHT, 100, prose("right", 40))
    sheet.line(LEFT, 800, "0000-1111/2014 © 2014 Society of Inventors", size=8)
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(prose("left", 40)), "\n".join(prose("right", 40))]
    assert len(blocks(found, "furniture")) == 2


def test_a_note_apart_from_its_raised_mark_is_a_note():
    sheet = Sheet()
    sheet.page()
    sheet.column(LEFT, 100, prose("left", 40))
    sheet.line(LEFT, 647, "2", size=5)
    sheet.line(LEFT + 14, 650, "Kept in a drawer of the hospital's archive.", size=8)
    sheet.column(RIGHT, 100, prose("right", 40))
    assert blocks(document(sheet), "note") == ["² Kept in a drawer of the hospital's archive."]


def test_keywords_over_several_lines_do_not_flow():
    sheet = Sheet()
    sheet.line(LEFT, 100, "Abstract", style="B")
    y = sheet.column(LEFT, 114, prose("short", 12))
    sheet.column(
        LEFT, y + 10, ["Key words: liver; tumours of the liver; invention of papers; papers of", "no use; sorafenib"]
    )
    sheet.line(LEFT, y + 60, "Introduction", style="B")
    sheet.column(LEFT, y + 74, prose("first", 20))
    assert "Key words" not in make_view(document(sheet)).text


def test_entries_of_two_lines_are_whole():
    sheet = Sheet()
    sheet.line(LEFT, 100, "References", size=12, style="B")
    y = 116
    for number in range(1, 9):
        sheet.line(LEFT, y, f"{number}.")
        sheet.column(LEFT + 18, y, [f"Smith A, Jones B. Invented findings of the year {2000 + number} in the",
                                    f"liver. J Inv {2000 + number};3:4-9."])  # fmt: skip
        y += 24
    found = blocks(document(sheet), "reference")
    assert [text.count("\n") for text in found] == [1] * 8
    assert all(text.startswith(f"{i}. Smith") for i, text in enumerate(found, 1))


def test_lines_set_wide_beside_the_text_are_one_block():
    sheet = Sheet()
    side = [
        "Citation: Author, A.; Writer, B.",
        "A title of an invented paper",
        "about the liver. Inv. Res. 2014,",
        "3, 4-9.",
    ]
    sheet.column(LEFT, 400, side, size=7, step=12)
    sheet.column(LEFT + 180, 100, [text + " a trial" for text in prose("only", 50)])
    assert "\n".join(side) in blocks(document(sheet), "furniture", "paragraph")


@pytest.mark.parametrize(
    ("set_as", "text"),
    [
        ("Carl Drafter{1,2,*} and", "Carl Drafter¹,²,* and"),
        ("of 10.7{1,a} months", "of 10.7¹,ᵃ months"),
    ],
)
def test_marks_of_several_kinds_stay_apart_from_what_they_mark(set_as, text):
    sheet = Sheet()
    sheet.line(LEFT, 100, set_as)
    assert document(sheet).text.strip() == text


def test_wide_heads_of_the_first_page_leave_the_flow():
    sheet = Sheet()
    sheet.line(LEFT, 40, "Inventions 2014, 3, 4-9; doi:10.1234/inv.2014.5678", size=8)
    sheet.line(WIDTH - 160, 40, "www.example.org/inventions", size=8)
    sheet.column(LEFT, 100, prose("left", 40))
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(prose("left", 40))]
    assert found.metadata["doi"] == "10.1234/inv.2014.5678"


def test_a_few_lines_below_a_figure_are_two_columns_where_the_pages_before_have_them():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("left", 50))
    sheet.column(RIGHT, 100, prose("right", 60)[:50])
    sheet.page()
    sheet.column(
        LEFT,
        600,
        ["Figure 1. What was found in all of the patients of both arms, as it was planned before any of", "them."],
    )
    sheet.column(LEFT, 650, prose("right", 60)[50:52])
    sheet.column(RIGHT, 650, prose("right", 60)[52:54])
    sheet.page()
    sheet.column(LEFT, 100, prose("right", 60)[54:])
    found = document(sheet)
    assert " ".join(prose("right", 60)) in make_view(found).text
    assert blocks(found, "caption")[0].endswith("them.")


def test_references_without_a_title_are_told_by_their_numbers_and_what_they_cite():
    sheet = Sheet()
    sheet.line(LEFT, 60, "Discussion", size=12, style="B")
    y = sheet.column(LEFT, 80, prose("only", 20)) + 20
    entries = [f"{i}. Smith A, Jones B. Invented findings. J Inv {2000 + i};3:4-9." for i in range(1, 8)]
    sheet.column(LEFT, y, entries, size=8)
    found = document(sheet)
    assert blocks(found, "reference") == entries
    assert {b.section for b in found.blocks if b.kind == "reference"} == {"back"}


def test_a_numbered_list_is_none():
    sheet = Sheet()
    sheet.line(LEFT, 60, "Methods", size=12, style="B")
    sheet.column(
        LEFT,
        80,
        [f"{i}. A criterion that all of the {i} patients had to fulfil before they died." for i in range(1, 8)],
    )
    assert not blocks(document(sheet), "reference")


def test_labels_in_capitals_that_run_into_an_abstract_are_no_headings():
    sheet = Sheet()
    sheet.line(LEFT, 60, "Abstract", size=10, style="B")
    y = 80
    for label, name in (("AIM", "first"), ("METHODS", "second"), ("CONCLUSION", "third")):
        end = sheet.line(LEFT, y, f"{label}: ", style="B")
        sheet.line(end, y, "The " + prose(name, 3)[0][4 : 52 - len(label)])
        y = sheet.column(LEFT, y + 12, prose(name, 3)[1:])
    sheet.line(LEFT, y + 20, "INTRODUCTION", size=10, style="B")
    sheet.column(LEFT, y + 34, prose("fourth", 20))
    found = document(sheet)
    assert blocks(found, "heading") == ["Abstract", "INTRODUCTION"]
    sections = [b.section for b in found.blocks if b.kind == "paragraph"]
    assert sections == ["abstract", "abstract", "abstract", "introduction"]


def test_a_sentence_about_a_panel_is_no_caption():
    sheet = Sheet()
    lines = prose("only", 20)
    sheet.column(LEFT, 100, ["Fig. 1(a) shows what was found in the patients of the arm,", *lines[1:]])
    assert not blocks(document(sheet), "caption")


def test_text_at_the_foot_of_a_page_beside_an_imprint_flows():
    sheet = Sheet()
    sheet.page()
    sheet.column(LEFT, 80, prose("left", 60))
    sheet.column(RIGHT, 80, prose("right", 40))
    sheet.line(RIGHT, 788, "Copyright Society of Inventors, as all of them are", size=8)
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(prose("left", 60)), "\n".join(prose("right", 40))]


@pytest.mark.parametrize(
    ("first", "reason"),
    [(0xE021, "do not say which letters"), (0x24, "say wrong letters"), (0x121, "say wrong letters")],
)
def test_fonts_that_map_their_letters_wrongly_are_refused(first, reason):
    with pytest.raises(UnreadableError, match=reason) as error:
        read_bytes(with_map(first), Path("paper.pdf"))
    assert "\n" not in str(error.value)


def test_fonts_that_map_their_letters_rightly_are_read():
    assert "median survival of ten months" in read_bytes(with_map(0x21), Path("paper.pdf")).text


def test_text_in_other_alphabets_is_not_taken_for_wrong_letters():
    assert "ыэьђцёЊ" in read_bytes(with_map(0x3FF), Path("paper.pdf")).text


@pytest.mark.parametrize("step", [1, 2, 5, 10])
def test_numbers_of_lines_do_not_flow_however_few_a_later_page_has(step):
    sheet = Sheet()
    lines = prose("only", 62)
    for i, text in enumerate(lines):
        if i == 60:
            sheet.page()
        y = 100 + 11.5 * (i % 60)
        sheet.line(LEFT + 60, y, text)
        if (i + 1) % step == 0 or i == 60:
            sheet.line(LEFT, y, str(i + 1), size=8)
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(lines)]
    assert "61" in blocks(found, "furniture")[-1]


def test_a_watermark_across_the_text_does_not_flow():
    sheet = Sheet()
    sheet.line(LEFT, 440, "ACCEPTED MANUSCRIPT", size=44)
    sheet.column(LEFT, 100, prose("left", 55))
    sheet.column(RIGHT, 100, prose("right", 55))
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(prose("left", 55)), "\n".join(prose("right", 55))]
    assert blocks(found, "furniture") == ["ACCEPTED MANUSCRIPT"]


def test_heads_that_change_are_told_by_their_page_numbers():
    sheet = Sheet()
    for number, head in ((101, "INVENTED CANCERS OF THE LIVER 101"), (102, "102 ANNALS OF INVENTION")):
        if number > 101:
            sheet.page()
        sheet.line(LEFT, 40, head, size=9)
        sheet.column(LEFT, 100, prose("only", 60)[:50] if number == 101 else prose("only", 60)[50:])
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(prose("only", 60))]
    assert len(blocks(found, "furniture")) == 2


def test_a_title_in_bold_that_runs_into_its_text_opens_its_section():
    sheet = Sheet()
    y = 100
    for title in ("ABSTRACT", "Introduction.", "Methods.", "Results."):
        end = sheet.line(LEFT, y, title + " ", style="B")
        sheet.line(end, y, "The " + prose(title[:3], 12)[0][4 : 56 - len(title)])
        y = sheet.column(LEFT, y + 12, prose(title[:3], 12)[1:])
    sections = [b.section for b in document(sheet).blocks if b.kind == "paragraph"]
    assert sections == ["abstract", "introduction", "methods", "results"]


def test_a_title_cut_by_a_column_is_whole():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("left", 50))
    sheet.line(LEFT, 712, "Methods and Survival of the patients who were", size=12, style="B")
    sheet.line(RIGHT, 100, "treated in both of the arms", size=12, style="B")
    sheet.column(RIGHT, 120, prose("right", 50))
    assert blocks(document(sheet), "heading") == [
        "Methods and Survival of the patients who were\ntreated in both of the arms"
    ]


def test_a_caption_whose_title_is_bold_goes_on_below_it():
    sheet = Sheet()
    sheet.column(LEFT, 100, prose("first", 20))
    sheet.line(LEFT, 400, "Figure 2. Survival", style="B")
    sheet.column(LEFT, 412, ["Both of the arms are shown, with the numbers of those at risk", "below the curves."])
    sheet.column(LEFT, 460, prose("second", 20))
    assert [text.count("\n") for text in blocks(document(sheet), "caption")] == [2]


def test_the_axis_of_a_chart_does_not_end_a_table():
    sheet = Sheet()
    sheet.line(LEFT, 80, "Table 1. Responses of the patients in both arms.", size=9)
    for height in (88, 102, 142):
        sheet.rule(LEFT, LEFT + 250, height)
    for i, row in enumerate([("Response", "Arm A", "Arm B"), ("Complete", "3", "1"), ("Partial", "12", "7")]):
        for cell, shift in zip(row, (2, 130, 200), strict=True):
            sheet.line(LEFT + shift, 98 + 14 * i, cell, size=9)
    sheet.column(LEFT, 170, prose("only", 3))
    chart(sheet, LEFT + 20, 230)
    sheet.column(LEFT, 380, ["Figure 1. Survival of the patients in both arms, with numbers", "at risk below."], size=8)
    found = document(sheet)
    assert blocks(found, "paragraph") == ["\n".join(prose("only", 3))]
    assert [cell.text for cell in found.tables[0].values] == ["3", "1", "12", "7"]


def test_the_play_of_a_justified_line_does_not_cut_a_number():
    sheet = Sheet()
    x = LEFT
    for piece, gap in (
        ("a median of", 2.5),
        ("36", 0),
        ("\u00b7", 1.6),
        ("2", 2.5),
        ("months and of", 2.5),
        ("0.", 1.6),
        ("7.", 2.5),
    ):
        x = sheet.line(x, 100, piece) + gap
    assert document(sheet).text.strip() == "a median of 36\u00b72 months and of 0.7."
