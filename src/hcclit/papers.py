"""Papers to outcomes: each file ends as records or as a failure with its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from hcclit.outcomes import Failure, Outcome, find_papers
from hcclit.pipeline import extract_document
from hcclit.readers import UnreadableError, load, read_bytes


def process(path: Path) -> Outcome:
    """Read a file and extract its records; every error becomes a failure with one clear line."""
    digest: str | None = None
    try:
        data = load(path)
        digest = hashlib.sha256(data).hexdigest()
        records = extract_document(read_bytes(data, path))
    except UnreadableError as error:
        return _failed(path, digest, error.reason)
    except Exception as error:  # a fault in one paper must not lose the others; it is reported
        return _failed(path, digest, f"extraction failed ({type(error).__name__}: {error}); please report this")
    return Outcome(str(path), digest, records, size=len(data))


def process_all(paths: Sequence[Path]) -> Iterator[Outcome]:
    """Process papers one by one, folders opened; failures come in their place."""
    for found in find_papers(paths):
        yield Outcome(found.path, None, failure=found) if isinstance(found, Failure) else process(found)


def _failed(path: Path, digest: str | None, reason: str) -> Outcome:
    return Outcome(str(path), digest, failure=Failure(str(path), reason, digest))
