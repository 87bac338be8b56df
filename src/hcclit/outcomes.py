"""Which files of the given paths are papers, and what became of each: records, or a failure with its reason.

Nothing of the language stage is imported here, so that what is new can be told before it is loaded.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hcclit.checks.model import Finding
from hcclit.readers.formats import begins_as_bioc
from hcclit.records import Record

SUFFIXES = frozenset({".txt", ".text", ".pdf", ".xml", ".nxml", ".html", ".htm", ".xhtml"})
"""Endings that a folder is searched for; a file that is named itself is read whatever its ending."""
_PACKED = frozenset({".gz", ".tgz"})
"""Papers that are still packed: they fail with a line that says so, and are not passed over unsaid."""
_JSON = ".json"
_HEAD = 16384
_UNWRITABLE = re.compile(r"[\x00-\x1f\ud800-\udfff]")


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
    findings: list[Finding] = field(default_factory=list)
    """What does not add up in it, where that was asked for."""
    faults: list[Failure] = field(default_factory=list)
    """Checks of it that failed; its records and what the other checks found stand."""

    @property
    def failures(self) -> list[Failure]:
        """All that went wrong with it."""
        return [self.failure] if self.failure else self.faults


def failed(path: Path | str, sha256: str | None, reason: str) -> Outcome:
    """The outcome of a file that gave no records because something went wrong."""
    return Outcome(str(path), sha256, failure=Failure(str(path), reason, sha256))


def find_papers(paths: Iterable[Path]) -> Iterator[Path | Failure]:
    """The files to read, each once, in a fixed order: as they are named, folders with all below them sorted by path.

    A name that is no file but a pattern (`papers/*.xml`, `**/*.txt`) stands for the files that it fits; `-` is
    standard input. Hidden files and folders are passed over.
    """
    given: set[Path] = set()
    for path in paths:
        for found in _expand(path):
            if isinstance(found, Failure):
                yield found
            elif found not in given:
                given.add(found)
                yield _named(found)


def find_paper(folder: Path, doc_id: str) -> Path | None:
    """The file in a folder that gives the document of this id; the first by name where there are several."""
    named = sorted(folder.glob(f"{glob.escape(doc_id)}.*"))
    return next((path for path in named if path.stem == doc_id and _is_paper(path)), None)


def _named(path: Path) -> Path | Failure:
    """A path with whose name records, tables and lines for the user can be written."""
    name = str(path)
    if _UNWRITABLE.search(name):
        said = _UNWRITABLE.sub("?", name)
        return Failure(said, "its name is not UTF-8 or has line breaks in it (shown as ?); rename it")
    return path


def _expand(path: Path) -> list[Path | Failure]:
    if os.path.isdir(path):  # noqa: PTH112  # a Path raises where the folder above it is closed to us
        endings = ", ".join(sorted(SUFFIXES))
        none = Failure(str(path), f"no papers in this folder (looked for {endings} and .json of BioC)")
        return _inside(path) or [none]
    if glob.has_magic(str(path)) and not os.path.lexists(path):
        # Path.glob takes no absolute pattern
        names = glob.iglob(str(path), recursive=True)  # noqa: PTH207
        fitting = sorted(Path(name) for name in names if not os.path.isdir(name))  # noqa: PTH112
        return [*fitting] or [Failure(str(path), "no file fits this pattern")]
    return [path]


def _inside(folder: Path) -> list[Path | Failure]:
    """What a folder holds, to the bottom, with a failure for each folder in it that cannot be looked into."""
    closed: list[Failure] = []

    def note(error: OSError) -> None:
        closed.append(Failure(str(error.filename), f"a folder that cannot be looked into ({error.strerror})"))

    papers = []
    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        papers += [Path(place, name) for name in names if not name.startswith(".")]
    return [*sorted(path for path in papers if _is_paper(path)), *closed]


def _is_paper(path: Path) -> bool:
    """Whether a file is one by its ending; whether it can be opened is seen when it is read."""
    ending = path.suffix.lower()
    return ending in SUFFIXES | _PACKED or (ending == _JSON and _may_be_bioc(path))


def _may_be_bioc(path: Path) -> bool:
    """Whether a JSON file holds a paper and no settings; one that cannot be opened is left to the reader."""
    try:
        if not path.is_file():  # to open a pipe may take for ever
            return False
        with path.open("rb") as file:
            return begins_as_bioc(file.read(_HEAD))
    except OSError:
        return True
