"""Statistics of a table's cells, row by row.

A row without an endpoint is a characteristic, an adverse event, or nothing. Intervals and p-values in cells of their
own are joined to their numbers at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hcclit.extractors.table.category_lists import category_figures
from hcclit.extractors.table.extended import extended
from hcclit.extractors.table.figures import Figure, figures_of
from hcclit.extractors.table.footnotes import attach_footnotes
from hcclit.extractors.table.groups import group_of, origin_of
from hcclit.extractors.table.layout import Layout
from hcclit.extractors.table.probability import attach_p
from hcclit.extractors.table.ratios import interaction_figure, ratio_figure
from hcclit.extractors.table.rows import Row, Slot
from hcclit.extractors.table.sizes import caption_size, cell_size, head_sizes, label_sizes
from hcclit.extractors.table.spread import join_intervals, join_percents
from hcclit.extractors.table.subjects import group_of_cell, is_telling, subject_of
from hcclit.mention import Mention

_JOINED = frozenset({"p", "none", "ci", "range", "iqr", "sd", "se"})
"""Roles of cells whose numbers belong to those of other cells."""


def statistics(layout: Layout) -> Iterator[Mention]:
    """The statistics of a table of groups."""
    if layout.individual:
        return
    by_row = [(row, join_percents(row, list(_row_figures(layout, row)))) for row in layout.rows]
    join_intervals(by_row)
    attach_p(layout, by_row)
    attach_footnotes(layout, by_row)
    figures = [figure for _, found in by_row for figure in found]
    for figure in [*figures, *head_sizes(layout), *label_sizes(layout, figures), *caption_size(layout)]:
        yield Mention("statistic", figure.start, figure.end, figure.fields, figure.cell, layout.table)


def _row_figures(layout: Layout, row: Row) -> Iterator[Figure]:
    for slot in row.slots:
        yield from interaction_figure(layout, slot) if slot.role == "none" else ()
        if slot.role in _JOINED or slot.reading.kind in ("empty", "text"):
            continue
        for figure, group in _cell_figures(layout, row, slot):
            figure.fields = {**_origin(layout, slot), "group": group or layout.only_arm, **figure.fields}
            yield figure


def _cell_figures(layout: Layout, row: Row, slot: Slot) -> Iterator[tuple[Figure, str | None]]:
    """The figures of a cell, each with its group."""
    sized = list(cell_size(layout, row, slot))
    if sized or slot.role == "size":
        yield from sized
        return
    listed = [] if layout.baseline else list(category_figures(layout, slot))
    if listed:
        yield from ((figure, group_of(slot.column)) for figure in listed)
        return
    subject = subject_of(layout, row, slot)
    if slot.role == "ratio":
        yield from ((figure, None) for figure in ratio_figure(layout, row, slot, subject))
    elif subject is not None and is_telling(layout, slot, subject):
        group = group_of_cell(layout, row, slot, subject)
        yield from ((figure, group) for figure in figures_of(layout, row, slot, subject))
    elif subject is None or subject.side == "row":
        yield from ((figure, group_of(slot.column)) for figure in extended(layout, row, slot))


def _origin(layout: Layout, slot: Slot) -> dict[str, Any]:
    """Study and subject of a cell, where its heads tell them."""
    origin = origin_of(layout, slot)
    if origin.own:
        return {"subject": "cohort"}
    return {"study": origin.name, "subject": "cited"} if origin.name is not None else {}
