import pytest

from hcclit.evaluation import check_floors, evaluate, load_floors

from .build import date, dose


@pytest.fixture
def evaluation():
    # dates: 1 of 2 found, nothing false: precision 1, recall 0.5, F1 2/3
    return evaluate({"paper": [date(0, 4), date(5, 9, when="2008")]}, {"paper": [date(0, 4)]})


@pytest.mark.parametrize(
    "floors",
    [
        {},
        {"micro": {"core": {"f1": 0.66, "precision": 1.0, "recall": 0.5}}},
        {"date": {"core": {"f1": 2 / 3}}, "micro": {"full": {"matched": 1}, "gold": 2}},
    ],
)
def test_floors_that_hold(evaluation, floors):
    assert check_floors(evaluation, floors) == []


def test_one_line_for_each_score_below(evaluation):
    floors = {
        "micro": {"core": {"f1": 0.90, "precision": 0.93, "recall": 0.51}},
        "date": {"span": {"f1": 0.7}},
    }
    assert check_floors(evaluation, floors) == [
        "micro core f1: 0.6667 is below its floor 0.9",
        "micro core recall: 0.5000 is below its floor 0.51",
        "date span f1: 0.6667 is below its floor 0.7",
    ]


@pytest.mark.parametrize(
    ("floors", "complaint"),
    [
        ({"dose": {"core": {"f1": 0.1}}}, "dose core f1: nothing annotated and nothing predicted, floor 0.1"),
        (
            {"date": {"when": {"share": 0.1}}},
            "date when share: nothing annotated and nothing predicted, floor 0.1",
        ),
        ({"dates": {"core": {"f1": 0.1}}}, "dates core f1: there is no such score"),
        ({"date": {"core": {"f2": 0.1}}}, "date core f2: there is no such score"),
        ({"date": {"core": 0.1}}, "date core: there is no such score"),
        ({"date": {"core": {"f1": "0.1"}}}, "date core f1: the floor '0.1' is no number"),
        ({"date": {"core": {"f1": True}}}, "date core f1: the floor True is no number"),
    ],
)
def test_floor_that_cannot_be_checked_does_not_pass(evaluation, floors, complaint):
    assert check_floors(evaluation, floors) == [complaint]


def test_side_lines_have_floors_too():
    gold = {"paper": [dose(0, 4, when="2008")]}
    assert check_floors(evaluate(gold, gold), {"micro": {"when": {"share": 1.0}}}) == []
    missing = {"paper": [dose(0, 4)]}
    assert check_floors(evaluate(gold, missing), {"micro": {"when": {"share": 0.5}}}) == [
        "micro when share: 0.0000 is below its floor 0.5"
    ]


def test_load_floors(tmp_path):
    file = tmp_path / "floors.json"
    file.write_text('{"micro": {"core": {"f1": 0.9}}}')
    assert load_floors(file) == {"micro": {"core": {"f1": 0.9}}}
    for bad in ("[1]", "{", "0.9"):
        file.write_text(bad)
        with pytest.raises(ValueError, match=r"floors\.json: ") as caught:
            load_floors(file)
        assert "\n" not in str(caught.value)
