"""What the page is told: plain values for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from hcclit.records import RECORD_TYPES
from hcclit.review.desk import Desk, Paper
from hcclit.review.forms import form, typed
from hcclit.review.standing import Item


def forms() -> dict[str, Any]:
    """The form of every record type."""
    return {kind: [asdict(field) for field in form(kind)] for kind in RECORD_TYPES}


def papers(desk: Desk) -> list[dict[str, Any]]:
    """A line for each paper: how far its review is, or why there can be none."""
    return [{"number": number, **_line(desk, number)} for number in range(len(desk.sources))]


def _line(desk: Desk, number: int) -> dict[str, Any]:
    source = desk.sources[number]
    journal = desk.gold.journals.get(source.doc_id)
    line: dict[str, Any] = {"doc_id": source.doc_id, "failure": source.failure, "state": "new"}
    if journal and source.failure is None:
        standing = journal.standing
        line |= {"state": "done" if standing.done else "begun", "records": len(standing.items)}
        line |= {"undecided": len(standing.undecided), "gold": len(standing.gold())}
    return line


def paper(desk: Desk, number: int, opened: Paper) -> dict[str, Any]:
    """All that the page needs of a paper but its text."""
    items = opened.journal.standing.items
    return {
        "number": number,
        "doc_id": opened.source.doc_id,
        "title": opened.reading.document.metadata.get("title"),
        "origin": opened.journal.first.origin,
        "notice": "; ".join(filter(None, [opened.journal.dropped, *opened.reading.faults])) or None,
        "items": [shown_item(opened, item) for item in items.values()],
        "findings": findings(opened),
        **standing(opened),
    }


def standing(opened: Paper) -> dict[str, Any]:
    """Where the review stands, apart from the records."""
    now = opened.journal.standing
    return {
        "seen": opened.journal.steps,
        "done": now.done,
        "undecided": len(now.undecided),
        "gold": sum(item.is_gold for item in now.items.values()),
        "can_undo": bool(now.taken),
        "silenced": {finding: step.reason for finding, step in now.silenced.items()},
    }


def findings(opened: Paper) -> list[dict[str, Any]]:
    """What the plausibility checks find in the paper."""
    return [finding.model_dump(mode="json") for finding in opened.reading.findings]


def shown_item(opened: Paper, item: Item) -> dict[str, Any]:
    """A record with its decision, its form's values and what stands around it."""
    record = item.record
    context = opened.contexts.of(record.start, record.end)
    return {
        "key": item.key,
        "id": item.id,
        "verdict": item.verdict,
        "predicted": None if item.predicted is None else typed(item.predicted),
        "confidence": item.predicted.confidence if item.predicted else None,
        "type": record.type,
        "start": record.start,
        "end": record.end,
        "text": record.text,
        "page": record.page,
        "values": typed(record),
        "context": asdict(context),
    }
