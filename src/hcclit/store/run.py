"""One run over an inbox into a store: what it found new, and the row that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from hcclit.checks.model import Finding
from hcclit.outcomes import Outcome, find_papers
from hcclit.store.catalog import NAME, read_catalog
from hcclit.store.planning import Plan, make_plan
from hcclit.store.writing import Store
from hcclit.version import extractors_version

COMMIT_PAPERS = 64
COMMIT_SECONDS = 10.0
"""Outcomes are committed when there are so many, or the oldest has waited so long: what a crash can cost."""


@dataclass
class StoreSummary:
    """What a run did; `failures` are lines for the user."""

    run_id: str
    new: int = 0
    replaced: int = 0
    seen: int = 0
    failed: int = 0
    failed_before: int = 0
    records: int = 0
    by_type: dict[str, int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, outcome: Outcome, plan: Plan) -> None:
        """Count one paper."""
        self.failures += [f"{failure.path}: {failure.reason}" for failure in outcome.failures]
        if outcome.failure is not None:
            self.failed += 1
            return
        if outcome.path in plan.replaces:
            self.replaced += 1
        else:
            self.new += 1
        self.records += len(outcome.records)
        self.findings += outcome.findings
        for record in outcome.records:
            self.by_type[record.type] = self.by_type.get(record.type, 0) + 1

    def describe(self) -> str:
        """One line that says what is new."""
        types = ", ".join(f"{name} {count}" for name, count in sorted(self.by_type.items()))
        records = f"{self.records} records" + (f" ({types})" if types else "")
        parts = [f"{self.new} new papers", f"{self.replaced} read again" if self.replaced else "", records]
        parts += [f"{len(self.findings)} findings" if self.findings else ""]
        parts += [f"{self.seen} seen before", f"{self.failed} failures"]
        parts += [f"{self.failed_before} failed before" if self.failed_before else ""]
        return ", ".join(part for part in parts if part)


def nothing_new(store: Path, inbox: Path, retry_failed: bool = False) -> str | None:
    """A line for the user where an inbox holds nothing that a run would do; cheap, and without a lock.

    Raises:
        StoreError: the store's catalogue cannot be read.
    """
    if not (store / NAME).exists():
        return None
    plan = make_plan(store, read_catalog(store), find_papers([inbox]), retry_failed)
    if plan.papers or plan.failures or plan.moved:
        return None
    failed = f", {plan.failed_before} failed before (see `hcclit status`)" if plan.failed_before else ""
    return f"nothing new: {plan.seen} papers seen before{failed}"


def run_into(store: Store, plan: Plan, inbox: str, outcomes: Iterable[Outcome]) -> StoreSummary:
    """Commit outcomes as they come, in groups; a run that is cut off keeps what it has committed.

    Args:
        store: the store, open for writing.
        plan: what the run has to do.
        inbox: where the papers come from, for the run's row.
        outcomes: what became of the plan's papers, in any order.

    Raises:
        OSError: the store cannot be written; what was committed before stays.
    """
    with _run_row(store, plan, inbox) as summary:
        for group in _groups([*plan.failures], outcomes):
            store.commit(group, plan)
            for outcome in group:
                summary.add(outcome, plan)
        store.note_moves(plan.moved)
        store.compact()
    summary.failures.sort()
    return summary


@contextmanager
def _run_row(store: Store, plan: Plan, inbox: str) -> Iterator[StoreSummary]:
    started = datetime.now(UTC)
    summary = StoreSummary(store.new_run_id(started), seen=plan.seen, failed_before=plan.failed_before)

    def write(finished: datetime | None) -> None:
        counts = {name: asdict(summary)[name] for name in ("run_id", "new", "replaced", "seen", "failed", "records")}
        when = {"started": started, "finished": finished, "version": extractors_version(), "inbox": inbox}
        store.write_run(counts | when)

    write(None)
    yield summary
    write(datetime.now(UTC))


def _groups(first: list[Outcome], outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    group, since = first, monotonic()
    for outcome in outcomes:
        group.append(outcome)
        if len(group) >= COMMIT_PAPERS or monotonic() - since > COMMIT_SECONDS:
            yield group
            group, since = [], monotonic()
    if group:
        yield group
