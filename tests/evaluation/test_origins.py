"""Gold that was reviewed and gold that was labelled blind are scored apart; two labellers are an agreement."""

import json

import pytest

from hcclit.evaluation import evaluate, headline, load_origins, render_tables
from hcclit.evaluation.origins import origin_of
from hcclit.scoring import score_folder

from .build import date, dose


def gold(folder, **papers):
    folder.mkdir()
    for name, records in papers.items():
        lines = (record.model_copy(update={"doc_id": name}).model_dump_json() + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text("".join(lines))
    return folder


def f1(scores):
    return scores["lines"]["micro"]["core"]["f1"]


def test_one_reviewed_record_makes_a_paper_reviewed_and_blind_must_be_all():
    review, blind, silent = (date(0, 4, origin=origin) for origin in ("review", "blind", None))
    assert origin_of([blind, review]) == "review"
    assert origin_of([blind, blind]) == "blind"
    assert origin_of([blind, silent]) == origin_of([]) == "unstated"


def test_papers_of_each_origin_have_scores_of_their_own():
    expected = {
        "a": [date(0, 4, origin="review"), date(5, 9, origin="review")],
        "b": [date(0, 4, origin="blind")],
        "c": [],
        "d": [date(0, 4)],
    }
    found = {"a": [date(0, 4), date(5, 9)], "b": [date(10, 14)], "c": [dose(0, 4)], "d": [date(0, 4)]}
    scores = evaluate(expected, found, {"c": "blind"}).to_dict()
    assert {name: part["documents"] for name, part in scores["origins"].items()} == {
        "review": ["a"],
        "blind": ["b", "c"],
        "unstated": ["d"],
    }
    assert {name: f1(part) for name, part in scores["origins"].items()} == {"review": 1, "blind": 0, "unstated": 1}
    assert scores["origins"]["blind"]["lines"]["micro"]["predicted"] == 2
    assert f1(scores) == pytest.approx(2 * 3 / (4 + 5))


def test_a_table_tells_them_apart_where_gold_has_both():
    review, blind = ({"paper": [date(0, 4, origin=origin)]} for origin in ("review", "blind"))
    assert len(render_tables(evaluate(review, review))) == 3
    both = {"a": review["paper"], "b": blind["paper"]}
    table = render_tables(evaluate(both, {"a": review["paper"]}))[-1]
    rows = list(zip(*(column.cells for column in table.columns), strict=True))
    assert [row[:7] for row in rows] == [
        ("review", "1", "1", "1", "1.000", "1.000", "1.000"),
        ("blind", "1", "1", "0", "0.000", "0.000", "0.000"),
    ]


def test_the_origin_is_no_part_of_the_fact_and_of_no_score():
    plain, reviewed = date(0, 4), date(0, 4, origin="review")
    assert plain.id == reviewed.id
    assert evaluate({"a": [reviewed]}, {"a": [plain]}).lines["micro"].full == 1


def test_agreement_is_over_the_papers_that_both_labelled(tmp_path):
    ours = [date(0, 4, origin="review"), date(5, 9, origin="review")]
    one = gold(tmp_path / "one", a=ours, b=ours, c=[])
    two = gold(tmp_path / "two", a=ours[:1], c=[], d=ours)
    there = score_folder(one, tmp_path / "no papers here", two)
    back = score_folder(two, tmp_path / "no papers here", one)
    assert list(there.documents) == ["a", "c"]
    assert there.labelled_once == back.labelled_once == ("b", "d")
    assert f1(there.to_dict()) == f1(back.to_dict()) == pytest.approx(2 / 3)
    assert headline(there).startswith("agreement of two labellings, micro core F1 0.667")
    assert headline(there).endswith("only one labelled b, d")
    assert there.to_dict()["agreement"] == {"labelled_once": ["b", "d"]}


def test_predictions_are_no_agreement_and_a_paper_without_any_is_missed(tmp_path):
    expected = gold(tmp_path / "gold", a=[date(0, 4, origin="review")], b=[date(0, 4, origin="review")])
    found = gold(tmp_path / "found", a=[date(0, 4, confidence=0.9)])
    evaluation = score_folder(expected, tmp_path, found)
    assert evaluation.labelled_once is None
    assert evaluation.lines["micro"].gold == 2


def test_two_labellers_without_a_paper_in_common_are_told(tmp_path):
    one, two = (gold(tmp_path / name, **{name: [date(0, 4, origin="blind")]}) for name in "ab")
    with pytest.raises(ValueError, match="no paper in common"):
        score_folder(one, tmp_path, two)


def test_origins_beside_the_gold(tmp_path):
    assert load_origins(tmp_path) == {}
    (tmp_path / "origins.json").write_text(json.dumps({"a": "blind"}))
    assert load_origins(tmp_path) == {"a": "blind"}
    (tmp_path / "origins.json").write_text(json.dumps({"a": "guessed"}))
    with pytest.raises(ValueError, match=r"origins\.json: not an object"):
        load_origins(tmp_path)
