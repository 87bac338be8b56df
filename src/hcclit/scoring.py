"""Scores of a gold folder: extract its papers where no predictions are given, and evaluate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hcclit.confidence.observations import Observation, observe
from hcclit.evaluation import LEVELS, Evaluation, evaluate, load_gold, load_origins, load_predictions
from hcclit.outcomes import SUFFIXES
from hcclit.pipeline import extract_document, extract_with_signals
from hcclit.readers import UnreadableError, read
from hcclit.records import Record
from hcclit.settings import EntitySource, Settings, current


def score_folder(gold: Path, docs: Path, predicted: Path | None = None) -> Evaluation:
    """Evaluate against a folder of gold.

    Args:
        gold: folder of `<doc_id>.jsonl`, or one such file.
        docs: folder that holds the papers; only those with gold are read.
        predicted: records in a JSONL file or folder; without it the papers are extracted now. Where they are gold
            that says its origin, this is the agreement of two labellers over the papers that both have labelled.

    Raises:
        ValueError: gold or predictions break the contract, or two labellers have no paper in common.
        hcclit.readers.UnreadableError: a paper that has gold is missing or cannot be read.
    """
    expected, origins = load_gold(gold), load_origins(gold)
    if predicted is None:
        return evaluate(expected, _extract(docs, list(expected)), origins)
    if (labelled := _labelled(predicted)) is None:
        return evaluate(expected, load_predictions(predicted), origins)
    both = expected.keys() & labelled.keys()
    if not both:
        raise ValueError(f"{gold} and {predicted} have no paper in common, so there is nothing to agree on")
    ours, theirs = ({doc_id: side[doc_id] for doc_id in both} for side in (expected, labelled))
    return replace(evaluate(ours, theirs, origins), labelled_once=tuple(sorted(expected.keys() ^ labelled.keys())))


def _labelled(path: Path) -> Mapping[str, Sequence[Record]] | None:
    """Records that a person labelled, by document, empty ones too; None where nothing says that a person did."""
    said = bool(load_origins(path)) or any(r.origin for rs in load_predictions(path).values() for r in rs)
    return load_gold(path) if said else None


def ablation(gold: Path, docs: Path) -> dict[EntitySource, Evaluation]:
    """Evaluate with names by the vocabulary alone, by the entity model alone, and by both.

    Args:
        gold: as in `score_folder`.
        docs: likewise.

    Raises:
        ValueError, hcclit.readers.UnreadableError: as `score_folder`.
        hcclit.errors.SetupError: the settings or the entity model cannot be used.
    """
    expected = load_gold(gold)
    sources: tuple[EntitySource, ...] = ("vocabulary", "model", "both")
    settings = {source: current().model_copy(update={"entities": source}) for source in sources}
    found = {source: _extract(docs, list(expected), own) for source, own in settings.items()}
    return {source: evaluate(expected, records) for source, records in found.items()}


def document_texts(docs: Path, doc_ids: list[str]) -> dict[str, str]:
    """The texts of papers by id, for the sentences around mistakes; papers that are not there are left out."""
    paths = {doc_id: path for doc_id in doc_ids if (path := _find(docs, doc_id)) is not None}
    return {doc_id: read(path).text for doc_id, path in paths.items()}


def score_rows(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Scores as rows of a table: one for each line and level."""
    rows = []
    for line, scores in evaluation.to_dict()["lines"].items():
        for level in LEVELS:
            score = scores[level]
            rows.append({"line": line, "level": level} | {k: score[k] for k in ("precision", "recall", "f1")})
    return rows


def observe_folder(gold: Path, docs: Path) -> list[Observation]:
    """Extract the papers of a folder of gold and judge every record that is scored, for its confidence.

    Raises:
        ValueError, hcclit.readers.UnreadableError: as `score_folder`.
    """
    expected = load_gold(gold)
    found = {doc_id: extract_with_signals(read(_paper(docs, doc_id))) for doc_id in expected}
    signals = {record.id: seen for pairs in found.values() for record, seen in pairs}
    records = {doc_id: [record for record, _ in pairs] for doc_id, pairs in found.items()}
    return observe(evaluate(expected, records), signals)


def _extract(docs: Path, doc_ids: list[str], settings: Settings | None = None) -> dict[str, list[Record]]:
    return {doc_id: extract_document(read(_paper(docs, doc_id)), settings) for doc_id in doc_ids}


def _paper(docs: Path, doc_id: str) -> Path:
    path = _find(docs, doc_id)
    if path is None:
        raise UnreadableError(docs / doc_id, "has gold, but no paper of this name is there")
    return path


def _find(docs: Path, doc_id: str) -> Path | None:
    return next((p for p in sorted(docs.glob(f"{doc_id}.*")) if p.suffix.lower() in SUFFIXES), None)
