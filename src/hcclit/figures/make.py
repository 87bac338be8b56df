"""From papers to pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from hcclit.document import Document
from hcclit.figures.draw_timeline import draw_timeline
from hcclit.figures.picture import Picture
from hcclit.figures.style import to_svg
from hcclit.figures.timeline import Timeline, timelines_of
from hcclit.figures.wording import plain
from hcclit.records import Record


def of_paper(document: Document, records: Sequence[Record]) -> list[Picture]:
    """The figures of one paper: a time axis for each patient of a case report, medians and effects of a trial."""
    timelines, _ = timelines_of(document, records)
    return [_picture(timeline, index) for index, timeline in enumerate(timelines)]


def of_papers(papers: Iterable[tuple[Document, Sequence[Record]]]) -> list[Picture]:
    """The figures over several papers: a swimmer plot of patients, a forest plot of effects."""
    return []


def _picture(timeline: Timeline, index: int) -> Picture:
    who = f"patient {timeline.patient}" if timeline.patient else "the patient"
    since = f" since the {timeline.origin}" if timeline.origin else ""
    title = plain(f"Course of {who}{since} ({timeline.doc_id})")
    svg = to_svg(partial(draw_timeline, timeline, title), title, title)
    name = f"timeline-{index + 1}"
    return Picture(name, title, svg, timeline.unplaced)
