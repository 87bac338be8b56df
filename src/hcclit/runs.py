"""A run's folder: records in three forms, findings, failures, and a manifest of what went in and came out.

The records of two runs over the same input are the same byte for byte; only the manifest holds times.
"""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hcclit import __version__, export
from hcclit.checks.model import Finding
from hcclit.checks.model import sort_key as finding_sort_key
from hcclit.checks.output import to_jsonl
from hcclit.outcomes import Outcome
from hcclit.records import sort_key
from hcclit.version import extractors_version

MANIFEST = "manifest.json"
_VERSIONS = ("spacy", "scispacy", "pydantic", "pandas", "pyarrow", "prefect")


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run came to; `failures` are lines for the user, `folder` holds the files."""

    folder: str
    papers: int
    records: int
    by_type: dict[str, int]
    failures: list[str]
    seconds: float
    findings: list[Finding] = field(default_factory=list)


def new_run_folder(output: Path, started: datetime) -> Path:
    """Make `output/<run>`, named by the start time in UTC; a second run in the same second gets a number."""
    stem = started.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    names = (stem if i == 0 else f"{stem}-{i}" for i in range(1000))
    for name in names:
        try:
            (output / name).mkdir(parents=True)
        except FileExistsError:
            continue
        return output / name
    raise FileExistsError(f"{output}/{stem}: a thousand runs in one second")


def write_run(folder: Path, outcomes: Sequence[Outcome], started: datetime) -> RunSummary:
    """Write the records, findings, failures and manifest of a run into its folder, the manifest last.

    Raises:
        OSError: the folder cannot be written.
    """
    records = sorted((r for outcome in outcomes for r in outcome.records), key=sort_key)
    failures = [failure for outcome in outcomes for failure in outcome.failures]
    (folder / "records.jsonl").write_text(export.to_jsonl(records), encoding="utf-8")
    (folder / "records.csv").write_text(export.to_csv(records), encoding="utf-8")
    export.to_parquet(records, folder / "records.parquet")
    lines = (json.dumps(asdict(failure), ensure_ascii=False) for failure in failures)
    (folder / "failures.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    findings = sorted((f for outcome in outcomes for f in outcome.findings), key=finding_sort_key)
    (folder / "findings.jsonl").write_text(to_jsonl(findings, {}), encoding="utf-8")
    summary = RunSummary(
        folder=str(folder),
        papers=len(outcomes),
        records=len(records),
        by_type=dict(sorted(Counter(r.type for r in records).items())),
        failures=[f"{failure.path}: {failure.reason}" for failure in failures],
        seconds=round((datetime.now(UTC) - started).total_seconds(), 3),
        findings=findings,
    )
    manifest = _manifest(summary, outcomes, started)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return summary


def _manifest(summary: RunSummary, outcomes: Iterable[Outcome], started: datetime) -> dict[str, Any]:
    return {
        "hcclit": __version__,
        "extractors": extractors_version(),
        "started": started.astimezone(UTC).isoformat(timespec="seconds"),
        "seconds": summary.seconds,
        "counts": {
            "papers": summary.papers,
            "records": summary.records,
            "findings": len(summary.findings),
            "failures": len(summary.failures),
            "by_type": summary.by_type,
        },
        "inputs": [
            {"path": o.path, "sha256": o.sha256, "records": len(o.records), "failed": o.failure is not None}
            for o in outcomes
        ],
        "versions": {"python": platform.python_version()} | {name: version(name) for name in _VERSIONS},
    }
