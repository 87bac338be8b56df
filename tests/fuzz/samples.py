"""Valid papers to begin with, all invented, one or more for each reader; the same bytes at every run."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from tests.fuzz import pdf_files
from tests.readers.sheet import Sheet, prose

SENTENCE = (
    "In May 2009 a man of 66 years was given sorafenib 400 mg twice daily; AFP fell from 1,436 to 12 ng/mL and the"
    " median OS was 10.7 months (95% CI 9.4-13.3; HR 0.69; P<0.001), with a partial response in 7 (2.3%)."
)
ROWS = [
    ["Response, n (%)", "Sorafenib (n = 10)", "Placebo (n = 9)", "P"],
    ["Partial response", "2 (20.0)", "1 (11.1)*", "0.04"],
    ["Stable disease", "5 (50.0)", "4 (44.4)", "0.71"],
    ["Median OS, months", "10.7 (9.4-13.3)", "7.9 (6.8-9.1)", "<0.001"],
]


def _cells(name: str, row: list[str]) -> str:
    return "".join(f"<{name}>{cell.replace('<', '&lt;')}</{name}>" for cell in row)


def _table() -> str:
    head = '<tr><th rowspan="2">Endpoint</th><th colspan="3">Arms</th></tr>'
    body = "".join(f"<tr>{_cells('td', row)}</tr>" for row in ROWS[1:])
    return f"<table><thead>{head}<tr>{_cells('th', ROWS[0][1:])}</tr></thead><tbody>{body}</tbody></table>"


def jats() -> list[bytes]:
    """Articles with front matter, sections, lists, formulas, tables, references; one with a namespace."""
    text = SENTENCE.replace("<", "&lt;")
    body = f"""<sec sec-type="methods"><title>Methods</title><p>{text} 10<sup>9</sup>/L <xref ref-type="bibr"
 rid="b1">1</xref>.</p><list><list-item><p>{text}</p></list-item></list></sec><sec><title>Results</title><p>{text}
<inline-formula><alternatives><tex-math>\\frac{{1}}{{2}}</tex-math></alternatives></inline-formula></p><table-wrap>
<label>Table 1</label><caption><p>Best response</p></caption>{_table()}<table-wrap-foot><fn><label>*</label><p>P = 0.03.
</p></fn></table-wrap-foot></table-wrap><fig><label>Figure 1</label><caption><p>{text}</p></caption></fig></sec>"""
    front = f"""<front><journal-meta><journal-title>Letters</journal-title></journal-meta><article-meta><article-id
 pub-id-type="doi">10.1/x</article-id><title-group><article-title>Sorafenib in HCC</article-title></title-group>
<pub-date pub-type="epub"><year>2011</year></pub-date><history><date date-type="received"><day>15</day><month>7</month>
<year>2011</year></date></history><abstract><sec><title>Results</title><p>{text}</p></sec></abstract></article-meta></front>"""
    back = "<back><ref-list><ref><mixed-citation>Tanabe 1999</mixed-citation></ref></ref-list></back>"
    doctype = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "JATS.dtd">\n'
    plain = f"{doctype}<article>{front}<body>{body}</body>{back}</article>"
    return [plain.encode(), plain.replace("<article>", '<article xmlns="http://jats.nlm.nih.gov">').encode()]


def html() -> list[bytes]:
    """A page as archives make it, an old page set by tables, and a page in another encoding."""
    text = SENTENCE.replace("<", "&lt;")
    head = '<meta charset="utf-8"><meta name="citation_doi" content="10.1/x"><script>var AFP = 9;</script>'
    page = f"""<!DOCTYPE html><html><head>{head}</head><body class="pmc"><nav>Home</nav><main><article><h1>A case</h1>
<section class="abstract"><h2>Abstract</h2><p>{text}</p></section><section><h2>Case report</h2><p>{text}<sup><a
 href="#b1">1</a>,<a href="#b2">2</a></sup></p><ul><li>{text}</li></ul><section class="tw"><h3>Table 1.</h3><div
 class="caption"><p>Best response.</p></div>{_table()}<div class="tw-foot"><p>P = 0.03.</p></div></section><figure>
<figcaption>Figure 1. {text}</figcaption></figure></section><section><h2>References</h2><ol><li>Tanabe</li></ol>
</section></article></main><footer>AFP 9</footer></body></html>"""
    old = f"""<HTML><BODY><TABLE><TR><TD><A HREF=a>Home</A><BR></TD><TD><FONT SIZE=5><B>A case</B></FONT><P><B>Abstract
</B><P>{text}<BR><BR>{text}<CENTER>{_table()}</CENTER><B>References</B><OL><LI>Tanabe</OL></TD></TR></TABLE></BODY>"""
    return [page.encode(), old.encode(), page.replace("utf-8", "iso-8859-1").encode("cp1252")]


def bioc() -> list[bytes]:
    """A collection as the service returns it."""

    def passage(section: str, kind: str, text: str, **infons: str) -> dict[str, object]:
        return {"offset": 0, "infons": {"section_type": section, "type": kind, **infons}, "text": text}

    flat = "\n".join("\t".join(row) for row in ROWS)
    passages = [
        passage("TITLE", "front", "A trial", **{"article-id_doi": "10.1/b", "year": "2010"}),
        passage("ABSTRACT", "abstract", SENTENCE),
        passage("RESULTS", "title_1", "Results"),
        passage("RESULTS", "paragraph", SENTENCE),
        passage("TABLE", "table_caption", "Best response", id="T1"),
        passage("TABLE", "table", flat, id="T1", xml=_table()),
        passage("TABLE", "table_footnote", "P = 0.03.", id="T1"),
        passage("TABLE", "table", flat, id="T2"),
        passage("FIG", "fig_caption", SENTENCE),
        passage("REF", "ref", "Tanabe K. 2001"),
    ]
    found = [{"source": "PMC", "infons": {}, "documents": [{"id": "1", "infons": {}, "passages": passages}]}]
    return [json.dumps(found).encode()]


def text() -> list[bytes]:
    """A text with broken lines, a table with tabs, one with spaces, one of patients, and references."""
    lines = "\n".join(SENTENCE[i : i + 80] for i in range(0, len(SENTENCE), 80))
    tabs = "\n".join("\t".join(row) for row in ROWS)
    spaces = "\n".join("  ".join(cell.ljust(20) for cell in row) for row in ROWS)
    cases = "Patient No. Age AFP (ng/mL) Response\n" + "\n".join(f"{i} {50 + i} {i * 40} PR" for i in range(1, 9))
    parts = [
        "Sorafenib in advanced HCC", "Abstract", lines, "Introduction", lines, "Case report", lines,
        f"Table 1. Best response\n{tabs}\n* P = 0.03.", f"Table 2. Best response\n{spaces}", f"Table 3. Cases\n{cases}",
        "Figure 1. AFP over time.", "Discussion", lines, "References", "1. Tanabe K. AFP of 55 ng/mL. 2001;3:1-9.",
    ]  # fmt: skip
    return ["\n\n".join(parts).encode()]


def pdf() -> list[bytes]:
    """Set pages: columns and a ruled table, a paper of several faces; a bare file with each kind of structure."""
    return [_set_paper(compress=True), _set_paper(compress=False), pdf_files.classic(), pdf_files.with_streams()]


def _set_paper(compress: bool) -> bytes:
    sheet = Sheet()
    sheet.pdf.set_compression(compress)
    sheet.pdf.set_creation_date(datetime(2020, 1, 1, tzinfo=UTC))
    sheet.pdf.set_title("Sorafenib in HCC")
    sheet.line(60, 60, "Sorafenib in advanced HCC", size=18, style="B")
    for x, name in ((60, "first"), (310, "second")):
        sheet.column(x, 100, prose(name, 20))
    sheet.line(60, 400, "Counts of 10{9}/L were seen{8,9} in H_{2}O.")
    sheet.line(60, 440, "Table 1. Best response")
    for index, row in enumerate(ROWS):
        sheet.rule(60, 500, 446 + 16 * index)
        for column, cell in enumerate(row):
            sheet.line(60 + 115 * column, 458 + 16 * index, cell)
    sheet.rule(60, 500, 446 + 16 * len(ROWS))
    sheet.page()
    sheet.column(60, 80, [SENTENCE[i : i + 90] for i in range(0, len(SENTENCE), 90)])
    with sheet.pdf.rotation(90, 300, 500):
        sheet.line(300, 500, "turned text")
    sheet.pdf.set_fill_color(200)
    sheet.pdf.rect(60, 600, 100, 40, style="F")
    return sheet.data()


SAMPLES: dict[str, Callable[[], list[bytes]]] = {"pdf": pdf, "jats": jats, "html": html, "bioc": bioc, "text": text}
