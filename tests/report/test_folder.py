"""`hcclit report`, and the names of what it writes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

import hcclit.checks
from hcclit.checks.rules.share_of_total import check
from hcclit.checks.silencing import Silence
from hcclit.outcomes import Failure
from hcclit.report import job
from hcclit.report.folder import Report
from tests.report.papers import CASE
from tests.report.test_page import pdf

NAMES = ["case", "CASE", "case-2", "index", "con", "../up", "a/b", "<script>", "a'b\"c", ".hid", "肝癌", "x" * 300]


def page(title="A paper"):
    return job.Page(title, f"<p>{title}", {"dose": 2}, 1, ())


def test_every_paper_has_a_page_of_its_own_whatever_its_name(tmp_path):
    report = Report(tmp_path)
    files = [report.add(f"{name}.txt", page(name)) for name in NAMES]
    report.write_index()
    assert len({file.name.lower() for file in files} | {"index.html"}) == len(NAMES) + 1
    assert {file.parent for file in files} == {tmp_path}
    assert all(file.read_text() == f"<p>{name}" for name, file in zip(NAMES, files, strict=True))
    assert files[0].name == "case.html"
    assert files[NAMES.index("肝癌")].name == "肝癌.html"
    root = html.parse(str(tmp_path / "index.html")).getroot()
    assert [link.text for link in root.iterfind(".//tbody//a")] == NAMES


@given(st.lists(st.text(max_size=80), max_size=8))
def test_any_names_are_safe_and_apart(names):
    report = Report(None)
    made = [report._name(name) for name in names]
    assert len({name.lower() for name in made} | {"index"}) == len(names) + 1
    for name in made:
        assert name
        assert not set(name) & set("/\\<>\"'&:?*|\0 ")
        assert not name.startswith((".", "-"))
        assert len(f"{name}.html".encode()) < 256


def test_a_failed_paper_has_its_page_and_its_line(tmp_path):
    report = Report(tmp_path)
    file = report.add("in/<bad>.pdf", Failure("in/<bad>.pdf", "is <no> PDF"))
    report.write_index()
    assert "in/&lt;bad&gt;.pdf: is &lt;no&gt; PDF" in file.read_text()
    row = html.parse(str(tmp_path / "index.html")).getroot().find(".//tbody/tr")
    assert row.get("class") == "failed"
    assert "is <no> PDF" in row.text_content()


def test_what_cannot_be_drawn_leaves_the_page_and_is_told(tmp_path, monkeypatch):
    def broken(*_):
        raise RuntimeError("no pen")

    (tmp_path / "case.txt").write_text(CASE)
    monkeypatch.setattr(job, "of_paper", broken)
    made = job.page_of(tmp_path / "case.txt")
    assert len(made.failures) == 1
    assert made.failures[0].startswith("figures: ")
    assert "no pen" in made.failures[0]
    assert "no pen" in made.html
    assert sum(made.counts.values()) > 3


def test_a_check_that_fails_is_told_and_the_others_stand(tmp_path, monkeypatch):
    def broken(_):
        raise RuntimeError("no sum")

    (tmp_path / "wrong.txt").write_text("Rash occurred in 12 of 48 patients (35%).\n")
    monkeypatch.setattr(hcclit.checks, "checks", lambda: {"broken": broken, "share_of_total": check})
    made = job.page_of(tmp_path / "wrong.txt")
    assert made.failures == ("check broken failed (RuntimeError: no sum); please report this",)
    assert made.findings == 1


def test_silenced_findings_are_not_counted(hcclit, tmp_path):
    (tmp_path / "wrong.txt").write_text("Rash occurred in 12 of 48 patients (35%).\n")
    (line,) = hcclit("check", tmp_path / "wrong.txt", "--format", "jsonl").stdout.splitlines()
    file = tmp_path / "review" / "checks/silenced.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text(Silence(finding=json.loads(line)["id"], reason="as printed").model_dump_json())
    done = hcclit("report", tmp_path / "wrong.txt", "-o", tmp_path / "out", "--silenced", tmp_path / "review")
    assert done.returncode == 0, done.stderr
    assert " 0 findings" in done.stderr
    assert "as printed" in (tmp_path / "out/wrong.html").read_text()


def test_the_command_writes_a_page_for_each_paper_and_an_index(hcclit, tmp_path):
    inbox, out = tmp_path / "in", tmp_path / "out/deep"
    (inbox / "b").mkdir(parents=True)
    (inbox / "case.txt").write_text(CASE)
    (inbox / "b/case.txt").write_text(CASE.replace("1,250", "2,250"))
    (inbox / "case.pdf").write_bytes(pdf(15))
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = hcclit("report", inbox, "-o", out)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "broken.pdf: " in done.stderr
    written = {file.name: file for file in out.iterdir()}
    assert set(written) == {"index.html", "case.html", "case-2.html", "case-3.html", "broken.html"}
    assert max(file.stat().st_size for file in written.values()) < 2_000_000
    index = html.parse(str(written["index.html"])).getroot()
    assert sorted(link.get("href") for link in index.iterfind(".//tbody//a")) == sorted({*written} - {"index.html"})
    pages = [html.parse(str(written[name])).getroot() for name in ("case.html", "case-2.html", "case-3.html")]
    assert sorted(len(page.xpath("//figure[@class='sheet']")) for page in pages) == [0, 0, 15]
    assert all(page.xpath("//mark[@data-record]") for page in pages)
    assert sum(bool(page.xpath("//figure[@class='drawn']")) for page in pages) >= 2
    alone = hcclit("report", inbox / "case.txt", "-o", tmp_path / "alone")
    assert (alone.returncode, alone.stdout) == (0, "")
    assert f"{tmp_path}/alone/case.html, " in alone.stderr
    assert (tmp_path / "alone/case.html").read_bytes() == written["case-3.html"].read_bytes()


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_folder_that_cannot_be_made_is_told(hcclit, tmp_path, name):
    (tmp_path / "file").write_text("")
    (tmp_path / "case.txt").write_text(CASE)
    done = hcclit("report", tmp_path / "case.txt", "-o", tmp_path / name)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
