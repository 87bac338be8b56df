"""Tables of a page: where they stand, their rows and columns, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2 as pdfium

from hcclit.readers.pdf.glyphs import Floats, Glyphs
from hcclit.readers.pdf.segments import Segments
from hcclit.readers.pdf.tables.build import grid_of
from hcclit.readers.pdf.tables.captions import ruled_regions
from hcclit.readers.pdf.tables.frames import framed_regions
from hcclit.readers.pdf.tables.labels import labels_of
from hcclit.readers.pdf.tables.layout import TableRows, written
from hcclit.readers.pdf.tables.overleaf import open_region, overleaf, with_columns
from hcclit.readers.pdf.tables.regions import Region
from hcclit.readers.pdf.tables.rulings import has_picture, read_rulings
from hcclit.readers.pdf.tables.unruled import unruled_regions

__all__ = ["Region", "TableRows", "has_picture", "open_region", "table_regions", "table_rows"]


def table_regions(
    page: pdfium.PdfPage,
    turn: int,
    signs: tuple[Glyphs, Segments],
    before: Region | None = None,
    figures: Sequence[Floats] = (),
) -> list[Region]:
    """The tables of a page, from the top down.

    Args:
        page: the page.
        turn: the quarter turns of the frame that it is read in.
        signs: what stands on it.
        before: the table that may go on from the page before.
        figures: the boxes of the page's figures, whose axes are no rules.
    """
    glyphs, segments = signs
    labels = labels_of(glyphs, segments)
    rulings = read_rulings(page, turn).outside(figures)
    regions = ruled_regions(segments, labels, rulings)
    regions += unruled_regions(segments, regions, labels)
    more = overleaf(segments, before, labels, rulings) if before is not None else None
    if more is not None and all(more.bottom < region.top for region in regions):
        regions.append(more)
    regions += framed_regions(glyphs, segments, rulings, regions)
    regions.sort(key=lambda region: region.top)
    if before is not None and regions and regions[0].continued:
        with_columns(regions[0], before)
    return regions


def table_rows(glyphs: Glyphs, body: Segments, region: Region) -> TableRows | None:
    """The rows of a table; None where its columns cannot be told apart."""
    grid = grid_of(glyphs, body, region.rulings, region.cuts)
    if grid is None:
        return None
    region.cuts = grid.cuts
    rows = written(glyphs, grid)
    rows.label, rows.continued, rows.captioned_below = region.label, region.continued, region.caption_last
    return rows
