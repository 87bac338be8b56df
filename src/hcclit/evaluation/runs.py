"""The log of evaluations: a line of JSON for each, which the trend is drawn from.

A line says what was scored (the code's version, the gold by a digest) and the scores. It holds no time: the same runs
in the same order make the same file. A run that says what the last one said is not written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from hcclit.evaluation.levels import LEVELS, Level, Line
from hcclit.evaluation.matching import Matching
from hcclit.evaluation.scores import Evaluation


class LoggedScore(BaseModel):
    """Precision, recall and F1, as fractions of 1; null where nothing was annotated and nothing predicted."""

    model_config = ConfigDict(frozen=True)

    precision: float | None
    recall: float | None
    f1: float | None


class LoggedRun(BaseModel):
    """A run: by what the records were made, against which gold, and how well."""

    model_config = ConfigDict(frozen=True)

    version: str
    gold: str
    papers: int
    scores: dict[Line, dict[Level, LoggedScore]]


def run_of(evaluation: Evaluation, version: str) -> LoggedRun:
    """An evaluation as a line of the log.

    Args:
        evaluation: what `evaluate` gave.
        version: of the code that made the records, or the name of the records where they were given.
    """
    scores = {
        line: {level: LoggedScore.model_validate(counts.score(level), from_attributes=True) for level in LEVELS}
        for line, counts in evaluation.lines.items()
    }
    return LoggedRun(version=version, gold=_digest(evaluation), papers=len(evaluation.documents), scores=scores)


def logged(path: Path, run: LoggedRun) -> list[LoggedRun]:
    """All runs of a log in their order, the given one last; it is written if the last one says something else.

    Raises:
        ValueError: a line is no run; the message names it.
        OSError: the file cannot be read or written.
    """
    runs = read_log(path)
    if not runs or runs[-1] != run:
        runs.append(run)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{run.model_dump_json()}\n")
    return runs


def read_log(path: Path) -> list[LoggedRun]:
    """The runs of a log; none where there is no file yet.

    Raises:
        ValueError: a line is no run; the message names it.
        OSError: the file cannot be read.
    """
    if not path.exists():
        return []
    runs = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            runs.append(LoggedRun.model_validate_json(line))
        except ValidationError as error:
            raise ValueError(f"{path}:{number}: no run of `hcclit evaluate`; name another file with --log") from error
    return runs


def _digest(evaluation: Evaluation) -> str:
    """Eight digits that stay the same as long as the gold does."""
    ids = {doc_id: _gold_ids(matchings) for doc_id, matchings in evaluation.matchings.items()}
    return hashlib.sha256(repr(sorted(ids.items())).encode()).hexdigest()[:8]


def _gold_ids(matchings: Mapping[Line, Matching]) -> list[str]:
    golds = (gold for m in matchings.values() for gold in (*m.missed, *(gold for gold, _ in m.pairs)))
    return sorted(gold.id for gold in golds)
