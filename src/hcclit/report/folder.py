"""The folder of a report: a page for each paper under a name of its own, and an index of all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from hcclit.outcomes import Failure
from hcclit.readers import doc_id_of
from hcclit.records import RECORD_TYPES
from hcclit.report.templates import filled

if TYPE_CHECKING:
    from hcclit.report.job import Page

_INDEX = "index"
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 60
"""Signs of a name; each may take four of the 255 bytes that a file's name can have."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
"""Names that Windows keeps for itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper in the index; a paper that could not be read has neither counts nor findings, but a failure."""

    title: str
    address: str
    path: str
    counts: Mapping[str, int] | None
    findings: int | None
    failures: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """A report as it is written into a folder, which exists."""

    folder: Path
    _names: set[str] = field(default_factory=lambda: {_INDEX})
    _entries: list[Entry] = field(default_factory=list)

    def add(self, path: str, page: Page | Failure) -> Path:
        """Write the page of a paper, or one that says why it has none; two papers never share a page.

        Raises:
            OSError: it cannot be written.
        """
        name = self._name(doc_id_of(Path(path)))
        if isinstance(page, Failure):
            title, failures = Path(path).name, (page.reason,)
            entry = Entry(title, f"{quote(name)}.html", path, None, None, failures)
            html = filled("failure.html.j2", name=title, path=path, reason=page.reason)
        else:
            entry = Entry(page.title, f"{quote(name)}.html", path, page.counts, page.findings, page.failures)
            html = page.html
        self._entries.append(entry)
        file = self.folder / f"{name}.html"
        file.write_text(html, encoding="utf-8")
        return file

    def write_index(self) -> Path:
        """Write the index of all papers that were added.

        Raises:
            OSError: it cannot be written.
        """
        html = filled(
            "index.html.j2",
            entries=self._entries,
            types=RECORD_TYPES,
            records=sum(sum((entry.counts or {}).values()) for entry in self._entries),
            findings=sum(entry.findings or 0 for entry in self._entries),
            failed=sum(entry.counts is None for entry in self._entries),
        )
        file = self.folder / f"{_INDEX}.html"
        file.write_text(html, encoding="utf-8")
        return file

    def _name(self, doc_id: str) -> str:
        """A name for a file that no other paper has, also where small and capital letters are the same."""
        stem = _UNSAFE.sub("_", doc_id)[:_LONGEST].strip("._-") or "paper"
        stem = f"{stem}_" if stem.lower() in _DEVICES else stem
        name, number = stem, 1
        while name.lower() in self._names:
            number += 1
            name = f"{stem}-{number}"
        self._names.add(name.lower())
        return name
