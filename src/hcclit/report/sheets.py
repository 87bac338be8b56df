"""Pictures of a PDF's pages, small enough to travel in a page of HTML, with the boxes of the records."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image

from hcclit.document import Document, Page
from hcclit.records import Record, RecordType
from hcclit.report.fields import LETTERS, summary_of

MOST_SHEETS = 40
"""Pages that are pictured, at most; of a longer file those with records come first."""
_MOST_BYTES = 150_000
_LEAST_BYTES = 30_000
"""For a page's picture, however many there are: below it nobody could read the page."""
_BASE64 = 4 / 3
_FORMS = ((1200, 40), (1000, 30), (1000, 20), (900, 20), (800, 20), (700, 15), (600, 15), (500, 10))
"""Width in pixels and quality of a picture, from the best to the one that is taken however large it is."""
_MOST_HEIGHT = 4000
_AROUND = 1.0
"""Points between a record's signs and its frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a line of a record, in points from the page's upper left corner."""

    record: str
    type: RecordType
    letter: str
    says: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number, its size in points, its picture as a `data:` address, and what is framed on it."""

    number: int
    width: float
    height: float
    picture: str
    frames: tuple[Frame, ...]


def pictured_pages(document: Document, records: Sequence[Record]) -> list[Page]:
    """The pages that get a picture: all, or of many those with records, then the first."""
    with_records = {record.page for record in records}
    ranked = sorted(document.pages, key=lambda page: (page.number not in with_records, page.number))
    return sorted(ranked[:MOST_SHEETS], key=lambda page: page.number)


def sheets_of(data: bytes, document: Document, records: Sequence[Record], most: int) -> Iterator[Sheet]:
    """The pictures of a PDF's pages.

    Args:
        data: the file that the document was read from.
        document: what was read.
        records: what was extracted of it.
        most: how many bytes all of them may take in the page of HTML, if they can.
    """
    pages = pictured_pages(document, records)
    room = min(_MOST_BYTES, max(_LEAST_BYTES, int(most / _BASE64 / max(1, len(pages)))))
    form = 0
    file = pdfium.PdfDocument(data)
    try:
        for page in pages:
            packed, form = _packed(file, page, room, form)
            address = f"data:image/webp;base64,{base64.b64encode(packed).decode()}"
            yield Sheet(page.number, page.width, page.height, address, tuple(_frames(page, records)))
    finally:
        file.close()


def _packed(file: pdfium.PdfDocument, page: Page, room: int, form: int) -> tuple[bytes, int]:
    """A page's picture within so many bytes, and its form: the next page begins one better than this one."""
    sheet = file[page.number - 1]
    try:
        for number in range(max(0, form - 1), len(_FORMS)):
            width, quality = _FORMS[number]
            scale = min(width / page.width, _MOST_HEIGHT / page.height)
            picture: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
            out = io.BytesIO()
            picture.save(out, "WEBP", quality=quality)
            if out.tell() <= room:
                break
        return out.getvalue(), number
    finally:
        sheet.close()


def _frames(page: Page, records: Sequence[Record]) -> Iterator[Frame]:
    for record in records:
        if record.page == page.number:
            for x0, top, x1, bottom in record.bbox or ():
                box = (x0 - _AROUND, top - _AROUND, x1 - x0 + 2 * _AROUND, bottom - top + 2 * _AROUND)
                yield Frame(record.id, record.type, LETTERS[record.type], summary_of(record), *box)
