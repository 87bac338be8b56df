"""Does confidence hold? Records by level of confidence, and the share of each level that gold calls right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.table import Table

from hcclit.evaluation.levels import reached
from hcclit.evaluation.scores import Evaluation

BOUNDS = (0.97, 0.95, 0.9, 0.8, 0.6, 0.0)
"""Low ends of the levels, from the top."""
SURE = 0.9
"""From here on a record claims to be right."""


@dataclass(frozen=True)
class Level:
    """Records whose confidence is at least `low` (and below the level above)."""

    low: float
    records: int
    right: int
    stated: float
    """Sum of their confidences: how many of them should be right."""


def judged(evaluation: Evaluation) -> Iterator[tuple[float, bool]]:
    """Confidence of every scored prediction that has one, and whether span and core fields are right."""
    for lines in evaluation.matchings.values():
        for matching in lines.values():
            for gold, predicted in matching.pairs:
                if predicted.confidence is not None:
                    yield predicted.confidence, reached(gold, predicted) != "span"
            for false_alarm in matching.false_alarms:
                if false_alarm.confidence is not None:
                    yield false_alarm.confidence, False


def levels(pairs: Iterable[tuple[float, bool]]) -> list[Level]:
    """Sort pairs of confidence and outcome into the levels of `BOUNDS`, the highest first."""
    kept = list(pairs)
    result, above = [], float("inf")
    for low in BOUNDS:
        here = [(stated, right) for stated, right in kept if low <= stated < above]
        result.append(Level(low, len(here), sum(right for _, right in here), sum(stated for stated, _ in here)))
        above = low
    return result


def calibration_table(title: str, pairs: Iterable[tuple[float, bool]]) -> Table:
    """Levels of confidence with what they claim and what held, and the line of all that claim to be right."""
    found = levels(pairs)
    total = sum(level.records for level in found)
    table = Table(title=title, title_justify="left")
    for column in ("confidence", "records", "share of all", "stated", "right"):
        table.add_column(column, justify="right")
    for level in found:
        table.add_row(f"≥ {level.low:.2f}", *_cells(level.records, level.stated, level.right, total))
    sure = [level for level in found if level.low >= SURE]
    numbers = (sum(level.records for level in sure), sum(level.stated for level in sure), sum(s.right for s in sure))
    table.add_section()
    table.add_row(f"all ≥ {SURE:.2f}", *_cells(*numbers, total))
    return table


def _cells(records: int, stated: float, right: int, total: int) -> tuple[str, str, str, str]:
    if not records:
        return ("0", "–", "–", "–")
    return (str(records), f"{records / total:.1%}", f"{stated / records:.3f}", f"{right / records:.3f}")
