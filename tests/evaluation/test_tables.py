from io import StringIO

import pytest
from rich.console import Console

from hcclit.evaluation import evaluate, headline, render_tables

from .build import date, statistic


@pytest.fixture
def evaluation():
    gold = {"a": [date(0, 4), date(5, 9)], "b": [statistic(0, 4, group="sorafenib", when="2008")], "c": []}
    predicted = {"a": [date(0, 4)], "b": [statistic(0, 4, group="placebo", when="2008")], "c": []}
    return evaluate(gold, predicted)


def rows(table):
    columns = [list(column.cells) for column in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def test_scores_by_line_and_level(evaluation):
    table = rows(render_tables(evaluation)[0])
    assert [row[1] for row in table] == ["span", "core", "full"] * 7
    assert table[0] == ["dose", "span", "0", "0", "0", "–", "–", "–", ""]
    assert table[7] == ["", "core", "2", "1", "1", "1.000", "0.500", "0.667", "0.667–0.667"]
    assert [row[0] for row in table if row[0]] == [
        "dose",
        "marker",
        "date",
        "response",
        "statistic (core)",
        "micro",
        "statistic (extended)",
    ]


def test_core_f1_by_document(evaluation):
    assert rows(render_tables(evaluation)[1]) == [
        ["a", "2", "1", "–", "–", "0.667", "–", "–", "0.667", "–"],
        ["b", "1", "1", "–", "–", "–", "–", "1.000", "1.000", "–"],
        ["c", "0", "0", "–", "–", "–", "–", "–", "–", "–"],
    ]


def test_side_lines(evaluation):
    table = {row[0]: row[1:] for row in rows(render_tables(evaluation)[2])}
    assert table["micro"] == ["1.000", "1/1", "0.000", "0/1"]
    assert table["dose"] == ["–", "–", "–", "–"]


def test_headline(evaluation):
    low, high = evaluation.intervals["micro"]
    assert headline(evaluation) == f"micro core F1 0.800 (95% {low:.3f}–{high:.3f}), precision 1.000"
    assert headline(evaluate({}, {})) == "micro core F1 – (95% –), precision –"


def test_tables_print_in_a_terminal_of_100_columns(evaluation):
    out = StringIO()
    long = evaluate({"a-paper-with-a-rather-long-name": []}, {})
    for table in render_tables(evaluation) + render_tables(long):
        Console(file=out, width=100).print(table)
    assert "…" not in out.getvalue()
    assert "statistic (extended)" in out.getvalue()
