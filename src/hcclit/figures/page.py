"""A figure's page: title above, parts below one another, notes at the foot; everything in inches."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hcclit.figures import style

_LINE = 0.145
_MARGIN = 0.08
_MOST_NOTE_LINES = 40


def whole(axes: Axes) -> Figure:
    """The figure that axes stand in."""
    figure = axes.figure
    assert isinstance(figure, Figure)
    return figure


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
        self._title = style.wrapped(title, room, style.SIZE + 1)
        self._notes = [line for note in notes for line in style.wrapped(note, room, style.SMALL)]
        if len(self._notes) > _MOST_NOTE_LINES:
            self._notes[_MOST_NOTE_LINES:] = ["… (the whole list is in the figure's description)"]

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
