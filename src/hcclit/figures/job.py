"""The work of the process that reads papers to draw them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hcclit.figures.make import Drawing, Kind, PaperData, data_of, drawings_of
from hcclit.outcomes import Failure
from hcclit.pipeline import extract_document, extract_text
from hcclit.readers import read, reason_of
from hcclit.readers.text import read_text

Format = Literal["svg", "png"]


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """A figure as the content of a file."""

    name: str
    data: bytes
    unplaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The figures of a paper, and what the figures over all papers need of it."""

    data: PaperData
    files: tuple[DrawnFile, ...]


def loaded() -> Callable[[Path, Format, Sequence[Kind]], Drawn | Failure]:
    """`drawn`, with all in memory that it needs."""
    text = "In May 2010 his AFP was 12 ng/mL."
    for drawing in drawings_of(data_of(read_text(text, "text"), extract_text(text))):
        drawing.png()
    return drawn


def drawn(path: Path, form: Format, kinds: Sequence[Kind]) -> Drawn | Failure:
    """Read a paper and draw it, or say why that cannot be done.

    Raises:
        MemoryError: there is not enough; whoever set the limit knows what to say of it.
    """
    try:
        document = read(path)
        data = data_of(document, extract_document(document))
        return Drawn(data, files_of((d for d in drawings_of(data) if d.kind in kinds), form))
    except MemoryError:
        raise
    except Exception as error:  # a fault in one paper must not lose the others; it is reported
        return Failure(str(path), reason_of(error))


def files_of(drawings: Iterable[Drawing], form: Format) -> tuple[DrawnFile, ...]:
    """Drawings as files of a format."""
    return tuple(
        DrawnFile(each.name, each.picture().svg.encode() if form == "svg" else each.png(), each.unplaced)
        for each in drawings
    )
