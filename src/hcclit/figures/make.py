"""From papers to pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, get_args

from matplotlib.figure import Figure

from hcclit.document import Document
from hcclit.figures import describe
from hcclit.figures.draw_rows import MOST_ROWS, draw_rows
from hcclit.figures.draw_swimmer import draw_swimmers
from hcclit.figures.draw_timeline import draw_timeline
from hcclit.figures.picture import Picture
from hcclit.figures.rows import RowPlot, in_pages
from hcclit.figures.style import to_png, to_svg
from hcclit.figures.swimmer import swimmers_of
from hcclit.figures.timeline import Timeline, timelines_of
from hcclit.figures.trials import effects_of, effects_over, is_effect, medians_of
from hcclit.figures.wording import plain
from hcclit.records import Record, Statistic

Kind = Literal["timeline", "medians", "forest", "swimmer"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class PaperData:
    """What the figures of one paper show; `without` has a line for each patient whom no figure can show."""

    doc_id: str
    timelines: tuple[Timeline, ...]
    plots: tuple[RowPlot, ...]
    effects: tuple[Statistic, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure that can be drawn; `description` is for those who do not see it."""

    kind: Kind
    name: str
    title: str
    description: str
    unplaced: tuple[str, ...]
    draw: Callable[[], Figure]

    def picture(self) -> Picture:
        """The figure as SVG."""
        return Picture(self.name, self.title, to_svg(self.draw, self.title, self.description), self.unplaced)

    def png(self) -> bytes:
        """The figure as PNG."""
        return to_png(self.draw, self.title, self.description)


def of_paper(document: Document, records: Sequence[Record]) -> list[Picture]:
    """The figures of one paper: a time axis for each patient of a case report, medians and effects of a trial."""
    return [drawing.picture() for drawing in drawings_of(data_of(document, records))]


def of_papers(papers: Iterable[tuple[Document, Sequence[Record]]]) -> list[Picture]:
    """The figures over several papers, each with its records: swimmer plot of patients, forest plot of effects."""
    return [drawing.picture() for drawing in drawings_over([data_of(*paper) for paper in papers])]


def data_of(document: Document, records: Sequence[Record]) -> PaperData:
    """What the figures of a paper show: only what is said of its own patients and cohort."""
    name = plain(document.doc_id)
    timelines, without = timelines_of(document, records)
    plots = (medians_of(name, records), effects_of(name, records))
    effects = tuple(r for r in records if is_effect(r))
    return PaperData(name, tuple(timelines), tuple(p for p in plots if p is not None), effects, tuple(without))


def drawings_of(data: PaperData) -> Iterator[Drawing]:
    """The drawings of one paper."""
    for index, timeline in enumerate(data.timelines, 1):
        who = f"patient {timeline.patient}" if timeline.patient else "the patient"
        since = f" since the {timeline.origin}" if timeline.origin else ""
        title = plain(f"Course of {who}{since} ({data.doc_id})")
        draw = partial(draw_timeline, timeline, title)
        yield Drawing("timeline", f"timeline-{index}", title, describe.of_timeline(timeline), timeline.unplaced, draw)
    for plot in data.plots:
        yield from _of_rows(plot)


def drawings_over(papers: Sequence[PaperData]) -> Iterator[Drawing]:
    """The drawings over several papers."""
    swimmers = swimmers_of([timeline for paper in papers for timeline in paper.timelines])
    parts = [swimmers[at : at + MOST_ROWS] for at in range(0, len(swimmers), MOST_ROWS)]
    for number, part in enumerate(parts, 1):
        title = "Patients of all papers" + (f", part {number} of {len(parts)}" if len(parts) > 1 else "")
        name = "swimmer" if len(parts) == 1 else f"swimmer-{number}"
        yield Drawing("swimmer", name, title, describe.of_swimmers(part), (), partial(draw_swimmers, part, title))
    plot = effects_over([(paper.doc_id, paper.effects) for paper in papers])
    if plot is not None:
        yield from _of_rows(plot)


def _of_rows(plot: RowPlot) -> Iterator[Drawing]:
    for page in in_pages(plot, MOST_ROWS):
        kind: Kind = "forest" if page.log else "medians"
        yield Drawing(kind, page.name, page.title, describe.of_rows(page), page.left_out, partial(draw_rows, page))
