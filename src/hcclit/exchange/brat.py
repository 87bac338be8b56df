r"""brat standoff: `<doc_id>.txt` with the text and `<doc_id>.ann` with the records, a pair for each paper.

The format (https://brat.nlplab.org/standoff.html) has a line for each text-bound annotation and one for its note:

    T1	dose 41 59	400 mg twice a day
    #1	AnnotatorNotes T1	{"section": "case", "drug": "sorafenib", ...}

Offsets are code points, as ours are (brat reads its texts with Python's `codecs.open`, line ends as they stand). It
reads lines by `str.splitlines` and splits what is marked over a line's end into fragments, `T1 dose 41 53;55 59`, whose
texts stand joined by a space; so no fragment holds a line's end or a tab. Fragments with nothing but white space
between them are one span again when they come back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from hcclit.exchange.papers import Paper, Problem, fitting, place_of
from hcclit.exchange.regions import COLOURS, Region, json_note, note_of, record_of
from hcclit.readers.files import os_reason

Piece = tuple[int, int]

_BREAK = r"\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_UNBROKEN = re.compile(rf"[^{_BREAK}]+")
_BREAKING = re.compile(rf"[{_BREAK}]")
_TEXT_BOUND = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_NOTE = re.compile(r"#\S+\tAnnotatorNotes (\S+)\t(.*)")
_SPAN = "span"
"""In a note: the record's own span, where its edges are white space that brat's fragments cannot hold."""


@dataclass
class _Annotations:
    """An .ann file: text-bound lines as (id, label, pieces, text), notes by id, and what records do not have."""

    bound: list[tuple[str, str, list[Piece], str]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


def settings() -> dict[str, str]:
    """The files that tell brat the labels and their colours, by name."""
    labels = "\n".join(COLOURS)
    drawing = "\n".join(f"{label}\tbgColor:{colour}, fgColor:black" for label, colour in COLOURS.items())
    return {
        "annotation.conf": f"[entities]\n{labels}\n\n[relations]\n\n[events]\n\n[attributes]\n",
        "visual.conf": f"[labels]\n{labels}\n\n[drawing]\nSPAN_DEFAULT\tborderColor:darken\n{drawing}\n",
    }


def to_ann(paper: Paper) -> tuple[str, list[Problem]]:
    """A paper's records as an .ann file, and those that brat has no way to hold."""
    assert paper.text is not None
    records, problems = fitting(paper)
    lines: list[str] = []
    for number, fields in enumerate(records, 1):
        span = (fields["start"], fields["end"])
        pieces = pieces_of(paper.text, span)
        if not pieces:
            problems.append(Problem(place_of(fields), "white space alone, which brat cannot mark"))
            continue
        beside = {} if (pieces[0][0], pieces[-1][1]) == span else {_SPAN: list(span)}
        places = ";".join(f"{start} {end}" for start, end in pieces)
        lines.append(f"T{number}\t{fields['type']} {places}\t{_joined(paper.text, pieces)}\n")
        lines.append(f"#{number}\tAnnotatorNotes T{number}\t{_escaped(note_of(fields, beside))}\n")
    return "".join(lines), problems


def read_folder(folder: Path) -> Iterator[tuple[Paper | None, list[Problem]]]:
    """The papers of a folder of pairs, each with what is to be said of it; None for one that cannot be read.

    A record that cannot be carried over is left out and said; the others of its paper are there.
    """
    files = sorted(folder.rglob("*.ann"))
    if not files:
        yield None, [Problem(str(folder), "no .ann file in this folder")]
    for file in files:
        try:
            text = file.with_suffix(".txt").read_bytes().decode("utf-8")
            lines = file.read_bytes().decode("utf-8")
        except OSError as error:
            yield None, [Problem(str(error.filename), os_reason(error))]
        except UnicodeDecodeError as error:
            yield None, [Problem(str(file), f"it or its .txt is not UTF-8 (byte {error.start})")]
        else:
            yield from_ann(file.stem, text, lines)


def from_ann(doc_id: str, text: str, lines: str) -> tuple[Paper, list[Problem]]:
    """The paper that an .ann file and its text make, and what is to be said of it."""
    annotations = _parse(lines.split("\n"))
    problems = [Problem(f"{doc_id}: {line}", "no record; passed over", lost=False) for line in annotations.others]
    found: list[dict[str, Any]] = []
    for name, label, pieces, said in annotations.bound:
        place = f"{doc_id}: {name} {pieces[0][0]}-{pieces[-1][1]}"
        if wrong := _wrong(text, pieces, said):
            problems.append(Problem(place, wrong))
            continue
        try:
            span, note = _span(text, pieces, annotations.notes.get(name, ""))
        except ValueError as error:
            problems.append(Problem(place, str(error)))
            continue
        record, more = record_of(doc_id, text, Region(name, label, *span, note))
        problems += more
        found += [record] if record is not None else []
    return Paper(doc_id, tuple(found), text), problems


def pieces_of(text: str, span: Piece) -> list[Piece]:
    """A span as brat marks it: cut at line ends and tabs, each piece without outer white space."""
    pieces = []
    for line in _UNBROKEN.finditer(text, *span):
        said = line.group()
        start = line.start() + len(said) - len(said.lstrip())
        end = line.end() - len(said) + len(said.rstrip())
        if start < end:
            pieces.append((start, end))
    return pieces


def _parse(lines: Iterable[str]) -> _Annotations:
    annotations = _Annotations()
    for line in (line.rstrip("\r") for line in lines):
        if bound := _TEXT_BOUND.fullmatch(line):
            pieces = [(int(start), int(end)) for start, end in (p.split(" ") for p in bound[3].split(";"))]
            annotations.bound.append((bound[1], bound[2], pieces, bound[4]))
        elif note := _NOTE.fullmatch(line):
            annotations.notes[note[1]] = note[2]
        elif line.strip():
            annotations.others.append(line)
    return annotations


def _wrong(text: str, pieces: list[Piece], said: str) -> str | None:
    """Why the pieces are no span of the text."""
    if (there := _joined(text, pieces)) != said:
        return f"{said!r} is marked, but the text has {there!r} there; the .txt must stay as it was exported"
    gaps = [text[left[1] : right[0]] for left, right in pairwise(pieces)]
    if between := next((gap for gap in gaps if gap.strip()), None):
        return f"two parts with {' '.join(between.split())!r} between them; a record has one span"
    return None


def _span(text: str, pieces: list[Piece], note: str) -> tuple[Piece, str]:
    """The span that the pieces stand for, and the note without what is brat's alone.

    Raises:
        ValueError: the note is no JSON though it begins so.
    """
    marked = (pieces[0][0], pieces[-1][1])
    fields = json_note(note)
    if fields is None or _SPAN not in fields:
        return marked, note
    match fields.pop(_SPAN):
        case [int(start), int(end)] if pieces_of(text, (start, end)) == pieces:
            return (start, end), note_of(fields)
    return marked, note_of(fields)  # the region was moved


def _joined(text: str, pieces: list[Piece]) -> str:
    return " ".join(text[start:end] for start, end in pieces)


def _escaped(note: str) -> str:
    """The note without signs that end a line for brat; JSON escapes all others by itself."""
    return _BREAKING.sub(lambda sign: f"\\u{ord(sign.group()):04x}", note)
