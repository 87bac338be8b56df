"""Tables that go on overleaf without saying so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.labels import Label
from hcclit.readers.pdf.tables.regions import SHORTEST, Region, filled, inside, last_rule
from hcclit.readers.pdf.tables.rulings import Rulings

_RUNNING_HEAD = 3  # lines, at most
_SLACK = 6.0  # points by which the rules of the parts differ in length


def region_overleaf(segments: Segments, labels: list[Label], rulings: Rulings, before: Region) -> Region | None:
    """The part of a table that stands between rules as long as its own at the head of the next page, or of a column."""
    across = [rule for rule in rulings.across if rule.length > SHORTEST]
    first = next((rule for rule in across if abs(rule.length - (before.x1 - before.x0)) < _SLACK), None)
    if first is None:
        return None
    above = (segments.bottom < first.at + 1) & (segments.x1 > first.start) & (segments.x0 < first.end)
    if _lines(segments, above) > _RUNNING_HEAD:
        return None
    last = last_rule(segments, across, first, [float(segments.top[label.segment]) for label in labels])
    if last is None:
        return None
    region = filled(segments, (first, last), first.at)
    region.label, region.continued = before.label, True
    region.rulings = inside(rulings, region)
    return region


def open_region(segments: Segments, regions: list[Region]) -> Region | None:
    """The table that a page ends with, so that it may go on overleaf: nothing but a running foot stands below it."""
    last = max(regions, key=lambda region: (region.bottom, region.x0), default=None)
    if last is None or _lines(segments, segments.top > last.bottom - 1) > _RUNNING_HEAD:
        return None
    return last


def _lines(segments: Segments, chosen: NDArray[np.bool_]) -> int:
    """On how many base lines some segments stand."""
    return len(np.unique(np.round(segments.base[chosen] / 3)))
