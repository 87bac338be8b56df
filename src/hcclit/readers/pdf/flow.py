"""The flow of a paper's text over columns and pages: paragraphs go on, floats step aside to a paragraph's end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hcclit.document import BlockKind
from hcclit.readers.pdf.furniture import furniture_lines
from hcclit.readers.pdf.kinds import classify, is_body_size, mark_notes
from hcclit.readers.pdf.lines import Line
from hcclit.readers.pdf.pages import PageLines, Stretch
from hcclit.readers.pdf.paragraphs import Draft, Type, body_type, drafts_of
from hcclit.readers.sections import run_in_section

_TERMINAL = re.compile(r"[.!?:][\"'”’)\]]*(?:\s?\[[\d,;– -]+\])?$")
_ITEM = re.compile(r"(?:\[?\d{1,3}[\].)]|[•▪■●])\s")
_PLACES: dict[str, BlockKind] = {
    "caption": "caption", "table": "table", "note": "note", "turned": "furniture",
    "margin": "furniture",
}  # fmt: skip


@dataclass(slots=True)
class Flow:
    """Blocks in the order that they are written in; `body` is how running text is set.

    While pages are added, `open` has the paragraphs that may go on, that of the body (True) and that of small print
    (False).
    """

    body: Type
    drafts: list[Draft] = field(default_factory=list)
    open: dict[bool, Draft] = field(default_factory=dict)


def flow_of(pages: list[PageLines]) -> Flow:
    """The blocks of a paper, each whole: a paragraph goes over columns and pages, and floats do not cut it."""
    flow = Flow(body_type(pages))
    furniture = furniture_lines(pages, flow.body)
    for page in pages:
        _add_page(flow, _page_drafts(page, flow.body, furniture))
    return flow


def _page_drafts(page: PageLines, body: Type, furniture: set[int]) -> list[list[Draft]]:
    """The blocks of a page, by column; those of running heads and feet first."""
    apart = [Draft("furniture", [line]) for line in page.lines if id(line) in furniture]
    out = [apart] if apart else []
    table: list[Line] = []
    for stretch in page.stretches:
        drafts = _stretch_drafts(stretch, body, (furniture, page.number == 1))
        if table and stretch.place == "flow":
            mark_notes(drafts, table, body)
        table = stretch.lines if stretch.place in ("table", "note") else []
        out.append(drafts)
    return [drafts for drafts in out if drafts]


def _stretch_drafts(stretch: Stretch, body: Type, around: tuple[set[int], bool]) -> list[Draft]:
    furniture, first_page = around
    if stretch.rows is not None:
        return [Draft("table", stretch.lines, rows=stretch.rows)]
    lines: list[Line] = [line for line in stretch.lines if id(line) not in furniture]
    if not lines:
        return []
    if stretch.place != "flow":
        return [Draft(_PLACES[stretch.place], lines)]
    drafts = drafts_of(lines, body)
    classify(drafts, body, first_page)
    return drafts


def _add_page(flow: Flow, columns: list[list[Draft]]) -> None:
    """Add a page's blocks; what interrupts a paragraph comes before the next one that begins on the page."""
    floats: list[Draft] = []
    for drafts in columns:
        fresh = True  # at a column's head, a paragraph may go on
        for draft in drafts:
            if draft.kind not in ("paragraph", "heading"):
                floats.append(draft)
                fresh = True
            elif fresh and flow.drafts and _is_rest_of_title(flow.drafts[-1], draft):
                flow.drafts[-1].lines += draft.lines
                fresh = False
            elif fresh and (before := _unfinished(flow, draft)) is not None:
                _go_on(flow, before, draft)
                fresh = False
            else:
                flow.drafts += [*floats, draft]
                floats = []
                _open(flow, draft)
                fresh = False
    flow.drafts += floats
    if flow.drafts and flow.open.get(False) is not flow.drafts[-1]:
        flow.open.pop(False, None)


def _is_rest_of_title(title: Draft, draft: Draft) -> bool:
    """Whether a block at the head of a column goes on with a title that ends the column before it."""
    line, following = title.lines[-1], draft.lines[0]
    same = abs(line.size - following.size) < 0.05 * line.size and (line.bold, line.face) == (
        following.bold, following.face
    )  # fmt: skip
    return title.kind == "heading" and len(draft.lines) < 3 and same and following.text[:1].islower()


def _unfinished(flow: Flow, draft: Draft) -> Draft | None:
    """The open paragraph that a block at the head of a column goes on with, if there is one."""
    before = flow.open.get(is_body_size(draft, flow.body))
    return before if before is not None and _goes_on(before, draft, flow.body) else None


def _go_on(flow: Flow, before: Draft, draft: Draft) -> None:
    """Add lines to the open paragraph.

    It goes behind what else stands on its page, so that a page's text stays in one piece; where text of a later page
    stands between, the paragraph goes on apart.
    """
    at = next(i for i in range(len(flow.drafts) - 1, -1, -1) if flow.drafts[i] is before)
    after = flow.drafts[at + 1 :]
    if all(other.lines[0].page <= before.lines[0].page for other in after):
        flow.drafts[at:] = [*after, before]
        before.lines += draft.lines
        return
    draft.continues = before
    flow.drafts.append(draft)
    flow.open[is_body_size(draft, flow.body)] = draft


def _open(flow: Flow, draft: Draft) -> None:
    """A block that has begun: a later one may go on with it; small print does not close the body's paragraph."""
    if draft.kind == "heading":
        flow.open.clear()
    else:
        flow.open[is_body_size(draft, flow.body)] = draft


def _goes_on(draft: Draft, following: Draft, body: Type) -> bool:
    """Whether a block at the head of a column goes on with an unfinished paragraph."""
    resized = abs(draft.size - following.size) > 0.05 * body.size
    if following.kind != "paragraph" or resized or run_in_section(following.text):
        return False
    last, line = draft.lines[-1], following.lines[0]
    finished = bool(_TERMINAL.search(last.text))
    indented = line.x0 > min(other.x0 for other in [*following.lines[1:4], line]) + 0.7 * line.size
    if line.text[:1].islower():
        return True
    if not is_body_size(draft, body):
        return False
    if indented or _ITEM.match(line.text):
        return not finished and not indented and not _ITEM.match(draft.text)
    if not finished:
        return last.x1 > last.right - 0.25 * (last.right - last.left) or last.text.endswith(("-", ","))
    return False
