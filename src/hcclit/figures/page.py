"""A figure's page: title above, parts below one another, notes at the foot; everything in inches."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hcclit.figures import style

LEFT = 1.3
"""Inches left of the parts of a time axis."""
_NAME = 0.68
_LINE = 0.145
_MARGIN = 0.08
_MOST_NOTE_LINES = 16
_MOST_NOTE = 5000
_MOST_NAME_LINES = 4


def whole(axes: Axes) -> Figure:
    """The figure that axes stand in."""
    figure = axes.figure
    assert isinstance(figure, Figure)
    return figure


def name_part(axes: Axes, name: str) -> None:
    """Write the name of a part at the page's left edge, at the height of its middle."""
    figure = whole(axes)
    box = axes.get_position()
    lines = [line for part in name.split("\n") for line in style.in_lines(part, _MOST_NAME_LINES, _room(axes))]
    middle = (box.y0 + box.y1) / 2
    figure.text(_MARGIN / style.WIDTH, middle, "\n".join(lines), va="center", fontsize=style.SIZE, linespacing=1.15)


def room_of_name(name: str) -> float:
    """Inches of height that a part's name needs."""
    return 0.14 * len(style.in_lines(name, _MOST_NAME_LINES, LEFT - 2 * _MARGIN)) + 0.06


def _room(axes: Axes) -> float:
    """Inches for a name: up to the axis, or up to the numbers beside it."""
    return _NAME if axes.get_yscale() == "log" else LEFT - 2 * _MARGIN


class Page:
    """A page of the figures' width that is as high as what stands on it."""

    figure: Figure

    def __init__(self, title: str, notes: Sequence[str] = (), *, left: float, right: float) -> None:
        """Wrap title and notes.

        Args:
            title: stands above.
            notes: stand below, each a paragraph.
            left: inches for what stands left of the parts.
            right: inches for what stands right of them.
        """
        self._left, self._right = left, right
        room = style.WIDTH - 2 * _MARGIN
        self._title = style.wrapped(title, room, style.SIZE + 1, bold=True)
        self._notes = [line for note in notes for line in style.wrapped(note[:_MOST_NOTE], room, style.SMALL)]
        if len(self._notes) > _MOST_NOTE_LINES:
            self._notes[_MOST_NOTE_LINES:] = ["… (the whole list is in the description of the figure)"]

    @property
    def inner(self) -> float:
        """Inches from one end of a part to the other."""
        return style.WIDTH - self._left - self._right

    def rows(self, heights: Sequence[float], axis_room: float) -> list[Axes]:
        """Axes below one another, of these heights in inches, with room for the axis under the last."""
        top = _MARGIN + 0.18 * len(self._title) + 0.06
        foot = axis_room + _LINE * len(self._notes) + _MARGIN
        height = top + sum(heights) + foot
        self.figure = style.new_figure(height)
        self._write(height)
        made, at = [], height - top
        for each in heights:
            at -= each
            box = (self._left / style.WIDTH, at / height, self.inner / style.WIDTH, each / height)
            axes = self.figure.add_axes(box)
            axes.spines[["top", "right"]].set_visible(False)
            made.append(axes)
        return made

    def _write(self, height: float) -> None:
        for index, line in enumerate(self._title):
            y = height - _MARGIN - 0.18 * index
            self.figure.text(
                _MARGIN / style.WIDTH, y / height, line, va="top", fontsize=style.SIZE + 1, fontweight="bold"
            )
        for index, line in enumerate(reversed(self._notes)):
            y = _MARGIN + _LINE * index
            self.figure.text(
                _MARGIN / style.WIDTH, y / height, line, va="bottom", fontsize=style.SMALL, color="#333333"
            )
