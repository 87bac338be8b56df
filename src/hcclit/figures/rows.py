"""Plain data of figures whose rows are numbers with intervals: medians by arm, forest plots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

IntervalKind = Literal["CI", "IQR", "range"]


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, an open end None; `level` is a confidence interval's, in percent."""

    kind: IntervalKind
    low: float | None
    high: float | None
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A value with its intervals, all in the unit of the axis; `text` says them as the paper does."""

    label: str
    value: float
    intervals: tuple[Interval, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RowPlot:
    """Rows over one axis.

    `log` is for ratios, with a line at 1; `left_out` says in lines what belongs here and cannot be drawn.
    """

    name: str
    title: str
    axis: str
    log: bool
    sections: tuple[Section, ...]
    left_out: tuple[str, ...] = ()


def in_pages(plot: RowPlot, most: int) -> list[RowPlot]:
    """The plot in parts of at most so many rows, so that none is longer than a page."""
    pages: list[list[Section]] = [[]]
    free = most
    for section in plot.sections:
        rows = section.rows
        while rows:
            if free <= 0:
                pages.append([])
                free = most
            pages[-1].append(Section(section.heading, rows[:free]))
            rows, free = rows[free:], free - len(rows)
    if len(pages) == 1:
        return [plot]
    return [
        RowPlot(
            f"{plot.name}-{number}",
            f"{plot.title}, part {number} of {len(pages)}",
            plot.axis,
            plot.log,
            tuple(sections),
            plot.left_out if number == 1 else (),
        )
        for number, sections in enumerate(pages, 1)
    ]
