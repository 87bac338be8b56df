"""Pictures of a PDF's pages with what was read drawn on them: blocks by kind, numbered in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from hcclit.document import Block, Box, Document, Page

_COLOURS: dict[str, tuple[int, int, int]] = {
    "heading": (200, 0, 0), "paragraph": (0, 90, 200), "caption": (0, 140, 60), "table": (150, 80, 0),
    "note": (140, 0, 160), "furniture": (130, 130, 130), "reference": (0, 150, 160),
}  # fmt: skip


def draw_pages(pdf: Path, document: Document, folder: Path, scale: float = 1.5) -> list[Path]:
    """Write a PNG of each page with its blocks into a folder.

    Args:
        pdf: the file that the document was read from.
        document: what was read.
        folder: where the pictures go; made if it is missing.
        scale: pixels a point.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = pdfium.PdfDocument(pdf.read_bytes())
    try:
        return [_draw(file, document, page, (folder, scale)) for page in document.pages]
    finally:
        file.close()


def _draw(file: pdfium.PdfDocument, document: Document, page: Page, target: tuple[Path, float]) -> Path:
    folder, scale = target
    sheet = file[page.number - 1]
    picture: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
    sheet.close()
    pen = ImageDraw.Draw(picture, "RGBA")
    before: tuple[float, float] | None = None
    for number, block, boxes in _on_page(document, page):
        colour = _COLOURS[block.kind]
        for box in boxes:
            pen.rectangle([v * scale for v in box], outline=(*colour, 160), fill=(*colour, 24))
        x, y = boxes[0][0] * scale, boxes[0][1] * scale
        pen.text((x - 2, y - 11), f"{number} {block.kind} {block.section or ''}", fill=colour)
        if before is not None and block.kind != "furniture":
            pen.line([before, (x, y)], fill=(255, 120, 0, 90), width=2)
        before = (boxes[-1][2] * scale, boxes[-1][3] * scale) if block.kind != "furniture" else before
    path = folder / f"{document.doc_id}-{page.number:03}.png"
    picture.save(path)
    return path


def _on_page(document: Document, page: Page) -> Iterator[tuple[int, Block, list[Box]]]:
    """The blocks that stand on a page, each with its number and its lines there."""
    if document.layout is None:
        return
    for number, block in enumerate(document.blocks):
        start, end = max(block.start, page.start), min(block.end, page.end)
        boxes = document.layout.boxes(start, end) if start < end else []
        if boxes:
            yield number, block, boxes
