"""Draws the values of a marker on a log scale, with its normal range."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from hcclit.figures import style
from hcclit.figures.axis import TimeAxis
from hcclit.figures.labels import Box, free_place
from hcclit.figures.page import name_part, whole
from hcclit.figures.values import MarkerPanel, MarkerPoint
from hcclit.figures.wording import number

PANEL = 1.5
"""Inches of a panel's height."""
_SHAPES = {"<": "v", "<=": "v", ">": "^", ">=": "^"}


def draw_panel(panel: MarkerPanel, axis: TimeAxis, axes: Axes) -> None:
    """Draw a marker's panel."""
    low, high = _limits(panel)
    axes.set_yscale("log")
    axes.set_ylim(low, high)
    axes.yaxis.set_major_locator(FixedLocator(_ticks(low, high)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
    axes.yaxis.set_minor_locator(NullLocator())
    name_part(axes, f"{panel.analyte}\n{panel.unit}")
    if panel.normal is not None:
        bottom = max(low, panel.normal.low)
        axes.axhspan(bottom, panel.normal.high, fc=style.GREEN, alpha=0.18, lw=0)
        axes.axhline(panel.normal.high, color=style.GREEN, lw=0.9, ls=(0, (4, 2)))
    points = [(point, _height(point, panel, low)) for point in panel.points]
    known = [(point.span.middle, y) for point, y in points if point.value is not None and point.high is None]
    axes.plot([axis.x(x) for x, _ in known], [y for _, y in known], color=style.GREY, lw=0.7, ls=":", zorder=1)
    for point, y in points:
        _draw_point(axes, point, y, axis)
    _write_labels(axes, points, axis, panel)


def _limits(panel: MarkerPanel) -> tuple[float, float]:
    values = [v for p in panel.points for v in (p.value, p.high) if v is not None and v > 0]
    if panel.normal is not None:
        values += [panel.normal.high, panel.normal.high / 4]
    values = values or [1.0, 10.0]
    low, high = math.log10(min(values)), math.log10(max(values))
    room = max(1.0, high - low)
    return 10 ** (low - 0.18 * room), 10 ** (high + 0.28 * room)


def _ticks(low: float, high: float) -> list[float]:
    """At most seven round numbers between two: 1, 2, 5, 10 ..., of many decades every second or third."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    fine = [part * 10.0**power for power in range(first, last + 1) for part in (1, 2, 5)]
    coarse = [10.0**power for power in range(first, last + 1)]
    for ticks in (fine, coarse, coarse[::2], coarse[::3]):
        inside = [tick for tick in ticks if low <= tick <= high]
        if len(inside) <= 7:
            return inside
    return coarse[:: len(coarse) // 5]


def _height(point: MarkerPoint, panel: MarkerPanel, low: float) -> float:
    """Where a point stands; what is only called normal stands in the normal range, a zero at the floor."""
    if point.value:
        return point.value
    if point.value is None and panel.normal is not None:
        return math.sqrt(max(low, panel.normal.low) * panel.normal.high)
    return low * 1.15


def _draw_point(axes: Axes, point: MarkerPoint, y: float, axis: TimeAxis) -> None:
    x = axis.x(point.span.middle)
    if point.span.width > 1:
        axes.plot([axis.x(point.span.low), axis.x(point.span.high)], [y, y], color=style.GREY, lw=1.2, zorder=2)
    if point.high is not None:
        axes.plot([x, x], [y, point.high], "-_", color=style.BLUE, lw=1.5, ms=7)
        return
    hollow = point.value is None or point.comparator == "~"
    axes.plot(
        [x],
        [y],
        _SHAPES.get(point.comparator, "o"),
        ms=5.5,
        mfc="white" if hollow else style.BLUE,
        mec=style.BLUE,
        mew=1,
    )


def _write_labels(axes: Axes, points: list[tuple[MarkerPoint, float]], axis: TimeAxis, panel: MarkerPanel) -> None:
    """Write the values beside their points, as far as there is room; the axis tells the others."""
    figure = whole(axes)
    to_inches = axes.transData + figure.dpi_scale_trans.inverted()
    box = axes.get_position()
    wide, high = figure.get_size_inches()
    within: Box = (box.x0 * wide, box.y0 * high, box.x1 * wide, box.y1 * high)
    places = [tuple(to_inches.transform((axis.x(p.span.middle), y))) for p, y in points]
    half = [max(0.05, p.span.width / 2 * (within[2] - within[0]) / axis.length) for p, _ in points]
    taken: list[Box] = [(x - h, y - 0.01, x + h, y + 0.01) for (x, y), h in zip(places, half, strict=True)]
    taken += [(x - 0.05, y - 0.05, x + 0.05, y + 0.05) for x, y in places]
    if panel.normal is not None:
        taken.append(_write_range(axes, panel, within))
    for (point, _), place in zip(points, places, strict=True):
        free = free_place(place, style.text_size(point.label, style.SMALL), taken, within)
        if free is not None:
            taken.append(free)
            figure.text(free[0] / wide, free[1] / high, point.label, fontsize=style.SMALL, va="bottom")


def _write_range(axes: Axes, panel: MarkerPanel, within: Box) -> Box:
    """Name the normal range at its right end."""
    normal = panel.normal
    assert normal is not None
    upper = number(normal.high)
    said = f"normal {number(normal.low)}–{upper}" if normal.low else f"normal {'≤' if normal.with_high else '<'}{upper}"
    width, height = style.text_size(said, style.SMALL)
    figure = whole(axes)
    wide, high = figure.get_size_inches()
    _, y = (axes.transData + figure.dpi_scale_trans.inverted()).transform((axes.get_xlim()[1], normal.high))
    bottom = max(within[1], y - height - 0.04)
    figure.text((within[2] - width) / wide, bottom / high, said, fontsize=style.SMALL, color="#004d38", va="bottom")
    return (within[2] - width, bottom, within[2], bottom + height)
