"""Which files of the given paths are papers, and what became of each: records, or a failure with its reason.

Nothing of the language stage is imported here, so that what is new can be told before it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hcclit.records import Record

SUFFIXES = frozenset({".txt", ".text", ".pdf", ".xml", ".nxml", ".html", ".htm"})
"""Endings that a folder is searched for; a file that is named itself is read whatever its ending."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A paper that gave no records because something went wrong; never mistaken for a paper without findings."""

    path: str
    reason: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `sha256` is of its bytes; exactly one of `records` (maybe empty) and `failure` holds."""

    path: str
    sha256: str | None
    records: list[Record] = field(default_factory=list)
    failure: Failure | None = None
    size: int | None = None
    """Bytes of the file, where it was read."""


def find_papers(paths: Iterable[Path]) -> Iterator[Path | Failure]:
    """The files to read, in a fixed order: named files as they come, folders one level deep, sorted by name."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(p for p in path.iterdir() if p.is_file() and p.suffix.lower() in SUFFIXES)
        if found:
            yield from found
        else:
            yield Failure(str(path), f"no papers in this folder (looked for {', '.join(sorted(SUFFIXES))})")
