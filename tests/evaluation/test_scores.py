import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcclit.evaluation import LEVELS, LINES, Counts, Score, Share, evaluate, list_mistakes

from .build import date, dose, marker, response, statistic


def one(gold, predicted):
    """Evaluate one paper."""
    return evaluate({"paper": gold}, {"paper": predicted})


def core(evaluation, line="micro"):
    counts = evaluation.lines[line]
    return counts.core, counts.gold, counts.predicted


# --- identities -------------------------------------------------------------------------------------


def test_gold_against_itself_is_perfect(examples):
    evaluation = evaluate(examples, examples)
    for line in LINES:
        counts = evaluation.lines[line]
        assert counts.gold == counts.predicted == counts.full > 0
        for level in LEVELS:
            assert counts.score(level) == Score(counts.gold, 1.0, 1.0, 1.0)
        assert evaluation.intervals[line] == (1.0, 1.0)
        assert counts.when.share in (1.0, None)
        assert counts.group.share in (1.0, None)
    micro = evaluation.lines["micro"]
    assert micro.when.of > 0
    assert micro.group.of > 0
    assert list_mistakes(evaluation, {}) == []


def test_all_records_are_counted_once(examples):
    lines = evaluate(examples, examples).lines
    every = [record for records in examples.values() for record in records]
    assert lines["micro"].gold + lines["extended"].gold == len(every)
    assert lines["micro"].gold == sum(lines[line].gold for line in ("dose", "marker", "date", "response", "statistic"))


def test_a_dropped_prediction_is_one_miss(examples):
    for doc_id, records in examples.items():
        for dropped in records:
            rest = [record for record in records if record is not dropped]
            evaluation = evaluate({doc_id: records}, {doc_id: rest})
            missed = [r for matching in evaluation.matchings[doc_id].values() for r in matching.missed]
            assert missed == [dropped]
            assert [mistake.kind for mistake in list_mistakes(evaluation, {})] == ["miss"]


def test_an_added_prediction_is_one_false_alarm(examples):
    for doc_id, records in examples.items():
        for added in records:
            evaluation = evaluate({doc_id: records}, {doc_id: [added, *records]})
            false = [r for matching in evaluation.matchings[doc_id].values() for r in matching.false_alarms]
            assert false == [added]
            assert [mistake.kind for mistake in list_mistakes(evaluation, {})] == ["false_alarm"]


@st.composite
def papers(draw):
    makers = st.sampled_from([dose, marker, date, response, statistic])
    place = st.tuples(st.integers(0, 5), st.integers(1, 4), st.sampled_from([None, "2008", "2009-01"]))
    drawn = draw(st.lists(st.tuples(makers, place), max_size=5))
    records = [make(start, start + size, when=when) for make, (start, size, when) in drawn]
    for start, endpoint, group in draw(
        st.lists(
            st.tuples(
                st.integers(0, 5),
                st.sampled_from(["OS", "PFS", "other"]),
                st.sampled_from([None, "sorafenib", "placebo"]),
            ),
            max_size=4,
        )
    ):
        records.append(statistic(start, start + 2, endpoint=endpoint, group=group))
    return records


@settings(max_examples=100, deadline=None)
@given(gold=st.lists(papers(), max_size=3), predicted=st.lists(papers(), max_size=3), data=st.data())
def test_order_changes_no_score(gold, predicted, data):
    sides = [{str(at): records for at, records in enumerate(papers)} for papers in (gold, predicted)]
    shuffled = [
        {key: data.draw(st.permutations(side[key])) for key in data.draw(st.permutations(sorted(side)))}
        for side in sides
    ]
    assert json.dumps(evaluate(*sides).to_dict()) == json.dumps(evaluate(*shuffled).to_dict())


@settings(max_examples=100, deadline=None)
@given(gold=papers(), predicted=papers())
def test_counts_are_consistent(gold, predicted):
    for line, counts in one(gold, predicted).lines.items():
        assert counts.full <= counts.core <= counts.span <= min(counts.gold, counts.predicted), line
        assert counts.when.right <= counts.when.of <= counts.core
        assert counts.group.right <= counts.group.of <= counts.core
        for level in LEVELS:
            assert (counts.score(level).f1 is None) == (counts.gold == counts.predicted == 0)


# --- computed by hand -------------------------------------------------------------------------------


def test_three_levels_by_hand():
    gold = [dose(at, at + 5, subject="patient") for at in (0, 10, 20, 30)]
    predicted = [
        dose(0, 5, subject="patient"),  # full
        dose(12, 20, subject="cited"),  # core: the subject is wrong
        dose(20, 25, amount=800),  # span: the amount is wrong
        dose(50, 55),  # false alarm
        dose(60, 65),  # false alarm
    ]
    counts = one(gold, predicted).lines["dose"]
    assert counts == Counts(gold=4, predicted=5, span=3, core=2, full=1)
    assert counts.score("span") == Score(3, 3 / 5, 3 / 4, 6 / 9)
    assert counts.score("core") == Score(2, 2 / 5, 2 / 4, 4 / 9)
    assert counts.score("full") == Score(1, 1 / 5, 1 / 4, 2 / 9)


def test_micro_sums_types_and_papers():
    gold = {"a": [dose(0, 5), marker(10, 15)], "b": [date(0, 4)], "c": []}
    predicted = {"a": [dose(0, 5), date(0, 4)], "b": [date(0, 4)], "c": [response(0, 2)]}
    evaluation = evaluate(gold, predicted)
    assert core(evaluation) == (2, 3, 4)
    assert evaluation.lines["micro"].score("core").f1 == 4 / 7
    assert [doc["micro"].core for doc in evaluation.documents.values()] == [1, 1, 0]
    assert evaluation.documents["a"]["micro"].score("core").f1 == 2 / 4


def test_records_of_two_types_never_match():
    assert one([date(0, 4)], [dose(0, 4)]).lines["micro"].span == 0


def test_when_and_group_by_hand():
    gold = [
        statistic(0, 4, when="2008", group="sorafenib"),
        statistic(10, 14, elapsed="P8M", group="placebo"),
        statistic(20, 24, when="2008", group="placebo"),  # its prediction is no core match
        statistic(30, 34),  # states neither
    ]
    predicted = [
        statistic(0, 4, when="2008", group="Sorafenib arm"),
        statistic(10, 14, elapsed="P9M", group="sorafenib"),
        statistic(20, 24, when="2008", group="placebo", value=3),
        statistic(30, 34, when="2008", group="sorafenib"),
    ]
    counts = one(gold, predicted).lines["micro"]
    assert (counts.when, counts.group) == (Share(1, 2), Share(1, 2))
    assert counts.when.share == 0.5
    assert counts.core == 3


# --- empty ------------------------------------------------------------------------------------------


def test_nothing_annotated_and_nothing_predicted_is_none_not_zero():
    evaluation = one([date(0, 4)], [])
    assert evaluation.lines["dose"].score("core") == Score(0, None, None, None)
    assert evaluation.lines["date"].score("core") == Score(0, 0.0, 0.0, 0.0)
    assert evaluation.lines["date"].when.share is None
    assert evaluate({}, {}).lines["micro"].score("core").f1 is None


def test_paper_with_empty_gold_counts():
    evaluation = evaluate({"empty": [], "other": [date(0, 4)]}, {"empty": [dose(0, 4)], "other": [date(0, 4)]})
    assert core(evaluation) == (1, 1, 2)
    assert evaluation.documents["empty"]["dose"].score("span") == Score(0, 0.0, 0.0, 0.0)


def test_documents_of_one_side_only_are_named():
    evaluation = evaluate({"a": [date(0, 4)], "b": []}, {"z": [date(0, 4)], "b": []})
    assert evaluation.without_gold == ("z",)
    assert evaluation.without_prediction == ("a", "b")
    assert core(evaluation) == (0, 1, 0)


# --- core and extended ------------------------------------------------------------------------------

ADVERSE = {"endpoint": "AE:diarrhoea", "measure": "rate", "unit": "%"}


def test_extended_predictions_cost_nothing_where_gold_has_none():
    evaluation = evaluate({"a": [statistic(0, 4)], "b": []}, {key: [statistic(5, 9, **ADVERSE)] for key in "ab"})
    assert evaluation.lines["extended"] == Counts()
    assert core(evaluation) == (0, 1, 0)


def test_extended_line_is_scored_where_gold_has_it_and_is_in_no_sum():
    gold = [statistic(0, 4), statistic(10, 14, **ADVERSE), statistic(20, 24, **ADVERSE)]
    predicted = [statistic(0, 4), statistic(10, 14, **ADVERSE), statistic(30, 34, **ADVERSE)]
    evaluation = one(gold, predicted)
    assert core(evaluation, "extended") == (1, 2, 2)
    assert core(evaluation, "statistic") == core(evaluation, "micro") == (1, 1, 1)


def test_core_gold_predicted_as_extended_is_a_miss_of_core():
    gold = [statistic(0, 4), statistic(10, 14, **ADVERSE)]
    predicted = [statistic(0, 4, endpoint="other"), statistic(10, 14, **ADVERSE)]
    evaluation = one(gold, predicted)
    assert core(evaluation, "statistic") == (0, 1, 0)
    assert core(evaluation, "extended") == (1, 1, 2)


def test_extended_gold_predicted_as_core_is_a_false_alarm_of_core():
    evaluation = one([statistic(0, 4, endpoint="other")], [statistic(0, 4)])
    assert core(evaluation, "statistic") == (0, 0, 1)
    assert core(evaluation, "extended") == (0, 1, 0)


# --- intervals --------------------------------------------------------------------------------------


def test_interval_spans_what_papers_differ_in():
    # A quarter of the draws holds the right paper twice, a quarter the wrong one twice.
    evaluation = evaluate({"a": [date(0, 4)], "b": [date(0, 4)]}, {"a": [date(0, 4)], "b": [date(5, 9)]})
    assert evaluation.intervals["date"] == (0.0, 1.0)
    assert evaluation.intervals["dose"] is None


def test_interval_needs_two_papers():
    assert one([date(0, 4)], [date(0, 4)]).intervals["micro"] is None


def test_interval_surrounds_the_score_and_narrows_with_more_papers():
    def width(papers):
        gold = {f"{at}": [date(0, 4), date(10, 14)] for at in range(papers)}
        predicted = {f"{at}": [date(0, 4), date(10 + at % 2 * 20, 14 + at % 2 * 20)] for at in range(papers)}
        low, high = evaluate(gold, predicted).intervals["micro"]
        assert low < 0.75 < high
        return high - low

    assert width(100) < width(10) / 2


def test_draws_are_the_same_in_every_run():
    gold = {f"{at}": [date(10 * k, 10 * k + 4) for k in range(at % 7 + 1)] for at in range(40)}
    predicted = {doc_id: records[: int(doc_id) % 5] for doc_id, records in gold.items()}
    first, second = (evaluate(gold, predicted).intervals["micro"] for _ in range(2))
    assert first == second


def test_draws_without_a_record_of_the_line_are_left_out():
    gold = {"a": [date(0, 4)], "b": [], "c": []}
    assert evaluate(gold, gold).intervals["date"] == (1.0, 1.0)


# --- as JSON ----------------------------------------------------------------------------------------


def test_to_dict_has_everything_in_one_order(examples):
    scores = evaluate(examples, examples).to_dict()
    assert json.loads(json.dumps(scores, allow_nan=False)) == scores
    assert list(scores) == ["lines", "documents", "without_gold", "without_prediction", "origins", "agreement"]
    assert list(scores["lines"]) == list(LINES)
    assert list(scores["documents"]) == sorted(examples)
    line = scores["lines"]["micro"]
    assert list(line) == ["gold", "predicted", "span", "core", "full", "when", "group"]
    assert list(line["core"]) == ["matched", "precision", "recall", "f1", "f1_interval"]
    assert list(line["when"]) == ["right", "of", "share"]


@pytest.mark.parametrize("line", LINES)
def test_to_dict_keeps_the_keys_of_an_empty_line(line):
    full, empty = (evaluate(side, side).to_dict()["lines"][line] for side in ({"a": [date(0, 4)]}, {}))
    assert list(full) == list(empty)
    assert list(full["core"]) == list(empty["core"])
