"""What the page may ask for: one decision at a time, in the page's own words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hcclit.checks.silencing import FindingId
from hcclit.records import RecordType

_MOST = 10_000
"""Characters of what is typed into one field."""
Typed = Annotated[str, Field(max_length=_MOST)]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    seen: int
    """How many steps the page knows of; where there are more, another window has taken them."""


class AskedVerdict(_Asked):
    """A prediction is right, or none."""

    do: Literal["accept", "reject"]
    key: Typed


class AskedForm(_Asked):
    """A form was filled in: for a record (`key`), or for a new one."""

    do: Literal["correct", "add"]
    key: Typed | None = None
    type: RecordType
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quote: str | None = None
    """What the page shows at this place, where it was selected; else the place is not from a selection."""
    values: dict[str, Typed]


class AskedSilence(_Asked):
    """A finding is none."""

    do: Literal["silence"]
    finding: FindingId
    reason: Typed


class AskedMove(_Asked):
    """The last step is taken back, or the paper is done, or not after all."""

    do: Literal["undo", "finish", "resume"]


Asked = Annotated[AskedVerdict | AskedForm | AskedSilence | AskedMove, Field(discriminator="do")]
