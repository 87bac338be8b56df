"""The work of the process that reads papers for a review: the document, and what the page shows beside its text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from hcclit.checks import checked
from hcclit.outcomes import Failure
from hcclit.pipeline import extract_text, extraction
from hcclit.readers import read, reason_of
from hcclit.records import Record
from hcclit.review.reading import Reading


def loaded() -> Callable[..., Reading | Failure]:
    """`reading`, with all in memory that it needs."""
    extract_text("AFP was 12 ng/mL.")
    return reading


def reading(path: Path, known: Sequence[Record] | None, blind: bool) -> Reading | Failure:
    """Read a paper, or say why it cannot be read.

    Args:
        path: the file.
        known: its records, where they have been extracted before; else they are now.
        blind: no records and no findings, so that none can be seen.

    Raises:
        MemoryError: there is not enough; whoever set the limit knows what to say of it.
    """
    try:
        document = read(path)
        if blind:
            return Reading(document, [], [], [])
        found = extraction(document)
        records = found.records if known is None else list(known)
        done = checked(document, records, found.analysis)
        return Reading(document, records, done.findings, done.faults)
    except MemoryError:
        raise
    except Exception as error:  # a fault in one paper must not end the review; it is reported
        return Failure(str(path), reason_of(error))
