"""Label Studio: one JSON file of tasks, a task for each paper, and the labelling configuration that goes with it.

A record is a region of type `labels` and, with the same id, a `textarea` for that region that holds the note
(https://labelstud.io/guide/predictions, https://labelstud.io/tags/text). Records with a confidence are written as a
prediction, to be looked through; others as an annotation, which counts as a person's work.

Offsets are code points, as ours are: Label Studio's editor turns the UTF-16 units of its browser into code points
(`charsToCodePoints` in its `selection-tools`). Older editors wrote UTF-16 units; a region whose text only fits those is
read by them. The editor counts both signs of a CRLF, and keeps white space by the style that the configuration sets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from hcclit.exchange.papers import Fields, Paper, Problem, fitting
from hcclit.exchange.regions import COLOURS, Region, note_of, record_of
from hcclit.readers.files import os_reason

_TEXT, _LABEL, _NOTE = "text", "label", "fields"
"""Names of the configuration's parts."""


def config() -> str:
    """The labelling configuration, as XML."""
    labels = "\n".join(
        f"    <Label value={quoteattr(kind)} background={quoteattr(colour)}/>" for kind, colour in COLOURS.items()
    )
    return (
        "<View>\n"
        "  <Style>.htx-text{ white-space: pre-wrap; }</Style>\n"
        f'  <Labels name="{_LABEL}" toName="{_TEXT}">\n{labels}\n  </Labels>\n'
        f'  <Text name="{_TEXT}" value="$text"/>\n'
        f'  <TextArea name="{_NOTE}" toName="{_TEXT}" perRegion="true" editable="true" maxSubmissions="1" rows="4"\n'
        '            placeholder="drug=sorafenib amount=400 unit=mg"/>\n'
        "</View>\n"
    )


def to_tasks(papers: Iterable[Paper]) -> tuple[str, list[Problem]]:
    """Papers as the JSON of tasks, and the records that do not fit their text."""
    problems: list[Problem] = []
    tasks = []
    for paper in papers:
        records, misplaced = fitting(paper)
        problems += misplaced
        tasks.append(_task(paper, records))
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", problems


def _task(paper: Paper, records: list[Fields]) -> dict[str, Any]:
    results = [result for number, fields in enumerate(records, 1) for result in _results(f"r{number}", fields)]
    predicted = any(fields.get("confidence") is not None for fields in records)
    work = {"model_version": "hcclit", "result": results} if predicted else {"result": results}
    kind = "predictions" if predicted else "annotations"
    return {"data": {"doc_id": paper.doc_id, _TEXT: paper.text}, kind: [work]}


def _results(region: str, fields: Fields) -> Iterator[dict[str, Any]]:
    span = {"start": fields["start"], "end": fields["end"]}
    score = {"score": fields["confidence"]} if fields.get("confidence") is not None else {}
    label = {**span, "text": fields["text"], "labels": [fields["type"]]}
    yield {"id": region, "from_name": _LABEL, "to_name": _TEXT, "type": "labels", "value": label, **score}
    note = {**span, "text": [note_of(fields)]}
    yield {"id": region, "from_name": _NOTE, "to_name": _TEXT, "type": "textarea", "value": note}


def read_export(path: Path) -> Iterator[tuple[Paper | None, list[Problem]]]:
    """The papers of an export (the format `JSON`), each with what is to be said of it; None for what is no paper."""
    try:
        tasks = json.loads(path.read_bytes())
    except OSError as error:
        yield None, [Problem(str(path), os_reason(error))]
        return
    except (ValueError, RecursionError) as error:
        yield None, [Problem(str(path), f"no JSON ({error})")]
        return
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        place = f"{path}: task {number}"
        try:
            yield _paper(task, place)
        except (AttributeError, KeyError, TypeError) as error:  # JSON of another shape
            yield None, [Problem(place, f"not as Label Studio writes a task ({type(error).__name__}: {error})")]


def _paper(task: object, place: str) -> tuple[Paper | None, list[Problem]]:
    data = task.get("data") if isinstance(task, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(data.get(_TEXT), str):
        return None, [Problem(place, "no task of ours; export the project in the format JSON, not JSON-MIN or CSV")]
    doc_id = data.get("doc_id")
    if not isinstance(doc_id, str) or not doc_id:
        return None, [Problem(place, "its data has no doc_id, which names the paper")]
    assert isinstance(task, Mapping)
    works = [work for work in task.get("annotations") or () if not work.get("was_cancelled")]
    if len(works) > 1:
        return None, [Problem(doc_id, f"{len(works)} people have annotated it; leave one, and export again")]
    works = works or list(task.get("predictions") or ())[:1]
    return _records(doc_id, data[_TEXT], works[0].get("result") or [] if works else [])


def _records(doc_id: str, text: str, results: list[Mapping[str, Any]]) -> tuple[Paper, list[Problem]]:
    notes = {r.get("id"): "\n".join(r["value"].get("text") or ()) for r in results if r.get("type") == "textarea"}
    problems: list[Problem] = []
    found: list[dict[str, Any]] = []
    for result in results:
        name = str(result.get("id"))
        if result.get("type") != "labels":
            if result.get("type") != "textarea":
                problems.append(Problem(f"{doc_id}: {name}", f"{result.get('type')}: passed over", lost=False))
            continue
        try:
            region = _region(text, name, result["value"], notes.get(result.get("id"), ""))
        except (ValueError, KeyError, TypeError) as error:
            problems.append(Problem(f"{doc_id}: {name}", f"no region of a text ({error})"))
            continue
        record, more = record_of(doc_id, text, region)
        problems += more
        found += [record] if record is not None else []
    return Paper(doc_id, tuple(found), text), problems


def _region(text: str, name: str, value: Mapping[str, Any], note: str) -> Region:
    """The region of a result's value.

    Raises:
        ValueError: it has no offsets, several labels, or another text than stands there.
    """
    labels = value["labels"]
    if len(labels) != 1:
        raise ValueError(f"labels {labels}; a record has one type")
    places = value.get("globalOffsets") or value
    start, end = int(places["start"]), int(places["end"])
    said = value.get("text")
    if isinstance(said, str) and not _same(text[start:end], said):
        units = text.encode("utf-16-le")
        if not _same(units[2 * start : 2 * end].decode("utf-16-le", "replace"), said):
            raise ValueError(f"{said!r} is marked, but the text has {text[start:end]!r} there")
        start, end = (len(units[: 2 * at].decode("utf-16-le", "replace")) for at in (start, end))
    return Region(name, labels[0], start, end, note)


def _same(there: str, said: str) -> bool:
    """Whether two texts are one but for line ends, which the editor writes in several ways."""
    return there.split() == said.replace("\\n", "\n").replace("\\r", "\r").split()
