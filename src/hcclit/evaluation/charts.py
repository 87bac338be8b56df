"""Coordinates of the page's small charts; the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor

from hcclit.evaluation.counts import Interval
from hcclit.evaluation.levels import Level
from hcclit.evaluation.runs import LoggedRun

WIDTH, HEIGHT, SCALE = 760, 260, 180
"""Of the trend, and the length of a score's line, in pixels."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 110, 14, 30
_STEP, _MOST_TICKS, _MOST_RUNS = 0.05, 6, 20
_BETWEEN_NAMES = 15
SERIES: tuple[tuple[str, Level, str], ...] = (
    ("core F1", "core", "f1"),
    ("core precision", "core", "precision"),
    ("full F1", "full", "f1"),
)
"""What the trend shows of all types together: name, level, score."""


@dataclass(frozen=True)
class Whisker:
    """A score with its interval on a line of `SCALE` from 0 to 1."""

    at: float
    low: float
    high: float


@dataclass(frozen=True)
class Point:
    """A run of the trend: its place, and what stands there."""

    x: float
    y: float
    said: str


@dataclass(frozen=True)
class Trend:
    """The trend: lines by name, the scale's ticks as (y, label), and the runs' as (x, label)."""

    series: dict[str, list[Point]]
    labels: dict[str, float]
    """By name of a line: the y of its name beside the last point."""
    ticks: list[tuple[float, str]]
    runs: list[tuple[float, str]]


def whisker(score: float | None, interval: Interval | None) -> Whisker | None:
    """A score and its interval as a line to draw; None where there is no score."""
    if score is None:
        return None
    low, high = interval or (score, score)
    return Whisker(*(round(SCALE * value, 1) for value in (score, low, high)))


def trend(runs: Sequence[LoggedRun]) -> Trend:
    """The trend of some runs, the first to the left; the scale begins below the least score."""
    scores = {name: [getattr(run.scores["micro"][level], score) for run in runs] for name, level, score in SERIES}
    least = min((value for values in scores.values() for value in values if value is not None), default=0.0)
    bottom = max(0.0, floor((least - 0.01) / _STEP) * _STEP)
    places = _places(len(runs))
    series = {name: list(_points(name, values, runs, bottom)) for name, values in scores.items()}
    steps = round((1 - bottom) / _STEP)
    ticks = [1 - i * _STEP for i in range(0, steps + 1, -(-steps // _MOST_TICKS))]
    shown = -(-len(runs) // _MOST_RUNS)
    return Trend(
        series=series,
        labels=_apart({name: points[-1].y for name, points in series.items() if points}),
        ticks=[(_y(value, bottom), f"{value:.2f}") for value in ticks],
        runs=[(x, str(number)) for number, x in enumerate(places, 1) if (len(runs) - number) % shown == 0],
    )


def _points(name: str, values: Sequence[float | None], runs: Sequence[LoggedRun], bottom: float) -> Iterator[Point]:
    for number, (x, value, run) in enumerate(zip(_places(len(runs)), values, runs, strict=True), 1):
        if value is not None:
            yield Point(x, _y(value, bottom), f"{name} {value:.3f}, run {number}, {run.version}")


def _places(size: int) -> list[float]:
    """Where so many runs stand from left to right; one alone in the middle."""
    width = WIDTH - _LEFT - _RIGHT
    return [round(_LEFT + width * (i / (size - 1) if size > 1 else 0.5), 1) for i in range(size)]


def _y(value: float, bottom: float) -> float:
    return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - (value - bottom) / (1 - bottom)), 1)


def _apart(wanted: dict[str, float]) -> dict[str, float]:
    """Places for names so near to where they belong as they can be read."""
    placed: dict[str, float] = {}
    last = 0.0
    for name, y in sorted(wanted.items(), key=lambda item: item[1]):
        last = max(y, last + _BETWEEN_NAMES)
        placed[name] = last
    return placed
