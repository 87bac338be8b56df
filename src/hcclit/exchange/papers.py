"""What the exporters are given and the importers give: a paper's text and its records as plain fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hcclit.records import MODELS, Record, from_dict

Fields = Mapping[str, Any]
"""A record as its JSON has it: its own order of fields, with those nulls that stand there."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper's records in their order, and its text where that was asked for."""

    doc_id: str
    fields: tuple[Fields, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be carried over, or only in part: where, and a reason, as a line for the user.

    `lost` says whether a record, or a whole paper, is missing from what was written.
    """

    place: str
    reason: str
    lost: bool = True

    def describe(self) -> str:
        """One line."""
        return f"{self.place}: {self.reason}"


def records_of(fields: Iterable[Fields]) -> list[Record]:
    """Records as models, without fields that the contract does not know.

    Raises:
        pydantic.ValidationError: one breaks the contract.
    """
    return [
        from_dict({name: value for name, value in each.items() if name in MODELS[each["type"]].model_fields})
        for each in fields
    ]


def fitting(paper: Paper) -> tuple[list[Fields], list[Problem]]:
    """Those of a paper's records whose text stands where they say, and the others as problems."""
    assert paper.text is not None
    found: list[Fields] = []
    problems: list[Problem] = []
    for fields in paper.fields:
        if paper.text[fields["start"] : fields["end"]] == fields["text"]:
            found.append(fields)
        else:
            said = "the paper's text has something else there; were the records made from another version of it?"
            problems.append(Problem(place_of(fields), said))
    return found, problems


def place_of(fields: Fields) -> str:
    """Where a record stands, for the user."""
    return f"{fields['doc_id']}: {fields['start']}-{fields['end']} {' '.join(fields['text'].split())!r}"
