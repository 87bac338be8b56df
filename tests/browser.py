"""A real Chromium for the tests of pages; they skip, and say so, where there is none."""

import shutil

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no Chromium on the path: the pages are not tested in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
