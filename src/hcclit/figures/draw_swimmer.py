"""Draws the patients of several papers as bars over one axis of months, with their responses."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from hcclit.figures import style
from hcclit.figures.draw_responses import sign
from hcclit.figures.page import Page
from hcclit.figures.swimmer import Swimmer
from hcclit.figures.times import DAYS
from hcclit.figures.wording import plain

_MONTH = DAYS["M"]
_ROW, _BAR = 0.24, 0.1
_NOTE = (
    "Bars run from a patient's first known time to the last; hatched: the time is known only so far. "
    "Star CR, triangle PR, square SD, cross PD; an open sign is denied. What 0 is stands at the right."
)


def draw_swimmers(swimmers: Sequence[Swimmer], title: str) -> Figure:
    """Draw a swimmer plot."""
    labels = [style.shortened(plain(s.label), 2.2, style.SMALL) for s in swimmers]
    notes = [style.shortened(plain(s.since), 1.7, style.SMALL) for s in swimmers]
    left = max(style.text_size(label, style.SMALL)[0] for label in labels) + 0.2
    right = max(style.text_size(note, style.SMALL)[0] for note in notes) + 0.2
    page = Page(title, [_NOTE], left=left, right=right)
    (axes,) = page.rows([_ROW * len(swimmers) + 0.1], axis_room=0.5)
    axes.set_ylim(len(swimmers) - 0.4, -0.6)
    low, high = min(s.start.low for s in swimmers) / _MONTH, max(s.end.high for s in swimmers) / _MONTH
    room = max(high - low, 1.0)
    axes.set_xlim(low - 0.03 * room, high + 0.03 * room)
    axes.set_yticks(range(len(swimmers)), labels)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.set_xlabel("months since the first known time")
    for row, (swimmer, note) in enumerate(zip(swimmers, notes, strict=True)):
        _swim(axes, row, swimmer)
        axes.annotate(
            note, (1, row), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            fontsize=style.SMALL, va="center",
        )  # fmt: skip
    return page.figure


def _swim(axes: Axes, row: int, swimmer: Swimmer) -> None:
    sure = (min(swimmer.start.high, swimmer.end.low), max(swimmer.end.low, swimmer.start.high))
    high = 2 * _BAR / _ROW
    for low, end, hatch in (
        (swimmer.start.low, sure[0], "/////"),
        (*sure, ""),
        (sure[1], swimmer.end.high, "/////"),
    ):
        if end - low > 1e-9:
            face = "white" if hatch else style.SKY
            axes.add_patch(
                Rectangle(
                    (low / _MONTH, row - high / 2),
                    (end - low) / _MONTH,
                    high,
                    fc=face,
                    ec=style.BLUE,
                    lw=0.8,
                    hatch=hatch,
                )
            )
    for mark in swimmer.responses:
        sign(axes, mark, mark.span.middle / _MONTH, row)
