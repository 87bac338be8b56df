"""Readers of the two public corpora that the model is trained and scored on: BC5CDR (IOB) and MACCROBAT (brat)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

CorpusName = Literal["bc5cdr", "maccrobat"]
LABELS: dict[CorpusName, tuple[str, ...]] = {
    "bc5cdr": ("Chemical", "Disease"),
    "maccrobat": (
        "Medication",
        "Disease_disorder",
        "Dosage",
        "Frequency",
        "Administration",
        "Duration",
        "Date",
        "Lab_value",
        "Therapeutic_procedure",
        "Diagnostic_procedure",
        "Age",
        "Sex",
    ),
}
"""The labels of each corpus that the model learns and that are scored, as the corpus spells them."""

Span = tuple[int, int, str]
"""Start and end in characters, half open, and the label."""
_DOCUMENT = "-DOCSTART-"
_TAG = re.compile(r"O|[BI]-\S+")
_BRAT = re.compile(r"T\d+\t(?P<label>\S+) (?P<places>\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")


class CorpusError(ValueError):
    """A corpus that cannot be read; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text with its gold spans.

    `sentences` are the words of its sentences where the corpus gives them; then the text is all words joined by single
    spaces.
    """

    text: str
    spans: frozenset[Span]
    sentences: tuple[tuple[str, ...], ...] | None = None


def read_corpus(name: CorpusName, path: Path, more: Sequence[str] = ()) -> list[Labelled]:
    """The labelled texts of a corpus, with the spans of the labels that are scored.

    BC5CDR's files do not say where a document ends, so a file is one text.

    Args:
        name: which corpus.
        path: a file of BC5CDR, a folder of MACCROBAT.
        more: further labels of the corpus that are wanted.

    Raises:
        CorpusError: it is not there or not in the corpus's format.
    """
    try:
        labels = {*LABELS[name], *more}
        found = [_read_iob(path, labels)] if name == "bc5cdr" else list(_read_brat_folder(path, labels))
    except OSError as error:
        raise CorpusError(f"{error.filename or path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from None
    if not any(labelled.text for labelled in found):
        wanted = "sentences (token, tab, tag)" if name == "bc5cdr" else "documents (.txt with .ann)"
        raise CorpusError(f"{path}: holds no {wanted}")
    return found


def _read_iob(path: Path, labels: Collection[str]) -> Labelled:
    sentences: list[tuple[str, ...]] = []
    spans: set[Span] = set()
    begin = 0
    for words, tags in _tagged(path):
        spans |= {(begin + start, begin + end, label) for start, end, label in _spans(words, tags)}
        sentences.append(tuple(words))
        begin += sum(map(len, words)) + len(words)
    kept = frozenset(span for span in spans if span[2] in labels)
    return Labelled(" ".join(word for words in sentences for word in words), kept, tuple(sentences))


def _tagged(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The words and tags of each sentence; an empty line ends one, and so does a line that begins a document.

    The first column is the word, the last the tag.
    """
    words: list[str] = []
    tags: list[str] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], start=1):
        if not line.strip() or line.startswith(_DOCUMENT):
            if words:
                yield words, tags
            words, tags = [], []
            continue
        columns = line.rstrip("\r").split("\t")
        if len(columns) < 2 or not columns[0] or not _TAG.fullmatch(columns[-1]):
            raise CorpusError(f"{path}:{number}: not a token, a tab and a tag (O, B-..., I-...)")
        words.append(columns[0])
        tags.append(columns[-1])


def _spans(words: list[str], tags: list[str]) -> list[Span]:
    """The spans of a sentence's tags, in characters; an I without a beginning opens a span."""
    spans: list[Span] = []
    at, last = 0, "O"
    for word, tag in zip(words, tags, strict=True):
        label = tag[2:]
        if tag[0] == "I" and last[2:] == label:
            spans[-1] = (spans[-1][0], at + len(word), label)
        elif tag != "O":
            spans.append((at, at + len(word), label))
        at, last = at + len(word) + 1, tag
    return spans


def _read_brat_folder(folder: Path, labels: Collection[str]) -> Iterator[Labelled]:
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no folder (MACCROBAT is a folder of .txt and .ann)")
    for path in sorted(folder.glob("*.ann")):
        yield _read_brat(path, labels)


def _read_brat(path: Path, labels: Collection[str]) -> Labelled:
    """A brat document, `.ann` beside `.txt`; a span in several pieces counts from the first to the last."""
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    spans: set[Span] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.startswith("T"):
            continue
        match = _BRAT.match(line)
        if match is None:
            raise CorpusError(f"{path}:{number}: no span of brat (T1, tab, label and offsets, tab, text)")
        places = [int(place) for place in re.findall(r"\d+", match["places"])]
        start, end = min(places), max(places)
        if not start < end <= len(text):
            raise CorpusError(
                f"{path}:{number}: {start} to {end} is no span of {path.stem}.txt ({len(text)} characters)"
            )
        if match["label"] in labels:
            spans.add((start, end, match["label"]))
    return Labelled(text, frozenset(spans))
