"""A paper to its outcome: records, or a failure with its reason. Loads the language stage; `batches` does not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from hcclit.checks import Checked, checked, checks
from hcclit.outcomes import Failure, Outcome, failed
from hcclit.pipeline import extract_text, extraction
from hcclit.readers import load, read_bytes, reason_of


def loaded() -> Callable[..., Outcome]:
    """`process`, with all in memory that it needs, so that the first paper takes no longer than the others."""
    extract_text("AFP was 12 ng/mL.")
    return process


def loaded_with_checks() -> Callable[..., Outcome]:
    """`process_and_check`, likewise."""
    loaded()
    checks()
    return process_and_check


def process_and_check(path: Path, data: bytes | None = None) -> Outcome:
    """`process`, with the findings of all checks in the outcome."""
    return process(path, data, with_checks=True)


def process(path: Path, data: bytes | None = None, with_checks: bool = False) -> Outcome:
    """Read a file and extract its records; every error becomes a failure with one clear line.

    Args:
        path: the file.
        data: its bytes, where they have been read already.
        with_checks: whether to check it too.

    Raises:
        MemoryError: there is not enough; whoever set the limit knows what to say of it.
    """
    digest: str | None = None
    try:
        data = load(path) if data is None else data
        digest = hashlib.sha256(data).hexdigest()
        document = read_bytes(data, path)
        found = extraction(document)
        done = checked(document, found.records, found.analysis) if with_checks else Checked([], [])
    except MemoryError:
        raise
    except Exception as error:  # a fault in one paper must not lose the others; it is reported
        return failed(path, digest, reason_of(error))
    faults = [Failure(str(path), fault, digest) for fault in done.faults]
    return Outcome(str(path), digest, found.records, size=len(data), findings=done.findings, faults=faults)
