"""Tables of a page: where they stand, their rows and columns, and how they are written."""

from __future__ import annotations

import pypdfium2 as pdfium

from hcclit.readers.pdf.glyphs import Glyphs
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.build import grid_of
from hcclit.readers.pdf.tables.labels import labels_of
from hcclit.readers.pdf.tables.layout import TableRows, written
from hcclit.readers.pdf.tables.overleaf import open_region, region_overleaf
from hcclit.readers.pdf.tables.regions import Region, ruled_regions
from hcclit.readers.pdf.tables.rulings import has_picture, read_rulings

__all__ = ["Region", "TableRows", "has_picture", "open_region", "table_regions", "table_rows"]


def table_regions(
    page: pdfium.PdfPage, turn: int, signs: tuple[Glyphs, Segments], before: Region | None = None
) -> list[Region]:
    """The tables of a page, from the top down. Pages without a caption of a table cost nothing.

    Args:
        page: the page.
        turn: the quarter turns of its reading frame.
        signs: what stands on it.
        before: the table that the page before ends with.
    """
    glyphs, segments = signs
    labels = labels_of(glyphs, segments)
    if before is None and not any(label.table for label in labels):
        return []
    rulings = read_rulings(page, turn)
    regions = ruled_regions(segments, labels, rulings)
    overleaf = region_overleaf(segments, labels, rulings, before) if before is not None else None
    if overleaf is None or any(region.top < overleaf.bottom for region in regions):
        return regions
    return [overleaf, *regions]


def table_rows(glyphs: Glyphs, body: Segments, region: Region) -> TableRows | None:
    """The rows of a table; None where its columns cannot be told apart."""
    grid = grid_of(glyphs, body, region.rulings)
    if grid is None:
        return None
    rows = written(glyphs, grid)
    rows.label, rows.continued = region.label, region.continued
    return rows
