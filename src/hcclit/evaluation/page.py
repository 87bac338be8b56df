"""An evaluation as a page: scores with intervals, the trend over runs, confused fields, every error in its sentence.

It shares the look, the script and the escaping of the pages of `hcclit report`, to which its errors lead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from hcclit.evaluation.charts import HEIGHT, SCALE, SERIES, WIDTH, trend, whisker
from hcclit.evaluation.counts import Counts
from hcclit.evaluation.intervals import Spread, spread_over_papers, spread_within
from hcclit.evaluation.levels import CORE_FIELDS, FULL_FIELDS, LEVELS, LINES, Level, Line
from hcclit.evaluation.mistakes import Mistake, around, list_mistakes
from hcclit.evaluation.runs import LoggedRun
from hcclit.evaluation.scores import Evaluation, Part
from hcclit.evaluation.tables import headline, number, title
from hcclit.records import Record
from hcclit.report.fields import fields_of
from hcclit.report.templates import filled

_EXAMPLES = 8
"""Confusions of a field that are shown; the errors have them all."""


@dataclass(frozen=True)
class Context:
    """What the page needs beside the evaluation."""

    texts: Mapping[str, str]
    """The papers' texts by id, for the sentences of errors."""
    runs: Sequence[LoggedRun]
    """The log, this run last."""
    report: str
    """The folder of the papers' pages as an address that the page can use; empty where they stand beside it."""
    what: str
    """What was scored, for the head of the page."""


def evaluation_page(evaluation: Evaluation, context: Context) -> str:
    """The page as HTML; the same for the same evaluation and log."""
    mistakes = list_mistakes(evaluation, context.texts)
    comparable = [run for run in context.runs if run.gold == context.runs[-1].gold]
    return filled(
        "evaluation.html.j2",
        headline=headline(evaluation), what=context.what, lines=LINES, levels=LEVELS, titles=title,
        papers=len(evaluation.documents), scores=_scores(evaluation.lines, list(evaluation.documents.values())),
        documents={name: _paper(counts) for name, counts in evaluation.documents.items()},
        origins={name: _origin(part, evaluation) for name, part in evaluation.origins.items()},
        runs=comparable, other_runs=len(context.runs) - len(comparable),
        trend=trend(comparable), series=[name for name, *_ in SERIES], width=WIDTH, height=HEIGHT, scale=SCALE,
        confusions=_confusions(mistakes, evaluation),
        errors=[_error(mistake, context) for mistake in mistakes],
        without=_without(evaluation), number=number,
        pages={doc_id: _address(context.report, doc_id) for doc_id in evaluation.documents},
    )  # fmt: skip


def write_page(path: Path, evaluation: Evaluation, context: Context) -> None:
    """Write the page.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(evaluation_page(evaluation, context), encoding="utf-8")


def _scores(lines: Mapping[Line, Counts], papers: list[Mapping[Line, Counts]]) -> list[dict[str, Any]]:
    return [
        _row(line, level, counts, spread_over_papers([paper[line] for paper in papers], level))
        for line, counts in lines.items()
        for level in LEVELS
    ]


def _paper(lines: Mapping[Line, Counts]) -> list[dict[str, Any]]:
    """The scores of one paper; types that neither gold nor prediction has are left out."""
    return [
        _row(line, level, counts, spread_within(counts, level))
        for line, counts in lines.items()
        if line == "micro" or counts.gold + counts.predicted
        for level in LEVELS
    ]


def _origin(part: Part, evaluation: Evaluation) -> list[dict[str, Any]]:
    papers = [{"micro": evaluation.documents[doc_id]["micro"]} for doc_id in part.documents]
    return _scores({"micro": part.lines["micro"]}, papers)  # type: ignore[arg-type]  # of one line


def _row(line: Line, level: Level, counts: Counts, spread: Spread) -> dict[str, Any]:
    score = counts.score(level)
    names = ("precision", "recall", "f1")
    return {
        "line": line, "level": level, "gold": counts.gold, "predicted": counts.predicted, "matched": score.matched,
        "values": [(getattr(score, name), getattr(spread, name)) for name in names],
        "whisker": whisker(score.f1, spread.f1),
    }  # fmt: skip


def _confusions(mistakes: Iterable[Mistake], evaluation: Evaluation) -> list[dict[str, Any]]:
    """The fields that were read wrong, the most often wrong first, each with what was taken for what."""
    found: dict[tuple[Line, str, str], Counter[tuple[str, str]]] = {}
    for mistake in mistakes:
        if mistake.field is not None:
            values = (_value(mistake.gold_value), _value(mistake.predicted_value))
            found.setdefault((mistake.line, mistake.field, mistake.level), Counter())[values] += 1
    rows = []
    for (line, name, level), taken in found.items():
        wrong, of = taken.total(), _compared(evaluation, line, level)
        examples = sorted(taken.items(), key=lambda item: (-item[1], item[0]))
        rows.append(
            {"line": line, "field": name, "level": level, "wrong": wrong, "of": of, "share": wrong / of}
            | {"examples": examples[:_EXAMPLES], "more": len(examples[_EXAMPLES:])}
        )
    return sorted(rows, key=lambda row: (-row["wrong"], LINES.index(row["line"]), _order(row["field"])))


def _compared(evaluation: Evaluation, line: Line, level: str) -> int:
    """How many pairs a field was compared in: all, or for the side lines the core matches whose gold states it."""
    counts = evaluation.lines[line]
    return {"when": counts.when.of, "group": counts.group.of}.get(level, counts.span)


def _order(name: str) -> int:
    names = [name for fields in (*CORE_FIELDS.values(), *FULL_FIELDS.values()) for name in fields]
    return names.index(name) if name in names else len(names)


def _error(mistake: Mistake, context: Context) -> dict[str, Any]:
    record = mistake.gold or mistake.predicted
    assert record is not None
    text = context.texts.get(mistake.doc_id)
    parts = ("", record.text, "") if text is None else around(text, record.start, record.end)
    anchor = f"#m-{mistake.predicted.id}" if mistake.predicted else ""
    return {
        "doc_id": mistake.doc_id, "line": mistake.line, "kind": mistake.kind.replace("_", " "), "level": mistake.level,
        "field": mistake.field, "gold_value": _value(mistake.gold_value), "start": record.start,
        "predicted_value": _value(mistake.predicted_value), "left": parts[0], "mention": parts[1], "right": parts[2],
        "gold": _said(mistake.gold), "predicted": _differing(_said(mistake.predicted), _said(mistake.gold)),
        "address": f"{_address(context.report, mistake.doc_id)}{anchor}",
    }  # fmt: skip


def _said(record: Record | None) -> dict[str, str]:
    return {} if record is None else {"text": record.text, **fields_of(record)}


def _differing(said: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    """What a record says otherwise than another, fields that it lacks as `–`."""
    lacking = {name: _value(None) for name in other if said and name not in said}
    return {name: value for name, value in said.items() if other.get(name) != value} | lacking


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "–" if value is None else str(value)


def _address(report: str, doc_id: str) -> str:
    return f"{report}{quote(doc_id)}.html"


def _without(evaluation: Evaluation) -> list[str]:
    """What the scores leave out or count as missed, as lines."""
    said = {
        "predicted, but without gold, so not scored": evaluation.without_gold,
        "gold for which nothing was predicted": evaluation.without_prediction,
        "labelled by one person only, so not scored": evaluation.labelled_once or (),
    }
    return [f"{len(names)} papers {what}: {', '.join(names)}" for what, names in said.items() if names]
