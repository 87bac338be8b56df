"""Which files of the given paths are papers, and what becomes of each: records, or a failure with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hcclit.pipeline import extract_document
from hcclit.readers import SUFFIXES, UnreadableError, os_reason, read_bytes
from hcclit.records import Record


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


def process(path: Path) -> Outcome:
    """Read a file and extract its records; every error becomes a failure with one clear line."""
    digest: str | None = None
    try:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        records = extract_document(read_bytes(data, path))
    except UnreadableError as error:
        return _failed(path, digest, error.reason)
    except OSError as error:
        return _failed(path, digest, os_reason(error))
    except Exception as error:  # a fault in one paper must not lose the others; it is reported
        return _failed(path, digest, f"extraction failed ({type(error).__name__}: {error}); please report this")
    return Outcome(str(path), digest, records)


def process_all(paths: Sequence[Path]) -> Iterator[Outcome]:
    """Process papers one by one, folders opened; failures come in their place."""
    for found in find_papers(paths):
        yield Outcome(found.path, None, failure=found) if isinstance(found, Failure) else process(found)


def _failed(path: Path, digest: str | None, reason: str) -> Outcome:
    return Outcome(str(path), digest, failure=Failure(str(path), reason, digest))
