"""Commands about entities: `evaluate-ner`, `ablate`."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.output import fail
from hcclit.cli.quality import ScoreFormat

if TYPE_CHECKING:
    from rich.table import Table

    from hcclit.ner.scores import NerScores


class Corpus(StrEnum):
    """Corpora that a model is scored on."""

    bc5cdr = "bc5cdr"
    maccrobat = "maccrobat"


def evaluate_ner(
    path: Annotated[
        Path, typer.Argument(help="BC5CDR: a file of tokens and IOB tags. MACCROBAT: a folder of .txt and .ann.")
    ],
    corpus: Annotated[Corpus, typer.Option(help="The corpus, which says format and labels.", show_default=False)],
    format: Annotated[ScoreFormat, typer.Option(help="Form of the scores.")] = ScoreFormat.table,
    model: Annotated[
        str | None,
        typer.Option(help="A spaCy package or folder; without it, the model of the settings.", show_default=False),
    ] = None,
) -> None:
    """Score the entity model on a corpus: precision, recall and F1 of spans, strict and partial.

    Strict asks for the same place and label, partial for an overlap with the same label. Micro is over Chemical and
    Disease in BC5CDR, and over twelve labels in MACCROBAT, which the table lists.

    Example: hcclit evaluate-ner --corpus bc5cdr test.tsv --format json
    """
    from hcclit.errors import SetupError
    from hcclit.ner.corpora import CorpusError
    from hcclit.ner.evaluation import evaluate_ner as score
    from hcclit.settings import current

    try:
        scores = score(corpus.value, path, model or current().model.name)
    except (CorpusError, SetupError) as error:
        fail(str(error))
    if format is ScoreFormat.json:
        typer.echo(json.dumps(scores.to_dict(), indent=1))
        return
    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else 120).print(_table(f"{corpus.value}: {path}", scores))


def ablate(
    gold: Annotated[Path, typer.Option(help="Folder of gold, <doc_id>.jsonl each.")] = Path("seeds/gold"),
    docs: Annotated[Path, typer.Option(help="Folder of the papers that the gold is about.")] = Path("seeds"),
    format: Annotated[ScoreFormat, typer.Option(help="Form of the scores.")] = ScoreFormat.table,
) -> None:
    """Score records with names by the vocabulary alone, by the entity model alone, and by both.

    Example: hcclit ablate --gold seeds/gold --docs seeds
    """
    from hcclit.readers import UnreadableError
    from hcclit.scoring import ablation

    try:
        evaluations = ablation(gold, docs)
    except (UnreadableError, ValueError, OSError) as error:
        fail(str(error))
    lines = {source: evaluation.to_dict()["lines"] for source, evaluation in evaluations.items()}
    if format is ScoreFormat.json:
        typer.echo(json.dumps(lines, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("type", title="Core precision, recall and F1 by where names come from", title_justify="left")
    for source in lines:
        for measure in ("P", "R", "F1"):
            table.add_column(f"{source} {measure}", justify="right")
    for line in lines["both"]:
        scores = [own[line]["core"][name] for own in lines.values() for name in ("precision", "recall", "f1")]
        table.add_row(line, *("–" if score is None else f"{score:.3f}" for score in scores))
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def _table(title: str, scores: NerScores) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for name in ("label", "gold", "found", "strict P", "R", "F1", "partial P", "R", "F1"):
        table.add_column(name, justify="left" if name == "label" else "right")
    both = scores.to_dict()
    for label in ("micro", *scores.labels):
        measures = [both[kind]["micro"] if label == "micro" else both[kind]["labels"][label] for kind in both]
        counts = scores.counts(label)
        numbers = (f"{value:.3f}" for measure in measures for value in measure.values())
        table.add_row(label, *map(str, counts), *numbers, end_section=label == "micro")
    return table
