import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcclit.evaluation.assignment import EXACT, best_assignment, fold

SIDE = st.integers(0, 4)
GAIN = st.tuples(st.integers(0, 1), st.integers(0, 1), st.just(1), st.integers(0, 3), st.integers(1, 4))


def brute_force(gains):
    """The best sums over all sets of edges that share no row and no column."""
    rows = sorted({row for row, _ in gains})

    def best(at, used):
        if at == len(rows):
            return (0,) * 5
        options = [best(at + 1, used)]
        for (row, column), gain in gains.items():
            if row == rows[at] and column not in used:
                rest = best(at + 1, used | {column})
                options.append(tuple(a + b for a, b in zip(gain, rest, strict=True)))
        return max(options)

    return best(0, frozenset())


def total(gains, chosen):
    return tuple(sum(values) for values in zip(*(gains[edge] for edge in chosen), strict=True))


# A limit of 1 lets no two criteria be folded: each is a round of its own.
@settings(max_examples=300, deadline=None)
@given(
    gains=st.dictionaries(st.tuples(SIDE, SIDE), GAIN, min_size=1, max_size=14),
    limit=st.sampled_from([EXACT, 20_000, 1]),
)
def test_is_the_best_of_all_assignments(gains, limit):
    chosen = best_assignment(gains, limit)
    assert len({row for row, _ in chosen}) == len({column for _, column in chosen}) == len(chosen)
    assert total(gains, chosen) == brute_force(gains)


def test_first_criterion_goes_before_any_number_of_matches():
    gains = {(0, 0): (1, 0, 1, 1, 1), (0, 1): (0, 0, 1, 9, 9), (1, 0): (0, 0, 1, 9, 9)}
    assert best_assignment(gains) == [(0, 0)]


def test_single_row_takes_the_best_and_the_first_of_equals():
    assert best_assignment({(3, 7): (1, 2), (3, 5): (1, 3), (3, 9): (1, 3)}) == [(3, 5)]


@pytest.mark.parametrize("limit", [EXACT, 1])
def test_one_unit_of_a_criterion_outweighs_all_that_follows(limit):
    # Swapping the pairs costs one unit of the first criterion and gains a text's length on both pairs.
    huge = 10**7
    gains = {(0, 0): (1, 0), (1, 1): (1, 0), (0, 1): (1, huge), (1, 0): (0, huge)}
    assert best_assignment(gains, limit) == [(0, 0), (1, 1)]


def test_large_group_is_folded_into_exact_rounds_and_both_ways_agree():
    rng = random.Random(5)
    gains = {
        (row, column): (int(rng.random() < 0.1), 0, 1, rng.randint(0, 17), rng.randint(1, 300))
        for row in range(120)
        for column in range(110)
        if rng.random() < 0.2
    }
    in_few_rounds, in_five = best_assignment(gains), best_assignment(gains, limit=1)
    assert total(gains, in_few_rounds) == total(gains, in_five)


@pytest.mark.parametrize(("size", "rounds"), [(2, 1), (20, 1), (200, 2)])
def test_folded_weights_stay_exact(size, rounds):
    places = tuple(side.ravel() for side in np.indices((size, size)))
    criteria = np.outer([1, 1, 1, 17, 100, 2], np.ones(size * size))
    weights = fold(criteria, places, EXACT)
    assert len(weights) == rounds
    for weight in weights:
        assert (7 * size + 2) * int(weight.max()) < EXACT
        assert np.array_equal(weight, np.floor(weight))
