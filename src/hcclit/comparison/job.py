"""The work of the process that reads papers to compare them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hcclit.comparison.readings import Reading
from hcclit.outcomes import Failure
from hcclit.pipeline import extract_document, extract_text
from hcclit.readers import read, reason_of


def loaded() -> Callable[[Path], Reading | Failure]:
    """`reading`, with all in memory that it needs."""
    extract_text("AFP was 12 ng/mL.")
    return reading


def reading(path: Path) -> Reading | Failure:
    """Read a paper and extract its records, or say why it gives none.

    Raises:
        MemoryError: there is not enough; whoever set the limit knows what to say of it.
    """
    try:
        document = read(path)
        return Reading.of(document, extract_document(document))
    except MemoryError:
        raise
    except Exception as error:  # a fault in one paper must not lose the others; it is reported
        return Failure(str(path), reason_of(error))
