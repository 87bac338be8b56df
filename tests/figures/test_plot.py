"""The command line of figures."""

import pytest

from tests.figures.invented import COURSE

TRIAL = "Results\n\nMedian OS was 10.7 months with sorafenib and 7.9 months with placebo (HR 0.69, 95% CI 0.55-0.87).\n"


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "case.txt").write_text(COURSE)
    (folder / "trial.txt").write_text(TRIAL)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "plain.txt").write_text("Methods\n\nWe searched two databases.\n")
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_papers_are_drawn_and_what_goes_wrong_is_said(hcclit, inbox, tmp_path):
    out = tmp_path / "figures"
    (inbox / "more").mkdir()
    (inbox / "more/case.txt").write_text(COURSE)  # papers of one name do not overwrite each other
    done = hcclit("plot", inbox, "-o", out)
    assert done.returncode == 1  # one paper could not be read
    expected = ["all-forest.svg", "all-swimmer.svg", "case-timeline-1.svg"]
    expected += ["case~2-timeline-1.svg", "trial-forest.svg", "trial-medians.svg"]
    assert names(out) == expected
    assert sorted(done.stdout.split()) == [str(out / name) for name in expected]
    said = done.stderr.splitlines()
    assert [line for line in said if line.startswith(f"{inbox / 'broken.pdf'}: ")]
    assert f"{inbox / 'plain.txt'}: nothing to draw" in said
    assert f"{inbox / 'case.txt'}: timeline-1: not placed: CEA 3 ng/mL: no time is stated" in said
    assert len(said) == 4


def test_only_the_kinds_that_are_asked_for_as_png(hcclit, inbox, tmp_path):
    done = hcclit(
        "plot", inbox / "case.txt", inbox / "trial.txt", "-o", tmp_path / "a", "--format", "png", "--kind", "medians"
    )
    assert done.returncode == 0
    assert names(tmp_path / "a") == ["trial-medians.png"]
    assert (tmp_path / "a/trial-medians.png").read_bytes().startswith(b"\x89PNG")
    assert done.stderr == f"{inbox / 'case.txt'}: nothing to draw\n"


def test_a_folder_that_cannot_be_made_ends_the_command(hcclit, inbox):
    done = hcclit("plot", inbox / "case.txt", "-o", inbox / "case.txt" / "x")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
