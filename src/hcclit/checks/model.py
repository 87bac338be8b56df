"""What a check finds, as a typed model."""

from __future__ import annotations

import hashlib
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

Severity = Literal["error", "warning", "note"]
"""`error`: cannot be as stated. `warning`: very likely wrong, or only under a reading that the paper does not give.
`note`: worth a look; a slip in the last digit, or figures that need not agree."""


class Span(BaseModel):
    """A place in the document's text, in code points, half open, with what stands there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str = Field(min_length=1)


class Finding(BaseModel):
    """Something stated that does not fit with what else is stated.

    `check` is the name of the check's module. `stated` is the number in question as the paper prints it, `expected`
    what would fit, `computed` how that follows in one line. `spans` are all places that the finding rests on, the one
    in question first, and `records` the ids of the records among them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    doc_id: str = Field(min_length=1)
    check: str = Field(min_length=1)
    severity: Severity
    message: str = Field(min_length=1)
    stated: str
    expected: str
    spans: tuple[Span, ...] = Field(min_length=1)
    computed: str
    records: tuple[str, ...] = ()

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know pydantic's stacked decorator
    @property
    def id(self) -> str:
        """Twelve hexadecimal digits made from what does not fit and where: it outlives better wording.

        Neither message nor severity nor records count, so that what a reviewer has silenced stays silent when a newer
        version says it in other words.
        """
        places = [(span.start, span.end) for span in self.spans]
        content = (self.doc_id, self.check, self.stated, self.expected, places)
        return hashlib.sha256(repr(content).encode()).hexdigest()[:12]


def sort_key(finding: Finding) -> tuple[str, int, int, str, str]:
    """Order of findings in every output: paper, place in question, check, id."""
    first = finding.spans[0]
    return (finding.doc_id, first.start, first.end, finding.check, finding.id)
