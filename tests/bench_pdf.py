"""How much of a paper's text the reader of PDF finds, and at what cost.

Run `HCCLIT_PDF_PAIRS=folder python -m tests.bench_pdf`.

The folder holds papers twice, as `<name>.pdf` and as `<name>.xml` (JATS). Counted are the runs of eight words of
the paragraphs of the JATS body, outside tables and figures, that occur in the PDF's text: in all of it, and in what
of it flows (without references, tables and furniture). Words are runs of letters and digits, lower-cased, after the
view has cleaned both texts. The cost is that of reading a file, as a multiple of the time that PDFium takes for the
plain text of its pages; the part of it that finding rows and columns of tables takes is told apart. With `--misses`
each stretch that is not found is printed.
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pypdfium2 as pdfium
from lxml import etree

from hcclit.document import Block, Document
from hcclit.readers import read
from hcclit.readers.jats.inline import inline_text, local_name
from hcclit.readers.pdf import pages
from hcclit.readers.pdf.tables.document import Tables
from hcclit.view import clean, make_view
from tests.bench import in_turn

RUN = 8
_WORD = re.compile(r"[^\W_]+")
_APART = {"table-wrap", "fig", "p"}


def words(text: str) -> list[str]:
    """Letters and digits only, lower-cased."""
    return _WORD.findall(text.lower())


def body_paragraphs(path: Path) -> Iterator[list[str]]:
    """The words of each paragraph of an article's body."""
    for element in etree.parse(path).iter("{*}p"):
        above = [local_name(ancestor) for ancestor in element.iterancestors()]
        if "body" in above and not _APART & set(above):
            yield words(clean(inline_text(element)))


def missed(text: str, path: Path) -> tuple[int, list[str]]:
    """How many runs the body has, and those that a text lacks."""
    found = words(text)
    runs = {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}
    wanted = [tuple(p[i : i + RUN]) for p in body_paragraphs(path) for i in range(len(p) - RUN + 1)]
    return len(wanted), [" ".join(run) for run in wanted if run not in runs]


def plain_text(path: Path) -> None:
    """What PDFium does by itself."""
    pdf = pdfium.PdfDocument(path.read_bytes())
    for page in pdf:
        textpage = page.get_textpage()
        textpage.get_text_bounded()
        textpage.close()
        page.close()
    pdf.close()


def seconds_of_tables(path: Path) -> float:
    """What the rows, columns and cells of a paper's tables take; the least of three readings."""
    spent = 0.0

    def timed(work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            nonlocal spent
            before = time.perf_counter()
            try:
                return work(*args)
            finally:
                spent += time.perf_counter() - before

        return run

    runs = []
    rows = mock.patch.object(pages, "table_rows", timed(pages.table_rows))
    cells = mock.patch.object(Tables, "read", timed(Tables.read))
    with rows, cells:
        for _ in range(3):
            spent = 0.0
            read(path)
            runs.append(spent)
    return min(runs)


def measure(path: Path) -> tuple[float, float, float, float]:
    """Coverage of all text and of what flows, and the time ratios of text and of tables, of one paper."""
    document = read(path)
    whole = Document("", document.text, (Block("paragraph", 0, len(document.text)),))
    count, lost = missed(make_view(whole).text, path.with_suffix(".xml"))
    _, lost_flow = missed(make_view(document).text, path.with_suffix(".xml"))
    ours, plain = in_turn(lambda: read(path), lambda: plain_text(path))
    if "--misses" in sys.argv:
        for run in lost:
            print("   ", run)
    tables = seconds_of_tables(path)
    return 1 - len(lost) / count, 1 - len(lost_flow) / count, (ours - tables) / plain, tables / plain


def main() -> None:
    """Print one line for each paper and the means."""
    folder = Path(os.environ["HCCLIT_PDF_PAIRS"])
    results = []
    for path in sorted(folder.glob("*.pdf")):
        results.append(measure(path))
        text, flow, cost, tables = results[-1]
        print(f"{path.stem:14} text {text:7.2%}  flow {flow:7.2%}  time {cost:5.1f}  tables {tables:4.1f}")
    texts, flows, costs, of_tables = zip(*results, strict=True)
    print(f"mean           text {statistics.mean(texts):7.2%}  flow {statistics.mean(flows):7.2%} (goal 98%)")
    print(f"least          text {min(texts):7.2%}  flow {min(flows):7.2%} (goal 95%)")
    print(f"time           mean {statistics.mean(costs):.1f}, most {max(costs):.1f} (goal 10)")
    print(f"tables         mean {statistics.mean(of_tables):.1f}, most {max(of_tables):.1f} more")


if __name__ == "__main__":
    main()
