"""What a run leaves in Prefect: its summary, a table of the papers that failed, and an event that automations see."""

from . import settings

settings.prepare()

from prefect import task  # noqa: E402  # after its environment is set
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.events import emit_event  # noqa: E402

FAILURES_EVENT = "hcclit.papers.failed"
"""Emitted by a run in which papers failed; `docs/operations.md` has an automation that tells somebody."""


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
