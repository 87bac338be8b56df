"""How large the pages of `hcclit report` are and how fast they open: `python -m tests.bench_report FOLDER`.

Every paper of the folder is made a page of, and its PDFs, put together, one for each 15 of their pages. A page is
opened three times in Chromium from a file, until the second frame after it has loaded; the fastest counts, by the clock
and, since a busy machine slows a page that is not to blame, by the processor time of the thread that shows it.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import pypdfium2 as pdfium

from hcclit.outcomes import Failure, find_papers
from hcclit.report.job import Page, page_of
from tests.browser import ARGUMENTS

PAGES = 15
MOST_BYTES = 2_000_000
MOST_SECONDS = 1.0
OPENED = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
    done(performance.now() / 1000))))"""


def joined(files: list[Path], folder: Path) -> list[Path]:
    """PDFs of 15 pages made of the pages of others, in order."""
    pages = [(file, number) for file in files for number in range(len(pdfium.PdfDocument(file)))]
    made = []
    for begin in range(0, len(pages) - PAGES + 1, PAGES):
        whole = pdfium.PdfDocument.new()
        for file, number in pages[begin : begin + PAGES]:
            whole.import_pages(pdfium.PdfDocument(file), [number])
        made.append(folder / f"{PAGES}-pages-{len(made) + 1}.pdf")
        whole.save(made[-1])
    return made


def seconds_to_open(browser, file: Path) -> tuple[float, float]:
    """By the clock and of the processor, the least of three of each."""
    taken = []
    for _ in range(3):
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(file.as_uri())
        clock = page.evaluate(OPENED)
        metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        taken.append((clock, metrics["TaskDuration"]))
        page.close()
    return min(clock for clock, _ in taken), min(work for _, work in taken)


def main(folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    papers = [path for path in find_papers([folder]) if not isinstance(path, Failure)]
    pdfs = [path for path in papers if path.suffix.lower() == ".pdf"]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        file = Path(place, "page.html")
        sizes, times = [], []
        for path in [*papers, *joined(pdfs, Path(place))]:
            page = page_of(path)
            if not isinstance(page, Page):
                print(f"{path.name}: {page.reason}")
                continue
            file.write_text(page.html, encoding="utf-8")
            sizes.append(file.stat().st_size)
            times.append(seconds_to_open(browser, file))
            clock, work = times[-1]
            records = sum(page.counts.values())
            print(
                f"{path.name:30} {records:5} records {sizes[-1]:9,} bytes {clock:6.2f} s {work:5.2f} s of the processor"
            )
        browser.close()
    clock, work = (max(column) for column in zip(*times, strict=True))
    print(f"{len(sizes)} pages: at most {max(sizes):,} bytes (asked {MOST_BYTES:,} for {PAGES} pages)")
    print(f"opened in at most {clock:.2f} s, {work:.2f} s of the processor (asked {MOST_SECONDS:g})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
