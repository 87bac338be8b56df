"""JATS XML: what becomes text, which section it stands in, what tables hold; all articles here are invented."""

from pathlib import Path

import pytest
from lxml import etree

from hcclit import extract, extract_text
from hcclit.pipeline import extract_document
from hcclit.readers import UnreadableError, read, read_bytes

ARTICLE = """<?xml version="1.0"?>
<article xmlns:xlink="http://www.w3.org/1999/xlink"><front>
<journal-meta><journal-title-group><journal-title>Oncology Letters</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1/x</article-id><article-id pub-id-type="pmid">77</article-id>
<title-group><article-title>Sorafenib in <italic>advanced</italic> HCC</article-title></title-group>
<pub-date pub-type="epub"><year>2011</year></pub-date><pub-date pub-type="ppub"><year>2012</year></pub-date>
<history><date date-type="received"><day>15</day><month>7</month><year>2011</year></date>
<date date-type="accepted"><day>9</day><month>10</month><year>2011</year></date></history>
<abstract><sec><title>Results</title><p>Median OS was 10.7 months.</p></sec></abstract></article-meta></front>
<body>{body}</body><back><ref-list><ref><mixed-citation>Tanabe 1999; 400 mg</mixed-citation></ref></ref-list></back>
</article>"""


def document(body):
    return read_bytes(ARTICLE.format(body=body).encode(), Path("paper.xml"))


def text_of(paragraph):
    return document(f"<sec><title>Results</title><p>{paragraph}</p></sec>").text.split("\n\n")[-2]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("counts of 10<sup>9</sup>/L", "counts of 10⁹/L"),
        ("1.2 × 10<sup>-3</sup>", "1.2 × 10⁻³"),
        ("600 mg/m<sup>2</sup>", "600 mg/m²"),
        ("600 mg/m<sup>2 </sup>daily", "600 mg/m² daily"),
        ("H<sub>2</sub>O", "H2O"),
        ('10.7 months<sup><xref ref-type="bibr" rid="b1">8</xref>,<xref ref-type="bibr">9</xref></sup>.',
         "10.7 months [8,9]."),
        ('10.7 months<xref ref-type="bibr" rid="b1"><sup>8</sup></xref>.', "10.7 months [8]."),
        ('in trials <xref ref-type="bibr" rid="b1">8</xref> and', "in trials [8] and"),
        ('trials [<xref ref-type="bibr">8</xref>,<xref ref-type="bibr">9</xref>]', "trials [8,9]"),
        ('(<xref ref-type="bibr">Tanabe et al., 1999</xref>)', "(Tanabe et al., 1999)"),
        ('see <xref ref-type="table" rid="t1">Table 1</xref>', "see Table 1"),
        ("a\n   <bold>b</bold>\tc", "a b c"),
        ("AFP&#160;&lt;&#160;10 ng/mL", "AFP < 10 ng/mL"),
        ("p<!-- hidden -->&#x2264;0.05<?pi x?>", "p≤0.05"),
        ("<alternatives><tex-math>\\frac{1}{2}</tex-math><mml:math xmlns:mml='m'><mml:mi>x</mml:mi></mml:math>"
         "</alternatives>", "x"),
        ("12<sup>a</sup> months", "12ᵃ months"),
        ("the 1<sup>st</sup> of May", "the 1st of May"),
    ],
)  # fmt: skip
def test_inline(xml, text):
    assert text_of(xml) == text


def test_front_matter_sections_and_metadata():
    found = document(
        "<sec sec-type='methods'><title>How we worked</title><p>One.</p>"
        "<sec><title>Patients</title><p>Two.</p></sec></sec>"
        "<sec><title>Results</title><p>Three.</p></sec><sec><title>Discussion</title><p>Four.</p></sec>"
    )
    assert found.metadata == {
        "title": "Sorafenib in advanced HCC", "journal": "Oncology Letters", "year": "2012", "doi": "10.1/x",
        "pmid": "77",
    }  # fmt: skip
    sections = {found.text[b.start : b.end]: b.section for b in found.blocks}
    assert sections["Oncology Letters 2012"] == "front"
    assert sections["Received 15 July 2011; Accepted 9 October 2011"] == "front"
    assert sections["Median OS was 10.7 months."] == "abstract"
    assert [sections[f"{word}."] for word in ("One", "Two", "Three", "Four")] == [
        "methods", "methods", "results", "discussion",
    ]  # fmt: skip
    assert "Tanabe" not in found.text


def test_every_block_is_where_it_says():
    found = document(
        "<sec><title>Results</title><p>One.</p><fig><label>Figure 1</label><caption><p>AFP.</p></caption></fig></sec>"
    )
    caption = found.blocks[-1]
    assert (caption.kind, caption.section, found.text[caption.start : caption.end]) == (
        "caption",
        "figure",
        "Figure 1 AFP.",
    )
    assert [b.path for b in found.blocks][-2:] == ["/article/body/sec/p", "/article/body/sec/fig"]


TABLE = """<table-wrap><label>Table 2</label><caption><p>Response to treatment</p></caption><table>
<thead><tr><th rowspan="2">Response, n (%)</th><th colspan="2">Treatment</th></tr>
<tr><th>Sorafenib</th><th>Placebo</th></tr></thead>
<tbody><tr><td>Partial response</td><td>7 (2.3)</td><td>2 (0.7)</td></tr>
<tr><td>Stable disease</td><td>211 (71)</td><td>204 (67)</td></tr></tbody></table>
<table-wrap-foot><p>Values are n (%).</p></table-wrap-foot></table-wrap>"""


def test_spans_of_cells_keep_their_columns():
    (table,) = document(f"<sec><title>Results</title>{TABLE}</sec>").tables
    cells = {(c.row_heads, c.column_heads): c.text for c in table.values}
    assert cells[("Partial response",), ("Treatment", "Placebo")] == "2 (0.7)"
    assert cells[("Stable disease",), ("Treatment", "Sorafenib")] == "211 (71)"
    grid = [(c.role, c.row, c.column, c.rows, c.columns) for c in table.cells]
    assert grid[:4] == [("head", 0, 0, 2, 1), ("head", 0, 1, 1, 2), ("head", 1, 1, 1, 1), ("head", 1, 2, 1, 1)]
    assert grid[4:7] == [("label", 2, 0, 1, 1), ("value", 2, 1, 1, 1), ("value", 2, 2, 1, 1)]
    assert table.caption == "Table 2 Response to treatment"
    assert table.notes == "Values are n (%)."


def test_tables_that_share_a_caption_keep_their_own_labels():
    def part(*sizes):
        rows = "".join(f"<tr><td>Arm {size} (n = {size})</td><td>7.9</td></tr>" for size in sizes)
        return f"<table><thead><tr><th>Group</th><th>Median OS (months)</th></tr></thead><tbody>{rows}</tbody></table>"

    parts = part(35, 36) + part(45, 46)
    found = document(f"<table-wrap><caption><p>Table 1. Survival</p></caption>{parts}</table-wrap>")
    sizes = [(r.group, r.value) for r in extract_document(found) if r.type == "statistic" and r.measure == "count"]
    assert sizes == [("Arm 35", 35), ("Arm 36", 36), ("Arm 45", 45), ("Arm 46", 46)]


ODD = """<table-wrap><table><thead><tr><td colspan="3"><hr/></td></tr><tr><td/><td>A</td><td>B</td></tr></thead>
<tbody><tr><td colspan="3">Response</td></tr><tr><td rowspan="2">Grade</td><td>1</td><td>4<sup>a</sup></td></tr>
<tr><td>2</td><td>5</td></tr><tr><td/><td/><td/></tr><tr><td/><td>7</td><td>8</td></tr></tbody></table></table-wrap>"""


def test_every_filled_cell_stands_where_the_source_has_it():
    (table,) = document(f"<sec><title>Results</title>{ODD}</sec>").tables
    assert [(c.role, c.row, c.column, c.text) for c in table.cells] == [
        ("head", 1, 1, "A"), ("head", 1, 2, "B"), ("label", 2, 0, "Response"), ("label", 3, 0, "Grade"),
        ("value", 3, 1, "1"), ("value", 3, 2, "4ᵃ"), ("value", 4, 1, "2"), ("value", 4, 2, "5"),
        ("value", 6, 1, "7"), ("value", 6, 2, "8"),
    ]  # fmt: skip
    assert (table.cells[2].columns, table.cells[3].rows) == (3, 2)
    assert [(c.text, c.row, c.column_heads) for c in table.values][1] == ("4", 3, ("B",))


@pytest.mark.parametrize("span", ['colspan="99999"', 'colspan="900" rowspan="900"', 'rowspan="x"', 'colspan="-1"'])
def test_cells_that_claim_to_cover_too_much_cover_their_own_place(span):
    rows = f"<tr><td {span}>A</td><td>1</td></tr>" * 50
    found = document(f"<sec><title>Results</title><table-wrap><table>{rows}</table></table-wrap></sec>")
    assert len(found.text) < 10_000
    assert [c.column for c in found.tables[0].cells if c.text == "1"][-1] == 1


def test_a_head_over_all_columns_stands_over_each():
    heads = (
        "<tr><th colspan='5'>Overall survival</th></tr><tr><th>Level</th><th colspan='2'>Placebo</th>"
        "<th colspan='2'>Sorafenib</th></tr><tr><th/><th>n</th><th>Median</th><th>n</th><th>Median</th></tr>"
    )
    row = "<tr><td>high</td><td>62</td><td>4.2</td><td>79</td><td>6.1</td></tr>"
    found = document(f"<table-wrap><table><thead>{heads}</thead><tbody>{row}</tbody></table></table-wrap>")
    (table,) = found.tables
    assert table.stub_head == "Level"
    assert [value.column_heads for value in table.values[1:3]] == [
        ("Overall survival", "Placebo", "Median"), ("Overall survival", "Sorafenib", "n")
    ]  # fmt: skip


def test_a_tables_cells_become_records():
    records = extract_document(document(f"<sec><title>Results</title>{TABLE}</sec>"))
    found = {(r.endpoint, r.group, r.value, r.n) for r in records if r.type == "statistic" and r.section == "table"}
    assert found == {
        ("PR", "Sorafenib", 2.3, 7), ("PR", "Placebo", 0.7, 2),
        ("SD", "Sorafenib", 71, 211), ("SD", "Placebo", 67, 204),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<?xml version='1.0'?><article><body>", "not well-formed"),
        (b"<?xml version='1.0'?><book/>", "no JATS article"),
        (b"<article>" + b"<sec>" * 5000 + b"</sec>" * 5000 + b"</article>", "as no paper is made"),
        (b"<?xml version='1.0'?><article>&unknown;</article>", "not well-formed"),
        (b"<article><p>AFP\0was</p></article>", "not well-formed"),
        (b"<article><p>AFP</" + b"p" * 5000 + b"></article>", "not well-formed"),
        (b"<?xml version='1.0'?><" + b"x" * 5000 + b"/>", "no JATS article"),
    ],
)
def test_bad_xml_is_one_clear_line(data, reason, tmp_path):
    (tmp_path / "paper.xml").write_bytes(data)
    with pytest.raises(UnreadableError, match=reason) as error:
        read(tmp_path / "paper.xml")
    assert error.value.reason.isprintable()
    assert len(error.value.reason) < 300


def test_named_signs_are_read_without_their_definitions():
    body = "<p>AFP 12&plusmn;3 &ge; &alpha;&nbsp;4 &made-up;</p>"
    data = ARTICLE.format(body=body).replace("<article ", '<!DOCTYPE article SYSTEM "x.dtd"><article ')
    assert read_bytes(data.encode(), Path("x.xml")).text.strip().endswith("AFP 12±3 ≥ α 4 \ufffd")


@pytest.mark.parametrize(
    "xml",
    [
        "<unknown-box><p>AFP was 12.</p></unknown-box>",
        "<speech><speaker>Dr. A</speaker><p>AFP was 12.</p></speech>",
        "<p>Given <list><list-item><p>AFP was 12.</p></list-item></list></p>",
        "<preformat>AFP was 12.</preformat>",
        "<def-list><def-item><term>AFP was 12.</term></def-item></def-list>",
        "<table><tr><td>AFP was 12.</td><td>ng/mL</td></tr></table>",
        "<table-wrap><table><tr><td><list><list-item>AFP was 12.</list-item></list></td></tr></table></table-wrap>",
        "<fig-group><fig><caption><p>AFP was 12.</p></caption></fig></fig-group>",
    ],
)
def test_text_is_not_lost_in_elements_that_are_rarely_met(xml):
    assert document(f"<sec><title>Results</title>{xml}</sec>").text.count("AFP was 12.") == 1


def test_a_tables_notes_keep_their_marks_and_nested_tables_are_read_once():
    inner = "<table><tr><td>Inner</td></tr></table>"
    foot = "<table-wrap-foot><fn><label>*</label><p>P = 0.03.</p></fn></table-wrap-foot>"
    (table,) = document(
        f"<table-wrap><table><tr><td>PR</td><td>7*</td></tr><tr><td>A</td><td>{inner}</td></tr></table>{foot}</table-wrap>"
    ).tables
    assert table.notes == "* P = 0.03."
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        (0, 0, "PR"), (0, 1, "7*"), (1, 0, "A"), (1, 1, "Inner"),
    ]  # fmt: skip


def test_paths_are_those_of_the_parser():
    xml = "<p>a</p><sec><p>b</p></sec><p>c</p><list><list-item><p>d</p></list-item></list><p>e</p>"
    found = document(f"<sec><title>Results</title>{xml}</sec>")
    tree = etree.fromstring(ARTICLE.format(body=f"<sec><title>Results</title>{xml}</sec>").encode()).getroottree()
    written = {tree.getpath(e): e.text for e in tree.iter("p")}
    paths = {b.path: found.text[b.start : b.end] for b in found.blocks if len(found.text[b.start : b.end]) == 1}
    assert paths == {path: text for path, text in written.items() if len(text) == 1}


def test_entities_are_neither_expanded_nor_fetched(tmp_path):
    (tmp_path / "secret").write_text("AFP was 12 ng/mL.")
    bomb = f"""<!DOCTYPE article [<!ENTITY file SYSTEM "file://{tmp_path}/secret"><!ENTITY a "AFP was 12 ng/mL.">
      <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><article><body><p>&file;&b;&b;</p></body></article>"""
    (tmp_path / "paper.xml").write_text(bomb)
    assert extract(tmp_path / "paper.xml") == []


def test_the_format_is_told_by_content_not_by_name(tmp_path):
    (tmp_path / "paper.txt").write_text(ARTICLE.format(body="<p>AFP was 12 ng/mL.</p>"))
    assert [r.text for r in extract(tmp_path / "paper.txt") if r.type == "marker"] == ["12 ng/mL"]
    assert extract_text("AFP was 12 ng/mL.")[0].value == 12


def test_titles_that_open_no_section_stay_in_the_one_above_as_in_a_text():
    found = document(
        "<sec><title>Methods</title><p>One was measured.</p>"
        "<sec><title>Ethical approval</title><p>Two agreed.</p></sec></sec>"
        "<sec><title>Discussion</title><p>Three is said.</p></sec>"
        "<sec><title>Limitations</title><p>Four is known.</p></sec>"
    )
    sections = {found.text[b.start : b.end].split()[0]: b.section for b in found.blocks if b.kind == "paragraph"}
    assert [sections[name] for name in ("One", "Two", "Three", "Four")] == [
        "methods",
        "methods",
        "discussion",
        "discussion",
    ]
