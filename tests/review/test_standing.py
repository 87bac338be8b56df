"""Decisions about records, and what they amount to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcclit.review.standing import RefusedError, Standing
from hcclit.review.steps import (
    Accepted,
    Added,
    Corrected,
    Finished,
    Rejected,
    Resumed,
    Silenced,
    Undone,
)

from .build import KEYS, RECORDS, date, dose, opened

ALL_ACCEPTED = [Accepted(key=key) for key in KEYS]


def gold(standing):
    return [(record.type, record.start) for record in standing.gold()]


def test_nothing_is_gold_before_somebody_decides():
    standing = Standing(opened())
    assert [item.key for item in standing.undecided] == KEYS
    assert standing.gold() == []


def test_gold_is_what_was_accepted_corrected_and_added_and_says_its_origin():
    better = dose(0, 6, amount=800)
    standing = Standing(
        opened(),
        [
            Accepted(key=KEYS[1]),
            Rejected(key=KEYS[2]),
            Corrected(key=KEYS[0], record=better),
            Added(key="added-4", record=date(5, 9)),
        ],
    )
    assert gold(standing) == [("dose", 0), ("date", 5), ("marker", 10)]
    found = standing.gold()[0]
    assert (found.amount, found.origin, found.confidence) == (800, "review", None)
    assert [item.verdict for item in standing.items.values()] == ["corrected", "accepted", "rejected", None, "added"]
    assert standing.items[KEYS[0]].predicted == RECORDS[0]


def test_to_accept_what_was_corrected_gives_the_prediction_back():
    standing = Standing(opened(), [Corrected(key=KEYS[0], record=dose(0, 6, amount=800)), Accepted(key=KEYS[0])])
    assert standing.items[KEYS[0]].record == RECORDS[0]
    assert standing.items[KEYS[0]].verdict == "accepted"


def test_undo_takes_back_one_step_after_the_other_and_what_was_added_goes():
    standing = Standing(opened(), [Accepted(key=KEYS[0]), Added(key="added-2", record=date(5, 9))])
    standing.take(Undone())
    assert list(standing.items) == KEYS
    standing.take(Undone())
    assert standing.items == Standing(opened()).items
    with pytest.raises(RefusedError, match="nothing to undo"):
        standing.take(Undone())


def test_a_paper_is_done_only_when_all_is_decided_and_an_undo_of_that_is_no_gold_file_any_more():
    standing = Standing(opened(), ALL_ACCEPTED[:-1])
    with pytest.raises(RefusedError, match="1 record is not decided yet"):
        standing.take(Finished())
    standing.take(ALL_ACCEPTED[-1])
    standing.take(Finished())
    assert standing.done
    standing.take(Rejected(key=KEYS[0]))
    assert standing.done  # a second thought changes its gold
    standing.take(Resumed())
    assert not standing.done
    standing.take(Undone())
    assert standing.done


def test_the_same_record_cannot_be_there_twice():
    standing = Standing(opened(), [Rejected(key=KEYS[2])])
    with pytest.raises(RefusedError, match=r"there already \(rejected\)"):
        standing.take(Added(key="added-2", record=RECORDS[2]))
    with pytest.raises(RefusedError, match=r"there already \(not decided yet\)"):
        standing.take(Corrected(key=KEYS[1], record=RECORDS[0]))
    # where the prediction has been corrected away, its former words are free
    standing.take(Corrected(key=KEYS[0], record=dose(0, 6, amount=800)))
    standing.take(Added(key="added-3", record=RECORDS[0]))
    with pytest.raises(RefusedError, match=r"there already \(added\)"):
        standing.take(Accepted(key=KEYS[0]))


def test_a_record_that_is_not_there_cannot_be_decided():
    for decision in (Accepted(key="x"), Rejected(key="x"), Corrected(key="x", record=RECORDS[0])):
        with pytest.raises(RefusedError, match="no such record"):
            Standing(opened()).take(decision)


def test_a_silenced_finding_keeps_its_reason():
    standing = Standing(opened(), [Silenced(finding="f1" * 6, reason="rounded in the paper")])
    assert [(finding, step.reason) for finding, step in standing.silenced.items()] == [
        ("f1" * 6, "rounded in the paper")
    ]
    standing.take(Undone())
    assert standing.silenced == {}


KEY = st.sampled_from([*KEYS, "added-1", "added-2", "nowhere"])
RECORD = st.builds(dose, st.integers(0, 3), st.integers(4, 6), amount=st.sampled_from([400, 800]))
DECISION = st.one_of(
    st.builds(Accepted, key=KEY),
    st.builds(Rejected, key=KEY),
    st.builds(Corrected, key=KEY, record=RECORD),
    st.builds(Added, key=KEY, record=RECORD),
    st.builds(Silenced, finding=st.sampled_from(["a" * 12, "b" * 12]), reason=st.just("so")),
    st.builds(Finished),
    st.builds(Resumed),
    st.builds(Undone),
)


def taken(decisions):
    """Those decisions that make sense, and where they lead."""
    standing, kept = Standing(opened()), []
    for decision in decisions:
        try:
            standing.take(decision)
        except RefusedError:
            continue
        kept.append(decision)
    return standing, kept


def seen(standing):
    return standing.items, standing.silenced, standing.done, standing.taken


@settings(max_examples=300, deadline=None)
@given(st.lists(DECISION, max_size=25))
def test_any_sequence_of_decisions_replays_to_the_same_state(decisions):
    standing, kept = taken(decisions)
    assert seen(Standing(opened(), kept)) == seen(standing)
    ids = [item.id for item in standing.items.values()]
    assert len(ids) == len(set(ids))
    assert all(item.id == item.record.id for item in standing.items.values())


@settings(max_examples=200, deadline=None)
@given(st.lists(DECISION, max_size=15), DECISION)
def test_undo_is_as_if_the_step_had_never_been(decisions, one_more):
    standing, kept = taken(decisions)
    before = seen(Standing(opened(), kept))
    try:
        standing.take(one_more)
    except RefusedError:
        assert seen(standing) == before
        return
    if not isinstance(one_more, Undone):
        standing.take(Undone())
        assert seen(standing) == before
