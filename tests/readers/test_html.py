"""HTML pages: what becomes text and where, as publishers and archives make them; all papers here are invented."""

from pathlib import Path

import pytest

from hcclit.pipeline import extract_document
from hcclit.readers import UnreadableError, read_bytes

FILLER = "<p>Hepatocellular carcinoma is common and often found late in a cirrhotic liver.</p>" * 8
PAGE = f"""<!DOCTYPE html><html><head><title>x</title><meta name="citation_doi" content="10.1/z">
<meta name="citation_publication_date" content="2009/05/02"><script>var AFP = "99 ng/mL";</script></head><body>
<nav>AFP 77 ng/mL</nav><article><h1>A case</h1><h2>Case report</h2>{FILLER}
<p>AFP was 12&nbsp;ng/mL in <b>May 2009</b>; counts 10<sup>9</sup>/L.</p>
<table><caption>Table 1. Best response</caption>
<thead><tr><th></th><th>Sorafenib (n = 10)</th><th>Placebo (n = 9)</th></tr>
</thead><tr><td>Partial response, n (%)</td><td>2 (20)</td><td>1 (11)</td></tr>
<tr><td>Stable disease, n (%)</td><td>5 (50)</td><td>4 (44)</td></tr></table>
<figure><figcaption>Figure 1. CEA fell to 3 ng/mL.</figcaption></figure>
<h2>References</h2><ol><li>Tanabe K. AFP of 55 ng/mL. 2001</li></ol></article>
<footer>AFP 66 ng/mL</footer></body></html>"""


def html(text=PAGE):
    return read_bytes(text.encode(), Path("page.html"))


def test_the_article_is_read_and_what_surrounds_it_is_not():
    records = extract_document(html())
    assert [r.value for r in records if r.type == "marker"] == [12, 3]
    assert {r.section for r in records if r.type == "marker"} == {"case", "figure"}
    assert html().metadata == {"title": "A case", "doi": "10.1/z", "year": "2009"}
    assert "10⁹/L" in html().text


def test_a_pages_table_has_its_columns():
    found = {(r.endpoint, r.group, r.value) for r in extract_document(html()) if r.type == "statistic"}
    assert {("PR", "Sorafenib", 20), ("PR", "Placebo", 11), ("SD", "Sorafenib", 50), ("SD", "Placebo", 44)} <= found


def test_a_page_without_text_says_so():
    with pytest.raises(UnreadableError, match="without text"):
        html("<!DOCTYPE html><html><body><script>load()</script></body></html>")


def blocks(page):
    document = html(page)
    return [(b.kind, b.section, document.text[b.start : b.end]) for b in document.blocks]


def body(inside):
    return (
        f"<!DOCTYPE html><html><body><article><h1>A case</h1><h2>Results</h2>{FILLER}{inside}</article></body></html>"
    )


def read_last(inside):
    """What a page's body gives after its filler."""
    found = blocks(body(inside))
    return [(kind, text) for kind, _, text in found[2 + FILLER.count("<p>") :]]


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<div>Given <b>sorafenib</b> <p>400 mg.</p> AFP fell.</div>", ["Given sorafenib", "400 mg.", "AFP fell."]),
        ("<p>AFP was 12<br>ng/mL.<br><br>CEA was 3.</p>", ["AFP was 12 ng/mL.", "CEA was 3."]),
        ("<ul><li>AFP of 12<ul><li>CEA of 3</li></ul></li></ul>", ["AFP of 12", "CEA of 3"]),
        ("<p>counts of 10<sup>9</sup>/L</p>", ["counts of 10⁹/L"]),
        ("<p>10.7 months<sup><a href='#b8'>8</a>,<a href='#b9'>9</a></sup>.</p>", ["10.7 months [8,9]."]),
        ("<p>10.7 months<a href='#b8'><sup>8</sup></a>.</p>", ["10.7 months [8]."]),
        ("<p>10.7 months<sup>8,9</sup></p>", ["10.7 months [8,9]"]),
        ("<p>12&nbsp;&plusmn;&nbsp;3 &micro;g &lt; 5</p>", ["12 ± 3 µg < 5"]),
        ("<p>AFP <!-- 99 --> was 12.</p><script>AFP = 99</script>", ["AFP was 12."]),
        ("<p><a name='x'>AFP was 12 ng/mL.</a></p>", ["AFP was 12 ng/mL."]),
        ("<p hidden>AFP 99</p><aside>AFP 98</aside><div role='dialog'>AFP 97</div>", []),
        ("<div class='cookie-banner'>AFP 99</div><div id='share'>AFP 98</div>", []),
        ("<div class='nav'><div class='nav'><table><tr><td>A</td><td>1</td></tr></table></div></div>", ["A\t1"]),
        ("<header><p>AFP was 12.</p></header>", ["AFP was 12."]),
        ("<form><p>AFP was 12.</p></form>", ["AFP was 12."]),
        ("<div>", []),
    ],
)  # fmt: skip
def test_blocks_of_a_page(inside, found):
    assert [text for _, text in read_last(inside)] == found


def test_titles_set_as_bold_paragraphs_are_headings():
    assert read_last("<p><b>Discussion</b></p>One.<br><br><b>REFERENCES</b><p>Tanabe K. 2001.</p>") == [
        ("heading", "Discussion"), ("paragraph", "One."), ("heading", "REFERENCES"), ("reference", "Tanabe K. 2001."),
    ]  # fmt: skip


def test_links_alone_are_no_text_of_the_paper():
    assert read_last("<p><a href='t1'>Open in a new tab</a></p>") == [("furniture", "Open in a new tab")]


ROWS = "<tr><th></th><th>Drug (n = 10)</th></tr><tr><td>PR, n (%)</td><td>2 (20)<sup>a</sup></td></tr>"
TABLES = {
    "archive": "<section><h3>Table 1.</h3><div class='caption'><p>Best response.</p></div>"
    f"<div class='tbl-box'><table>{ROWS}</table></div><div><a href='t1'>Open in a new tab</a></div>"
    "<div class='tw-foot'><div class='fn'><p>P = 0.03.</p></div></div></section>",
    "heading before, notes in a list": "<div><header><span>Table 1. </span>Best response.</header>"
    f"<table>{ROWS}</table><div class='table-footnotes'><ul><li>P = 0.03.</li></ul></div></div>",
    "spans": f"<div><span><p><span>Table 1.</span> Best response.</p></span><table>{ROWS}</table>"
    "<dl class='footnotes'><dd><p>P = 0.03.</p></dd></dl></div>",
    "figure": f"<figure><figcaption>Table 1. Best response.</figcaption><table>{ROWS}</table></figure>"
    "<p class='table-note'>P = 0.03.</p>",
    "caption below": f"<figure><table>{ROWS}</table><figcaption>Table 1. Best response.</figcaption></figure>"
    "<p class='fn'>P = 0.03.</p>",
}


@pytest.mark.parametrize("markup", TABLES.values(), ids=TABLES.keys())
def test_captions_and_notes_are_found_beside_their_table(markup):
    (table,) = html(body(f"{markup}<p>After this AFP was 9 ng/mL.</p>")).tables
    assert (table.caption, table.notes) == ("Table 1. Best response.", "P = 0.03.")
    assert [(c.role, c.text) for c in table.cells] == [
        ("head", "Drug (n = 10)"), ("label", "PR, n (%)"), ("value", "2 (20)ᵃ"),
    ]  # fmt: skip
    assert read_last(f"{markup}<p>After this AFP was 9 ng/mL.</p>")[-1] == ("paragraph", "After this AFP was 9 ng/mL.")


def test_names_of_classes_on_all_of_a_page_make_no_notes():
    inside = body(f"<table>{ROWS}</table><p>After this AFP was 9 ng/mL.</p>")
    page = inside.replace("<body>", "<body class='has-footer notes nav-open'>")
    assert blocks(page)[-1] == ("paragraph", "results", "After this AFP was 9 ng/mL.")


def test_a_table_may_have_one_row_and_one_column_of_values():
    rows = "<tr><td colspan='2'>Sex</td></tr>" * 4 + "<tr><td>Male</td><td>12</td></tr>"
    (table,) = html(body(f"<table>{rows}</table>")).tables
    assert [(c.text, c.row, c.column, c.row_heads) for c in table.values] == [("12", 4, 1, ("Sex", "Male"))]


def test_tables_that_only_set_a_page_are_read_as_text():
    page = (
        "<html><body><table><tr><td><a href='a'>Home</a></td><td><h1>A case</h1><p><b>Case report</b><p>AFP was 12."
        "<table border=1><tr><td>Date</td><td>CEA</td></tr><tr><td>May 2009</td><td>4.1</td></tr></table>"
        "</td></tr></table></body></html>"
    )
    assert blocks(page) == [
        ("furniture", "front", "Home"), ("heading", "front", "A case"), ("heading", "case", "Case report"),
        ("paragraph", "case", "AFP was 12."), ("table", "table", "Date\tCEA\nMay 2009\t4.1"),
    ]  # fmt: skip


def test_a_kind_of_paper_above_the_title_opens_no_section():
    page = (
        f"<html><body><h2>Case report</h2><h1>A title</h1><p>A. Tanabe</p><h2>Introduction</h2>{FILLER}</body></html>"
    )
    assert [section for _, section, _ in blocks(page)][:4] == ["front", "front", "front", "introduction"]
    late = f"<html><body><h2>Results</h2><p>{'AFP fell again. ' * 40}</p><h1>About us</h1></body></html>"
    assert [section for _, section, _ in blocks(late)] == ["results"] * 3


def test_a_structured_abstract_stays_one():
    page = body("").replace("<h2>Results</h2>", "<h2>Abstract</h2><h3>Results</h3><p>One.</p><h2>Introduction</h2>")
    sections = {text: section for _, section, text in blocks(page)}
    assert (sections["One."], sections["A case"]) == ("abstract", "front")


PLAIN = "<html><head>{}</head><body><p>AFP 10\u201312 \u00b5g \u00b1 3</p></body></html>"


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "windows-1252"),
        ('<meta charset="windows-1252">', "windows-1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "windows-1252"),
        ('<meta charset="gb2312">', "gb18030"),
    ],
)
def test_pages_are_read_in_the_encoding_that_browsers_would_take(meta, encoding):
    document = read_bytes(PLAIN.format(meta).encode(encoding), Path("page.html"))
    assert document.text.strip() == "AFP 10–12 µg ± 3"


def test_a_page_in_an_unknown_encoding_says_so():
    with pytest.raises(UnreadableError, match="unknown encoding"):
        read_bytes(PLAIN.format('<meta charset="x-none">').encode("windows-1252"), Path("page.html"))


def test_a_page_cut_in_a_letter_is_read_to_there():
    data = PLAIN.format("").encode()
    assert "10–12" in read_bytes(data[: data.index("±".encode()) + 1], Path("page.html")).text


def test_a_page_nested_too_deep_is_not_read_in_part():
    with pytest.raises(UnreadableError, match="nested too deep"):
        html(f"<html><body><p>AFP was 12.</p>{'<div>' * 10_000}AFP was 13.</body></html>")


@pytest.mark.parametrize("tag", ["o:p", "p<b", "p\x01", "x\xad"])
def test_names_that_no_xml_has_are_names_of_elements(tag):
    assert "AFP was 12." in html(body(f"<p>AFP <{tag}>was 12.</{tag}></p>")).text.replace("\n\n", " ")


def test_a_row_too_long_to_be_read_has_cells_all_the_same():
    (table,) = html(body(f"<table><tr><th>PR</th><td>{'x' * 30_000}</td></tr></table>")).tables
    assert [c.role for c in table.cells] == ["label", "value"]
    assert table.values == ()


def test_many_rows_of_heads_are_none():
    rows = "<tr><th>A</th><th>B</th></tr>" * 500 + "<tr><td>PR</td><td>2</td></tr>" * 500
    (table,) = html(body(f"<table>{rows}</table>")).tables
    assert max(len(cell.column_heads) for cell in table.cells) <= 20
    assert len(table.cells) == 2000


def test_xhtml_with_a_namespace():
    page = '<?xml version="1.0"?><!-- a --><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>'
    assert html(f"{page}<p>AFP<a id='x'/> was&#160;12.</p></body></html>").text.strip() == "AFP was 12."
