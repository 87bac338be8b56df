"""The text of a paper as HTML in reading order, every record marked where it stands; readable without scripts.

Each block of the text is an element with `data-start`, and so is each filled cell of a table. The text content of such
an element is exactly the document's text from that offset on, sign for sign, so a place in the page can be turned into
an offset: `data-start` and the number of code points before it in the element. (JavaScript counts UTF-16 units; a sign
outside the basic plane is two of them.) Nothing but the document's text is written into these elements.

A record is one or more `<mark data-record="ID">`: several where it goes over blocks or cells, or crosses another
record. The first of them has the id `m-ID` and takes the focus of the keyboard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from hcclit.document import BlockKind, Document
from hcclit.records import Record, Section
from hcclit.report.fields import LETTERS, summary_of
from hcclit.report.grid import Place, rows_of
from hcclit.report.nesting import Wrap, Wraps

_TAGS: dict[BlockKind, str] = {"heading": "h3", "table": "div"}
_OTHER_TAG = "p"
_CELL_TAGS = {"head": Markup("th"), "label": Markup('th scope="row"'), "value": Markup("td")}
_NOTHING = Markup("")


class Stretch(NamedTuple):
    """A block, or what stands between two blocks: together they have every sign of the text but blank space."""

    kind: BlockKind
    start: int
    end: int
    section: Section | None


def marked_text(
    document: Document,
    records: Iterable[Record],
    others: Iterable[Wrap] = (),
    after: Callable[[int, int], Markup] = lambda start, end: _NOTHING,
) -> Markup:
    """The document's text as safe HTML with every record marked.

    Args:
        document: the paper.
        records: of this document.
        others: further spans to be made elements, inside or outside of the marks as their length wants it.
        after: what to put behind a block, given its offsets.

    Returns:
        HTML for the inside of any element that may hold paragraphs.

    Raises:
        ValueError: a record's text does not stand in the document at its offsets.
    """
    wraps = Wraps([*(_mark(document, record) for record in records), *others])
    parts = []
    for stretch in stretches(document, wraps):
        parts += [_block(document, stretch, wraps), after(stretch.start, stretch.end), Markup("\n")]
    return _NOTHING.join(parts)


def stretches(document: Document, wraps: Wraps) -> Iterator[Stretch]:
    """The blocks in order, and as paragraphs what is in none of them but has signs or a span of its own."""
    at = 0
    for block in document.blocks:
        yield from _outside(document, wraps, at, block.start)
        start = max(at, block.start)
        if start < block.end:
            yield Stretch(block.kind, start, block.end, block.section)
            at = block.end
    yield from _outside(document, wraps, at, len(document.text))


def _outside(document: Document, wraps: Wraps, start: int, end: int) -> Iterator[Stretch]:
    if start < end and (document.text[start:end].strip() or wraps.inside(start, end)):
        yield Stretch("paragraph", start, end, None)


def _mark(document: Document, record: Record) -> Wrap:
    """A record as a mark; `title` says its fields where no script and no style does."""
    if document.text[record.start : record.end] != record.text:
        raise ValueError(f"record {record.id} ({record.text!r}) does not stand at {record.start} in {document.doc_id}")
    place = {"id": record.id, "type": record.type, "letter": LETTERS[record.type], "says": summary_of(record)}
    tag = Markup('<mark class="{type}" data-record="{id}" data-type="{type}" title="{says}"')
    return Wrap(
        record.start,
        record.end,
        record.id,
        (tag + Markup(' id="m-{id}" data-letter="{letter}" tabindex="0">')).format(**place),
        (tag + Markup(">")).format(**place),
        Markup("</mark>"),
    )


def _block(document: Document, stretch: Stretch, wraps: Wraps) -> Markup:
    if stretch.kind == "table" and (table := _table(document, stretch, wraps)) is not None:
        return table
    tag = _TAGS.get(stretch.kind, _OTHER_TAG)
    section = Markup(' data-section="{}"').format(stretch.section) if stretch.section else _NOTHING
    return Markup('<{tag} class="block {kind}" data-start="{start}"{section}>{inside}</{tag}>').format(
        tag=tag,
        kind=stretch.kind,
        start=stretch.start,
        section=section,
        inside=wraps.html(document.text, stretch.start, stretch.end),
    )


def _table(document: Document, stretch: Stretch, wraps: Wraps) -> Markup | None:
    """A table's rows and columns; None where its cells would not show all records and all that is written."""
    cells = [
        cell
        for table in document.tables
        if table.start < stretch.end and stretch.start < table.end
        for cell in table.cells
        if stretch.start <= cell.start and cell.end <= stretch.end
    ]
    rows = rows_of(document.text, stretch.start, stretch.end, cells)
    if rows is None or not _all_shown(wraps.over(stretch.start, stretch.end), rows, wraps):
        return None
    lines = (
        Markup("<tr>{}</tr>").format(_NOTHING.join(_cell(document, place, wraps) for place in row)) for row in rows
    )
    return Markup('<div class="grid"><table class="paper">\n{}\n</table></div>').format(Markup("\n").join(lines))


def _all_shown(over: Sequence[Wrap], rows: Sequence[Sequence[Place]], wraps: Wraps) -> bool:
    """Whether each span that is not marked yet has a sign in one of the places."""
    places = sorted((place.start, place.end) for row in rows for place in row if place.start < place.end)
    shown = Wraps(Wrap(start, end, "", _NOTHING, _NOTHING, _NOTHING) for start, end in places)
    return all(wraps.opened(wrap) or shown.over(wrap.start, wrap.end) for wrap in over)


def _cell(document: Document, place: Place, wraps: Wraps) -> Markup:
    tag = _CELL_TAGS[place.role]
    spans = Markup("").join(
        Markup(' {}="{}"').format(name, count)
        for name, count in (("colspan", place.columns), ("rowspan", place.rows))
        if count > 1
    )
    if place.start == place.end:
        return Markup("<{}{}></{}>").format(tag, spans, tag.split()[0])
    return Markup('<{}{} data-start="{}">{}</{}>').format(
        tag, spans, place.start, wraps.html(document.text, place.start, place.end), tag.split()[0]
    )
