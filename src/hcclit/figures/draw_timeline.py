"""Draws a patient's course: responses, dose steps and marker values over one axis of time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hcclit.figures.axis import TimeAxis
from hcclit.figures.draw_doses import draw_lane, lane_height
from hcclit.figures.draw_markers import PANEL, draw_panel
from hcclit.figures.draw_responses import draw_responses, responses_height
from hcclit.figures.page import LEFT, Page
from hcclit.figures.timeline import Timeline


def draw_timeline(timeline: Timeline, title: str) -> Figure:
    """One patient's figure."""
    axis = TimeAxis.over(timeline.spans, timeline.origin)
    page = Page(title, notes=_notes(timeline), left=LEFT, right=0.15)
    inches = page.inner / axis.length
    parts: list[tuple[float, Callable[[Axes], None]]] = []
    if timeline.responses:
        height = responses_height(timeline.responses, axis, inches)
        parts.append((height, partial(draw_responses, timeline.responses, axis, inches)))
    parts += [(lane_height(lane, axis, inches), partial(draw_lane, lane, axis, inches)) for lane in timeline.lanes]
    parts += [(PANEL, partial(draw_panel, panel, axis)) for panel in timeline.panels]
    places = page.rows([height for height, _ in parts], axis_room=0.36 if axis.origin is None else 0.52)
    for (_, draw), axes in zip(parts, places, strict=True):
        axis.show(axes, labelled=axes is places[-1])
        draw(axes)
    return page.figure


def _notes(timeline: Timeline) -> list[str]:
    """What explains the signs that occur, the sources of the normal ranges, and what is not placed."""
    ranges = [panel.normal for panel in timeline.panels if panel.normal is not None]
    named = [f"{panel.analyte}: {panel.normal.source}" for panel in timeline.panels if panel.normal is not None]
    sources = [f"Normal range of {'; '.join(dict.fromkeys(named))}."] if ranges else []
    return [" ".join(_legend(timeline)), *sources, *_missing(timeline.unplaced)]


def _legend(timeline: Timeline) -> list[str]:
    steps = [step for lane in timeline.lanes for step in lane.steps]
    said = []
    if any(span.width > 1 for span in timeline.spans):
        said.append("A line through a mark, or a hatched bar: the text leaves the time open that far.")
    if any(not step.single and not step.stop and step.until is None for step in steps):
        said.append("A fading bar: the text does not tell how long the dose was given.")
    if any(step.single for step in steps):
        said.append("Diamond: given, no frequency stated.")
    if any(p.value is None or p.comparator == "~" for panel in timeline.panels for p in panel.points):
        said.append("Open circle: in words or about.")
    if any(mark.denied for mark in timeline.responses):
        said.append("Open sign: denied.")
    return said


def _missing(unplaced: tuple[str, ...]) -> list[str]:
    """What is not placed, together for each reason."""
    reasons: dict[str, list[str]] = {}
    for line in unplaced:
        fact, _, reason = line.partition(": ")
        reasons.setdefault(reason, []).append(fact)
    said = [f"{', '.join(facts)} ({reason})" for reason, facts in reasons.items()]
    return [f"Not placed in time: {'; '.join(said)}."] if said else []
