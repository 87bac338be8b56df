"""The doses of one drug over time: steps that hold until the next dose, and single administrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hcclit.figures.times import Span
from hcclit.figures.wording import dose_label, plain
from hcclit.records import Dose

_GOES_ON = ("reduce", "increase", "continue", "stop")
"""What is done with a dose that was being given."""


@dataclass(frozen=True, slots=True)
class Step:
    """A dose from `start` on. `until` is when the next one took its place, None where that is not told.

    `level` is its height in the lane, 0 to 1; `single` is an administration without a stated frequency; `before` says
    that the dose had been given before `start`.
    """

    start: Span
    until: Span | None
    level: float
    label: str
    single: bool = False
    before: bool = False
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """The doses of one drug, in order of time."""

    drug: str
    steps: tuple[Step, ...]

    @property
    def spans(self) -> list[Span]:
        """Every time in the lane."""
        return [step.start for step in self.steps]


Timed = tuple[Dose, Span]


def lanes_of(timed: Sequence[Timed], missing: Sequence[Dose]) -> tuple[Lane, ...]:
    """The lanes of all drugs, by the time of their first dose.

    Args:
        timed: doses with their times.
        missing: doses without; where the text tells one between two others, nobody knows how long the first held.
    """
    lanes = []
    for drug in {dose.drug: None for dose, _ in timed}:
        own = sorted((t for t in timed if t[0].drug == drug), key=lambda t: (t[1], t[0].start))
        lanes.append(Lane(plain(drug), _steps(_once(own), [d for d in missing if d.drug == drug])))
    return tuple(sorted(lanes, key=lambda lane: (lane.spans[0], lane.drug)))


def _once(timed: Sequence[Timed]) -> list[Timed]:
    """What is stated twice of one time, once: with the action, if one of the statements has it."""
    seen: dict[tuple[str, Span], Timed] = {}
    for dose, span in timed:
        key = (dose_label(dose), span)
        if key not in seen or (seen[key][0].action is None and dose.action is not None):
            seen[key] = (dose, span)
    return list(seen.values())


def _steps(timed: Sequence[Timed], missing: Sequence[Dose]) -> tuple[Step, ...]:
    most: dict[str, float] = {}
    for dose, _ in timed:
        most[dose.unit] = max(most.get(dose.unit, 0), _amount(dose))
    steps = []
    regular = [t for t in timed if t[0].per_day is not None]
    for dose, span in timed:
        following = regular[regular.index((dose, span)) + 1 :] if dose.per_day is not None else []
        until = _until(dose, following, missing)
        steps.append(
            Step(
                span,
                until,
                _amount(dose) / most[dose.unit],
                dose_label(dose),
                single=dose.per_day is None,
                before=dose.action in ("continue", "stop") and regular[:1] == [(dose, span)],
                stop=dose.action == "stop",
            )
        )
    return tuple(steps)


def _amount(dose: Dose) -> float:
    return dose.daily_amount or dose.amount


def _until(dose: Dose, following: Sequence[Timed], missing: Sequence[Dose]) -> Span | None:
    """When the next dose took this one's place, if the text says that the drug went on till then."""
    if not following or following[0][0].action not in _GOES_ON or dose.action == "stop":
        return None
    low, high = sorted((dose.start, following[0][0].start))
    between = any(low < other.start < high and dose_label(other) != dose_label(dose) for other in missing)
    return None if between else following[0][1]
