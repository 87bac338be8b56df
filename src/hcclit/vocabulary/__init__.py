"""Hand-kept knowledge as small tables: drugs, markers, responses, endpoints, units, procedures, diseases."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table of this folder, by its name without ending."""
    with (files(__name__) / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)
