"""One case: which file, how it was mutated, and what the reader made of it."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from hcclit.document import Document
from hcclit.pipeline import extract_document
from hcclit.readers import UnreadableError, read_bytes
from tests.fuzz.markup_mutations import JSON, MARKUP
from tests.fuzz.mutations import BYTES, TEXT, Mutation
from tests.fuzz.pdf_mutations import PDF

OWN: dict[str, tuple[Mutation, ...]] = {"pdf": PDF, "jats": MARKUP, "html": MARKUP, "bioc": JSON, "text": TEXT}
_OWN_SHARE = 0.8
_MOST_BYTES = 2_000_000
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Case:
    """A mutated file, told by reader, number and seed."""

    reader: str
    index: int
    seed: int
    every: int = 20
    """Of so many cases one goes on to its records."""

    @property
    def name(self) -> str:
        """As it is given to `--replay`."""
        return f"{self.reader}:{self.index}"

    def make(self, samples: Sequence[bytes]) -> tuple[bytes, str]:
        """The file, and the names of its mutations."""
        chance = Random(f"{self.seed}/{self.name}")
        chosen = chance.randrange(len(samples))
        data, names = samples[chosen], [f"sample {chosen}"]
        for _ in range(chance.choice((1, 1, 2, 4))):
            mutation = chance.choice(OWN[self.reader] if chance.random() < _OWN_SHARE else BYTES)
            data = (mutation(data, chance) or b"x")[:_MOST_BYTES]
            names.append(mutation.__name__)
        return data, ", ".join(names)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a case, one of the command's kinds, and in what words; `died` is by a signal."""

    kind: str
    words: str = ""


def attempt(case: Case, samples: Sequence[bytes]) -> Result:
    """Read a case's file and look at what came of it; one of some goes on to its records."""
    try:
        data, _ = case.make(samples)
        document = read_bytes(data, Path(case.name))
        wrong = _wrong(document)
        if wrong is None and case.index % case.every == 0:
            wrong = _wrong_records(document)
    except UnreadableError as error:
        line = error.reason
        return Result("refused", line) if _is_clear(line) else Result("crashed", f"no clear line: {line!r}")
    except MemoryError:
        return Result("memory")
    except BaseException:
        return Result("crashed", traceback.format_exc(limit=-6))
    return Result("read") if wrong is None else Result("crashed", f"a wrong document: {wrong}")


def _is_clear(line: str) -> bool:
    return line.isprintable() and len(line) < _LONGEST_LINE and "please report" not in line


def _wrong(document: Document) -> str | None:
    """What in a document cannot be: places outside its text, cells that are not what stands there."""
    text = document.text
    text.encode("utf-8")
    if not text.strip():
        return "no text"
    if any(not 0 <= block.start < block.end <= len(text) for block in document.blocks):
        return "a block outside the text"
    if any(not 0 <= page.start <= page.end <= len(text) for page in document.pages):
        return "a page outside the text"
    for table in document.tables:
        if any(text[cell.start : cell.end] != cell.text or not cell.text for cell in (*table.cells, *table.values)):
            return "a cell that is not its text"
        places = [(cell.row, cell.column) for cell in table.cells]
        if len(set(places)) < len(places):
            return "two cells in one place"
    return None


def _wrong_records(document: Document) -> str | None:
    for record in extract_document(document):
        if document.text[record.start : record.end] != record.text:
            return f"a record that is not its text: {record.type} {record.text!r}"
    return None
