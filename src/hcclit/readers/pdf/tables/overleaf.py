"""Tables that go on on the next page without a caption."""

from __future__ import annotations

import numpy as np

from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.labels import Label
from hcclit.readers.pdf.tables.regions import Flags, Region, between_rules, rules_inside
from hcclit.readers.pdf.tables.rulings import Rulings
from hcclit.readers.pdf.tables.unruled import lines_below

_MOST_FURNITURE = 3  # lines of a running head or foot
_SHIFT = 10.0  # points that a part is wider or narrower, or stands aside of where the part without rules stood


def open_region(segments: Segments, regions: list[Region]) -> Region | None:
    """The table that may go on overleaf: nothing but a running foot stands below it."""
    if not regions:
        return None
    region = max(regions, key=lambda region: region.bottom)
    centre = (segments.x0 + segments.x1) / 2
    below = (segments.base > region.bottom + 1) & (centre > region.x0) & (centre < region.x1)
    return None if len(region.notes) or _lines(segments, below) > _MOST_FURNITURE else region


def _lines(segments: Segments, chosen: Flags) -> int:
    return len(np.unique(np.round(segments.base[chosen] / 3)))


def overleaf(segments: Segments, before: Region, labels: list[Label], rulings: Rulings) -> Region | None:
    """The part of a table at the top of the page after it."""
    region = _ruled(segments, before, labels, rulings) if before.rulings.across else _unruled(segments, before, labels)
    if region is not None:
        region.label, region.continued = before.label, True
    return region


def with_columns(region: Region, before: Region) -> None:
    """Tell a part of a table the columns of the part before it, if both are as wide."""
    shift = region.x0 - before.x0
    if abs(region.x1 - before.x1 - shift) < _SHIFT and region.label == before.label:
        region.cuts = [cut + shift for cut in before.cuts]


def _ruled(segments: Segments, before: Region, labels: list[Label], rulings: Rulings) -> Region | None:
    wide = before.x1 - before.x0
    same = [rule for rule in rulings.across if abs(rule.length - wide) < _SHIFT]
    if not same:
        return None
    first = same[0]
    above = (segments.base < first.at) & (segments.x1 > first.start) & (segments.x0 < first.end)
    if _lines(segments, above) > _MOST_FURNITURE:
        return None
    others = np.array([label.segment for label in labels], np.intp)
    region = between_rules(segments, rulings.across, first, others)
    if region is not None:
        region.rulings = rules_inside(rulings, region)
    return region


def _unruled(segments: Segments, before: Region, labels: list[Label]) -> Region | None:
    centre = (segments.x0 + segments.x1) / 2
    inside = (centre > before.x0 - _SHIFT) & (centre < before.x1 + _SHIFT)
    stops = {label.segment for label in labels}
    region = lines_below(segments, inside, stops, _MOST_FURNITURE)
    if region is None or abs(region.x0 - before.x0) > _SHIFT:
        return None
    return region
