"""A record as a labelled region with a note, as annotation tools know it; and what a person made of it as a record.

The label is the record's type, the region its span. The note holds all other fields as a JSON object, in their order
and with their nulls, so that a record comes back as it went. A person may write a note the short way too, as in the
lines of `hcclit mark`: `drug=sorafenib amount=400 unit=mg`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from hcclit.evaluation.loading import known_fields, refuse_constant
from hcclit.exchange.papers import Fields, Problem
from hcclit.marking import gold_lines, parse_fields, record_at
from hcclit.records import MODELS, RECORD_TYPES, RecordBase, from_dict

PLACE = ("doc_id", "type", "start", "end", "text")
"""What label and region say."""
_OF_THE_PIPELINE = ("confidence", "page", "bbox", "xpath")
"""Fields that hold only for a record as the pipeline made it."""

COLOURS = dict(zip(RECORD_TYPES, ("#56B4E9", "#E69F00", "#CC79A7", "#009E73", "#F0E442"), strict=True))
"""A colour for each type that dark text can be read on, from the palette of Okabe and Ito for all eyes
(https://jfly.uni-koeln.de/color/)."""


@dataclass(frozen=True, slots=True)
class Region:
    """A labelled span of a paper with its note, as a tool gives it back; `name` is the tool's own for it."""

    name: str
    label: str
    start: int
    end: int
    note: str


def note_of(fields: Fields, beside: Mapping[str, Any] | None = None) -> str:
    """The note of a record on one line: its fields without its place, and what else the tool's format needs."""
    kept = {name: value for name, value in fields.items() if name not in PLACE}
    return json.dumps(kept | dict(beside or {}), ensure_ascii=False)


def json_note(note: str) -> dict[str, Any] | None:
    """The fields of a note that is written as JSON; None of one that is not.

    Raises:
        ValueError: it begins like a JSON object and is none.
    """
    if not note.lstrip().startswith("{"):
        return None
    try:
        fields: dict[str, Any] = json.loads(note, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"its note is no JSON ({error})") from error
    return fields


def record_of(doc_id: str, text: str, region: Region) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The record that a region stands for as its fields, and what is to be said of it.

    None where the region is no record of the contract; the problem then says why, and what is missing.
    """
    place = f"{doc_id}: {region.name} {region.start}-{region.end}"
    if not 0 <= region.start < region.end <= len(text):
        return None, [Problem(place, f"not within the text, which has {len(text)} characters")]
    place = f"{place} {' '.join(text[region.start : region.end].split())!r}"
    model = next((model for kind, model in MODELS.items() if kind == region.label), None)
    if model is None:
        return None, [Problem(place, f"label {region.label!r} is no type of record ({', '.join(MODELS)})")]
    try:
        fields = _fields(doc_id, text, region)
    except ValidationError as error:
        return None, [Problem(place, f"no record of type {region.label}: {_why(error)}")]
    except ValueError as error:
        return None, [Problem(place, " ".join(str(error).split()))]
    return fields, _spare(place, model, fields)


def _fields(doc_id: str, text: str, region: Region) -> dict[str, Any]:
    """The record's fields.

    Raises:
        pydantic.ValidationError: they are no record.
        ValueError: the note cannot be read, or says what region and label say.
    """
    note = json_note(region.note)
    written = parse_fields(region.note) if note is None else note
    if wrong := [name for name in PLACE if name in written]:
        raise ValueError(f"its note holds {', '.join(wrong)}, which region and label say; take it out")
    head = {"doc_id": doc_id, "type": region.label}
    if note is None:
        record = record_at(text, (region.start, region.end), head | written)
        return dict(json.loads(gold_lines([record])))
    fields = head | {"start": region.start, "end": region.end, "text": text[region.start : region.end]} | note
    record = from_dict(known_fields(fields))
    if note.get("id", record.id) == record.id:
        return fields
    return fields | {name: None for name in _OF_THE_PIPELINE if name in note} | {"id": record.id}


def _spare(place: str, model: type[RecordBase], fields: Fields) -> list[Problem]:
    spare = sorted(set(fields) - set(model.model_fields) - {"id"})
    said = f"kept, though a {fields['type']} has no such field: {', '.join(spare)}"
    return [Problem(place, said, lost=False)] if spare else []


def _why(error: ValidationError) -> str:
    """What is missing, and what is wrong, in a region's note."""
    errors = [(str(e["loc"][-1]), e) for e in error.errors()]
    missing = ", ".join(name for name, e in errors if e["type"] == "missing")
    wrong = [f"{name}: {' '.join(e['msg'].split())}" for name, e in errors if e["type"] != "missing"]
    return "; ".join([*([f"its note lacks {missing}"] if missing else []), *wrong])
