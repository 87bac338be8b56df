"""What gold made of records: their signals and whether they were right, without a word of their text.

So papers that may not be passed on can teach confidence too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hcclit.evaluation import Evaluation
from hcclit.evaluation.levels import reached


@dataclass(frozen=True)
class Observation:
    """One judged record: its paper, its signals, and whether span and core fields were right."""

    document: str
    signals: frozenset[str]
    right: bool
    unseen: bool = False
    """Whether the rules were never mended by this paper's errors: only such papers say how right new ones are."""


def observe(evaluation: Evaluation, signals: dict[str, frozenset[str]]) -> list[Observation]:
    """Turn the scored predictions of an evaluation into observations; `signals` are by record id."""
    found = []
    for document, lines in evaluation.matchings.items():
        for matching in lines.values():
            for gold, predicted in matching.pairs:
                right = reached(gold, predicted) != "span"
                found.append(Observation(document, signals[predicted.id], right))
            found += [Observation(document, signals[p.id], False) for p in matching.false_alarms]
    return found


def read_observations(path: Path) -> list[Observation]:
    """Read observations as `write_observations` left them; none if there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Observation(
                row["document"], frozenset(row["signals"].split("|")), row["right"] == "1", row["unseen"] == "1"
            )
            for row in csv.DictReader(file)
        ]


def write_observations(observations: Iterable[Observation], path: Path) -> None:
    """Write observations as CSV, sorted, so that a new one is one line of difference."""
    rows = sorted((o.document, int(o.unseen), int(o.right), "|".join(sorted(o.signals))) for o in observations)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["document", "unseen", "right", "signals"])
        writer.writerows(rows)
