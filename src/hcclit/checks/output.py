"""Findings as they are printed: JSON lines, or a table for reading."""

from __future__ import annotations

import io
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hcclit.checks.model import Finding, Severity
from hcclit.checks.silencing import Silence, counted


def to_jsonl(findings: Iterable[Finding], silences: Mapping[str, Silence]) -> str:
    """One JSON object a line: the finding, and `silenced`, which is null or has reason and reviewer."""
    return "".join(f"{json.dumps(_plain(each, silences.get(each.id)), ensure_ascii=False)}\n" for each in findings)


def _plain(finding: Finding, silence: Silence | None) -> dict[str, object]:
    said = silence.model_dump(include={"reason", "by"}) if silence else None
    return finding.model_dump(mode="json") | {"silenced": said}


def to_table(findings: Iterable[Finding], silences: Mapping[str, Silence]) -> str:
    """A table: paper, place, check, severity, what is said of it, the finding's id; nothing where there is none."""
    table = Table(box=None, pad_edge=False)
    for name in ("paper", "place", "check", "severity", "finding", "id"):
        table.add_column(name, overflow="fold", no_wrap=name == "id")
    for finding in findings:
        silence = silences.get(finding.id)
        first = finding.spans[0]
        said = f"{finding.message} Stated: {finding.stated}; fits: {finding.expected}. ({finding.computed})"
        severity = "silenced" if silence else finding.severity
        if silence:
            said += f" Silenced{f' by {silence.by}' if silence.by else ''}: {silence.reason}"
        cells = (finding.doc_id, f"{first.start}-{first.end}", finding.check, severity, said, finding.id)
        table.add_row(*map(escape, cells))
    if not table.row_count:
        return ""
    out = io.StringIO()
    Console(file=out, width=shutil.get_terminal_size((160, 24)).columns).print(table)
    return out.getvalue()


def summary(findings: Sequence[Finding], silences: Mapping[str, Silence]) -> str:
    """How many findings there are, by severity, and how many more are silenced: one line."""
    speaking = counted(findings, silences)
    counts = Counter(finding.severity for finding in speaking)
    parts = [f"{counts[severity]} {severity}" for severity in get_args(Severity) if counts[severity]]
    silent = len(findings) - len(speaking)
    said = f"{len(speaking)} finding{'' if len(speaking) == 1 else 's'}"
    return said + (f" ({', '.join(parts)})" if parts else "") + (f", {silent} silenced" if silent else "")
