"""Marked sentences: text, span and value in one readable line.

    AFP rose to [[22,100 ng/ml|marker analyte=AFP value=22100 unit=ng/mL]].
    albumin was 400 mg/dL                                   (no mark: nothing may be found)

A line is a whole document; `\\n` and `\\t` in it are a line break and a tab. The records of the types that a file
is about must be exactly the marked ones; a mark names the fields to compare, `null` for None, and what it does
not name is not compared. Two marks on one span are written `[[CR|response category=CR|date value=2012]]`.
Lines that begin with `#` are comments; ` ##` begins a comment at a line's end.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from hcclit import extract_text
from hcclit.records import Record

_MARK = re.compile(r"\[\[(.+?)\]\]", re.S)


@dataclass(frozen=True)
class Expected:
    start: int
    end: int
    type: str
    fields: tuple[tuple[str, str], ...]


def parse(line: str) -> tuple[str, list[Expected]]:
    """A marked line's plain text and what is marked in it."""
    line = re.sub(r"\s+##.*$", "", line).replace("\\n", "\n").replace("\\t", "\t")
    text, expected, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        inner, *marks = match[1].split("|")
        for mark in marks:
            kind, *pairs = shlex.split(mark)
            fields = tuple((k, v) for k, _, v in (p.partition("=") for p in pairs))
            expected.append(Expected(len(text), len(text) + len(inner), kind, fields))
        text += inner
        at = match.end()
    return text + line[at:], expected


def lines(path: Path) -> list[str]:
    """The cases of a file of marked sentences."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != "#"]


def check(line: str, types: set[str]) -> None:
    """Extract from a marked line and compare; the message shows both sides in the marks' own form."""
    text, expected = parse(line)
    found = [r for r in extract_text(text) if r.type in types]
    got = []
    used: list[Expected] = []
    for record in found:
        match = next((e for e in expected if e not in used and _same_place(e, record)), None)
        best = next((e for e in expected if e not in used and _same_place(e, record) and _agrees(e, record)), match)
        if best is not None:
            used.append(best)
        names = [k for k, _ in best.fields] if best else _filled(record)
        shown = " ".join(f"{k}={_show(getattr(record, k))}" for k in names)
        got.append(f"{record.text!r}@{record.start} {record.type} {shown}")
    assert sorted(line.strip() for line in got) == sorted(_wanted(expected, text)), line


def _wanted(expected: list[Expected], text: str) -> list[str]:
    return [
        f"{text[e.start : e.end]!r}@{e.start} {e.type} {' '.join(f'{k}={_show_text(v)}' for k, v in e.fields)}".strip()
        for e in expected
    ]


def _same_place(expected: Expected, record: Record) -> bool:
    return (expected.start, expected.end, expected.type) == (record.start, record.end, record.type)


def _agrees(expected: Expected, record: Record) -> bool:
    return all(_show(getattr(record, k)) == _show_text(v) for k, v in expected.fields)


def _filled(record: Record) -> list[str]:
    skip = {"doc_id", "start", "end", "text", "type", "id", "codes", "section", "confidence"}
    return [k for k, v in record.model_dump().items() if v is not None and k not in skip]


def _show(value: object) -> str:
    return "null" if value is None else _show_text(str(value))


def _show_text(value: str) -> str:
    try:
        return f"{float(value):.9g}"
    except ValueError:
        return value
