"""Which files of the given paths are papers, and what became of each: records, or a failure with its reason.

Nothing of the language stage is imported here, so that what is new can be told before it is loaded.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hcclit.readers.formats import begins_as_bioc
from hcclit.records import Record

SUFFIXES = frozenset({".txt", ".text", ".pdf", ".xml", ".nxml", ".html", ".htm", ".xhtml"})
"""Endings that a folder is searched for; a file that is named itself is read whatever its ending."""
_PACKED = frozenset({".gz", ".tgz"})
"""Papers that are still packed: they fail with a line that says so, and are not passed over unsaid."""
_JSON = ".json"
_HEAD = 16384


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
    """The files to read, each once, in a fixed order: as they are named, folders with all below them sorted by path.

    A name that is no file but a pattern (`papers/*.xml`, `**/*.txt`) stands for the files that it fits; `-` is
    standard input. Hidden files and folders are passed over.
    """
    given: set[Path] = set()
    for path in paths:
        for found in _expand(path):
            if isinstance(found, Failure) or found not in given:
                yield found
            if isinstance(found, Path):
                given.add(found)


def _expand(path: Path) -> list[Path] | list[Failure]:
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if _is_paper(p, path))
        endings = ", ".join(sorted(SUFFIXES))
        return inside or [Failure(str(path), f"no papers in this folder (looked for {endings} and .json of BioC)")]
    if not path.exists() and glob.has_magic(str(path)):
        # Path.glob takes no absolute pattern
        names = glob.iglob(str(path), recursive=True)  # noqa: PTH207
        fitting = sorted(Path(name) for name in names if Path(name).is_file())
        return fitting or [Failure(str(path), "no file fits this pattern")]
    return [path]


def _is_paper(path: Path, folder: Path) -> bool:
    if any(part.startswith(".") for part in path.relative_to(folder).parts) or not path.is_file():
        return False
    ending = path.suffix.lower()
    return ending in SUFFIXES | _PACKED or (ending == _JSON and _may_be_bioc(path))


def _may_be_bioc(path: Path) -> bool:
    """Whether a JSON file holds a paper and no settings; one that cannot be opened is left to the reader."""
    try:
        with path.open("rb") as file:
            return begins_as_bioc(file.read(_HEAD))
    except OSError:
        return True
