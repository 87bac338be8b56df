"""Pictures of a PDF's pages with what was read of them drawn on, for the eye of those who build the reader.

Beside each page stands a list of its blocks in reading order with kind, section and first words. A block's lines are
framed by column, its number stands left of its first line, and an arrow leads from each flowing block to the next.
Tables have a frame of their own and their cells `row,column`; records, where they are given, are underlined.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from hcclit.document import Block, Box, Document, Page, Table
from hcclit.records import Record

Colour = tuple[int, int, int]
_COLOURS: dict[str, Colour] = {
    "heading": (200, 0, 0), "paragraph": (0, 90, 200), "caption": (0, 140, 60), "table": (150, 80, 0),
    "note": (140, 0, 160), "furniture": (130, 130, 130), "reference": (0, 150, 160),
}  # fmt: skip
_ORDER: Colour = (255, 120, 0)
_CELLS: dict[str, Colour] = {"head": (200, 90, 160), "label": (110, 110, 220), "value": (190, 120, 40)}
_RECORD: Colour = (230, 0, 120)
_APART = frozenset({"furniture"})
_PANEL = 420  # pixels beside the page
_ROW = 13
_NEXT_LINE = 2.5  # heights of a line; a line further below begins a frame of its own


def draw_pages(
    data: bytes, document: Document, folder: Path, records: Iterable[Record] = (), scale: float = 1.5
) -> Iterator[Path]:
    """Write a PNG of each page into a folder, named after the document and the page; yields each as it is written.

    Args:
        data: the file that the document was read from.
        document: what was read.
        folder: where the pictures go; it exists.
        records: what was extracted of it.
        scale: pixels a point.

    Raises:
        OSError: a picture cannot be written.
    """
    found = list(records)
    file = pdfium.PdfDocument(data)
    try:
        for page in document.pages:
            path = folder / f"{document.doc_id}-{page.number:03}.png"
            sheet = _sheet(file, page, scale)
            _draw(sheet, document, page, found)
            sheet.picture.save(path)
            yield path
    finally:
        file.close()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page's picture with its panel, the pen for it, and its pixels a point."""

    picture: Image.Image
    pen: ImageDraw.ImageDraw
    scale: float

    def frame(self, box: Box, colour: Colour, *, fill: int = 0, width: int = 1) -> None:
        """Frame a box, given in points, and shade it."""
        shade = (*colour, fill) if fill else None
        self.pen.rectangle([v * self.scale for v in box], outline=(*colour, 170), fill=shade, width=width)

    def mark(self, x: float, y: float, text: str, colour: Colour) -> None:
        """Write a small label that ends left of and at a place in points, on white."""
        font = _font(10)
        right, top = x * self.scale - 2, y * self.scale - 1
        left = max(0.0, right - font.getlength(text))
        self.pen.rectangle((left - 1, top, left + font.getlength(text) + 1, top + 11), fill=(255, 255, 255, 190))
        self.pen.text((left, top - 1), text, fill=colour, font=font)

    def arrow(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a thin arrow between places in points."""
        (x0, y0), (x1, y1) = ((x * self.scale, y * self.scale) for x, y in (start, end))
        self.pen.line([x0, y0, x1, y1], fill=(*_ORDER, 130), width=1)
        turn = math.atan2(y1 - y0, x1 - x0)
        wings = [(x1 - 8 * math.cos(turn + by), y1 - 8 * math.sin(turn + by)) for by in (-0.4, 0.4)]
        self.pen.polygon([(x1, y1), *wings], fill=(*_ORDER, 200))


def _sheet(file: pdfium.PdfDocument, page: Page, scale: float) -> _Sheet:
    sheet = file[page.number - 1]
    shown: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
    sheet.close()
    picture = Image.new("RGB", (shown.width + _PANEL, shown.height), "white")
    picture.paste(shown)
    return _Sheet(picture, ImageDraw.Draw(picture, "RGBA"), scale)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _draw(sheet: _Sheet, document: Document, page: Page, records: list[Record]) -> None:
    blocks = list(_on_page(document, page))
    before: Box | None = None
    for number, block, boxes in blocks:
        frames = _frames(boxes)
        for frame in frames:
            sheet.frame(frame, _COLOURS[block.kind], fill=14)
        sheet.mark(frames[0][0], frames[0][1], str(number), _COLOURS[block.kind])
        if block.kind not in _APART:
            if before is not None:
                sheet.arrow(((before[0] + before[2]) / 2, before[3]), ((frames[0][0] + frames[0][2]) / 2, frames[0][1]))
            before = frames[-1]
    for table in document.tables:
        _draw_table(sheet, document, page, table)
    for record in records:
        if record.page == page.number:
            for x0, _, x1, bottom in record.bbox or ():
                sheet.frame((x0, bottom, x1, bottom + 1), _RECORD, fill=200)
    _panel(sheet, document, page, blocks)


def _draw_table(sheet: _Sheet, document: Document, page: Page, table: Table) -> None:
    """The frame of a table and its cells, as far as they stand on a page."""
    placed = [(cell, box) for cell in table.cells for box in _boxes(document, page, (cell.start, cell.end))]
    if placed:
        x0, top, x1, bottom = _around([box for _, box in placed])
        sheet.frame((x0 - 3, top - 3, x1 + 3, bottom + 3), _COLOURS["table"], width=2)
    for cell, box in placed:
        sheet.frame(box, _CELLS[cell.role])
        sheet.mark(box[0], box[1] - 3, f"{cell.row},{cell.column}", _CELLS[cell.role])


def _panel(sheet: _Sheet, document: Document, page: Page, blocks: Sequence[tuple[int, Block, list[Box]]]) -> None:
    """The legend and the list of blocks beside a page."""
    left, y = sheet.picture.width - _PANEL + 8, 4
    sheet.pen.text((left, y), f"{document.doc_id}, page {page.number}", fill=(0, 0, 0), font=_font(12))
    legend: list[tuple[str, Colour]] = [*_COLOURS.items(), *_CELLS.items(), ("order", _ORDER), ("record", _RECORD)]
    x, y = float(left), y + 18
    for name, colour in legend:
        width = _font(10).getlength(name) + 6
        if x + width > sheet.picture.width:
            x, y = float(left), y + _ROW
        sheet.pen.text((x, y), name, fill=colour, font=_font(10))
        x += width
    y += _ROW + 6
    room = (sheet.picture.height - y) // _ROW
    for i, (number, block, _) in enumerate(blocks[:room]):
        words = " ".join(document.text[block.start : min(block.end, block.start + 80)].split())
        again = f" <-{block.continues}" if block.continues is not None else ""
        entry = f"{number}{again} {block.kind} | {block.section or '-'} | {words}"
        sheet.pen.text((left, y + _ROW * i), entry[:75], fill=_COLOURS[block.kind], font=_font(10))


def _on_page(document: Document, page: Page) -> Iterator[tuple[int, Block, list[Box]]]:
    """The blocks that stand on a page, each with its number and its lines there."""
    for number, block in enumerate(document.blocks):
        if boxes := _boxes(document, page, (block.start, block.end)):
            yield number, block, boxes


def _boxes(document: Document, page: Page, span: tuple[int, int]) -> list[Box]:
    """The boxes of as much of a span as stands on a page."""
    start, end = max(span[0], page.start), min(span[1], page.end)
    return document.layout.boxes(start, end) if document.layout is not None and start < end else []


def _frames(boxes: list[Box]) -> list[Box]:
    """One frame for lines that follow each other downwards in one column."""
    groups: list[list[Box]] = []
    for box in boxes:
        last = groups[-1][-1] if groups else box
        beside = box[0] < last[2] and last[0] < box[2]
        if groups and beside and -2 < box[1] - last[1] < _NEXT_LINE * (last[3] - last[1]):
            groups[-1].append(box)
        else:
            groups.append([box])
    return [_around(group) for group in groups]


def _around(boxes: list[Box]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)
