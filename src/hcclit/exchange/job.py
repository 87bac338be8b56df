"""The work of the process that extracts papers to export them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hcclit.exchange.papers import Paper
from hcclit.outcomes import Failure
from hcclit.pipeline import extract_document, extract_text
from hcclit.readers import read, reason_of


def loaded() -> Callable[[Path], Paper | Failure]:
    """`extracted`, with all in memory that it needs."""
    extract_text("AFP was 12 ng/mL.")
    return extracted


def extracted(path: Path) -> Paper | Failure:
    """A paper's text and records, or why it gives none.

    Raises:
        MemoryError: there is not enough; whoever set the limit knows what to say of it.
    """
    try:
        document = read(path)
        fields = tuple(record.model_dump(mode="json") for record in extract_document(document))
        return Paper(document.doc_id, fields, document.text)
    except MemoryError:
        raise
    except Exception as error:  # a fault in one paper must not lose the others; it is reported
        return Failure(str(path), reason_of(error))
