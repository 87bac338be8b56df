"""What the process that reads papers gives a review."""

from __future__ import annotations

from dataclasses import dataclass

from hcclit.checks.model import Finding
from hcclit.document import Document
from hcclit.records import Record


@dataclass(frozen=True)
class Reading:
    """A paper as a review needs it; nothing but the document where it is labelled blind."""

    document: Document
    records: list[Record]
    findings: list[Finding]
    faults: list[str]
    """Checks that failed, which therefore say nothing."""
