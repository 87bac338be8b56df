"""From quoted context with the mention in double brackets to gold records with offsets.

Labelling by offsets is unbearable, so a labeller writes lines like these::

    @ section=results subject=cohort
    a total of [[58]] (52.7%) patients :: statistic endpoint=mortality measure=count unit=1
    OS and PFS were [[10.5]] and [[5.0 months]] :: statistic measure=median unit=mo :: endpoint=OS :: endpoint=PFS

Blank lines and lines that begin with `#` are skipped. A line that begins with `@` sets fields for all
lines up to the next `@`. Any run of white space in the context stands for any run in the document; apart
from that the context must occur exactly once. After the first `::` come the record type and the fields of
all mentions of the line, after each further `::` the fields of one mention. A field's value in quotes may
hold spaces; `null` clears a default. `value` may be left out where it is the plain number at the mention's
start.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator

from hcclit.records import MODELS, Record, RecordType, from_dict, sort_key

_MENTION = re.compile(r"\[\[(.+?)\]\]")
_PLAIN_NUMBER = re.compile(r"\d[\d,]*(?:[.·]\d+)?|[.·]\d+")


class MarkingError(ValueError):
    """A line of marked text that cannot be turned into records; the message names the line."""


def parse(marked: str, document: str, doc_id: str) -> list[Record]:
    """Turn marked lines into records of the document, sorted by place.

    Args:
        marked: the labeller's lines, in the format that this module's docstring shows.
        document: the document's text, to which offsets refer.
        doc_id: the document's id.

    Raises:
        MarkingError: a context is not found or not unique, or a field breaks the contract.
    """
    records: list[Record] = []
    defaults: dict[str, str] = {}
    for number, line in enumerate(marked.splitlines(), 1):
        try:
            if line.startswith("@"):
                defaults = parse_fields(line[1:])
            elif line.strip() and not line.startswith("#"):
                records.extend(_line_records(line, document, defaults | {"doc_id": doc_id}))
        except ValueError as error:
            raise MarkingError(f"line {number}: {error}\n  {line}") from error
    return sorted(records, key=sort_key)


def locate(context: str, document: str) -> list[tuple[int, int]]:
    """Find the mentions of a marked context in the document: their (start, end) in order.

    Raises:
        MarkingError: the context has no mention, or does not occur exactly once.
    """
    pattern = _pattern(context)
    found = list(re.finditer(pattern, document))
    if len(found) != 1:
        raise MarkingError(f"context occurs {len(found)} times, not once")
    return [found[0].span(i) for i in range(1, len(found[0].groups()) + 1)]


def _pattern(context: str) -> str:
    if not _MENTION.search(context):
        raise MarkingError("no [[mention]] in the context")
    parts = _MENTION.split(context.strip())
    out = []
    for index, part in enumerate(parts):
        words = r"\s+".join(re.escape(word) for word in part.split())
        if index % 2:
            out.append(f"({words})")
        else:
            before = r"\s+" if part[:1].isspace() and index else ""
            after = r"\s+" if part[-1:].isspace() and part.strip() else ""
            out.append(before + words + after)
    return "".join(out)


def _line_records(line: str, document: str, defaults: dict[str, str]) -> Iterator[Record]:
    context, *rest = re.split(r"\s::\s", line)
    if not rest:
        raise MarkingError("no ' :: type field=value' after the context")
    kind, _, shared_text = rest[0].strip().partition(" ")
    if kind not in MODELS:
        raise MarkingError(f"unknown record type {kind!r}")
    shared = defaults | parse_fields(shared_text) | {"type": kind}
    spans = locate(context, document)
    own = [parse_fields(part) for part in rest[1:]] or [{}] * len(spans)
    if len(own) != len(spans):
        raise MarkingError(f"{len(spans)} mentions but {len(own)} lists of fields")
    for (start, end), fields in zip(spans, own, strict=True):
        yield record_at(document, (start, end), shared | fields)


def record_at(document: str, span: tuple[int, int], fields: dict[str, str]) -> Record:
    """The record at a place: its fields as they were written, `type` and `doc_id` among them.

    Raises:
        pydantic.ValidationError: the fields break the contract.
    """
    start, end = span
    text = document[start:end]
    kept = {k: v for k, v in fields.items() if v != "null"}
    kept |= {"text": text, "start": start, "end": end}  # type: ignore[dict-item]  # pydantic takes both
    model = MODELS[_record_type(fields)]
    number = _PLAIN_NUMBER.match(text)
    key = "amount" if "amount" in model.model_fields else "value"
    if key in model.model_fields and key not in fields and fields["type"] != "date" and number:
        kept[key] = number.group().replace(",", "").replace("·", ".")
    if fields["type"] == "marker":
        kept.setdefault("value", None)  # type: ignore[arg-type]
    if fields["type"] == "date":
        kept.pop("subject", None)
    return from_dict(dict(kept))


def _record_type(fields: dict[str, str]) -> RecordType:
    return next(kind for kind in MODELS if kind == fields["type"])


def parse_fields(text: str) -> dict[str, str]:
    """Fields that are written as `name=value`, a value with spaces in quotes.

    Raises:
        MarkingError, ValueError: a part is no field, or a quote is left open.
    """
    pairs = [part.partition("=") for part in shlex.split(text)]
    if bad := [name for name, equals, _ in pairs if not equals]:
        raise MarkingError(f"not field=value: {bad}")
    return {name: value for name, _, value in pairs}


def gold_lines(records: list[Record]) -> str:
    """Gold as it is stored: one JSON object a line, null fields left out but for those that the contract requires."""
    lines = []
    for record in records:
        required = {"subject": None} | ({"value": None} if record.type == "marker" else {})
        fields = record.model_dump(mode="json", exclude_none=True, exclude={"id", "codes"})
        lines.append(json.dumps(fields | {k: v for k, v in required.items() if k not in fields}, ensure_ascii=False))
    return "".join(line + "\n" for line in lines)
