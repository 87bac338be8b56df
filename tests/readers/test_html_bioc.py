"""HTML pages and BioC-JSON: what becomes text and where; all papers here are invented."""

import json
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
    assert html().metadata == {"doi": "10.1/z", "year": "2009"}
    assert "10⁹/L" in html().text


def test_a_pages_table_has_its_columns():
    found = {(r.endpoint, r.group, r.value) for r in extract_document(html()) if r.type == "statistic"}
    assert {("PR", "Sorafenib", 20), ("PR", "Placebo", 11), ("SD", "Sorafenib", 50), ("SD", "Placebo", 44)} <= found


def test_a_page_without_text_says_so():
    with pytest.raises(UnreadableError, match="without text"):
        html("<!DOCTYPE html><html><body><script>load()</script></body></html>")


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


@pytest.mark.parametrize(
    "data", [b'{"passages": 5}', b'{"documents": [{"passages": [', b'[{"passages"', b'{"passages": [3]}']
)
def test_broken_bioc_is_one_clear_line(data):
    with pytest.raises(UnreadableError, match="no BioC") as error:
        read_bytes(data, Path("x.json"))
    assert "\n" not in str(error.value)
