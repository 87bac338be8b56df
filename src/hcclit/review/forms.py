"""Forms for records, made from the models; what is typed into one becomes a record, or a plain word for each field."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from hcclit.derived import daily_amount, in_ng_ml
from hcclit.records import DURATION, ENDPOINT, MODELS, PARTIAL_DATE, Record, RecordType, from_dict

Kind = Literal["select", "number", "whole", "text"]

_DERIVED = frozenset({"daily_amount", "value_ng_ml"})
_BESIDE = frozenset(
    {"doc_id", "type", "start", "end", "text", "codes", "confidence", "origin", "page", "bbox", "xpath"} | _DERIVED
)
_LAST = ("subject", "patient_id", "when", "elapsed", "section")
"""What every type has comes after what is its own."""
_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_DAY = 10
"""Length of a date that has a day."""

_HINTS = {
    PARTIAL_DATE: "a date as 2009, 2009-05 or 2009-05-14",
    DURATION: "a duration as P2W, P8M, P1Y6M or PT8H",
    ENDPOINT: "an endpoint of the list, or AE:diarrhoea, baseline:age and the like",
}
_EXAMPLES = {"per_day": "2; once a week 0.1429", "when": "2009-05", "elapsed": "P2W", "at": "P1Y", "p": "0.014"}
SUGGESTED = {
    "endpoint": (
        *re.findall(r"\w+", ENDPOINT.split("(", 1)[1].split("|AE:", 1)[0]),
        "AE:",
        "baseline:",
    )
}  # fmt: skip
"""Values to choose from where others may be typed."""


class FormError(ValueError):
    """A form that gives no record: by field what is wrong with it, in plain words."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in errors.items()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    `options` are what a select has, `suggested` what a text may be among others, `help` says what the field means.
    """

    name: str
    kind: Kind
    required: bool
    options: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    help: str = ""
    example: str = ""


@cache
def form(kind: RecordType) -> tuple[Field, ...]:
    """The fields of a record type that a reviewer fills in, its own first."""
    model = MODELS[kind]
    names = [name for name in model.model_fields if name not in _BESIDE]
    own = [name for name in names if name not in _LAST]
    shared = _LAST if kind != "date" else ("section",)  # a date is about nobody, and its time is its value
    return tuple(_field(name, model.model_fields[name]) for name in [*own, *shared])


def typed(record: Record) -> dict[str, str]:
    """A record's fields as they stand in its form."""
    return {field.name: _as_typed(getattr(record, field.name)) for field in form(record.type)}


def filled(kind: RecordType, values: Mapping[str, str], place: Mapping[str, Any]) -> Record:
    """The record that a filled-in form is.

    Args:
        kind: its type.
        values: what is typed, by field; an empty one is null.
        place: the fields that say where it stands.

    Raises:
        FormError: it is none.
    """
    errors: dict[str, str] = {}
    fields: dict[str, Any] = {}
    for field in form(kind):
        try:
            fields[field.name] = _value(field, values.get(field.name, "").strip())
        except ValueError as error:
            errors[field.name] = str(error)
    if not errors:
        errors = dict(_against_contract(kind, fields))
    try:
        record = from_dict(fields | dict(place) | {"type": kind} | (_derived(kind, fields) if not errors else {}))
    except ValidationError as error:
        errors = dict(_plain(error)) | errors
    if errors:
        raise FormError(errors)
    return record


def _field(name: str, info: FieldInfo) -> Field:
    parts = list(_parts(info.annotation))
    options = tuple(option for part in parts if get_origin(part) is Literal for option in get_args(part))
    kind: Kind = "text"
    if options:
        kind = "select"
    elif float in parts:
        kind = "number"
    elif int in parts:
        kind = "whole"
    # a marker's value is required, and null where the marker is only called normal
    required = info.is_required() and NoneType not in parts
    described = (info.description or "").replace("`", "")
    return Field(name, kind, required, options, SUGGESTED.get(name, ()), described, _EXAMPLES.get(name, ""))


def _parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401  # annotations have no type of their own
    """The alternatives of an annotation, without what only constrains them."""
    if get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from _parts(part)
    elif hasattr(annotation, "__metadata__"):
        yield from _parts(annotation.__origin__)
    else:
        yield annotation


def _as_typed(value: object) -> str:
    if value is None:
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _value(field: Field, text: str) -> str | float | int | None:
    """What is typed as a value of its kind.

    Raises:
        ValueError: it is none; the message is for the reviewer.
    """
    if not text:
        if field.required:
            raise ValueError("is needed")
        return None
    if field.kind == "text":
        return text
    if field.kind == "select":
        if text not in field.options:
            raise ValueError(f"choose one of {', '.join(field.options)}")
        return text
    if not _NUMBER.fullmatch(text):
        raise ValueError("give a plain number, as 12.5 or 1905 (no unit, no thousands separator)")
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("this number is too large")
    if field.kind == "whole":
        if not number.is_integer():
            raise ValueError("give a whole number")
        return int(number)
    return number


def _against_contract(kind: RecordType, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the contract asks beyond the type of each field, and dates that no calendar has."""
    if kind == "marker":
        if fields["kind"] == "qualitative":
            if fields["value"] is not None:
                yield "value", "leave it empty: a qualitative marker has no value"
            if fields["interpretation"] is None:
                yield "interpretation", "is needed: a qualitative marker is one that is called normal"
        else:
            if fields["value"] is None:
                yield "value", "is needed, unless the kind is qualitative"
            if fields["interpretation"] is not None:
                yield "interpretation", "leave it empty, unless the kind is qualitative"
    for name in ("value", "when"):
        text = fields.get(name)
        if isinstance(text, str) and re.fullmatch(PARTIAL_DATE, text) and not _is_in_calendar(text):
            yield name, "there is no such day"


def _is_in_calendar(text: str) -> bool:
    try:
        date.fromisoformat(text if len(text) == _DAY else f"{text}-01-01"[:_DAY])
    except ValueError:
        return False
    return True


def _derived(kind: RecordType, fields: Mapping[str, Any]) -> dict[str, float | None]:
    if kind == "dose":
        return {"daily_amount": daily_amount(fields["amount"], fields["per_day"])}
    if kind == "marker":
        return {"value_ng_ml": in_ng_ml(fields["analyte"], fields["value"], fields["unit"])}
    return {}


def _plain(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Say pydantic's complaints in plain words, by field."""
    for each in error.errors():
        # the first place is the record's type, by which pydantic chose the model
        name = str(each["loc"][1]) if len(each["loc"]) > 1 else ""
        limits = each.get("ctx", {})
        match each["type"]:
            case "missing" | "string_too_short":
                yield name, "is needed"
            case "greater_than":
                yield name, f"must be more than {limits['gt']:g}"
            case "greater_than_equal":
                yield name, f"must be at least {limits['ge']:g}"
            case "less_than_equal":
                yield name, f"may be at most {limits['le']:g}"
            case "string_pattern_mismatch":
                yield name, f"give {_HINTS.get(limits['pattern'], 'another form')}"
            case _:
                yield name, each["msg"]
