"""What the labels of a model mean: `labels.csv` for those of the corpora, the settings for others."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import cast

from hcclit.entities import EntityLabel
from hcclit.errors import SetupError


def label_map(model: str, labels: Collection[str], own: Mapping[str, EntityLabel]) -> dict[str, EntityLabel]:
    """Our label for each label of a model that has one; case does not count, the settings win over the table.

    Args:
        model: the model's name, for messages.
        labels: all that it may give.
        own: the map of the settings.

    Raises:
        SetupError: the settings map a label that the model does not give, or none of its labels means anything.
    """
    unknown = sorted(set(own) - set(labels))
    if unknown:
        raise SetupError(f"settings: model.labels: {model} has no label {unknown[0]} (it has {_listed(labels)})")
    known = {row["label"].casefold(): cast(EntityLabel, row["entity"]) for row in _rows()}
    found = {label: known[label.casefold()] for label in labels if label.casefold() in known} | dict(own)
    if not found:
        raise SetupError(
            f"entity model {model}: none of its labels ({_listed(labels)}) is known; "
            f"map them in the settings, in [model.labels]"
        )
    return found


def _rows() -> csv.DictReader[str]:
    return csv.DictReader(io.StringIO((files("hcclit.ner") / "labels.csv").read_text(encoding="utf-8")))


def _listed(labels: Collection[str]) -> str:
    return ", ".join(sorted(labels)) or "no labels"
