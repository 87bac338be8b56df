"""The page of a paper in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from hcclit.checks import Finding, Span
from hcclit.figures import of_paper
from hcclit.pipeline import extract_document
from hcclit.readers import read_bytes
from hcclit.report import Beside, render
from hcclit.report.sheets import sheets_of
from tests.report.papers import HOSTILE, paper
from tests.report.test_page import pdf

OFFSETS = (
    """() => [...document.querySelectorAll("[data-start]")].map((e) => [Number(e.dataset.start), e.textContent])"""
)


@pytest.fixture
def opened(chromium, tmp_path):
    """Open a page made of HTML; at the end nothing was asked of a network and nothing went wrong."""
    contexts, wrong = [], []

    def open_page(source, **options):
        file = tmp_path / f"page{len(contexts)}.html"
        file.write_text(source, encoding="utf-8")
        context = chromium.new_context(**({"viewport": {"width": 1300, "height": 700}} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: request.url[:5] in ("file:", "data:") or wrong.append(request.url))
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def case():
    return paper()


def shown_rows(page):
    return page.eval_on_selector_all("#records tbody tr:not([hidden])", "rows => rows.map(row => row.dataset.record)")


def is_in_sight(page, selector):
    return page.eval_on_selector(
        selector, "e => { const b = e.getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight; }"
    )


def test_a_mark_shows_its_row_and_a_row_its_mark(opened, case):
    document, records = case
    page = opened(render(document, records))
    last = records[-1].id
    page.click(f"#row-{last}")
    assert page.eval_on_selector_all(".chosen", "found => found.map(e => e.id)") == [f"m-{last}", f"row-{last}"]
    assert is_in_sight(page, f"#m-{last}")
    page.evaluate("document.querySelector('.scroll').scrollTop = 1e6")
    first = records[0].id
    page.locator(f"#m-{first}").click()
    assert is_in_sight(page, f"#row-{first}")
    assert page.eval_on_selector_all(".chosen", "found => found.map(e => e.id)") == [f"m-{first}", f"row-{first}"]


def test_by_keyboard_a_mark_leads_to_its_row_and_back(opened, case):
    document, records = case
    page = opened(render(document, records))
    dose = next(r for r in records if r.type == "dose")
    page.focus(f"#m-{dose.id}")
    tip = page.locator("#tip")
    assert tip.is_visible()
    assert "drug" in tip.inner_text()
    assert "sorafenib" in tip.inner_text()
    assert page.get_attribute(f"#m-{dose.id}", "aria-describedby") == "tip"
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('tr').dataset.record") == dose.id
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == f"m-{dose.id}"


def test_fields_are_shown_on_hover_and_go_away(opened, case):
    document, records = case
    page = opened(render(document, records))
    marker = next(r for r in records if r.type == "marker" and r.value == 1250)
    page.hover(f"#m-{marker.id}")
    said = page.locator("#tip").inner_text().split()
    assert {"marker", "AFP", "1250", "ng/mL"} <= set(said)
    page.hover("h1")
    assert not page.locator("#tip").is_visible()


def test_the_table_sorts_up_and_down_with_the_empty_last(opened, case):
    document, records = case
    page = opened(render(document, records))
    page.click("#records th:has-text('Type') button")
    types = [next(r.type for r in records if r.id == record) for record in shown_rows(page)]
    assert types == sorted(types)
    assert page.get_attribute("#records th:has-text('Type')", "aria-sort") == "ascending"
    page.click("#records th:has-text('Conf.') button")
    page.click("#records th:has-text('Conf.') button")
    order = [round(next(r.confidence for r in records if r.id == record), 2) for record in shown_rows(page)]
    assert order == sorted(order, reverse=True)
    assert page.locator("#records th[aria-sort]").count() == 1
    page.click("#records th:has-text('Text') button")
    assert shown_rows(page) == [record.id for record in records]
    for _ in range(2):
        page.click("#records th:has-text('When') button")
        when = page.eval_on_selector_all("#records tbody tr", "rows => rows.map(row => row.cells[4].textContent)")
        assert "" in when
        assert when.index("") > 0
        assert not any(when[when.index("") :])


def test_filters_and_search_leave_what_fits_and_dim_the_rest(opened, case):
    document, records = case
    page = opened(render(document, records))
    page.select_option("#type", "marker")
    markers = [r.id for r in records if r.type == "marker"]
    assert shown_rows(page) == markers
    assert page.inner_text("#shown") == f"{len(markers)} of {len(records)}"
    lit = page.eval_on_selector_all("mark:not(.off)", "marks => marks.map(mark => mark.dataset.record)")
    assert set(lit) == set(markers)
    page.fill("#search", "1250 NG/ML")
    assert set(shown_rows(page)) == {r.id for r in records if r.type == "marker" and r.value == 1250}
    page.click("button[type=reset]")
    expect(page.locator("#records tbody tr:not([hidden])")).to_have_count(len(records))  # the page forbids eval
    page.select_option("#subject", "cited")
    assert set(shown_rows(page)) == {r.id for r in records if r.subject == "cited"} != set()
    page.evaluate(f"location.hash = ''; document.querySelector('#row-{markers[0]} a').click()")
    assert len(shown_rows(page)) == len(records)  # what is asked for is never hidden


def test_findings_lead_to_their_place_and_filter_the_records(opened, case):
    document, records = case
    record = next(r for r in records if r.text == "12 ng/mL")
    span = Span(start=record.start, end=record.end, text=record.text)
    said = {"message": "No.", "stated": "12", "expected": "13", "computed": "x"}
    found = Finding(doc_id="case", check="c", severity="error", spans=(span,), records=(record.id,), **said)
    page = opened(render(document, records, Beside([found], of_paper(document, records))))
    page.check("#flagged")
    assert shown_rows(page) == [record.id]
    page.click(f"#row-{record.id} .flag")
    assert page.locator(f"#finding-{found.id}").is_visible()
    assert not page.locator("#text").is_visible()
    page.click(f"#finding-{found.id} a")
    assert page.locator("#text").is_visible()
    assert is_in_sight(page, f"#place-{found.id}-1")
    page.click(".views a[href='#figures']")
    assert page.locator("#figures svg").first.is_visible()
    assert page.get_attribute(".views a[href='#figures']", "aria-current") == "true"


def test_boxes_on_a_page_and_rows_show_each_other(opened):
    data = pdf()
    document = read_bytes(data, Path("case.pdf"))
    records = extract_document(document)
    page = opened(render(document, records, Beside(sheets=list(sheets_of(data, document, records, 10**6)))))
    page.click(".views a[href='#pages']")
    assert page.eval_on_selector("#page-1 img", "image => image.naturalWidth") >= 800
    last = next(r for r in reversed(records) if r.page == 2)
    page.click(f"#row-{last.id}")
    assert page.locator("#pages").is_visible()
    assert is_in_sight(page, f".box[data-record='{last.id}'] rect")
    page.hover(f".box[data-record='{last.id}']")
    assert last.type in page.locator("#tip").inner_text()
    first = records[0].id
    page.click(f".box[data-record='{first}']")
    assert page.eval_on_selector(f"#row-{first}", "row => row.className") == "chosen"
    assert page.locator("#pages").is_visible()


@pytest.mark.parametrize("width", [1300, 400])
def test_places_in_the_browser_are_the_document_s_and_hostile_text_does_nothing(opened, width):
    document, records = paper(HOSTILE.replace("man's", "\U0001d400's"))
    page = opened(render(document, records), viewport={"width": width, "height": 700})
    found = page.eval_on_selector_all("[data-start]", OFFSETS)
    assert sum(len(text) for _, text in found) > len(document.text) * 0.95
    for start, text in found:
        assert document.text[start : start + len(text)] == text
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_all_is_there(opened, case):
    document, records = case
    beside = Beside([], of_paper(document, records))
    page = opened(render(document, records, beside), java_script_enabled=False)
    for part in ("#text", "#figures", "#findings", "#records"):
        assert page.locator(part).is_visible()
    assert not page.locator(".controls").is_visible()
    mark = page.locator("mark[id]").first
    assert mark.get_attribute("title").startswith(records[0].type)
    page.focus("mark[id]")
    assert page.locator("#records tbody tr").count() == len(records)


def test_on_paper_every_part_is_printed(opened, case):
    document, records = case
    page = opened(render(document, records, Beside([], of_paper(document, records))))
    page.emulate_media(media="print")
    for part in ("#text", "#figures", "#findings", "#records"):
        assert page.locator(part).is_visible()
    assert not page.locator(".views").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
