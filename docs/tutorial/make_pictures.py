"""Makes the pictures of docs/tutorial.md: sets the papers, runs the tutorial's commands, takes what they show.

`make tutorial` runs it. It needs Chromium on the path for the pictures of pages; the forest plot is what
`hcclit plot` writes.
"""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from make_paper import write
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WIDTH, HEIGHT = 1200, 760
COMMAND = [sys.executable, "-m", "hcclit"]


def main() -> None:
    """Write forest.svg, report.png, finding.png and review.png beside this file."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium on the path: install it, then run this again")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        write(folder / "papers")
        _hcclit(folder, "plot", "papers", "--kind", "forest", "-o", "figures")
        shutil.copyfile(folder / "figures" / "all-forest.svg", HERE / "forest.svg")
        _hcclit(folder, "report", "papers", "-o", "report")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        _picture_report(browser, folder / "report" / "fink-2021.html")
        with _review(folder) as address:
            _picture_review(browser, address)
        browser.close()


def _hcclit(folder: Path, *arguments: str) -> None:
    subprocess.run([*COMMAND, *arguments], cwd=folder, check=True)


def _page(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_default_timeout(60_000)  # milliseconds; the language stage loads while the page waits
    page.goto(address)
    return page


def _picture_report(browser: Browser, path: Path) -> None:
    page = _page(browser, path.as_uri())
    page.locator("mark").first.wait_for()
    _take(page, "report.png", HEIGHT)
    page.get_by_text("Findings (1)").click()
    _take(page, "finding.png", 460)


def _picture_review(browser: Browser, address: str) -> None:
    page = _page(browser, address)
    page.wait_for_selector("#card > *")
    _take(page, "review.png", HEIGHT)


def _take(page: Page, name: str, height: int) -> None:
    """Save the upper part of what the page shows, in few colours: a small file."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB").crop((0, 0, WIDTH, height))
    picture.quantize(96, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


@contextmanager
def _review(folder: Path) -> Iterator[str]:
    """Run `hcclit review` as a user does; gives the address that it prints."""
    command = [*COMMAND, "review", "papers", "--reviewer", "anna", "--no-browser"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield _address(process)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)


def _address(process: "subprocess.Popen[str]") -> str:
    said = []
    for line in process.stderr or ():
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+/\S+/", line):
            return found[0]
    raise SystemExit("".join(said))


if __name__ == "__main__":
    main()
