"""The work of the process that makes the pages of papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from hcclit.checks import Finding, checked, checks
from hcclit.checks.silencing import Silence, counted
from hcclit.document import Document
from hcclit.figures import of_paper
from hcclit.outcomes import Failure
from hcclit.pipeline import Extraction, extract_text, extraction
from hcclit.readers import load, read_bytes, reason_of
from hcclit.readers.text import read_text
from hcclit.records import Record
from hcclit.report.page import Beside, render, title_of
from hcclit.report.sheets import Sheet, sheets_of

INDEX = "index.html"
MOST_BYTES = 1_900_000
"""That a page has, if pictures of legible size allow it."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Page:
    """A paper's page, and what the index says of it. `failures` are lines on what is missing from the page."""

    title: str
    html: str
    counts: Mapping[str, int]
    findings: int | None
    failures: tuple[str, ...]


def loaded() -> Callable[..., Page | Failure]:
    """`page_of`, with all in memory that it needs."""
    text = "In May 2010 his AFP was 12 ng/mL."
    of_paper(read_text(text, "text"), extract_text(text))
    checks()
    return page_of


def page_of(
    path: Path, data: bytes | None = None, silences: Mapping[str, Silence] = MappingProxyType({})
) -> Page | Failure:
    """Read a paper, extract and check it, and make its page; or say why there is none.

    What fails beside the text and its records is told on the page and leaves the rest as it is.

    Args:
        path: the file.
        data: its bytes, where they have been read already.
        silences: why findings are silenced, by their ids.

    Raises:
        MemoryError: there is not enough; whoever set the limit knows what to say of it.
    """
    try:
        data = load(path) if data is None else data
        document = read_bytes(data, path)
        found = extraction(document)
        failures: list[str] = []
        findings = _tried(failures, "checks", lambda: _findings(document, found, failures))
        figures = _tried(failures, "figures", lambda: of_paper(document, found.records))
        beside = Beside(findings, figures or (), failures=failures, file=path.name, index=INDEX, silences=silences)
        html = render(document, found.records, beside)
        if document.pages:
            room = MOST_BYTES - len(html.encode())
            sheets = _tried(failures, "pictures of the pages", lambda: _sheets(data, document, found.records, room))
            html = render(document, found.records, replace(beside, sheets=sheets or ()))
    except MemoryError:
        raise
    except Exception as error:  # a fault in one paper must not lose the others; it is reported
        return Failure(str(path), reason_of(error))
    counts = Counter[str](record.type for record in found.records)
    number = None if findings is None else len(counted(findings, silences))
    return Page(title_of(document), html, dict(counts), number, tuple(failures))


def _findings(document: Document, found: Extraction, failures: list[str]) -> list[Finding]:
    done = checked(document, found.records, found.analysis)
    failures += done.faults
    return done.findings


def _sheets(data: bytes, document: Document, records: Sequence[Record], room: int) -> list[Sheet]:
    return list(sheets_of(data, document, records, room))


def _tried(failures: list[str], what: str, make: Callable[[], _T]) -> _T | None:
    """What is made; or None, with a line on why it could not be."""
    try:
        return make()
    except MemoryError:
        raise
    except Exception as error:  # the page shows all else that the paper gives
        failures.append(f"{what}: {reason_of(error)}")
        return None
