import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcclit.evaluation import match
from hcclit.evaluation.matching import overlaps

from .build import date, marker, statistic

# Written anew from the contract, so that a field forgotten in the code is noticed.
CORE = ["endpoint", "measure", "value", "unit"]
FULL = [
    "at", "ci_low", "ci_high", "ci_level", "range_low", "range_high", "range_kind", "sd", "p", "p_op", "n",
    "total", "subject",
]  # fmt: skip


@st.composite
def statistics(draw):
    start = draw(st.integers(0, 6))
    fields = {
        "value": draw(st.sampled_from([1, 2])),
        "endpoint": draw(st.sampled_from(["OS", "PFS"])),
        "p": draw(st.sampled_from([None, 0.01])),
        "n": draw(st.sampled_from([None, 7])),
        "when": draw(st.sampled_from([None, "2008"])),
    }
    return statistic(start, start + draw(st.integers(1, 4)), **fields)


SOME = st.lists(statistics(), max_size=4)


def worth(gold, predicted):
    equal = {name: getattr(gold, name) == getattr(predicted, name) for name in CORE + FULL}
    core = all(equal[name] for name in CORE)
    overlap = len(set(range(gold.start, gold.end)) & set(range(predicted.start, predicted.end)))
    return (int(core), int(all(equal.values())), 1, sum(equal.values()), overlap)


def brute_force(gold, predicted):
    best = (0,) * 5
    for choice in product([None, *range(len(predicted))], repeat=len(gold)):
        used = [at for at in choice if at is not None]
        pairs = [(g, predicted[at]) for g, at in zip(gold, choice, strict=True) if at is not None]
        if len(used) == len(set(used)) and all(g.start < p.end and p.start < g.end for g, p in pairs):
            best = max(best, total(pairs))
    return best


def total(pairs):
    return tuple(map(sum, zip((0,) * 5, *(worth(g, p) for g, p in pairs), strict=True)))


@settings(max_examples=200, deadline=None)
@given(gold=SOME, predicted=SOME)
def test_is_the_best_of_all_matchings(gold, predicted):
    matching = match(gold, predicted)
    assert total(matching.pairs) == brute_force(gold, predicted)
    assert len(matching.pairs) + len(matching.missed) == len(gold)
    assert len(matching.pairs) + len(matching.false_alarms) == len(predicted)
    assert all(g in gold and p in predicted for g, p in matching.pairs)


@settings(max_examples=100, deadline=None)
@given(gold=SOME, predicted=SOME, data=st.data())
def test_order_of_input_changes_nothing(gold, predicted, data):
    shuffled = data.draw(st.permutations(gold)), data.draw(st.permutations(predicted))
    assert match(*shuffled) == match(gold, predicted)


def test_more_core_matches_go_before_more_span_matches():
    #      0    5    10
    # gold [ A ][ B ]       A–P is right, but takes from B its only partner and leaves Q alone
    # pred  [ Q ]           A–Q and B–P would be two matches, none of them right
    #         [ P ]
    a, b = date(0, 5, value="2001"), date(5, 10, value="2002")
    p, q = date(3, 8, value="2001"), date(1, 4, value="2009")
    matching = match([a, b], [p, q])
    assert matching.pairs == ((a, p),)
    assert matching.missed == (b,)
    assert matching.false_alarms == (q,)


def test_more_full_matches_go_before_more_span_matches():
    # As above, but A–Q is right too in `core`; only A–P is in `full`.
    a, b = statistic(0, 5, subject="cohort"), statistic(5, 10, endpoint="PFS")
    p, q = statistic(3, 8, subject="cohort"), statistic(1, 4, subject="cited")
    assert match([a, b], [p, q]).pairs == ((a, p),)


def test_more_span_matches_go_before_more_equal_fields():
    a, b = statistic(0, 5, value=1, n=3, total=4, p=0.1), statistic(5, 10, value=2)
    p = statistic(3, 8, value=9, n=3, total=4, p=0.1)
    q = statistic(0, 3, value=8, endpoint="PFS")
    assert match([a, b], [p, q]).pairs == ((a, q), (b, p))


def test_greedy_in_text_order_would_fail():
    a, b = date(0, 10, value="2001"), date(2, 8, value="2002")
    assert match([a, b], [b, a]).pairs == ((a, a), (b, b))


def test_more_full_matches_go_before_overlap():
    gold = statistic(0, 10, subject="cohort")
    near, right = statistic(0, 10, subject="cited"), statistic(9, 12, subject="cohort")
    assert match([gold], [near, right]).pairs == ((gold, right),)


def test_equal_fields_go_before_overlap_and_overlap_decides_last():
    gold = statistic(0, 10, value=1, n=5)
    long, short = statistic(0, 10, value=2), statistic(0, 2, value=2, n=5)
    assert match([gold], [long, short]).pairs == ((gold, short),)
    twin = statistic(0, 3, value=2, n=5)
    assert match([gold], [long, short, twin]).pairs == ((gold, twin),)


def test_time_and_group_break_what_is_still_equal():
    gold = statistic(0, 4, when="2008", group="sorafenib")
    right = gold.model_copy(update={"section": "results"})
    others = [statistic(0, 4), statistic(0, 4, when="2008"), statistic(0, 4, group="placebo", when="2008")]
    assert match([gold], [*others, right]).pairs == ((gold, right),)


def test_markers_that_share_a_span_find_their_own():
    shared = [
        marker(5, 30, analyte=analyte, value=None, unit=None, kind="qualitative", interpretation="normal")
        for analyte in ("AFP", "CEA", "CA19-9")
    ]
    assert all(gold == predicted for gold, predicted in match(shared, shared[::-1]).pairs)
    matching = match(shared, shared[1:])
    assert (matching.missed, matching.false_alarms) == ((shared[0],), ())


def test_repeated_prediction_is_a_false_alarm():
    gold = date(0, 4)
    matching = match([gold], [gold, gold, gold])
    assert len(matching.pairs) == 1
    assert matching.false_alarms == (gold, gold)


def test_spans_that_only_touch_do_not_match():
    assert match([date(0, 4)], [date(4, 8)]).pairs == ()
    assert len(match([date(0, 4)], [date(3, 8)]).pairs) == 1


def test_nothing_against_nothing():
    matching = match([], [])
    assert (matching.pairs, matching.missed, matching.false_alarms) == ((), (), ())


@settings(max_examples=100, deadline=None)
@given(gold=SOME, predicted=SOME)
def test_sweep_finds_the_overlaps_that_comparing_all_finds(gold, predicted):
    every = [
        (g, p)
        for g, p in product(range(len(gold)), range(len(predicted)))
        if gold[g].start < predicted[p].end and predicted[p].start < gold[g].end
    ]
    assert sorted(overlaps(gold, predicted)) == every


@pytest.mark.parametrize("joined", [False, True])
def test_thousands_of_records_take_seconds(joined):
    size = 1500 if joined else 5000
    gold = [statistic(10 * at, 10 * at + 6, value=at) for at in range(size)]
    predicted = [statistic(10 * at - 1, 10 * at + 5, value=at) for at in range(1, size)]
    # One span over the whole text overlaps everything and joins all records into one group.
    whole = [statistic(0, 10 * size, value=-1)] if joined else []
    began = time.process_time()
    matching = match(gold, predicted + whole)
    assert time.process_time() - began < 10
    assert len(matching.pairs) == size - 1 + joined
    assert all(g.value == p.value for g, p in matching.pairs if p not in whole)
