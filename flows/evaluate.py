"""Gold to scores: a table and a markdown artifact in Prefect, and a failed run where a score falls below its floor."""

from pathlib import Path
from typing import Any

from . import settings

settings.prepare()

from prefect import flow, task  # noqa: E402  # after its environment is set
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402

from hcclit.evaluation import Evaluation, check_floors, load_floors  # noqa: E402
from hcclit.scoring import score_folder, score_rows  # noqa: E402


class BelowFloorError(Exception):
    """A score below its pinned floor; the message has one line for each, `evaluation` all scores."""

    def __init__(self, message: str, evaluation: Evaluation) -> None:
        super().__init__(message)
        self.evaluation = evaluation


@task(name="score", cache_policy=NO_CACHE, persist_result=False)
def score(gold: Path, docs: Path, predicted: Path | None) -> Evaluation:
    """Score records against gold."""
    return score_folder(gold, docs, predicted)


@task(name="publish-scores", cache_policy=NO_CACHE, persist_result=False)
def publish(evaluation: Evaluation) -> None:
    """Leave the scores as artifacts that Prefect's page shows."""
    rows: list[dict[str, Any]] = score_rows(evaluation)
    create_table_artifact(rows, key="hcclit-scores", description="Precision, recall and F1 against gold")
    head = list(rows[0])
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(str(row[name]) for name in head) + " |" for row in rows]
    create_markdown_artifact("\n".join(lines), key="hcclit-scores-markdown", description="The same as markdown")


@flow(name="hcclit-evaluate", persist_result=False)
def evaluate(gold: Path, docs: Path, predicted: Path | None = None, floors: Path | None = None) -> Evaluation:
    """Score records against gold; fails where a score falls below its floor.

    Args:
        gold: folder of `<doc_id>.jsonl`.
        docs: folder of the papers themselves.
        predicted: a JSONL file of records; without it the papers are extracted now.
        floors: JSON file of pinned scores; none are checked without it.
    """
    evaluation = score(gold, docs, predicted)
    publish(evaluation)
    failed = check_floors(evaluation, load_floors(floors)) if floors else []
    if failed:
        raise BelowFloorError("\n".join(failed), evaluation)
    return evaluation


def evaluate_run(
    gold: Path, docs: Path, predicted: Path, floors: Path | None
) -> tuple[Evaluation, BelowFloorError | None]:
    """Run the evaluation flow; scores come back also where one is below its floor, with the error beside them."""
    try:
        return evaluate(gold, docs, predicted, floors), None
    except BelowFloorError as error:
        return error.evaluation, error
