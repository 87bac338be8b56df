"""What a reviewer does to a paper, step by step; the journal keeps one line for each, and none is ever changed.

The first step is always `Opened`: it holds the predictions that the reviewer went through, so that a journal can be
read in years, whatever the extractors find by then.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from hcclit.checks.silencing import FindingId, Reason
from hcclit.records import Origin, Record

FORMAT = 1
"""Layout of the journal; one of another number is refused, not guessed at."""


def _without_id(record: Any) -> Any:  # noqa: ANN401  # whatever is to be validated
    """A record as it was written, without its id, which follows from the content."""
    return {k: v for k, v in record.items() if k != "id"} if isinstance(record, dict) else record


Kept = Annotated[Record, BeforeValidator(_without_id)]


class _Step(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str | None = None
    """Who took it."""
    at: str | None = None
    """When, in UTC, ISO 8601."""


class Opened(_Step):
    """A paper is opened for the first time."""

    do: Literal["open"] = "open"
    format: int = FORMAT
    doc_id: str
    origin: Origin
    text_sha256: str
    """Of the document's text in UTF-8, to which all offsets refer."""
    extractors: str
    """Version of the extractors that predicted."""
    records: list[Kept] = []
    """The predictions, in the order of the text; none for blind labelling."""


class Accepted(_Step):
    """A prediction is right."""

    do: Literal["accept"] = "accept"
    key: str


class Rejected(_Step):
    """A prediction is no record, or what was added is taken back."""

    do: Literal["reject"] = "reject"
    key: str


class Corrected(_Step):
    """What the paper says in the place of a prediction, or of what was added or corrected before."""

    do: Literal["correct"] = "correct"
    key: str
    record: Kept


class Added(_Step):
    """A record that nobody predicted."""

    do: Literal["add"] = "add"
    key: str
    record: Kept


class Silenced(_Step):
    """A finding of the plausibility checks is none, for a reason."""

    do: Literal["silence"] = "silence"
    finding: FindingId
    reason: Reason


class Finished(_Step):
    """The paper is done: what was accepted, corrected and added is gold."""

    do: Literal["finish"] = "finish"


class Resumed(_Step):
    """The paper is not done after all."""

    do: Literal["resume"] = "resume"


class Undone(_Step):
    """The last step that still holds, holds no longer."""

    do: Literal["undo"] = "undo"


Decision = Accepted | Rejected | Corrected | Added | Silenced | Finished | Resumed | Undone
Step = Annotated[Opened | Decision, Field(discriminator="do")]
StepAdapter: TypeAdapter[Opened | Decision] = TypeAdapter(Step)
