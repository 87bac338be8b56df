"""The evaluation as a page: scores, trend, confusions and errors, with what papers say shown as text."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from hcclit.evaluation import evaluate
from hcclit.evaluation.charts import trend
from hcclit.evaluation.page import Context, evaluation_page
from hcclit.evaluation.runs import logged, read_log, run_of
from tests.conftest import CASE

from .build import date, dose, statistic

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"quoted' & {{ 7*7 }}"
TEXT = f"Before. {HOSTILE} was given at 400 mg twice, with OS of 10.5 mo in 2009. After."


class Page(HTMLParser):
    """What a browser would make of a page: elements with their attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text.append(data)

    def all(self, name):
        return [attributes for tag, attributes in self.tags if tag == name]


def words(page):
    return " ".join(" ".join(page.text).split())


NAME = "pa per"


def there(make, words, **fields):
    """A record that stands at some words of the text."""
    start = TEXT.index(words)
    return make(start, start + len(words), doc_id=NAME, **fields)


@pytest.fixture
def evaluation():
    gold = [
        there(dose, "400 mg", drug=HOSTILE),
        there(date, "2009", value="2009"),
        there(statistic, "10.5 mo", n=7),
    ]
    predicted = [there(dose, "400 mg", drug="other"), there(statistic, "10.5 mo"), there(statistic, "400", value=400)]
    other = {"second": [date(0, 4, doc_id="second")]}
    return evaluate({NAME: gold} | other, {NAME: predicted} | other)


def page_of(evaluation, report="", versions=("1",)):
    runs = [run_of(evaluation, version) for version in versions]
    return evaluation_page(evaluation, Context({NAME: TEXT}, runs, report, "1"))


def test_what_a_paper_says_is_text(evaluation):
    html = page_of(evaluation)
    page = Page(html)
    assert len(page.all("script")) == 1  # our own, which the policy names
    assert page.all("img") == []
    assert "alert(1)" not in html.split("<script>")[-1]
    assert html.count("alert(1)") == html.count("&lt;script&gt;alert(1)")
    assert "{{ 7*7 }}" in "".join(page.text)
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)


def test_it_needs_nothing_but_itself(evaluation):
    page = Page(page_of(evaluation))
    named = [value for _, tag in page.tags for name, value in tag.items() if name in ("src", "href", "action")]
    assert [value for value in named if re.match(r"\w+:|//", value)] == ["data:,"]  # the icon, which is none


def test_every_error_stands_in_its_sentence_and_leads_to_the_report(evaluation):
    page = Page(page_of(evaluation, report="../report/"))
    kinds = [row["data-subject"] for row in page.all("tr") if "data-subject" in row]
    assert sorted(kinds) == ["false alarm", "miss", "wrong field", "wrong field"]
    links = {link["href"] for link in page.all("a")}
    assert "../report/pa%20per.html" in links  # the miss: nothing was found there
    alarm = there(statistic, "400", value=400)
    assert f"../report/pa%20per.html#m-{alarm.id}" in links
    text = words(page)
    assert "was given at 400 mg twice, with OS of 10.5 mo in 2009 ." in text
    assert len(page.all("mark")) == len(kinds)


def test_confused_fields_are_counted_with_what_was_taken_for_what(evaluation):
    text = words(Page(page_of(evaluation)))
    assert re.search(r"statistic \(core\) n full 1 of 1 7 → –", text)
    assert re.search(r"dose drug core 1 of 1 .* → other", text)


def test_scores_are_those_of_the_evaluation_with_intervals(evaluation):
    text = words(Page(page_of(evaluation)))
    core = evaluation.lines["micro"].score("core")
    assert f"{core.precision:.3f}" in text
    assert f"{core.f1:.3f}" in text
    assert "date span 2 1 1 1.000" in text


def test_the_trend_is_drawn_from_the_log_and_is_the_same_for_the_same_log(evaluation):
    assert page_of(evaluation, versions="123") == page_of(evaluation, versions="123")
    page = Page(page_of(evaluation, versions="123"))
    assert len(page.all("polyline")) == 3
    assert "core F1 0.500, run 2, 2" in "".join(page.text)
    assert Page(page_of(evaluation)).all("polyline") == []  # one run is no trend


def test_the_scale_of_the_trend_holds_all_points(evaluation):
    runs = [run_of(evaluation, str(number)) for number in range(45)]
    drawn = trend(runs)
    assert len(drawn.runs) == 15
    assert drawn.runs[-1][1] == "45"
    ys = [y for y, _ in drawn.ticks]
    assert all(min(ys) <= point.y <= max(ys) + 60 for points in drawn.series.values() for point in points)
    places = sorted(drawn.labels.values())
    assert all(b - a >= 15 for a, b in pairwise(places))


def test_runs_against_other_gold_are_not_in_the_trend(evaluation):
    other = run_of(evaluate({"x": [date(0, 4)]}, {}), "0")
    context = Context({}, [other, run_of(evaluation, "1"), run_of(evaluation, "2")], "", "2")
    text = "".join(Page(evaluation_page(evaluation, context)).text)
    assert "2 runs against this gold, all types together, the oldest first; 1 of the log against other gold" in text


def test_the_log_grows_by_runs_that_say_something_new(tmp_path, evaluation):
    log = tmp_path / "deep/log.jsonl"
    assert read_log(log) == []
    for version in ("1", "1", "2", "1"):
        runs = logged(log, run_of(evaluation, version))
    assert [run.version for run in runs] == ["1", "2", "1"]
    assert read_log(log) == runs
    log.write_text("{}\n")
    with pytest.raises(ValueError, match=r"log\.jsonl:1: no run of"):
        read_log(log)


def test_the_digest_of_the_gold_changes_with_the_gold_alone(evaluation):
    gold = {"p": [date(0, 4)]}
    right, missed = (run_of(evaluate(gold, {"p": found}), "1").gold for found in ([date(0, 4)], []))
    assert right == missed
    assert run_of(evaluate({"p": [date(0, 5)]}, {}), "1").gold != right


def test_the_page_by_the_command(hcclit, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/case.txt").write_text(CASE)
    (tmp_path / "gold").mkdir()
    record = date(3, 15, doc_id="case", text=CASE[3:15], value="2009-10")
    (tmp_path / "gold/case.jsonl").write_text(record.model_dump_json())
    found = record.model_copy(update={"value": "2009"})
    (tmp_path / "found.jsonl").write_text(found.model_dump_json())
    given = ("--gold", tmp_path / "gold", "--docs", tmp_path / "docs", "--predicted", tmp_path / "found.jsonl")
    page = tmp_path / "out/evaluation.html"
    done = hcclit("evaluate", *given, "--html", page, "--report", tmp_path / "report", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["lines"]["micro"]["span"]["recall"] == 1
    assert f'href="../report/case.html#m-{found.id}"' in page.read_text()
    (run,) = read_log(page.with_suffix(".runs.jsonl"))
    assert (run.version, run.papers) == ("found.jsonl", 1)
    (tmp_path / "bad.jsonl").write_text("no\n")
    done = hcclit("evaluate", *given, "--log", tmp_path / "bad.jsonl")
    assert done.returncode == 2
    assert "bad.jsonl:1: no run of" in done.stderr


def test_errors_are_filtered_in_a_browser(tmp_path, evaluation, chromium):
    path = tmp_path / "evaluation.html"
    path.write_text(page_of(evaluation, versions="12"), encoding="utf-8")
    page = chromium.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())
    assert page.locator("#errors tbody tr:visible").count() == 4
    page.select_option("#subject", "miss")
    assert page.locator("#errors tbody tr:visible").count() == 1
    page.select_option("#subject", "")
    page.fill("#search", "other")
    assert page.locator("#errors tbody tr:visible").count() == 1
    page.click("button[type=reset]")
    page.click("#errors thead button >> nth=2")
    assert page.locator("#errors tbody tr td:nth-child(3)").first.inner_text() == "false alarm"
    page.close()
    assert said == []
