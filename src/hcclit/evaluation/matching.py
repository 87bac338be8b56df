"""Which prediction answers which gold record, within one document and one line.

Only records whose spans overlap can be matched. Overlaps fall into many small connected groups, each of which
is solved alone; a document with thousands of records never makes a matrix of all against all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from hcclit.evaluation.assignment import Edge, Gain, best_assignment
from hcclit.evaluation.levels import CORE_FIELDS, FULL_FIELDS, wrong_fields, wrong_groups, wrong_times
from hcclit.records import Record, sort_key


@dataclass(frozen=True)
class Matching:
    """Gold records with their predictions, gold that nothing answers, and predictions that answer nothing."""

    pairs: tuple[tuple[Record, Record], ...] = ()
    missed: tuple[Record, ...] = ()
    false_alarms: tuple[Record, ...] = ()


def match(gold: Sequence[Record], predicted: Sequence[Record]) -> Matching:
    """Match gold to predictions of one document and one line, one to one.

    The assignment has the most core matches, then most full matches, most span matches, most equal fields
    (of `core` and `full`), most overlapping characters. What is then still equal goes to most right answers
    in the lines `when` and `group`, and last by the order of `sort_key`, so that the order of the input
    never matters.
    """
    golds, predictions = sorted(gold, key=sort_key), sorted(predicted, key=sort_key)
    return assign(golds, predictions, {(g, p): gain(golds[g], predictions[p]) for g, p in overlaps(golds, predictions)})


def assign(golds: Sequence[Record], predictions: Sequence[Record], gains: Mapping[Edge, Gain]) -> Matching:
    """Match along the (gold, prediction) indices that have a gain, so that the sum of the gains is the best."""
    chosen: list[Edge] = []
    for edges in _groups(list(gains)):
        chosen += best_assignment({edge: gains[edge] for edge in edges})
    chosen.sort()
    answered, used = {g for g, _ in chosen}, {p for _, p in chosen}
    return Matching(
        pairs=tuple((golds[g], predictions[p]) for g, p in chosen),
        missed=tuple(record for g, record in enumerate(golds) if g not in answered),
        false_alarms=tuple(record for p, record in enumerate(predictions) if p not in used),
    )


def gain(gold: Record, predicted: Record) -> Gain:
    """Give what matching two overlapping records is worth, as criteria of `best_assignment`."""
    core, full = CORE_FIELDS[gold.type], FULL_FIELDS[gold.type]
    wrong_core, wrong_full = (len(wrong_fields(gold, predicted, fields)) for fields in (core, full))
    is_core = not wrong_core
    equal_fields = len(core) + len(full) - wrong_core - wrong_full
    overlap = min(gold.end, predicted.end) - max(gold.start, predicted.start)
    beside = (wrong_times(gold, predicted), wrong_groups(gold, predicted)).count(()) if is_core else 0
    return (int(is_core), int(is_core and not wrong_full), 1, equal_fields, overlap, beside)


def overlaps(gold: Sequence[Record], predicted: Sequence[Record]) -> list[Edge]:
    """List the (gold, prediction) indices whose half-open spans share a character, by one sweep."""
    spans = [(r.start, r.end, side, i) for side, rs in enumerate((gold, predicted)) for i, r in enumerate(rs)]
    reaching: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    found: list[Edge] = []
    for start, end, side, index in sorted(spans):
        if end <= start:
            continue
        reaching[1 - side][:] = [(last, other) for last, other in reaching[1 - side] if last > start]
        found += [(other, index) if side else (index, other) for _, other in reaching[1 - side]]
        reaching[side].append((end, index))
    return found


def _groups(edges: list[Edge]) -> list[list[Edge]]:
    """Split edges into connected groups."""
    if not edges:
        return []
    golds, predictions = np.array(edges).T
    first_prediction = int(golds.max()) + 1
    size = first_prediction + int(predictions.max()) + 1
    graph = coo_array((np.ones(len(edges)), (golds, predictions + first_prediction)), shape=(size, size))
    labels = connected_components(graph, directed=False)[1]
    groups: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[int(labels[edge[0]])].append(edge)
    return list(groups.values())
