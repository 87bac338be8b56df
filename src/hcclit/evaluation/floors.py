"""Pinned minima: scores below which an evaluation fails.

The floor file is JSON with nested keys as `Evaluation.to_dict()["lines"]` has them, line, level, metric::

    {"micro": {"core": {"f1": 0.90, "precision": 0.93}}, "dose": {"when": {"share": 0.8}}}
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hcclit.evaluation.scores import Evaluation

_ROUNDING = 1e-9


def load_floors(path: Path) -> dict[str, Any]:
    """Read a floor file.

    Raises:
        ValueError: the file is no JSON object; the message names it, in one line.
    """
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    if not isinstance(floors, dict):
        raise ValueError(f"{path}: not a JSON object")
    return floors


def check_floors(evaluation: Evaluation, floors: Mapping[str, Any]) -> list[str]:
    """Give one line for each score that is below its floor; an empty list if all hold.

    A floor under a score that does not exist, or that is empty because nothing was annotated and nothing
    predicted, does not hold either: a floor that cannot be checked must not pass.
    """
    scores = evaluation.to_dict()["lines"]
    complaints = (_complaint(keys, _look_up(scores, keys), floor) for keys, floor in _leaves(floors, ()))
    return [complaint for complaint in complaints if complaint]


def _leaves(floors: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    for key, value in floors.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*above, key))
        else:
            yield (*above, key), value


def _look_up(scores: object, keys: tuple[str, ...]) -> object:
    for key in keys:
        if not isinstance(scores, Mapping) or key not in scores:
            return "unknown"
        scores = scores[key]
    return scores


def _complaint(keys: tuple[str, ...], score: object, floor: object) -> str | None:
    name = " ".join(keys)
    if isinstance(floor, bool) or not isinstance(floor, int | float):
        return f"{name}: the floor {floor!r} is no number"
    if score is None:
        return f"{name}: nothing annotated and nothing predicted, floor {floor}"
    if not isinstance(score, int | float):
        return f"{name}: there is no such score"
    return f"{name}: {score:.4f} is below its floor {floor}" if score < floor - _ROUNDING else None
