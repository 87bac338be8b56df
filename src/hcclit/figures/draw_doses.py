"""Draws the doses of a drug: bars as high as the daily dose, hatched at an uncertain begin, fading at an open end."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from hcclit.figures import style
from hcclit.figures.axis import TimeAxis
from hcclit.figures.doses import Lane, Step
from hcclit.figures.labels import rows_of
from hcclit.figures.page import name_part, room_of_name

_BARS = 0.26
_ROW = 0.15
_FADE = 0.09
"""Part of the axis over which a bar without a known end fades."""
_PIECES = 16


def lane_height(lane: Lane, axis: TimeAxis, inches: float) -> float:
    """Inches that a lane needs for its bars and the rows of labels over them."""
    return max(_BARS + _ROW * (max(_rows(lane, axis, inches)) + 1) + 0.1, room_of_name(lane.drug))


def draw_lane(lane: Lane, axis: TimeAxis, inches: float, axes: Axes) -> None:
    """Draw a drug's lane."""
    rows = _rows(lane, axis, inches)
    axes.set_ylim(-0.04, lane_height(lane, axis, inches) - 0.04)
    axes.set_yticks([])
    name_part(axes, lane.drug)
    for index, step in enumerate(lane.steps):
        following = next((s for s in lane.steps[index + 1 :] if not s.single), None)
        _draw_step(axes, step, following, axis)
        if _is_new(lane.steps, index):
            left = _label_left(step, axis, inches)
            axes.text(
                axis.x(axis.low + left / inches), _BARS + 0.03 + rows[index] * _ROW, step.label,
                fontsize=style.SMALL, va="bottom",
            )  # fmt: skip


def _is_new(steps: tuple[Step, ...], index: int) -> bool:
    """A dose that goes on is not named again."""
    return index == 0 or steps[index].label != steps[index - 1].label or steps[index].single


def _rows(lane: Lane, axis: TimeAxis, inches: float) -> list[int]:
    rows = [0] * len(lane.steps)
    new = [i for i in range(len(lane.steps)) if _is_new(lane.steps, i)]
    lefts = [_label_left(lane.steps[i], axis, inches) for i in new]
    found = rows_of(
        [(x, x + style.text_size(lane.steps[i].label, style.SMALL)[0]) for i, x in zip(new, lefts, strict=True)]
    )
    for i, row in zip(new, found, strict=True):
        rows[i] = row
    return rows


def _label_left(step: Step, axis: TimeAxis, inches: float) -> float:
    """Where a label begins, in inches from the axis' left end, so that it ends within it."""
    wide = style.text_size(step.label, style.SMALL)[0]
    begin = (step.start.middle - axis.low) * inches - 0.05 if step.single else (step.start.low - axis.low) * inches
    return max(0.0, min(begin, axis.length * inches - wide))


def _draw_step(axes: Axes, step: Step, following: Step | None, axis: TimeAxis) -> None:
    height = _BARS * (0.35 + 0.65 * step.level)
    begin, sure = step.start.low, step.start.high if step.start.width > 1 else step.start.low
    if step.single:
        if step.start.width > 1:
            axes.plot([axis.x(begin), axis.x(step.start.high)], [_BARS / 2] * 2, color=style.GREY, lw=1.2, zorder=1)
        axes.plot([axis.x(step.start.middle)], [_BARS / 2], "D", ms=6, mfc=style.ORANGE, mec=style.BLACK, mew=0.7)
        return
    if step.start.width > 1:
        _bar(axes, axis, (begin, sure), height, hatch="/////")
    fade = _FADE * axis.length
    if step.before:
        _fade(axes, axis, (max(axis.low, begin - fade), begin), height, rising=True)
    if step.stop:
        axes.plot([axis.x(sure)] * 2, [0, height], color=style.BLACK, lw=2)
        return
    if step.until is not None:
        _bar(axes, axis, (sure, max(sure, step.until.low)), height)
        return
    end = min(axis.high, sure + fade, max(sure, following.start.low) if following else axis.high)
    _fade(axes, axis, (sure, end), height)


def _bar(axes: Axes, axis: TimeAxis, ends: tuple[float, float], height: float, hatch: str = "") -> None:
    low, high = (axis.x(end) for end in ends)
    face = "white" if hatch else style.SKY
    axes.add_patch(Rectangle((low, 0), high - low, height, fc=face, ec=style.BLUE, lw=0.8, hatch=hatch))


def _fade(axes: Axes, axis: TimeAxis, ends: tuple[float, float], height: float, *, rising: bool = False) -> None:
    low, high = (axis.x(end) for end in ends)
    wide = (high - low) / _PIECES
    for piece in range(_PIECES):
        strength = (piece if rising else _PIECES - 1 - piece) + 1
        axes.add_patch(
            Rectangle(
                (low + piece * wide, 0), wide, height, fc=style.SKY, ec="none", aa=False, alpha=strength / (_PIECES + 1)
            )
        )
    edge = high if rising else low
    axes.plot([edge, edge], [0, height], color=style.BLUE, lw=0.8)
