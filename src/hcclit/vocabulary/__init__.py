"""Hand-kept knowledge as small tables: drugs, markers, responses, endpoints, units, procedures, diseases."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from importlib.resources import files


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table of this folder, by its name without ending."""
    yield from csv.DictReader(io.StringIO((files(__name__) / f"{table}.csv").read_text(encoding="utf-8")))
