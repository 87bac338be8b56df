"""The highest upper limits of normal in use, for markers of which a paper states none."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files


@cache
def usual_limits() -> dict[tuple[str, str], float]:
    """By marker and unit; the table has the source of each, and room above it."""
    text = (files("hcclit.checks") / "marker_limits.csv").read_text(encoding="utf-8")
    return {(row["analyte"], row["unit"]): float(row["most"]) for row in csv.DictReader(io.StringIO(text))}
