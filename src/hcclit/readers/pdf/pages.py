"""One page: its lines in reading order, with those of tables and of turned text told apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from hcclit.readers.pdf.columns import Gutter, reading_order
from hcclit.readers.pdf.figures import figure_labels, figures_of
from hcclit.readers.pdf.glyphs import Glyphs, read_glyphs
from hcclit.readers.pdf.line_numbers import Margin, line_numbers
from hcclit.readers.pdf.lines import Line, lines_of
from hcclit.readers.pdf.segments import Segments, segments_of, without_twins
from hcclit.readers.pdf.signs import clean_signs
from hcclit.readers.pdf.tables import Region, TableRows, has_picture, open_region, table_regions, table_rows
from hcclit.readers.pdf.watermarks import watermarks

Place = Literal["flow", "caption", "table", "note", "turned", "margin"]
_FEW_SIGNS = 100  # a page with fewer may be a scan with a stamp on it
_LEAST_SIZE = 2.0  # points; smaller is not printed to be read


@dataclass(slots=True)
class Stretch:
    """Lines that belong together on a page: a column's stretch of text, a part of a table, turned text.

    `rows` are those of a table whose cells were found.
    """

    place: Place
    lines: list[Line]
    rows: TableRows | None = None


@dataclass(slots=True)
class PageLines:
    """A page with its size as it is shown and in its reading frame, and its lines in reading order.

    `unmapped` is the share of its signs that no letter is known for, `picture` whether it has little text but an image,
    `gutter` what parts its columns, or parted those of the pages before it, `open_table` the table that it ends with,
    `numbered` the margin of its numbers of lines, or of those before it.
    """

    number: int
    width: float
    height: float
    frame_height: float
    stretches: list[Stretch] = field(default_factory=list)
    unmapped: float = 0.0
    picture: bool = False
    gutter: Gutter | None = None
    open_table: Region | None = None
    numbered: Margin | None = None

    @property
    def lines(self) -> list[Line]:
        """All lines of the page in reading order."""
        return [line for stretch in self.stretches for line in stretch.lines]


def read_page(page: pdfium.PdfPage, number: int, before: PageLines | None = None) -> PageLines:
    """The lines of a page, with the page before it in view. Nothing of the page is kept but them."""
    glyphs, turn, unmapped = read_glyphs(page)
    width, height = page.get_size()
    frame_height = (height, width)[(turn - page.get_rotation() // 90) % 2]
    out = PageLines(number, width, height, frame_height, unmapped=unmapped)
    if before is not None:
        out.gutter, out.numbered = before.gutter, before.numbered
    if len(glyphs) < _FEW_SIGNS:
        out.picture = has_picture(page)
    if not len(glyphs):
        return out
    glyphs = clean_signs(glyphs.select((glyphs.size > _LEAST_SIZE) & _on_page(glyphs, (width, height))))
    upright = without_twins(glyphs.select(glyphs.turn == 0))
    segments = segments_of(upright)
    numbers, out.numbered = line_numbers(upright, segments, out.numbered)
    marks = watermarks(segments)
    text = segments.select(~numbers & ~marks)
    figures = figures_of(page, turn, upright, text)
    open_table = before.open_table if before is not None else None
    regions = table_regions(page, turn, (upright, text), open_table, figures)
    out.open_table = open_region(text, regions)
    tables = _in_regions(text, regions)
    labels = figure_labels(figures, upright, text) & ~tables
    everything = _with_regions(text.select(~tables & ~labels), regions)
    parts, out.gutter = reading_order(everything, out.gutter)
    out.stretches += _upright(upright, (text, everything), regions, parts)
    out.stretches += [
        *_askew(glyphs),
        *_beside(upright, text.select(labels), segments.select(numbers), segments.select(marks)),
    ]
    for part, stretch in enumerate(out.stretches):
        _place(stretch.lines, number, part)
    return out


def _on_page(glyphs: Glyphs, size: tuple[float, float]) -> NDArray[np.bool_]:
    boxes = glyphs.boxes
    inside: NDArray[np.bool_] = (
        (boxes[:, 0] < size[0]) & (boxes[:, 2] > 0) & (boxes[:, 1] < size[1]) & (boxes[:, 3] > 0)
    )
    return inside


def _in_regions(segments: Segments, regions: list[Region]) -> NDArray[np.bool_]:
    taken = np.zeros(len(segments), bool)
    for region in regions:
        taken[region.members] = True
    return taken


def _upright(
    glyphs: Glyphs, segments: tuple[Segments, Segments], regions: list[Region], parts: list[NDArray[np.intp]]
) -> list[Stretch]:
    """Columns in reading order, each table as a whole where it stands.

    Args:
        glyphs: the signs of the page.
        segments: all segments, and those outside tables and figures with each table as one more.
        regions: the tables.
        parts: of the latter segments those of each column, in reading order.
    """
    every, free = segments
    first = len(free) - len(regions)
    out: list[Stretch] = []
    for part in parts:
        text = part[part < first]
        tables = sorted((i - first for i in part[part >= first].tolist()), key=lambda i: regions[i].top)
        for i in tables:
            above = free.base[text] < regions[i].bottom
            out.append(Stretch("flow", lines_of(glyphs, free.select(text[above]))))
            out += _table(glyphs, every, regions[i])
            text = text[~above]
        out.append(Stretch("flow", lines_of(glyphs, free.select(text))))
    return [stretch for stretch in out if stretch.lines]


def _with_regions(segments: Segments, regions: list[Region]) -> Segments:
    """Segments with each table as one more, so that no column is looked for inside it."""
    if not regions:
        return segments
    x0, x1, top, bottom = (
        np.array([getattr(region, name) for region in regions], np.float32) for name in ("x0", "x1", "top", "bottom")
    )
    none = np.zeros(len(regions), np.intp)
    pairs = zip(
        (segments.first, segments.last, segments.x0, segments.x1, segments.top, segments.bottom, segments.base,
         segments.size),
        (none, none, x0, x1, top, bottom, bottom, np.ones(len(regions), np.float32)),
        strict=True,
    )  # fmt: skip
    return Segments(*(np.concatenate(pair) for pair in pairs))


def _table(glyphs: Glyphs, segments: Segments, region: Region) -> list[Stretch]:
    """A table's caption, rows and notes; its lines as they stand where no columns are found."""
    rows = table_rows(glyphs, segments.select(region.body), region)
    body = Stretch("table", rows.lines if rows else lines_of(glyphs, segments.select(region.body)), rows)
    caption = Stretch("caption", lines_of(glyphs, segments.select(region.caption)))
    notes = Stretch("note", lines_of(glyphs, segments.select(region.notes)))
    return [body, caption, notes] if region.caption_last else [caption, body, notes]


def _askew(glyphs: Glyphs) -> list[Stretch]:
    """Text that is turned against the rest of the page, as if set in one line in the order of the page's content."""
    out = []
    for turn in (1, 2, 3, 4):
        chosen = glyphs.select(glyphs.turn == turn)
        if not len(chosen):
            continue
        ends = np.cumsum(np.where(chosen.space > 0, 0.9, 0.6)).astype(np.float32)
        chosen.x0, chosen.x1 = (ends - 0.6) * chosen.size, ends * chosen.size
        chosen.base = np.zeros(len(chosen), np.float32)
        out.append(Stretch("turned", lines_of(chosen, segments_of(chosen))))
    return [stretch for stretch in out if stretch.lines]


def _beside(glyphs: Glyphs, *apart: Segments) -> list[Stretch]:
    """Text of figures, numbers of lines, watermarks: out of the flow."""
    return [Stretch("margin", lines_of(glyphs, segments)) for segments in apart if len(segments)]


def _place(lines: list[Line], number: int, part: int) -> None:
    """Tell lines their page, their column and its edges."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    for line in lines:
        line.page, line.part, line.left, line.right = number, part, left, right
