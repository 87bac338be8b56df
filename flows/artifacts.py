"""What a run leaves on Prefect's page: its summary, and a table of the papers that failed."""

from . import settings

settings.prepare()

from prefect import task  # noqa: E402  # after its environment is set
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402


@task(name="publish-run", cache_policy=NO_CACHE, persist_result=False)
def publish_run(summary: str, by_type: dict[str, int], failures: list[str]) -> None:
    """Leave the summary as markdown, and the failed papers with their reasons as a table, also where none failed."""
    lines = [
        summary,
        "",
        "| type | records |",
        "| --- | --- |",
        *(f"| {t} | {n} |" for t, n in sorted(by_type.items())),
    ]
    create_markdown_artifact("\n".join(lines), key="hcclit-run", description="What the run found")
    rows = [dict(zip(("paper", "reason"), line.split(": ", 1), strict=False)) for line in failures]
    create_table_artifact(rows, key="hcclit-failures", description=f"{len(rows)} papers that could not be read")
