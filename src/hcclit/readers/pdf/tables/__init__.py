"""Tables of a page: where they stand, their rows and columns, and how they are written."""

from __future__ import annotations

import pypdfium2 as pdfium

from hcclit.readers.pdf.glyphs import Glyphs
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.build import grid_of
from hcclit.readers.pdf.tables.layout import TableRows, written
from hcclit.readers.pdf.tables.regions import Region, labels_of, ruled_regions
from hcclit.readers.pdf.tables.rulings import has_picture, read_rulings

__all__ = ["Region", "TableRows", "has_picture", "table_regions", "table_rows"]


def table_regions(page: pdfium.PdfPage, turn: int, glyphs: Glyphs, segments: Segments) -> list[Region]:
    """The tables of a page, from the top down. Pages without a caption of a table cost nothing."""
    labels = labels_of(glyphs, segments)
    if not any(label.table for label in labels):
        return []
    return ruled_regions(segments, labels, read_rulings(page, turn))


def table_rows(glyphs: Glyphs, body: Segments, region: Region) -> TableRows | None:
    """The rows of a table; None where its columns cannot be told apart."""
    grid = grid_of(glyphs, body, region.rulings)
    if grid is None:
        return None
    rows = written(glyphs, grid)
    rows.label, rows.continued = region.label, region.continued
    return rows
