"""The tutorial: its commands exist, and give on its invented papers what it says."""

import csv
import os
import re
import shlex
import subprocess
import sys

import pytest

from hcclit.readers import read
from tests.conftest import ROOT

TUTORIAL = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", TUTORIAL, re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("hcclit ")]
SAID = re.findall(r"^\| (\w+-\d+) \| (\w+) \| (.+) \|$", TUTORIAL, re.M)
WIDE = {"COLUMNS": "160"}  # the terminal that the tutorial's output was taken from
NUMBERS = ("estimate", "ci_low", "ci_high", "yi", "sei")
ASKS_A_PERSON = ("hcclit review", "hcclit export papers/review ")


def hcclit(*arguments, cwd=ROOT):
    """Run the command line as a user does, in a wide terminal."""
    command = [sys.executable, "-m", "hcclit", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=os.environ | WIDE, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the tutorial's papers."""
    place = tmp_path_factory.mktemp("tutorial")
    subprocess.run([sys.executable, ROOT / "docs/tutorial/make_paper.py", "papers"], cwd=place, check=True)
    return place


@pytest.fixture(scope="module")
def done(folder):
    """What the commands that need no person said, by command; each ended with exit code 0."""
    said = {}
    for command in COMMANDS:
        if not command.startswith(ASKS_A_PERSON):
            arguments = shlex.split(command)[1:]
            run = hcclit(*arguments, cwd=folder)
            assert run.returncode == 0, (command, run.stderr)
            said[command] = run.stdout
    return said


def stated(form):
    """The lines of the tutorial's blocks of output that hold `form`, without their padding."""
    blocks = re.findall(r"```text\n(.*?)```", TUTORIAL, re.S)
    (block,) = [block for block in blocks if form in block]
    return [" ".join(line.split()) for line in block.splitlines()]


def test_the_commands_and_their_options_exist():
    names = {command.split()[1] for command in COMMANDS}
    assert names == {"extract", "report", "check", "review", "export", "plot"}
    helps = {name: hcclit(name, "--help").stdout for name in names}
    for command in COMMANDS:
        for option in re.findall(r"(?<= )--?[a-z][a-z-]*", command):
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", helps[command.split()[1]]), command


def test_the_records_are_as_many_as_the_tutorial_says(folder, done):
    with (folder / "records.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert f"has {len(rows)} rows, 25 for each paper" in TUTORIAL
    assert {sum(row["doc_id"] == name for row in rows) for name in {row["doc_id"] for row in rows}} == {25}


@pytest.mark.parametrize(
    ("command", "form"),
    [("hcclit extract papers/amsel-2019.pdf --format table", "endpoint=OS"), ("hcclit check papers", "share_of_total")],
)
def test_what_a_command_prints_is_what_the_tutorial_shows(done, command, form):
    printed = [" ".join(line.split()) for line in done[command].splitlines()]
    assert [line for line in stated(form) if line not in printed] == []


def test_the_planted_error_is_the_only_finding(done):
    assert done["hcclit check papers"].count("fink-2021") == 1
    assert len(done["hcclit check papers"].splitlines()) == 2


def test_the_effects_are_those_of_the_tutorial(folder, done):
    with (folder / "effects.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = [(row["study"], row["endpoint"], *(round(float(row[name]), 3) for name in NUMBERS)) for row in rows]
    assert found == [(study, endpoint, *map(float, cells.split(" | "))) for study, endpoint, cells in SAID]


def test_the_papers_print_the_ratios_of_the_effect_table(folder):
    for study, _, cells in SAID:
        estimate, low, high = (f"{float(cell):.2f}" for cell in cells.split(" | ")[:3])
        text = " ".join(read(folder / f"papers/{study}.pdf").text.split())
        assert f"hazard ratio {estimate}, 95% CI {low}-{high}" in text


def test_the_forest_plot_is_the_picture_of_the_tutorial(folder, done):
    drawn, shown = (
        re.findall(r"<text[^>]*>([^<]+)<", path.read_text(encoding="utf-8"))
        for path in (folder / "figures/all-forest.svg", ROOT / "docs/tutorial/forest.svg")
    )
    assert drawn == shown
    assert "0.78 (95% CI 0.61–0.99)" in shown


def test_pictures_and_links_are_there():
    links = re.findall(r"\]\(([^)#:]+)\)", TUTORIAL)
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
    pictures = sorted({*(ROOT / "docs/tutorial").glob("*.png"), *(ROOT / "docs/tutorial").glob("*.svg")})
    assert {f"tutorial/{picture.name}" for picture in pictures} <= set(links)
    assert sum(picture.stat().st_size for picture in pictures) < 600_000


def test_the_same_papers_every_day(folder, tmp_path):
    subprocess.run([sys.executable, ROOT / "docs/tutorial/make_paper.py", tmp_path / "again"], check=True)
    for paper in (folder / "papers").glob("*.pdf"):
        assert (tmp_path / "again" / paper.name).read_bytes() == paper.read_bytes()
