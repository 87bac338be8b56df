"""The best one-to-one assignment by several criteria in strict order, exact for any size.

An edge (row, column) has a tuple of non-negative integers. Wanted is the assignment whose sums of these
tuples are lexicographically largest. Criteria are folded into one weight as long as float64, in which
scipy's solver calculates, holds every number that can occur; what does not fit is decided in further
rounds among the assignments that are best so far. Nothing is rounded on either way.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

Edge = tuple[int, int]
Gain = tuple[int, ...]
Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

EXACT = 2**53
"""Up to here float64 holds every integer."""


def best_assignment(gains: Mapping[Edge, Gain], limit: int = EXACT) -> list[Edge]:
    """Choose the edges of the lexicographically best assignment, sorted.

    Args:
        gains: for each edge its criteria, the most important first. Every edge must gain something.
        limit: the largest integer that the solver may meet; smaller ones only to test further rounds.

    Returns:
        The chosen edges. Among equally good assignments the choice depends on the indices alone.
    """
    edges = sorted(gains)
    (rows, row_at), (columns, column_at) = (np.unique(side, return_inverse=True) for side in zip(*edges, strict=True))
    if len(rows) == 1 or len(columns) == 1:
        return [max(edges, key=gains.__getitem__)]
    places = (row_at, column_at)
    weights = fold(np.array([gains[edge] for edge in edges], dtype=float).T, places, limit)
    chosen = zip(*_solve(weights, places), strict=True)
    by_place = dict(zip(zip(row_at.tolist(), column_at.tolist(), strict=True), edges, strict=True))
    return sorted(by_place[place] for place in chosen if place in by_place)


def fold(criteria: Floats, places: tuple[Indices, Indices], limit: int) -> list[Floats]:
    """Fold criteria into as few weights as stay exact; each weight goes before all after it.

    A weight `w` and the next criterion `c` become `w * base + c`, where `base` is larger than what any
    assignment can collect of `c`; so no sum of `c` can make up for one unit of `w`.

    Args:
        criteria: one row for each criterion, one column for each edge.
        places: the row and the column of each edge, counted from 0 without gaps.
        limit: see `best_assignment`.
    """
    largest = (limit - 1) // _headroom(places)
    weights = [criteria[0]]
    for criterion in criteria[1:]:
        base = 1 + min(_most(criterion, side) for side in places)
        if int(weights[-1].max()) * base + int(criterion.max()) <= largest:
            weights[-1] = weights[-1] * base + criterion
        else:
            weights.append(criterion)
    return weights


def _headroom(places: tuple[Indices, Indices]) -> int:
    """Say how many times the largest weight the largest number is that the solver may form."""
    # Why nothing overflows: let n be the shorter side and w the largest weight. A path in scipy's shortest
    # augmenting paths adds a matching and subtracts another, of which at most n edges each weigh anything,
    # so it stays within nw; a column's potential is a difference of two paths (2nw), a row's that of a weight
    # and a column's ((2n + 1)w), a distance that of a path and a column's potential (3nw). The largest sum
    # that is ever formed is distance + weight - both potentials, an integer within (7n + 2)w. The prices of
    # `_in_best` are paths too. A criterion alone always fits: it is at most a text's length, and 8n times
    # that is far below 2**53.
    return 8 * (1 + min(int(side.max()) + 1 for side in places))


def _most(criterion: Floats, side: Indices) -> int:
    """Bound what an assignment can collect: the best edge of each row, or of each column."""
    best = np.zeros(int(side.max()) + 1)
    np.maximum.at(best, side, criterion)
    return int(best.sum())


def _solve(weights: list[Floats], places: tuple[Indices, Indices]) -> tuple[list[int], list[int]]:
    """Give rows and columns of an assignment that is best by the first weight, then the second, and so on."""
    shape = tuple(int(side.max()) + 1 for side in places)
    if len(weights) > 1:
        # With as many rows as columns every assignment is part of one that leaves nobody out, at no gain.
        shape = (max(shape),) * 2
    allowed = np.ones(shape, dtype=bool)
    for at, weight in enumerate(weights):
        matrix = np.zeros(shape)
        matrix[places] = weight
        matrix[~allowed] = -np.inf
        rows, columns = linear_sum_assignment(matrix, maximize=True)
        if at + 1 < len(weights):
            allowed = _in_best(matrix, columns)
    return rows.tolist(), columns.tolist()


def _in_best(weight: Floats, columns: Indices) -> npt.NDArray[np.bool_]:
    """Mark the edges of which alone every best assignment of a square weight consists, given one of them.

    These are the tight edges of an optimal dual: a perfect assignment is best exactly if all its edges are
    tight (complementary slackness). The dual's column prices are longest paths along which a row gives up
    its column for another; they end, as a cycle with a gain would be a better assignment.
    """
    change = weight - weight[np.arange(len(columns)), columns][:, None]
    price = np.zeros(len(columns))
    while True:
        offered = price[columns][:, None] + change
        raised = offered.max(axis=0)
        if np.array_equal(raised, price):
            return np.asarray(offered == price)
        price = raised
