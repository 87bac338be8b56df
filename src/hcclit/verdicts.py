"""Precision by sampling: draw records at random, have a reader judge each, count the verdicts.

The sample shows each record in its sentence, for the reader alone. What is kept are verdicts by record id, without a
word of the papers, so that they may be passed on where the papers may not.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TextIO

from pydantic import BaseModel, ConfigDict, ValidationError
from rich.table import Table
from scipy.stats import binomtest

from hcclit.batches import process_all
from hcclit.evaluation.levels import LINES, Line, line_of
from hcclit.evaluation.mistakes import sentence
from hcclit.limits import RECORDS, Limits, Worker
from hcclit.readers import read
from hcclit.records import Record

COLUMNS = ("id", "doc_id", "line", "confidence", "verdict", "wrong")
_SAID_ELSEWHERE = {"doc_id", "type", "start", "end", "text", "codes", "id", "confidence", "page", "bbox", "xpath"}


class Verdict(BaseModel):
    """What a reader says of one record by the contract.

    `right`: span, core and full fields hold. `core`: span and core fields hold, but another scored field is wrong.
    `wrong`: it is no record, or a core field is wrong. `wrong` names the fields, or `record`.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    doc_id: str
    line: Line
    confidence: float
    verdict: Literal["right", "core", "wrong"]
    wrong: str = ""


def draw(paths: Sequence[Path], per_line: int, seed: int) -> Iterator[dict[str, object]]:
    """Extract papers and draw up to `per_line` records of each line of the scores, the same for the same seed.

    Yields rows for a reader: the columns of a verdict, the last two empty, the fields and the record in its sentence.
    """
    with Worker(RECORDS, Limits()) as worker:
        outcomes = list(process_all(paths, worker))
    places = {record.doc_id: outcome.path for outcome in outcomes for record in outcome.records}
    records = [record for outcome in outcomes for record in outcome.records]
    for line in LINES:
        of_line = [record for record in records if line_of(record) == line]
        for record in random.Random(seed).sample(of_line, min(per_line, len(of_line))):
            yield _row(record, line, read(places[record.doc_id]).text)


def _row(record: Record, line: Line, text: str) -> dict[str, object]:
    said = record.model_dump(mode="json", exclude=_SAID_ELSEWHERE, exclude_none=True)
    return {
        "id": record.id, "doc_id": record.doc_id, "line": line, "confidence": record.confidence,
        "verdict": "", "wrong": "",
        "fields": " ".join(f"{name}={value}" for name, value in said.items()),
        "sentence": sentence(text, record.start, record.end),
    }  # fmt: skip


def read_verdicts(path: Path) -> list[Verdict]:
    """Read a file of verdicts; columns beyond those of a verdict are passed over.

    Raises:
        ValueError: a row is no verdict; the message names file, line and reason, in one line.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return [_verdict(row, f"{path}:{number}") for number, row in enumerate(csv.DictReader(file), 2)]


def _verdict(row: dict[str, str], place: str) -> Verdict:
    try:
        return Verdict.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{place}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def write_rows(rows: Iterable[dict[str, object]], file: TextIO) -> None:
    """Write rows of `draw` as CSV to an open text file."""
    writer = csv.DictWriter(file, [*COLUMNS, "fields", "sentence"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def verdict_table(verdicts: Sequence[Verdict]) -> Table:
    """Precision by line at `core` and `full`, each with its 95% interval (Wilson)."""
    table = Table(title="Sampled precision", title_justify="left")
    for column in ("line", "judged", "core", "95%", "full", "95%"):
        table.add_column(column, justify="left" if column == "line" else "right")
    for line in LINES:
        judged = [v for v in verdicts if v.line == line or (line == "micro" and v.line != "extended")]
        if judged:
            core = sum(v.verdict != "wrong" for v in judged)
            full = sum(v.verdict == "right" for v in judged)
            table.add_row(line, str(len(judged)), *_share(core, len(judged)), *_share(full, len(judged)))
    return table


def _share(held: int, of: int) -> tuple[str, str]:
    interval = binomtest(held, of).proportion_ci(method="wilson")
    return f"{held / of:.3f}", f"{interval.low:.3f}–{interval.high:.3f}"
