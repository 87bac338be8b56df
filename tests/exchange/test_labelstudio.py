"""Label Studio: what goes out comes back, and what a person did to it there is told from what cannot be."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given

from hcclit.exchange.labelstudio import config, read_export, to_tasks
from hcclit.records import RECORD_TYPES
from tests.exchange.build import lines, paper, papers

TEXT = "😀 Sorafenib 400 mg\r\ntwice a day was given in May 2009."
DOSE = {
    "type": "dose",
    "words": "400 mg\r\ntwice a day",
    "drug": "sorafenib",
    "amount": 400,
    "unit": "mg",
    "per_day": 2,
}


@pytest.fixture
def there_and_back(tmp_path):
    def go(given_paper, edit=lambda task: None):
        tasks, problems = to_tasks([given_paper])
        assert problems == []
        tasks = json.loads(tasks)
        edit(tasks[0])
        path = tmp_path / "export.json"
        path.write_text(json.dumps(tasks))
        ((back, problems),) = read_export(path)
        return back, problems

    return go


@given(papers())
def test_every_record_comes_back_as_it_went(tmp_path_factory, nasty):
    path = tmp_path_factory.mktemp("ls") / "tasks.json"
    tasks, problems = to_tasks([nasty])
    path.write_text(tasks, encoding="utf-8", newline="")
    ((back, more),) = read_export(path)
    assert problems == more == []
    assert back.text == nasty.text
    assert lines(back.fields) == lines(nasty.fields)


def test_predictions_and_gold_are_told_apart(there_and_back):
    seen = []
    there_and_back(paper(TEXT, dict(DOSE) | {"confidence": 0.7}), seen.append)
    there_and_back(paper(TEXT, dict(DOSE)), seen.append)
    predicted, gold = seen
    assert predicted["predictions"][0]["result"][0]["score"] == 0.7
    assert "annotations" not in predicted
    assert "predictions" not in gold


def test_offsets_in_utf_16_units_of_older_editors_are_read(there_and_back):
    def older(task):
        for result in task["annotations"][0]["result"]:
            result["value"]["start"] += 1
            result["value"]["end"] += 1

    back, problems = there_and_back(paper(TEXT, dict(DOSE)), older)
    assert problems == []
    assert back.fields == paper(TEXT, dict(DOSE)).fields


def test_line_ends_of_the_editor_are_no_change(there_and_back):
    def shown(task):
        task["annotations"][0]["result"][0]["value"]["text"] = "400 mg\\ntwice a day"

    back, problems = there_and_back(paper(TEXT, dict(DOSE)), shown)
    assert problems == []
    assert back.fields == paper(TEXT, dict(DOSE)).fields


def new_region(value):
    def edit(task):
        task["annotations"][0]["result"].append({"id": "new", "type": "labels", "value": value})

    return edit


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"start": 50, "end": 54, "text": "2009", "labels": ["date"]}, "no record of type date: its note lacks value"),
        ({"start": 1, "end": 4, "text": "2009", "labels": ["date"]}, "'2009' is marked, but the text has"),
        ({"start": 50, "end": 54, "labels": ["date", "dose"]}, "a record has one type"),
        ({"start": 50, "end": 99, "labels": ["date"]}, "not within the text"),
        ({"start": None, "end": 99, "labels": ["date"]}, "no region of a text"),
        ({"start": 50, "end": 54, "labels": ["Person"]}, "label 'Person' is no type of record"),
    ],
)
def test_what_is_no_whole_record_is_told_and_the_others_stay(there_and_back, value, said):
    back, (problem,) = there_and_back(paper(TEXT, dict(DOSE)), new_region(value))
    assert said in problem.describe()
    assert "paper: new" in problem.describe()
    assert back.fields == paper(TEXT, dict(DOSE)).fields


def test_a_cancelled_annotation_does_not_count_and_two_are_not_chosen_between(there_and_back):
    def twice(task):
        task["annotations"] *= 2

    def cancelled(task):
        task["annotations"].append({"was_cancelled": True, "result": []})

    none, (problem,) = there_and_back(paper(TEXT, dict(DOSE)), twice)
    assert none is None
    assert "2 people have annotated it" in problem.describe()
    assert len(there_and_back(paper(TEXT, dict(DOSE)), cancelled)[0].fields) == 1


def test_a_prediction_that_nobody_touched_stands_and_an_annotation_goes_before_it(there_and_back):
    predicted = paper(TEXT, dict(DOSE) | {"confidence": 0.5})
    assert there_and_back(predicted)[0].fields == predicted.fields
    emptied, problems = there_and_back(predicted, lambda task: task.update(annotations=[{"result": []}]))
    assert (emptied.fields, problems) == ((), [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[", "no JSON"),
        ('[{"text": "min", "label": []}]', "not JSON-MIN"),
        ('[{"data": {"text": "a"}, "annotations": []}]', "no doc_id"),
        ('[{"data": {"text": "a", "doc_id": "a"}, "annotations": [[]]}]', "not as Label Studio writes a task"),
    ],
)
def test_files_that_are_no_export_get_a_line(tmp_path, content, said):
    path = tmp_path / "export.json"
    path.write_text(content)
    ((none, (problem,)),) = read_export(path)
    assert none is None
    assert said in problem.describe()


def test_the_configuration_names_what_the_tasks_use():
    view = ElementTree.fromstring(config())
    assert [label.get("value") for label in view.iter("Label")] == list(RECORD_TYPES)
    tasks = json.loads(to_tasks([paper(TEXT, dict(DOSE))])[0])
    names = {part.get("name") for part in view if part.get("name")}
    results = tasks[0]["annotations"][0]["result"]
    assert {name for result in results for name in (result["from_name"], result["to_name"])} == names
