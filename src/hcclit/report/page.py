"""The page of a paper."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from hcclit.checks.silencing import Silence, counted
from hcclit.document import Document
from hcclit.records import RECORD_TYPES, Record
from hcclit.report.fields import fields_of
from hcclit.report.marked import marked_text
from hcclit.report.nesting import Wrap
from hcclit.report.templates import filled
from hcclit.report.vectors import inlined

if TYPE_CHECKING:
    from hcclit.checks import Finding
    from hcclit.figures import Picture
    from hcclit.report.sheets import Sheet

_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")
_OWN_COLUMN = frozenset({"subject", "patient_id", "when", "elapsed", "section", "confidence"})


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands on a paper's page beside its text and records; nothing of it need be there.

    `findings` is None where the paper was not checked; `silences` says by id why some are silenced. `failures` are
    lines on what could not be done with the paper.
    `file` names it, `index` is the address of the page of all papers.
    """

    findings: Sequence[Finding] | None = None
    figures: Sequence[Picture] = ()
    sheets: Sequence[Sheet] = ()
    failures: Sequence[str] = ()
    file: str | None = None
    index: str | None = None
    silences: Mapping[str, Silence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    """A record in the table."""

    id: str
    type: str
    start: int
    text: str
    fields: dict[str, str]
    subject: str
    about: list[str]
    when: list[str]
    section: str
    page: str
    confidence: str
    findings: list[str] = field(default_factory=list)


def render(document: Document, records: Sequence[Record], beside: Beside | None = None) -> str:
    """The page of a paper as HTML: one file without network, which can be read without scripts too.

    Args:
        document: the paper.
        records: what was extracted of it, in order.
        beside: what else is to be shown.

    Raises:
        ValueError: a record does not stand in the document, or a figure is no SVG.
    """
    return filled("paper.html.j2", paper=_content(document, records, beside or Beside()))


def title_of(document: Document) -> str:
    """What a paper is called: its title, or the name of its file."""
    return " ".join(document.metadata.get("title", "").split()) or document.doc_id


def _content(document: Document, records: Sequence[Record], beside: Beside) -> dict[str, Any]:
    findings = beside.findings or ()
    counts = Counter(record.type for record in records)
    speaking = counted(findings, beside.silences)
    rows = list(_rows(records, speaking))
    return {
        "title": title_of(document),
        "source": _source(document, beside),
        "doi": _doi(document.metadata.get("doi", "")),
        "index": beside.index,
        "failures": beside.failures,
        "counts": {type_: counts[type_] for type_ in RECORD_TYPES if counts[type_]},
        "subjects": sorted({row.subject for row in rows} - {""}),
        "text": marked_text(document, records, _places(findings, beside.silences), _notes(findings, beside.silences)),
        "rows": rows,
        "sheets": beside.sheets,
        "unpictured": len(document.pages) - len(beside.sheets),
        "figures": list(_figures(beside.figures)),
        "findings": findings,
        "speaking": len(speaking),
        "silences": beside.silences,
        "checked": beside.findings is not None,
        "data": [record.model_dump(mode="json") for record in records],
    }


def _source(document: Document, beside: Beside) -> list[str]:
    """Where a paper comes from, in words."""
    known = document.metadata
    ids = [f"{name.upper()} {known[name]}" for name in ("pmid", "pmcid") if known.get(name)]
    return [part for part in (beside.file, known.get("journal"), known.get("year"), *ids) if part]


def _doi(name: str) -> dict[str, str] | None:
    """A DOI with its address; None where it is none that could be linked."""
    return {"name": name, "address": f"https://doi.org/{quote(name, safe='/')}"} if _DOI.fullmatch(name) else None


def _rows(records: Sequence[Record], findings: Sequence[Finding]) -> Iterator[_Row]:
    on: dict[str, list[str]] = {}
    for finding in findings:
        for known in finding.records:
            on.setdefault(known, []).append(finding.id)
    for record in records:
        fields = fields_of(record)
        said = {name: fields.get(name, "") for name in _OWN_COLUMN}
        yield _Row(
            id=record.id,
            type=record.type,
            start=record.start,
            text=" ".join(record.text.split()),
            fields={name: value for name, value in fields.items() if name not in _OWN_COLUMN},
            subject=said["subject"],
            about=[part for part in (said["subject"], said["patient_id"]) if part],
            when=[part for part in (said["when"], said["elapsed"]) if part],
            section=said["section"],
            page=str(record.page or ""),
            confidence="" if record.confidence is None else f"{record.confidence:.2f}",
            findings=on.get(record.id, []),
        )


def _places(findings: Sequence[Finding], silences: Mapping[str, Silence]) -> Iterator[Wrap]:
    """The places that findings rest on, as elements of the text."""
    for finding in findings:
        kind = "silenced" if finding.id in silences else finding.severity
        for number, span in enumerate(finding.spans, 1):
            key = f"place-{finding.id}-{number}"
            again = Markup('<span class="place {}" data-finding="{}">').format(kind, finding.id)
            first = Markup('<span class="place {}" data-finding="{}" id="{}">').format(kind, finding.id, key)
            yield Wrap(span.start, span.end, key, first, again, Markup("</span>"))


def _notes(findings: Sequence[Finding], silences: Mapping[str, Silence]) -> Callable[[int, int], Markup]:
    """What stands behind a block, given its offsets: the findings whose place in question is in it."""
    ordered = sorted(findings, key=_place)

    def notes(start: int, end: int) -> Markup:
        here = ordered[bisect_left(ordered, start, key=_place) : bisect_left(ordered, end, key=_place)]
        return Markup(filled("beside.html.j2", findings=here, silences=silences)) if here else Markup("")

    return notes


def _place(finding: Finding) -> int:
    return finding.spans[0].start


def _figures(pictures: Sequence[Picture]) -> Iterator[dict[str, Any]]:
    for number, picture in enumerate(pictures, 1):
        svg = inlined(picture.svg, f"figure{number}", picture.title) if picture.svg else None
        yield {"title": picture.title, "svg": svg, "unplaced": picture.unplaced}
