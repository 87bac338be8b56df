"""Findings that a reviewer has looked at and silenced, each with a reason that is kept.

The file is JSON lines, one for each silenced finding: `finding` (its id), `doc_id`, `reason`, `by`. A silenced finding
is shown as such and not counted; take its line out of the file and it speaks again. `hcclit check --silence` adds to a
file of the user's own; the folder of a review holds one at `IN_REVIEW`, which follows from the review's journals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hcclit.checks.model import Finding

IN_REVIEW = Path("checks", "silenced.jsonl")
"""Below the folder of a review, whose own `*.jsonl` are gold, each named as its paper."""

FindingId = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
Reason = Annotated[str, Field(min_length=1, pattern=r"\S")]


class Silence(BaseModel):
    """Why a finding is silenced, and who said so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    finding: FindingId
    doc_id: str | None = None
    reason: Reason
    by: str | None = None


def read_silences(path: Path) -> dict[str, Silence]:
    """The silences of a file by the id of the finding; of several for one finding the last holds.

    Args:
        path: the file, or the folder of a review, which holds one.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is no silence; the message names it.
    """
    found = {}
    path = path / IN_REVIEW if path.is_dir() else path
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                silence = Silence.model_validate_json(line)
            except ValidationError as error:
                raise ValueError(f"{path}, line {number}: {_first(error)}") from error
            found[silence.finding] = silence
    return found


def add_silence(path: Path, silence: Silence) -> None:
    """Write a silence at the end of a file, which is made where there is none.

    Raises:
        OSError: the file cannot be written.
        ValueError: the file is a review's, which would write over it.
    """
    if path.is_dir() or path.resolve().parts[-len(IN_REVIEW.parts) :] == IN_REVIEW.parts:
        raise ValueError(f"{path}: is a review's; silence on its page (`hcclit review`), or give a file of your own")
    with path.open("a", encoding="utf-8") as file:
        file.write(silence.model_dump_json() + "\n")


def to_lines(silences: Iterable[Silence]) -> str:
    """A whole file of silences."""
    return "".join(f"{silence.model_dump_json()}\n" for silence in silences)


def counted(findings: Iterable[Finding], silences: Mapping[str, Silence]) -> list[Finding]:
    """The findings that nobody has silenced."""
    return [finding for finding in findings if finding.id not in silences]


def _first(error: ValidationError) -> str:
    """What is wrong first, in one line."""
    detail = error.errors()[0]
    return f"{'.'.join(map(str, detail['loc'])) or 'the line'}: {detail['msg']}"
