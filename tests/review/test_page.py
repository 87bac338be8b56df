"""The page in a real browser, from the command that starts it to gold that `hcclit evaluate` takes."""

import json
import re
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.conftest import CASE

from .conftest import HOSTILE

PATIENCE = 60_000
"""Milliseconds; a busy machine takes long to load the language stage."""


class Review:
    """`hcclit review` in a process of its own, as a user starts it."""

    def __init__(self, folder, *options):
        command = [sys.executable, "-m", "hcclit", "review", str(folder), "--no-browser", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.said = []
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/\S+/", line):
                self.address = found[0]
                return
        raise AssertionError("".join(self.said))

    def end(self, number):
        self.process.send_signal(number)
        self.said += self.process.communicate(timeout=60)[1].splitlines()
        return self.process.returncode


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    papers = tmp_path_factory.mktemp("papers")
    (papers / "case.txt").write_text(CASE)
    (papers / "hostile.txt").write_bytes(HOSTILE.encode())
    return papers


@pytest.fixture
def at(chromium, folder):
    """Open a page on a review; what is still running at the end is ended."""
    opened = []

    def open_page(*options, papers=folder):
        review = Review(papers, *options)
        page = chromium.new_page(viewport={"width": 1300, "height": 800})
        page.set_default_timeout(PATIENCE)
        dialogs, errors = [], []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: errors.append(str(error)))
        opened.append((review, page))
        page.goto(review.address)
        page.wait_for_selector("#card > *")
        return SimpleNamespace(review=review, page=page, dialogs=dialogs, errors=errors)

    yield open_page
    for review, page in opened:
        page.close()
        if review.process.poll() is None:
            review.end(signal.SIGKILL)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def progress(page, text):
    page.locator("#progress", has_text=text).wait_for()


def select(page, words):
    """Select words of the text as a mouse would."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                window.getSelection().removeAllRanges();
                window.getSelection().addRange(range);
                return;
            }
            throw new Error("not in the text: " + words);
        }""",
        words,
    )
    page.locator("#selected").wait_for()


def stands_at(page, words):
    """Wait until these are the words of the record under review: keys wait in a row while a step is saved."""
    expect(page.locator("#list [aria-current] .words")).to_have_text(words, timeout=PATIENCE)


def test_a_paper_from_the_first_key_to_gold(at, folder, hcclit):
    here = at("--reviewer", "anna")
    page = here.page
    progress(page, "0 of 4 decided")
    numbers = page.locator("#list .number").all_inner_texts()
    assert numbers == sorted(numbers)  # lowest confidence first
    page.keyboard.press("o")
    assert page.locator("#list .words").all_inner_texts() == [
        "October 2009",
        "1,905 ng/mL",
        "400 mg bid",
        "stable disease (SD)",
    ]
    press(page, "k", "k", "k", "a")
    progress(page, "1 of 4 decided, 1 gold")
    stands_at(page, "1,905 ng/mL")
    press(page, "r")
    progress(page, "2 of 4 decided, 1 gold")
    press(page, "u")
    progress(page, "1 of 4 decided")
    stands_at(page, "1,905 ng/mL")
    press(page, "r", "j", "k", "k", "j")
    stands_at(page, "400 mg bid")

    # a field is corrected; what is wrong is said at the field, in plain words
    press(page, "c")
    page.fill("[name=per_day]", "twice")
    page.keyboard.press("Enter")
    page.locator("[data-field=per_day] .error", has_text="give a plain number").wait_for()
    page.fill("[name=per_day]", "1")
    page.keyboard.press("Enter")
    progress(page, "3 of 4 decided, 2 gold")

    # killed in the middle: all steps are there again
    here.review.end(signal.SIGKILL)
    press(page, "a")
    page.locator("#message", has_text="Start it again with the same command").wait_for()
    page.close()
    again = at("--reviewer", "anna", "--order", "text")
    page = again.page
    progress(page, "3 of 4 decided, 2 gold")
    press(page, "k")
    assert "per_day" in page.locator("#card .said").inner_text()
    assert page.locator("#card del").inner_text() == "2"

    press(page, "f")
    page.locator("#message.wrong", has_text="1 record is not decided yet").wait_for()
    stands_at(page, "stable disease (SD)")
    press(page, "a", "f")
    page.locator("#message", has_text="Done: 3 records gold").wait_for()
    assert again.review.end(signal.SIGINT) == 0
    assert f"1 paper done, gold in {folder / 'review'}" in again.review.said[-1]
    assert (here.errors, again.errors) == ([], [])

    done = hcclit("evaluate", "--gold", folder / "review", "--docs", folder, "--format", "json")
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout)
    assert list(scores["origins"]) == ["review"]
    assert scores["lines"]["micro"]["core"]["matched"] == 2  # the date and the response; the dose was corrected
    assert scores["lines"]["micro"]["gold"] == 3


def test_hostile_text_is_text_and_a_record_is_added_behind_signs_of_two_units(at, folder):
    here = at()
    page = here.page
    page.keyboard.press("]")
    page.locator("#text", has_text="<script>alert(1)</script>").wait_for()
    assert page.locator("#text script, #text img, #text b").count() == 0
    # every block holds the document's text from its offset on, sign for sign
    for block in page.locator("#text [data-start]").all():
        start, text = int(block.get_attribute("data-start")), block.evaluate("element => element.textContent")
        assert HOSTILE[start : start + len(text)] == text
    select(page, "sora'fenib")
    press(page, "n")
    page.select_option("#type", "dose")
    for name, value in {"drug": "sora'fenib\"<i>", "amount": "400"}.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=unit]", "mg")
    page.keyboard.press("Enter")
    page.locator("#card .badge.added").wait_for()
    assert "sora'fenib\"<i>" in page.locator("#card .said").inner_text()
    log = (folder / "review/journal/hostile.jsonl").read_text().splitlines()
    added = json.loads(log[-1])["record"]
    assert HOSTILE[added["start"] : added["end"]] == added["text"] == "sora'fenib"
    assert page.locator('#text mark[data-verdict="undecided"]').count() > 0
    assert page.locator("#text mark.current").inner_text() == "sora'fenib"

    # its place is corrected by the mouse
    press(page, "c")
    select(page, "fenib")
    page.get_by_text("use the selected text").click()
    page.locator("#card form q", has_text=re.compile("^fenib$")).wait_for()
    page.locator("#card button.main").click()
    page.locator("#list .added .words", has_text=re.compile("^fenib$")).wait_for()
    assert (here.dialogs, here.errors) == ([], [])


def test_blind_is_labelled_by_selecting_alone(at, folder, tmp_path):
    (tmp_path / "case.txt").write_text(CASE)
    here = at("--blind", papers=tmp_path)
    page = here.page
    assert page.locator("mark").count() == 0
    select(page, "October 2009")
    press(page, "n")
    page.select_option("#type", "date")
    page.fill("[name=value]", "2009-10")
    page.keyboard.press("Enter")
    progress(page, "1 record")
    press(page, "f")
    page.locator("#message", has_text="Done: 1 record gold").wait_for()
    (line,) = (tmp_path / "review/case.jsonl").read_text().splitlines()
    assert json.loads(line)["origin"] == "blind"
    assert here.errors == []


def test_the_keys_are_shown(at):
    here = at()
    press(here.page, "?")
    here.page.locator("#keys", has_text="lowest confidence first").wait_for()
    press(here.page, "Escape")
    here.page.locator("#keys").wait_for(state="hidden")
    assert here.errors == []
