"""Draws response categories on a time axis: a sign of its own shape for each, with its name beside it."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from hcclit.figures import style
from hcclit.figures.axis import TimeAxis
from hcclit.figures.labels import rows_of
from hcclit.figures.page import name_part
from hcclit.figures.timeline import ResponseMark

_SHAPES = {"CR": ("*", style.GREEN), "PR": ("^", style.SKY), "SD": ("s", style.YELLOW), "PD": ("X", style.VERMILION)}
_ROW = 0.2


def sign(axes: Axes, mark: ResponseMark, x: float, y: float) -> None:
    """Draw the sign of a response; one that is denied is open."""
    shape, colour = _SHAPES[mark.category]
    size = 9 if shape == "*" else 7
    face = "white" if mark.denied else colour
    axes.plot([x], [y], shape, ms=size, mec=style.BLACK, mew=0.7, mfc=face, zorder=4)


def responses_height(marks: Sequence[ResponseMark], axis: TimeAxis, inches: float) -> float:
    """Inches that the responses need."""
    return _ROW * (max(_rows(marks, axis, inches)) + 1) + 0.12


def draw_responses(marks: Sequence[ResponseMark], axis: TimeAxis, inches: float, axes: Axes) -> None:
    """Draw all responses, those that would touch in rows of their own."""
    rows = _rows(marks, axis, inches)
    axes.set_ylim(max(rows) + 0.8, -0.8)
    axes.set_yticks([])
    name_part(axes, "response")
    for mark, row in zip(marks, rows, strict=True):
        if mark.span.width > 1:
            axes.plot([axis.x(mark.span.low), axis.x(mark.span.high)], [row, row], color=style.GREY, lw=1.2, zorder=1)
        sign(axes, mark, axis.x(mark.span.middle), row)
        left = axis.low + _ends(mark, axis, inches)[1] / inches
        axes.text(axis.x(left), row, mark.label, va="center", fontsize=style.SIZE, fontweight="bold")


def _rows(marks: Sequence[ResponseMark], axis: TimeAxis, inches: float) -> list[int]:
    ends = [_ends(mark, axis, inches) for mark in marks]
    widths = [style.text_size(mark.label, bold=True)[0] for mark in marks]
    return rows_of([(low, label + width) for (low, label), width in zip(ends, widths, strict=True)])


def _ends(mark: ResponseMark, axis: TimeAxis, inches: float) -> tuple[float, float]:
    """Where a mark begins and where its label does, past its line, in inches from the axis' left end."""
    low, high = ((day - axis.low) * inches for day in (mark.span.low, mark.span.high))
    middle = (low + high) / 2
    return min(low, middle - 0.1), max(middle + 0.11, high + 0.05)
