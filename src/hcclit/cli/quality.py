"""Commands about how good the records are: `evaluate`, `mark`, `sample`, `verdicts`, `calibrate`."""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

import typer

from hcclit.cli.options import EntitiesOption, choose_entities
from hcclit.cli.output import fail, print_scores, write

if TYPE_CHECKING:
    from hcclit.confidence.observations import Observation
    from hcclit.evaluation import Evaluation


class ScoreFormat(StrEnum):
    """How scores are printed."""

    table = "table"
    json = "json"


def evaluate(
    gold: Annotated[Path, typer.Option(help="Folder of gold, <doc_id>.jsonl each.")] = Path("seeds/gold"),
    docs: Annotated[Path, typer.Option(help="Folder of the papers that the gold is about.")] = Path("seeds"),
    predicted: Annotated[
        Path | None,
        typer.Option(help="Records to score (JSONL); without it the papers are extracted now.", show_default=False),
    ] = None,
    format: Annotated[ScoreFormat, typer.Option(help="Form of the scores.")] = ScoreFormat.table,
    entities: EntitiesOption = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss, wrong field and false alarm.")] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write the evaluation as a page to this file too.", show_default=False)
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option(
            help="Append the scores to this file (JSONL), which the page draws the trend from.",
            show_default="beside the page, ending in .runs.jsonl",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(help="Folder of `hcclit report`, to which the page links.", show_default="the page's own folder"),
    ] = None,
) -> None:
    """Score records against gold: precision, recall and F1 at the contract's three levels.

    Gold of a review and gold labelled blind are scored apart too. With a second labeller's folder as --predicted, the
    scores are the agreement of the two over the papers that both have labelled; the papers themselves are not needed.

    Example: hcclit evaluate --errors
    """
    from rich.console import Console

    from hcclit.evaluation import list_mistakes
    from hcclit.evaluation.calibration import calibration_table, judged
    from hcclit.readers import UnreadableError
    from hcclit.scoring import document_texts, score_folder

    choose_entities(entities)
    try:
        evaluation = score_folder(gold, docs, predicted)
        mistakes = list_mistakes(evaluation, document_texts(docs, list(evaluation.documents))) if errors else []
    except (UnreadableError, ValueError, OSError) as error:
        fail(str(error))
    _keep(evaluation, docs, predicted, (html, log, report))
    if format is ScoreFormat.json:
        scores = evaluation.to_dict() | ({"errors": [m.to_dict() for m in mistakes]} if errors else {})
        typer.echo(json.dumps(scores, indent=1, ensure_ascii=False))
        return
    print_scores(evaluation)
    if pairs := list(judged(evaluation)):  # people's records have no confidence
        Console(width=None if sys.stdout.isatty() else 140).print(calibration_table("Confidence", pairs))
    for mistake in mistakes:
        typer.echo(mistake.describe())


def _keep(
    evaluation: Evaluation,
    docs: Path,
    predicted: Path | None,
    places: tuple[Path | None, Path | None, Path | None],
) -> None:
    """Write an evaluation's page and its line in the log, where they are wanted."""
    from hcclit.evaluation.runs import logged, run_of
    from hcclit.readers import UnreadableError
    from hcclit.scoring import document_texts
    from hcclit.version import extractors_version

    html, log, report = places
    log = log or (html and html.with_suffix(".runs.jsonl"))
    if log is None:
        return
    what = extractors_version() if predicted is None else predicted.name
    try:
        runs = logged(log, run_of(evaluation, what))
        if html is not None:
            from hcclit.evaluation.page import Context, write_page

            folder = "" if report is None else f"{quote(os.path.relpath(report, html.parent))}/"
            texts = document_texts(docs, list(evaluation.documents))
            write_page(html, evaluation, Context(texts, runs, folder, what))
    except (UnreadableError, ValueError, OSError) as error:
        fail(str(error))


def mark(
    paper: Annotated[Path, typer.Argument(help="The paper.", show_default=False)],
    marks: Annotated[
        Path,
        typer.Argument(help="Quoted context with [[mention]] marked; see hcclit.marking.", show_default=False),
    ],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the gold to this file.")] = None,
) -> None:
    """Turn marked context into gold records with offsets.

    Example: hcclit mark seeds/paper.txt paper.marks -o seeds/gold/paper.jsonl
    """
    from hcclit.marking import MarkingError, gold_lines, parse
    from hcclit.readers import UnreadableError, read

    try:
        document = read(paper)
        records = parse(marks.read_text(encoding="utf-8"), document.text, document.doc_id)
    except (MarkingError, UnreadableError, OSError) as error:
        fail(str(error))
    write(gold_lines(records), output)


def sample(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Papers, or folders of papers.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="CSV for the reader.")] = Path("sample.csv"),
    per_type: Annotated[int, typer.Option("--per-type", help="Records of each type.", min=1)] = 60,
    seed: Annotated[int, typer.Option(help="The same seed draws the same records.")] = 1,
) -> None:
    """Draw records at random for a reader to judge, each in its sentence.

    The reader fills `verdict` (right, core, wrong) and `wrong` (the fields, or `record`).

    Example: hcclit sample papers/ --per-type 60 -o sample.csv
    """
    from hcclit.verdicts import draw, write_rows

    with output.open("w", encoding="utf-8", newline="") as file:
        write_rows(draw(paths, per_type, seed), file)


def verdicts(
    path: Annotated[Path, typer.Argument(help="CSV of verdicts by record id.")] = Path("docs/verdicts.csv"),
) -> None:
    """Count a reader's verdicts: sampled precision by type, with intervals, and whether confidence held.

    Example: hcclit verdicts docs/verdicts.csv
    """
    from rich.console import Console

    from hcclit.evaluation.calibration import calibration_table
    from hcclit.verdicts import read_verdicts, verdict_table

    try:
        judged = read_verdicts(path)
    except (ValueError, OSError) as error:
        fail(str(error))
    console = Console()
    console.print(verdict_table(judged))
    console.print(calibration_table("Confidence", [(v.confidence, v.verdict != "wrong") for v in judged]))


def calibrate(
    gold: Annotated[Path | None, typer.Option(help="Judge these papers anew: folder of gold.")] = None,
    docs: Annotated[Path | None, typer.Option(help="Folder of the papers that the gold is about.")] = None,
    observations: Annotated[Path, typer.Option(help="Judged records.")] = Path("models/confidence/observations.csv"),
    write_weights: Annotated[
        bool, typer.Option("--write", help="Put the weights into the package, in the source tree.")
    ] = False,
) -> None:
    """Fit the weights of confidence on judged records, and show out of fold (by paper) whether confidence holds.

    Example: hcclit calibrate --gold seeds/gold --docs seeds --write
    """
    from rich.console import Console

    from hcclit.confidence.calibration import fit, out_of_fold
    from hcclit.confidence.observations import read_observations
    from hcclit.evaluation.calibration import calibration_table

    known = read_observations(observations)
    if gold is not None and docs is not None:
        known = _judged_anew(known, gold, docs, observations)
    judged = list(zip(known, out_of_fold(known), strict=True))
    groups = {
        f"Out of fold, {len({o.document for o in known})} papers": judged,
        "Of these, papers whose errors mended no rule": [(o, c) for o, c in judged if o.unseen],
        "Of these, the seeds": [(o, c) for o, c in judged if (Path("seeds/gold") / f"{o.document}.jsonl").exists()],
    }
    for title, pairs in groups.items():
        Console().print(calibration_table(title, [(confidence, o.right) for o, confidence in pairs]))
    if write_weights:
        from hcclit.confidence import model

        fit(known).write(Path(model.__file__).with_name(model.TABLE))


def _judged_anew(known: list[Observation], gold: Path, docs: Path, observations: Path) -> list[Observation]:
    """The observations with those of the papers in `gold` made anew, also in the file."""
    from hcclit.confidence.observations import write_observations
    from hcclit.scoring import observe_folder

    fresh = observe_folder(gold, docs)
    again = {o.document for o in fresh}
    known = [o for o in known if o.document not in again] + fresh
    write_observations(known, observations)
    return known
