"""Draws rows of numbers with their intervals: label at the left, sign in the middle, numbers as text at the right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from hcclit.figures import style
from hcclit.figures.page import Page
from hcclit.figures.rows import Interval, Row, RowPlot
from hcclit.figures.wording import number

MOST_ROWS = 40
"""Rows of one picture: a page holds them."""
_LINE, _GAP, _HEAD = 0.135, 0.075, 0.26
_LABEL, _LEAST_PLOT = 2.3, 1.7
_TICKS = (1, 0.1, 10, 0.01, 100, 0.5, 2, 0.2, 5, 0.05, 20, 0.02, 50, 0.8, 1.2, 0.9, 1.1)
"""Ratios to name on the axis, the most wanted first."""
_EDGE = (0.01, 100.0)
_LEGENDS = {
    "CI": "Whiskers with ends: confidence interval.",
    "IQR": "Broad bar: interquartile range.",
    "range": "Dashed line: range, lowest to highest.",
}


def draw_rows(plot: RowPlot) -> Figure:
    """Draw a plot of rows; long labels go over several lines."""
    rows = [row for section in plot.sections for row in section.rows]
    right = min(2.6, max(style.text_size(line, style.SMALL)[0] for row in rows for line in _text_lines(row)) + 0.15)
    label = min(_LABEL, max(style.text_size(row.label, style.SMALL)[0] for row in rows) + 0.12)
    left = max(0.6, min(label, style.WIDTH - right - _LEAST_PLOT)) + 0.08
    page = Page(plot.title, _notes(plot, rows), left=left, right=right)
    items = _layout(plot, left - 0.14)
    height = sum(each[0] for each in items) + 0.05
    (axes,) = page.rows([height], axis_room=0.5)
    axes.set_ylim(height, 0)
    low, high = _limits(rows, log=plot.log)
    _prepare(axes, (low, high), plot)
    at = 0.0
    for room, heading, row in items:
        if row is None:
            _heading(axes, heading, at + room - 0.06)
        else:
            if plot.log:  # piece by piece: no line through a heading
                axes.plot([1, 1], [at, at + room], color=style.BLACK, lw=0.8, zorder=1)
            _row(axes, row, (at + room / 2, left - 0.14), (low, high))
        at += room
    return page.figure


def _layout(plot: RowPlot, width: float) -> list[tuple[float, str, Row | None]]:
    """Headings and rows from top to bottom, with the inches that each needs."""
    items: list[tuple[float, str, Row | None]] = []
    for section in plot.sections:
        items.append((_HEAD, section.heading, None))
        for row in section.rows:
            lines = max(len(_label_lines(row, width)), len(_text_lines(row)))
            items.append((_LINE * lines + _GAP, "", row))
    return items


def _label_lines(row: Row, width: float) -> list[str]:
    return style.in_lines(row.label, 3, width, style.SMALL)


def _text_lines(row: Row) -> list[str]:
    """The numbers: what does not fit into one line goes into the next at its bracket."""
    if style.text_size(row.text, style.SMALL)[0] <= 1.9:
        return [row.text]
    first, *rest = row.text.split(" (")
    return [f"{first} ({rest[0]}" if rest else first, *(f"({more}" for more in rest[1:])]


def _notes(plot: RowPlot, rows: Sequence[Row]) -> list[str]:
    kinds = {interval.kind for row in rows for interval in row.intervals}
    notes = " ".join(text for kind, text in _LEGENDS.items() if kind in kinds)
    if any(not row.intervals for row in rows):
        notes += " Open sign: no interval is stated."
    if any(end is None for row in rows for i in row.intervals for end in (i.low, i.high)):
        notes += " NR: that end is not reached."
    out = ["Not drawn: " + "; ".join(plot.left_out) + "."] if plot.left_out else []
    return [notes.strip(), *out] if notes.strip() else out


def _limits(rows: Sequence[Row], *, log: bool) -> tuple[float, float]:
    ends = [e for row in rows for i in row.intervals for e in (i.low, i.high) if e is not None]
    if not log:
        top = max([*ends, *(row.value for row in rows)])
        return 0.0, (top or 1.0) * 1.05
    values = [*(row.value for row in rows), *(e for e in ends if e > 0), 0.8, 1.25]
    low, high = max(_EDGE[0], min(values)), min(_EDGE[1], max(values))
    return min(low / 1.15, 0.99), max(high * 1.15, 1.01)


def _prepare(axes: Axes, limits: tuple[float, float], plot: RowPlot) -> None:
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if plot.log:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(FixedLocator(_ticks(limits, axes.get_position().width * style.WIDTH)))
        axes.xaxis.set_minor_locator(NullLocator())
    else:
        axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(round(value, 6))))
    axes.set_xlim(*limits)
    axes.set_xlabel(plot.axis)


def _ticks(limits: tuple[float, float], inches: float) -> list[float]:
    """The ratios whose names fit on the axis side by side."""
    scale = inches / math.log(limits[1] / limits[0])
    kept: list[float] = []
    for tick in _TICKS:
        room = [0.06 + (style.text_size(f"{t:g}{tick:g}", style.SMALL)[0]) / 2 for t in kept]
        free = all(abs(math.log(tick / t)) * scale >= r for t, r in zip(kept, room, strict=True))
        if limits[0] <= tick <= limits[1] and free:
            kept.append(tick)
    return sorted(kept)


def _heading(axes: Axes, heading: str, y: float) -> None:
    text = axes.annotate(
        heading, (0, y), xycoords=("figure fraction", "data"), fontsize=style.SIZE, fontweight="bold", va="bottom"
    )
    text.set_x(0.08 / style.WIDTH)


def _row(axes: Axes, row: Row, place: tuple[float, float], limits: tuple[float, float]) -> None:
    y, width = place
    for interval in sorted(row.intervals, key=lambda i: i.kind != "range"):
        _interval(axes, interval, y, limits)
    if limits[0] <= row.value <= limits[1]:
        filled = any(i.kind == "CI" for i in row.intervals) or bool(row.intervals)
        axes.plot([row.value], [y], "s", ms=5, mfc=style.BLUE if filled else "white", mec=style.BLUE, mew=1, zorder=4)
    axes.annotate(
        "\n".join(_label_lines(row, width)), (0.08 / style.WIDTH, y), xycoords=("figure fraction", "data"),
        fontsize=style.SMALL, va="center", linespacing=1.1,
    )  # fmt: skip
    axes.annotate(
        "\n".join(_text_lines(row)), (1, y), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
        fontsize=style.SMALL, va="center", linespacing=1.1, annotation_clip=False,
    )  # fmt: skip


_DRAWN = {"CI": (1.3, "-"), "IQR": (6.0, "-"), "range": (0.9, (0, (3, 2)))}


def _interval(axes: Axes, interval: Interval, y: float, limits: tuple[float, float]) -> None:
    """A line from end to end; an end that is open or beyond the axis is an arrow."""
    low = limits[0] if interval.low is None or interval.low < limits[0] else interval.low
    high = limits[1] if interval.high is None or interval.high > limits[1] else interval.high
    if math.isclose(low, high) or low > high:
        return
    width, pattern = _DRAWN[interval.kind]
    colour = style.SKY if interval.kind == "IQR" else style.BLACK
    axes.plot([low, high], [y, y], color=colour, lw=width, ls=pattern, zorder=2, solid_capstyle="butt")
    for end, stated, sign in ((low, interval.low, "<"), (high, interval.high, ">")):
        if end != stated:
            axes.plot([end], [y], sign, ms=4, color=style.BLACK, zorder=3, clip_on=False)
        elif interval.kind == "CI":
            axes.plot([end], [y], "|", ms=6, color=style.BLACK, mew=1.2, zorder=3)
