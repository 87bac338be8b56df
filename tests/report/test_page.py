"""The page of a paper, as a parser sees it."""

import base64
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from hcclit.checks import Finding, Span
from hcclit.checks.silencing import Silence
from hcclit.figures import Picture, of_paper
from hcclit.pipeline import extract_document
from hcclit.readers import read_bytes
from hcclit.report import Beside, render
from hcclit.report.sheets import MOST_SHEETS, pictured_pages, sheets_of
from hcclit.report.vectors import inlined
from tests.readers.sheet import Sheet, prose
from tests.report.papers import CASE, HOSTILE, paper

SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" onload="x()">'
    '<metadata>http://example.org</metadata><defs><path id="a" d="M0 0"/></defs><script>x()</script>tail'
    '<use xlink:href="#a"/><use xlink:href="http://example.org/b"/><g clip-path="url(#a)" style="fill:url(#a)"/>'
    "<text>a &lt;b&gt; \"id='c'\"</text></svg>"
)


def finding(document, text, **fields):
    start = document.text.index(text)
    span = Span(start=start, end=start + len(text), text=text)
    said = {"message": "Does <b>not</b> fit.", "stated": text, "expected": "<i>", "computed": "1 < 2"} | fields
    return Finding(doc_id=document.doc_id, check="hazard", severity="warning", spans=(span,), **said)


def parsed(page):
    return html.document_fromstring(page)


def outside_links(root):
    addresses = [e.get(name) for e in root.iter() for name in ("href", "src", "action") if e.get(name)]
    return [a for a in addresses if not a.startswith(("#", "data:"))]


@pytest.mark.parametrize("text", [CASE, HOSTILE])
def test_every_record_is_marked_and_in_the_table(text):
    document, records = paper(text)
    root = parsed(render(document, records))
    assert {mark.get("data-record") for mark in root.iter("mark")} == {record.id for record in records}
    rows = {row.get("data-record"): row for row in root.xpath("//table[@id='records']/tbody/tr")}
    assert list(rows) == [record.id for record in records]
    for record in records:
        assert " ".join(record.text.split()) in rows[record.id].text_content()
        assert rows[record.id].get("data-type") == record.type
    assert json.loads(root.xpath("//script[@id='data']/text()")[0]) == [r.model_dump(mode="json") for r in records]


def test_a_page_says_its_language_title_and_that_it_loads_nothing():
    document, records = paper()
    root = parsed(render(replace(document, metadata={"title": "A <man>", "doi": "10.1000/a<b>"}), records))
    assert root.get("lang") == "en"
    assert root.findtext(".//title") == "A <man> – hcclit"
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "script-src 'sha256-" in policy
    assert outside_links(root) == ["https://doi.org/10.1000/a%3Cb%3E"]


@pytest.mark.parametrize("doi", ["javascript:alert(1)", "10.1/x", "10.1000/a b", "https://example.org/10.1000/a", ""])
def test_what_is_no_doi_is_no_link(doi):
    document, records = paper()
    assert outside_links(parsed(render(replace(document, metadata={"doi": doi}), records))) == []


def test_hostile_text_names_and_metadata_are_shown_as_text():
    evil = '"><script>hurt()</script><img src=x onerror=hurt()>'
    document, records = paper(HOSTILE, evil)
    document = replace(document, metadata=dict.fromkeys(("title", "journal", "year", "pmid"), evil))
    figure = Picture("x", evil, "", (evil,))
    beside = Beside([finding(document, "1,250", message=evil)], [figure], failures=[evil], file=evil)
    page = render(document, records, beside)
    root = parsed(page)
    assert len(root.xpath("//script")) == 2
    assert not root.xpath("//img | //@onerror | //@onfocus[not(parent::input)]")
    assert page.count("hurt") > 5
    assert "<script>hurt" not in page
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }} {% raw %}" in root.text_content()


def test_a_silenced_finding_is_shown_with_its_reason_and_not_counted():
    document, records = paper()
    found = finding(document, "12 ng/mL", records=(records[0].id,))
    silence = Silence(finding=found.id, reason="as <b>printed</b>", by="anna")
    root = parsed(render(document, records, Beside([found], silences={found.id: silence})))
    assert root.xpath("//nav/a[@href='#findings']/text()") == ["Findings (0)"]
    assert not root.xpath("//tr[@data-flagged]")
    for place in (f"//li[@id='finding-{found.id}']", "//aside[@class='beside silenced']"):
        said = root.xpath(place)[0].text_content()
        assert "Silenced by anna: as <b>printed</b>" in said
        assert "warning" not in said


def test_findings_stand_beside_their_text_at_their_records_and_in_a_list():
    document, records = paper()
    record = next(r for r in records if r.text == "12 ng/mL")
    found = finding(document, "12 ng/mL. ".strip()[:8], records=(record.id,))
    root = parsed(render(document, records, Beside([found])))
    note = root.xpath("//aside[contains(@class, 'beside')]")[0]
    assert "Does <b>not</b> fit." in note.text_content()
    assert "12 ng/mL" in note.getprevious().text_content()
    assert root.xpath(f"//*[@id='place-{found.id}-1']")[0].text_content() == "12 ng/mL"
    assert root.xpath(f"//tr[@data-flagged]//a[@href='#finding-{found.id}']/ancestor::tr/@data-record") == [record.id]
    listed = root.xpath(f"//li[@id='finding-{found.id}']")[0].text_content()
    assert all(said in listed for said in ("warning", "hazard", "<i>", "1 < 2"))


def test_a_page_tells_what_was_not_checked_from_what_is_sound():
    document, records = paper()
    assert "This paper was not checked." in render(document, records)
    assert "Nothing that was checked contradicts itself." in render(document, records, Beside([]))


def test_failures_are_told_and_a_paper_without_records_says_so():
    document, _ = paper("Nothing was measured in this short paper about a liver.\n")
    root = parsed(render(document, [], Beside(failures=["figures: no <room>"])))
    assert root.xpath("//*[@role='alert']//li/text()") == ["figures: no <room>"]
    assert "No records were found in this paper." in root.text_content()


def test_figures_are_drawn_in_with_what_has_no_place():
    document, records = paper()
    pictures = of_paper(document, records)
    root = parsed(render(document, records, Beside(figures=[*pictures, Picture("n", "None", "", ("AFP: no time",))])))
    assert len(root.xpath("//figure[@class='drawn']//*[local-name()='svg']")) == len(pictures) > 0
    assert "AFP: no time" in root.text_content()
    assert outside_links(root) == []


def test_an_svg_is_taken_in_without_what_reaches_outside():
    svg = inlined(SVG, "f1", 'a "title"')
    assert svg.startswith("<svg ")
    assert "example.org" not in svg
    assert "xmlns" not in svg
    assert "x()" not in svg
    assert 'id="f1-a"' in svg
    assert 'href="#f1-a"' in svg
    assert svg.count("url(#f1-a)") == 2
    assert "tail" in svg
    assert "a &lt;b&gt; \"id='c'\"" in svg
    assert 'aria-label="a &quot;title&quot;"' in svg
    with pytest.raises(ValueError, match="no SVG"):
        inlined("<svg", "f1", "")


def pdf(pages=2):
    sheet = Sheet()
    for number in range(pages):
        if number:
            sheet.page()
        sheet.line(72, 100, f"Case {number + 1}")
        sheet.line(72, 130, "On 12 March 2009 the AFP of our patient was 1,250 ng/mL before treatment.")
        sheet.line(72, 146, "He took sorafenib 400 mg twice daily for six months and had a complete response.")
    return sheet.data()


def test_a_pdf_shows_its_pages_with_the_boxes_of_its_records():
    data = pdf()
    document = read_bytes(data, Path("case.pdf"))
    records = extract_document(document)
    assert records
    sheets = list(sheets_of(data, document, records, 10**6))
    root = parsed(render(document, records, Beside(sheets=sheets)))
    figures = root.xpath("//figure[@class='sheet']")
    assert [figure.get("id") for figure in figures] == ["page-1", "page-2"]
    assert {box.get("data-record") for box in root.xpath("//a[contains(@class, 'box')]")} == {r.id for r in records}
    assert {box.get("href") for box in root.xpath("//a[contains(@class, 'box')]")} == {f"#m-{r.id}" for r in records}
    record = records[0]
    x0, top, x1, bottom = record.bbox[0]
    rect = root.xpath(f"//a[@data-record='{record.id}']//rect")[0]
    x, y, width, height = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
    assert x < x0 < x1 < x + width
    assert y < top < bottom < y + height
    picture = Image.open(io.BytesIO(base64.b64decode(sheets[0].picture.partition(",")[2])))
    assert abs(picture.width / picture.height - document.pages[0].width / document.pages[0].height) < 0.01


def test_pictures_keep_to_their_room_and_are_made_again_the_same():
    sheet = Sheet()
    for x in (40, 310):
        sheet.column(x, 60, [line[:44] for line in prose("first", 90)], step=8)
    data = sheet.data()
    document = read_bytes(data, Path("case.pdf"))
    roomy, narrow = (sum(len(s.picture) for s in sheets_of(data, document, [], most)) for most in (10**6, 10**4))
    assert narrow < roomy < 10**6
    assert list(sheets_of(data, document, [], 10**6)) == list(sheets_of(data, document, [], 10**6))


def test_of_many_pages_those_with_records_are_pictured():
    data = pdf(2)
    document = read_bytes(data, Path("case.pdf"))
    page = document.pages[0]
    document = replace(document, pages=tuple(replace(page, number=n) for n in range(1, MOST_SHEETS + 21)))
    record = next(r for r in extract_document(read_bytes(data, Path("case.pdf")))).model_copy(update={"page": 55})
    numbers = [page.number for page in pictured_pages(document, [record])]
    assert numbers == [*range(1, MOST_SHEETS), 55]


def test_the_same_paper_gives_the_same_bytes():
    document, records = paper()
    beside = Beside([finding(document, "12 ng/mL")], of_paper(document, records))
    assert render(document, records, beside) == render(document, records, beside)
    assert not re.search(r"20[2-9]\d-\d\d-\d\dT", render(document, records, beside))
