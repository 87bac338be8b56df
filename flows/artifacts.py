"""What a run leaves in Prefect: its summary, tables of findings and of failed papers, an event that automations see."""

from . import settings

settings.prepare()

from prefect import task  # noqa: E402  # after its environment is set
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.events import emit_event  # noqa: E402

from hcclit.checks.model import Finding  # noqa: E402

FAILURES_EVENT = "hcclit.papers.failed"
"""Emitted by a run in which papers failed; `docs/operations.md` has an automation that tells somebody."""


_MOST_ROWS = 500
"""Of a table that somebody reads on a page; all findings are in the run's folder, or the store."""


@task(name="publish-findings", cache_policy=NO_CACHE, persist_result=False)
def publish_findings(findings: list[Finding]) -> None:
    """Leave what does not add up in the run's papers as a table, also where there is nothing."""
    shown = ("doc_id", "check", "severity", "message", "stated", "expected", "id")
    rows = [finding.model_dump(mode="json", include=set(shown)) for finding in findings[:_MOST_ROWS]]
    described = f"{len(findings)} findings in the papers of this run"
    create_table_artifact(
        [{name: row[name] for name in shown} for row in rows], key="hcclit-findings", description=described
    )


@task(name="publish-run", cache_policy=NO_CACHE, persist_result=False)
def publish_run(summary: str, by_type: dict[str, int], failures: list[str]) -> None:
    """Leave the summary as markdown, and the failed papers with their reasons as a table, also where none failed."""
    lines = [summary, "", "| type | records |", "| --- | --- |"]
    lines += [f"| {name} | {count} |" for name, count in sorted(by_type.items())]
    create_markdown_artifact("\n".join(lines), key="hcclit-run", description="What the run found")
    rows = [dict(zip(("paper", "reason"), line.split(": ", 1), strict=False)) for line in failures]
    create_table_artifact(rows, key="hcclit-failures", description=f"{len(rows)} papers that could not be read")
    if failures:
        resource = {"prefect.resource.id": "hcclit.ingest", "prefect.resource.name": "hcclit ingest"}
        emit_event(FAILURES_EVENT, resource=resource, payload={"summary": summary, "failures": failures})
