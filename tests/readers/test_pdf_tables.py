"""Tables in PDF: rows and columns of invented tables, set in the ways that journals do."""

from pathlib import Path

import pytest

from hcclit.pipeline import extract_document
from hcclit.readers import read_bytes
from tests.readers.sheet import HEIGHT, WIDTH, Sheet, prose
from tests.readers.table_setter import Cell, Setter, Style, texts

LEFT, RIGHT = 40, 310
CAPTION = "Table 1. Outcomes of the patients in both arms."

RESPONSES = [
    ["Response", "Sorafenib (n = 48)", "Placebo (n = 47)", "P"],
    ["Complete response", "1 (2.1)", "0", "1.00"],
    ["Partial response", "12 (25.0)", "4 (8.5)", "0.03"],
    ["Stable disease for at least six weeks", "20 (41.7)", "19 (40.4)", "0.90"],
    ["Progression", "15 (31.3)", "24 (51.1)", "<0.05"],
    ["AFP, ng/mL", "412.5 ± 88.1", "389.0 ± 9.4", "NA"],
]
PATIENTS = [
    ["Characteristic", "Arm A", "Arm B"],
    ["Age, years", "61 (34-80)", "63 (29-81)"],
    ["Sex", "", ""],
    ["  Male", "40", "38"],
    ["  Female", "8", "9"],
    ["Extrahepatic spread or invasion of the portal vein", "12", "14"],
    ["Child-Pugh class", "", ""],
    ["  A", "45", "45"],
    ["  B", "3", "2"],
]
GROUPS = [
    [Cell("Event", rows=2), Cell("Sorafenib", 2), Cell("Placebo", 2)],
    ["All grades", "Grade 3 or 4", "All grades", "Grade 3 or 4"],
    ["Diarrhoea", "22 (45.8)", "4 (8.3)", "6 (12.8)", "0"],
    ["Hand-foot reaction", "14 (29.2)", "3 (6.3)", "1 (2.1)", "0"],
    ["Fatigue", "12 (25.0)", "2 (4.2)", "11 (23.4)", "2 (4.3)"],
]
STUDIES = [
    ["Study", "Patients", "Treatment", "Findings"],
    ["Invented 2009", "Advanced disease, most of them with a good function of the liver",
     "Sorafenib 400 mg twice daily", "Survival was longer than with placebo"],
    ["Made up 2011", "Intermediate disease", "Chemoembolisation with or without sorafenib until progression",
     "No difference was seen"],
    ["Thought of 2014", "Any stage, after resection", "Observation", "One half had a recurrence after two years"],
]  # fmt: skip
WIDTHS = {"responses": (110, 90, 90, 40), "patients": (130, 80, 80), "groups": (90, 70, 70, 70, 70),
          "studies": (80, 110, 110, 110)}  # fmt: skip
GRIDS = {"responses": (RESPONSES, 1), "patients": (PATIENTS, 1), "groups": (GROUPS, 2), "studies": (STUDIES, 1)}
STYLES = {
    "heads": Style(),
    "centred in the middle": Style(align="centre", set_at="middle"),
    "dense": Style(rules="groups", align="right", lead=9, pad=0),
    "rows": Style(rules="rows", align="decimal", pad=2.5),
    "boxes": Style(rules="boxes", align="centre", set_at="middle", pad=3),
    "shaded": Style(rules="shade", align="right", bold=True),
    "unruled": Style(rules="none", align="decimal", bold=True),
    "unruled, without bold heads": Style(rules="none", align="right", pad=2),
}


def document(sheet):
    return read_bytes(sheet.data(), Path("paper.pdf"))


def found(table):
    return {(cell.row, cell.column): cell.text for cell in table.cells}


def setter(sheet, name, style=None):
    grid, heads = GRIDS[name]
    return Setter(sheet, grid, WIDTHS[name], style, heads)


def page_of(name, style, caption=CAPTION):
    """A page with prose, a table with its caption and a note, and prose again."""
    sheet = Sheet()
    table = setter(sheet, name, style)
    y = sheet.column(LEFT, 80, wide("before", 6)) + 20
    sheet.line(LEFT, y, caption, size=9)
    y = table.set(LEFT, y + 8)
    sheet.line(LEFT, y + 9, "Values are numbers of patients (%).", size=6.5)
    sheet.column(LEFT, y + 50, wide("after", 8))
    return sheet


def wide(name, count):
    """Lines that go over both columns."""
    halves = prose(name, count)
    return [f"{text} and {text[4:]}" for text in halves[:-1]] + halves[-1:]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", GRIDS)
def test_cells_stand_in_their_rows_and_columns(name, style):
    (table,) = document(page_of(name, STYLES[style])).tables
    assert found(table) == texts(GRIDS[name][0])
    assert table.caption == CAPTION
    heads = {cell.text for cell in table.cells if cell.role == "head"}
    assert heads == {text for (row, _), text in texts(GRIDS[name][0]).items() if row < GRIDS[name][1]}


@pytest.mark.parametrize("style", STYLES)
def test_prose_and_notes_around_a_table_stay_outside_it(style):
    read = document(page_of("responses", STYLES[style]))
    kinds = {kind: [read.text[b.start : b.end] for b in read.blocks if b.kind == kind] for kind in
             ("paragraph", "table", "note")}  # fmt: skip
    assert kinds["paragraph"] == ["\n".join(wide("before", 6)), "\n".join(wide("after", 8))]
    assert len(kinds["table"]) == 1
    assert kinds["note"] == ["Values are numbers of patients (%)."]
    assert read.tables[0].notes == "Values are numbers of patients (%)."
    assert not any("numbers of patients" in cell.text for cell in read.tables[0].cells)


@pytest.mark.parametrize("style", ["heads", "unruled"])
def test_a_table_in_one_of_two_columns(style):
    sheet = Sheet()
    table = Setter(sheet, PATIENTS, (110, 50, 50), STYLES[style])
    sheet.column(LEFT, 80, prose("left", 58))
    sheet.line(RIGHT, 80, CAPTION, size=9)
    y = table.set(RIGHT, 88)
    sheet.column(RIGHT, y + 30, prose("right", 40))
    read = document(sheet)
    assert found(read.tables[0]) == texts(PATIENTS)
    paragraphs = [read.text[b.start : b.end] for b in read.blocks if b.kind == "paragraph"]
    assert paragraphs == ["\n".join(prose("left", 58)), "\n".join(prose("right", 40))]


@pytest.mark.parametrize("style", ["heads", "unruled"])
def test_a_table_over_both_columns(style):
    sheet = Sheet()
    sheet.line(LEFT, 80, CAPTION, size=9)
    y = setter(sheet, "groups", STYLES[style]).set(LEFT, 88)
    for x, name in ((LEFT, "left"), (RIGHT, "right")):
        sheet.column(x, y + 30, prose(name, 40))
    read = document(sheet)
    assert found(read.tables[0]) == texts(GROUPS)
    paragraphs = [read.text[b.start : b.end] for b in read.blocks if b.kind == "paragraph"]
    assert paragraphs == ["\n".join(prose("left", 40)), "\n".join(prose("right", 40))]


@pytest.mark.parametrize("style", ["heads", "boxes", "unruled"])
def test_a_table_on_a_turned_page(style):
    sheet = Sheet()
    with sheet.pdf.rotation(90, WIDTH / 2, WIDTH / 2):
        sheet.line(60, 80, CAPTION, size=9)
        setter(sheet, "studies", STYLES[style]).set(60, 88)
    read = document(sheet)
    assert found(read.tables[0]) == texts(STUDIES)
    boxes = [box for cell in read.tables[0].cells for box in read.layout.boxes(cell.start, cell.end)]
    assert all(0 <= x0 < x1 <= WIDTH and 0 <= top < bottom <= HEIGHT for x0, top, x1, bottom in boxes)


LONG = [["Patient", "Dose, mg", "Best response"], *([f"Number {i}", str(100 + i), "Stable"] for i in range(90))]


def long_table(style, caption, repeats):
    sheet = Sheet()
    table = Setter(sheet, LONG, (100, 80, 100), style)
    y, first = 80, 0
    sheet.line(LEFT, y, CAPTION, size=9)
    while first < len(LONG):
        last = min(len(LONG), first + 40)
        y = table.set(LEFT, y + 8, range(first, last)) if not repeats or not first else repeated(table, y, first, last)
        first = last
        if first < len(LONG):
            sheet.page()
            y = 80
            sheet.line(LEFT, y, caption, size=9)
    return sheet


def repeated(table, y, first, last):
    """Rows below the heads again."""
    return table.set(LEFT, table.set(LEFT, y + 8, range(1)), range(first, last))


@pytest.mark.parametrize("repeats", [True, False])
@pytest.mark.parametrize("caption", ["Table 1. Continued.", "Table 1 (continued)", "TABLE 1: Cont.", ""])
@pytest.mark.parametrize("style", ["heads", "boxes", "unruled"])
def test_a_table_goes_on_overleaf(style, caption, repeats):
    read = document(long_table(STYLES[style], caption, repeats))
    (table,) = read.tables
    assert found(table) == texts(LONG)
    assert table.caption == CAPTION
    last = max(table.cells, key=lambda cell: cell.row)
    assert read.page_of(last.start) == 3
    assert last.column_heads or last.role == "label"


@pytest.mark.parametrize(
    "label",
    ["TABLE 1", "Table I.", "Tab. 1", "Table 1:", "Table 1 |", "Table S1.", "Supplementary Table 1",
     "Appendix Table 2.", "Table A1.", "Supplementary Table S3"],
)  # fmt: skip
@pytest.mark.parametrize("style", ["heads", "unruled"])
def test_labels_of_captions(label, style):
    caption = f"{label} Outcomes of the patients."
    (table,) = document(page_of("responses", STYLES[style], caption)).tables
    assert found(table) == texts(RESPONSES)
    assert table.caption == caption


def test_a_caption_below_its_table():
    sheet = Sheet()
    y = sheet.column(LEFT, 80, wide("before", 6)) + 20
    y = setter(sheet, "responses").set(LEFT, y)
    sheet.column(LEFT, y + 16, [CAPTION, "They were followed for two years."], size=9, step=11)
    sheet.column(LEFT, y + 60, wide("after", 8))
    (table,) = document(sheet).tables
    assert found(table) == texts(RESPONSES)
    assert table.caption == f"{CAPTION} They were followed for two years."


def test_a_caption_beside_its_table():
    sheet = Sheet()
    sheet.column(LEFT, 90, ["Table 1. Outcomes of", "the patients in", "both arms."], size=9, step=11)
    setter(sheet, "patients").set(LEFT + 130, 82)
    sheet.column(LEFT, 300, wide("after", 8))
    (table,) = document(sheet).tables
    assert found(table) == texts(PATIENTS)
    assert table.caption == CAPTION


def test_two_tables_and_a_figure_on_a_page():
    sheet = Sheet()
    sheet.line(LEFT, 80, CAPTION, size=9)
    y = setter(sheet, "responses").set(LEFT, 88)
    sheet.line(LEFT, y + 30, "Table 2. Characteristics of the patients.", size=9)
    y = setter(sheet, "patients").set(LEFT, y + 38)
    sheet.column(LEFT, y + 60, ["0.0   0.2   0.4   0.6   0.8", "Time in months"], size=7)
    sheet.line(LEFT, y + 90, "Figure 1. Survival of the patients.", size=9)
    tables = document(sheet).tables
    assert [found(table) for table in tables] == [texts(RESPONSES), texts(PATIENTS)]
    assert [table.caption[:7] for table in tables] == ["Table 1", "Table 2"]


def test_values_in_the_middle_of_their_rows():
    grid = [
        ["", "", "All", "P"],
        [Cell("Age", rows=3), "Mean", "61.0", Cell("0.05", rows=3)],
        ["25%", "52.1"],
        ["75%", "70.4"],
        [Cell("Time from diagnosis", rows=4), "Mean", "12.4", Cell("0.40", rows=4)],
        ["25%", "5.0"],
        ["75%", "18.5"],
        ["90%", "30.0"],
        [Cell("AFP", rows=3), "Mean", "300", Cell("0.90", rows=3)],
        ["25%", "12"],
        ["75%", "400"],
    ]
    sheet = Sheet()
    sheet.line(LEFT, 80, CAPTION, size=9)
    Setter(sheet, grid, (90, 60, 60, 50), Style(align="centre", set_at="middle")).set(LEFT, 88)
    (table,) = document(sheet).tables
    assert found(table) == texts(grid)
    assert {(cell.text, cell.rows) for cell in table.cells if cell.rows > 1} == {
        ("Age", 3), ("0.05", 3), ("Time from diagnosis", 4), ("0.40", 4), ("AFP", 3), ("0.90", 3),
    }  # fmt: skip


def test_a_column_that_few_rows_fill():
    rows = [[f"Factor {i}", f"1.{i} (0.5-2.{i})", "2.10 (1.1-4.0)" if i == 3 else "", f"0.{i}1"] for i in range(8)]
    grid = [["Factor", "Univariate", "Multivariate", "P"], *rows]
    sheet = Sheet()
    sheet.line(LEFT, 80, CAPTION, size=9)
    Setter(sheet, grid, (80, 80, 80, 40)).set(LEFT, 88)
    (table,) = document(sheet).tables
    assert found(table) == texts(grid)


def test_indented_labels_stand_under_their_titles():
    (table,) = document(page_of("patients", Style())).tables
    heads = {cell.text: cell.row_heads for cell in table.values if cell.column == 1}
    assert heads["8"] == ("Sex", "Female")
    assert heads["12"] == ("Extrahepatic spread or invasion of the portal vein",)
    assert heads["3"] == ("Child-Pugh class", "B")


def test_a_cell_says_where_it_stands():
    read = document(page_of("studies", Style()))
    (table,) = read.tables
    wrapped = next(cell for cell in table.cells if cell.text.startswith("Advanced disease"))
    assert read.text[wrapped.start : wrapped.end] == wrapped.text
    assert read.page_of(wrapped.start) == 1
    (box,) = read.layout.boxes(wrapped.start, wrapped.end)
    x0, x1 = LEFT + WIDTHS["studies"][0] + 12, LEFT + sum(WIDTHS["studies"][:2]) + 12
    assert x0 - 1 < box[0] < box[2] < x1 + 1
    assert box[3] - box[1] > 1.5 * Style().lead


def test_words_broken_in_a_cell_are_whole():
    grid = [
        ["Drug", "Findings"],
        ["Sorafenib", "There was no pro- gression in both"],
        ["Placebo", "They had no beta- blockers"],
    ]
    sheet = Sheet()
    sheet.column(LEFT, 60, ["There was no progression, and beta-blockers were given."])
    sheet.line(LEFT, 90, CAPTION, size=9)
    Setter(sheet, grid, (80, 62)).set(LEFT, 98)
    (table,) = document(sheet).tables
    (cells,) = [[cell.text for cell in table.cells if cell.column == 1][1:]]
    assert cells == ["There was no pro\u00adgression in both", "They had no beta-blockers"]


def test_records_of_a_table():
    read = document(page_of("responses", Style()))
    rates = [r for r in extract_document(read) if r.type == "statistic" and r.value == 25]
    assert [(r.endpoint, r.group, r.text) for r in rates] == [("PR", "Sorafenib", "25.0")]
    assert rates[0].page == 1


def test_text_in_columns_is_no_table():
    sheet = Sheet()
    sheet.column(LEFT, 80, prose("left", 20))
    y = sheet.column(LEFT, 80 + 20 * 12, ["Table 1. is what the next page has, and the authors", *prose("more", 20)])
    sheet.column(RIGHT, 80, prose("right", 40))
    assert y < HEIGHT
    assert document(sheet).tables == ()


def test_labels_of_a_figure_are_no_table():
    sheet = Sheet()
    sheet.rule(LEFT, LEFT + 200, 300)
    for k in range(6):
        sheet.line(LEFT + 35 * k, 312, f"{12 * k}", size=7)
        sheet.line(LEFT + 35 * k, 322, f"{100 - 15 * k}", size=7)
    sheet.rule(LEFT, LEFT + 200, 330)
    sheet.line(LEFT, 350, "Figure 1. Survival of the patients, with the numbers at risk.", size=9)
    sheet.column(LEFT, 400, wide("after", 8))
    assert document(sheet).tables == ()


def test_running_text_between_a_table_and_the_rule_at_the_foot_is_no_part_of_it():
    sheet = Sheet()
    sheet.line(LEFT, 80, CAPTION, size=9)
    y = Setter(sheet, GROUPS, (102, 85, 85, 85, 85), Style(), 2).set(LEFT, 88)
    for x, name in ((LEFT, "left"), (RIGHT, "right")):
        sheet.column(x, y + 30, prose(name, 40))
    sheet.rule(LEFT, LEFT + 490, HEIGHT - 60)
    sheet.line(LEFT, HEIGHT - 50, "Annals of Invented Results", size=8)
    (table,) = document(sheet).tables
    assert found(table) == texts(GROUPS)


def test_boxes_with_text_are_a_table_without_a_caption():
    sheet = Sheet()
    y = sheet.column(LEFT, 80, wide("before", 6)) + 20
    y = setter(sheet, "groups", STYLES["boxes"]).set(LEFT, y)
    sheet.column(LEFT, y + 50, wide("after", 8))
    read = document(sheet)
    assert [(table.caption, found(table)) for table in read.tables] == [("", texts(GROUPS))]
    paragraphs = [read.text[b.start : b.end] for b in read.blocks if b.kind == "paragraph"]
    assert paragraphs == ["\n".join(wide("before", 6)), "\n".join(wide("after", 8))]


def test_a_frame_around_text_is_no_table():
    sheet = Sheet()
    sheet.pdf.rect(LEFT - 5, 65, 270, 160)
    sheet.pdf.rect(LEFT - 5, 65, 270, 25)
    sheet.line(LEFT, 80, "Key points", style="B")
    sheet.column(LEFT, 105, prose("framed", 9))
    sheet.column(LEFT, 260, wide("after", 8))
    assert document(sheet).tables == ()
