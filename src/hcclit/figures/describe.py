"""What a figure shows, in words, for those who do not see it."""

from __future__ import annotations

from datetime import date

from hcclit.figures.rows import RowPlot
from hcclit.figures.swimmer import Swimmer
from hcclit.figures.timeline import Timeline
from hcclit.figures.times import DAYS, Span


def of_timeline(timeline: Timeline) -> str:
    """Every fact of a time axis with its time, then what is not placed."""
    facts = [(step.start, f"{lane.drug} {step.label}") for lane in timeline.lanes for step in lane.steps]
    facts += [(p.span, f"{panel.analyte} {p.label} {panel.unit}") for panel in timeline.panels for p in panel.points]
    facts += [(mark.span, mark.label) for mark in timeline.responses]
    told = [f"{_when(span, timeline.origin)}: {fact}" for span, fact in sorted(facts)]
    missing = f" Not placed in time: {'; '.join(timeline.unplaced)}." if timeline.unplaced else ""
    return "; ".join(told) + "." + missing


def of_rows(plot: RowPlot) -> str:
    """Every row under its heading."""
    sections = [f"{s.heading}: " + "; ".join(f"{row.label} {row.text}" for row in s.rows) for s in plot.sections]
    missing = f" Not drawn: {'; '.join(plot.left_out)}." if plot.left_out else ""
    return ". ".join(sections) + "." + missing


def of_swimmers(swimmers: list[Swimmer]) -> str:
    """Every patient with the time over which something is known."""
    return "; ".join(f"{s.label}: {s.end.middle / DAYS['M']:.1f} months {s.since}" for s in swimmers) + "."


def _when(span: Span, origin: str | None) -> str:
    if origin is not None:
        low, high = round(span.low), round(span.high)
        return f"day {low}" if low == high else f"day {low} to {high}"
    first, last = date.fromordinal(int(span.low)), date.fromordinal(int(span.high) - 1)
    return first.isoformat() if first >= last else f"{first.isoformat()} to {last.isoformat()}"
