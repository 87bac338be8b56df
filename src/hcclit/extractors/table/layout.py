"""What a table is: its rows and columns by the part that they play, and what kind of things they are.

A table of individual patients states no statistics; a table of groups states no patient's values. Which of both a
table is says its heads (`Patient No.`, `Sex` over `M`), a case report's other tables being its patient's.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from hcclit.document import Cell, Table
from hcclit.extractors.table.axes import Axis, make_axis
from hcclit.extractors.table.heads import Head, parse_head
from hcclit.extractors.table.texts import Piece, texts_of
from hcclit.extractors.table.topics import Lexicon, Topic, mentions_of
from hcclit.extractors.table.values import Reading, read
from hcclit.language import Analysis
from hcclit.paper_kind import is_case_report


@dataclass(slots=True)
class Slot:
    """A cell with its reading and the heads of its row and column."""

    cell: Cell
    piece: Piece
    reading: Reading
    row: Axis
    column: Axis
    role: str


@dataclass(slots=True)
class Row:
    """A row: its heads and its cells from left to right. `block` are the heads above its own label."""

    index: int
    axis: Axis
    slots: list[Slot] = field(default_factory=list)

    @property
    def block(self) -> tuple[str, ...]:
        """The block heads as written."""
        return tuple(head.text for head in self.axis.heads[:-1])

    @property
    def only_p(self) -> bool:
        """Whether the row states nothing but p-values."""
        filled = [s for s in self.slots if s.reading.kind != "empty"]
        return bool(filled) and all(s.role == "p" for s in filled)


_BASELINE = re.compile(
    r"\b(?:baseline|characteristics?|demographic\w*|clinicopatholog\w+|pre-?treatment"
    r"|patient (?:features|profile|data)|features)\b",
    re.IGNORECASE,
)
_ADVERSE = re.compile(
    r"\b(?:adverse|toxic\w*|side[ -]effects?|safety|complications?|tolerability|AEs?\b|CTCAE"
    r"|treatment-emergent|drug reactions?)\b",
    re.IGNORECASE,
)
_PATIENT_STUB = re.compile(
    r"(?:patients?|cases?|pts?\.?|subjects?)(?:\W{0,3}(?:nos?|numbers?|id|#|code"
    r"|\(?n\)?)\W{0,2})?|(?:nos?|number|#|id)\W{0,2}(?:of )?(?:patients?|cases?)?\W*",
    re.IGNORECASE,
)
_PATIENT_HEAD = re.compile(
    r"(?:patients?|cases?|pts?)\.?\s?(?:no\.?\s?|#\s?)?(?:\d{1,3}|[A-H]|[IVX]{1,4})\b", re.IGNORECASE
)
_NUMBER_LABEL = re.compile(r"#?\d{1,3}[A-Za-z]?\.?|[A-Z]\d{1,2}")
_SEX_HEAD = re.compile(r"\b(?:sex|gender)\b", re.IGNORECASE)
_SEX = re.compile(r"(?:\d{1,3}\s?[/,]\s?)?(?:m|f|male|female|man|woman|boy|girl)(?:\s?[/,]\s?\d{1,3})?", re.IGNORECASE)
_AT_CAPTION = re.compile(r"\bat \d{1,2} (?:years?|months?|weeks?)\b", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:our|the|this|a|present) (?:\w+ ){0,2}(?:patient|case)\b(?!s)|\bpatient's\b"
    r"|\bon admission\b|\blaboratory (?:data|findings|results|values) (?:on|at)\b",
    re.IGNORECASE,
)
_LEVEL_HEAD = re.compile(
    r"(?:categor(?:y|ies)|levels?|sub-?groups?|subsets?|groups?|arms?|treatments?(?: arms?)?"
    r"|regimens?|drugs?|comparisons?|populations?|stages?|class|cohorts?|strat(?:um|a))",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\s?[<>≤≥≦≧]")
_LONGEST_LABEL = 80
_COUNTED = frozenset({"count_percent", "count"})


class Layout:
    """A table as the extractors of its cells see it."""

    def __init__(self, analysis: Analysis, table: Table) -> None:
        self.analysis = analysis
        self.table = table
        self.lexicon = Lexicon(analysis, table)
        self.texts = texts_of(analysis)
        self.rows = self._rows()

    def _rows(self) -> list[Row]:
        axes: dict[tuple[str, ...], Axis] = {}

        def axis(heads: tuple[str, ...]) -> Axis:
            if heads not in axes:
                axes[heads] = make_axis(heads, self.lexicon)
            return axes[heads]

        rows: dict[int, Row] = {}
        readings = {cell: read(self.texts.cell(cell).text) for cell in self.table.cells}
        stubs = self._stub_columns(readings)
        heads_of = self._row_heads(stubs)
        for cell in sorted(self.table.cells, key=lambda c: (c.row, c.column)):
            if cell.column in stubs:
                continue
            row = rows.setdefault(cell.row, Row(cell.row, axis(heads_of.get(cell.row, cell.row_heads))))
            piece, reading = self.texts.cell(cell), readings[cell]
            column = axis(cell.column_heads)
            row.slots.append(Slot(cell, piece, reading, row.axis, column, _role(row.axis, column, reading)))
        return [rows[index] for index in sorted(rows)]

    def _stub_columns(self, readings: dict[Cell, Reading]) -> frozenset[int]:
        """Leading columns of words, which are labels too: arms beside studies, subgroups beside endpoints."""
        if self.individual_by_heads or not self.table.cells:
            return frozenset()
        columns: dict[int, list[Cell]] = {}
        for cell in self.table.cells:
            columns.setdefault(cell.column, []).append(cell)
        found = []
        for column in sorted(columns):
            filled = [c for c in columns[column] if readings[c].kind != "empty"]
            if not filled or not _are_labels(filled, readings):
                break
            found.append(column)
        return frozenset(found) if len(found) < len(columns) else frozenset()

    def _row_heads(self, stubs: frozenset[int]) -> dict[int, tuple[str, ...]]:
        """The heads of each row, with the words of label columns; a row of nothing but p-values heads those after it.

        Readers take a row without cells for a block's head; one with a p-value may have been left as a row.
        """
        by_row: dict[int, list[Cell]] = {}
        for cell in self.table.cells:
            by_row.setdefault(cell.row, []).append(cell)
        heads: dict[int, tuple[str, ...]] = {}
        block: tuple[str, ...] = ()
        for index in sorted(by_row):
            cells = [c for c in by_row[index] if c.column not in stubs]
            words = sorted((c for c in by_row[index] if c.column in stubs), key=lambda c: c.column)
            own = (*by_row[index][0].row_heads, *(self.texts.cell(c).text.strip() for c in words))
            has_p = any(parse_head(c.column_heads[-1]).forms & {"p"} for c in cells if c.column_heads)
            alone = has_p and all(c.column_heads and parse_head(c.column_heads[-1]).forms & {"p"} for c in cells)
            if alone:
                block = own
            elif has_p or (block and len(own) > 1) or not own:
                block = ()
            elif block:
                own = (*block, *own)
            heads[index] = own
        return heads

    @cached_property
    def slots(self) -> list[Slot]:
        """All cells, row by row."""
        return [slot for row in self.rows for slot in row.slots]

    @cached_property
    def has_rates(self) -> bool:
        """Whether a row is about the rate of an endpoint."""
        return any(s.row.topic is not None and s.row.topic.kind == "rate" for s in self.slots)

    @cached_property
    def gaps(self) -> dict[int, Piece]:
        """The text before each row's first cell."""
        return self.texts.gaps(self.table)

    @cached_property
    def columns(self) -> dict[int, Axis]:
        """The heads over each column, as most rows have them."""
        found: dict[int, Axis] = {}
        for slot in self.slots:
            found.setdefault(slot.cell.column, slot.column)
        return dict(sorted(found.items()))

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Endpoints with a row in several blocks: the blocks are subgroups then, not titles."""
        rows = {(r.axis.topic.code, r.axis.at, r.axis.forms, r.block) for r in self.rows if r.axis.topic and r.block}
        counts = Counter((code, at, forms) for code, at, forms, _ in rows)
        return frozenset(code for (code, _, _), count in counts.items() if count > 1 and code)

    @cached_property
    def caption_head(self) -> Head:
        """The caption read as a head: `Dosage of sorafenib (mg) in the three patients`."""
        return parse_head(self.table.caption)

    @cached_property
    def caption_topics(self) -> list[Topic]:
        """The endpoints that the caption names."""
        return mentions_of(self.lexicon, self.table.caption)

    @cached_property
    def stub_topic(self) -> Topic | None:
        """The endpoint that the head over the row labels names, as some tables set a block's head there."""
        topic = self.lexicon.topic(parse_head(self.table.stub_head).name)
        return topic if topic is not None and topic.code and topic.kind != "part" and not topic.generic else None

    @cached_property
    def landmark(self) -> str | None:
        """The one landmark that the caption gives for all rates: `estimates at 5 years`."""
        found = {
            t.at
            for m in _AT_CAPTION.finditer(self.table.caption)
            if (t := self.lexicon.topic(f"OS {m.group()}")) and t.at
        }
        return found.pop() if len(found) == 1 else None

    @cached_property
    def default_forms(self) -> frozenset[str]:
        """Forms that caption or notes give for the whole table: `Data are n (%)`."""
        stated = re.search(
            r"\b(?:data|values|figures|numbers|results) (?:are|were|is|shown|expressed|given|presented"
            r"|reported|listed)\b[^.;]{0,40}?(?P<forms>n \(%\)|number \(%\)|no\.? \(%\)|n/N \(%\))",
            f"{self.table.caption} . {self.table.notes}",
            re.IGNORECASE,
        )
        in_caption = re.search(r"\b[nN]o?\.? ?\(%\)|\(n, ?%\)", self.table.caption)
        return frozenset({"count_percent"}) if stated or in_caption else frozenset()

    @cached_property
    def rows_are_patients(self) -> bool:
        """Whether each row is one patient."""
        labels = list({cell.row: cell.row_heads[-1] for cell in self.table.cells if cell.row_heads}.values())
        if not labels:
            return False
        numbered = sum(bool(_NUMBER_LABEL.fullmatch(label.strip())) for label in labels)
        named = sum(bool(_PATIENT_HEAD.match(label)) for label in labels)
        stub = bool(_PATIENT_STUB.fullmatch(self.table.stub_head.strip()))
        return (
            named >= max(1, 0.6 * len(labels))
            or (stub and numbered >= 0.6 * len(labels))
            or self._has_sexes(by_row=True)
        )

    @cached_property
    def columns_are_patients(self) -> bool:
        """Whether each column is one patient."""
        heads = list({cell.column: cell.column_heads for cell in self.table.cells}.values())
        named = sum(any(_PATIENT_HEAD.match(text) for text in texts) for texts in heads)
        return named >= 2 or (named == 1 and len(heads) == 1) or self._has_sexes(by_row=False)

    def _has_sexes(self, by_row: bool) -> bool:
        """Whether a column (row) headed `Sex` holds a person's sex in its cells."""
        cells = [
            c for c in self.table.cells if _SEX_HEAD.search(" ".join((c.column_heads if by_row else c.row_heads)[-1:]))
        ]
        return bool(cells) and sum(bool(_SEX.fullmatch(self.texts.cell(c).text.strip())) for c in cells) >= 0.6 * len(
            cells
        )

    @cached_property
    def individual_by_heads(self) -> bool:
        """Whether heads or cells say that rows or columns are patients."""
        return self.rows_are_patients or self.columns_are_patients

    @cached_property
    def individual(self) -> bool:
        """Whether the table is about patients one by one."""
        if self.individual_by_heads:
            return True
        alone = is_case_report(self.analysis) or bool(_ONE.search(self.table.caption))
        return alone and not any(self._is_grouped(slot) for slot in self.slots)

    def _is_grouped(self, slot: Slot) -> bool:
        sized = any(h.size for h in (*slot.row.heads, *slot.column.heads))
        pair = slot.reading.kind == "pair" and slot.reading.inner[0].comparator is None
        return sized or pair or bool((slot.row.forms | slot.column.forms) & _COUNTED) or slot.role == "size"

    @cached_property
    def baseline(self) -> bool:
        """Whether the table lists characteristics of groups at the start, and no column gives a result."""
        told = _BASELINE.search(f"{self.table.caption} {self.table.stub_head}")
        return bool(told) and not self.adverse and not any(_is_result(axis) for axis in self.columns.values())

    @cached_property
    def adverse(self) -> bool:
        """Whether the table lists adverse events."""
        return bool(_ADVERSE.search(f"{self.table.caption} {self.table.stub_head}"))


def _are_labels(cells: list[Cell], readings: dict[Cell, Reading]) -> bool:
    """Whether a column's cells are words, or levels (`≤200`) under a head that asks for them."""
    if any(len(cell.text) > _LONGEST_LABEL for cell in cells):
        return False
    words = [cell for cell in cells if readings[cell].kind == "text"]
    asked = any(_LEVEL_HEAD.fullmatch(head) for head in cells[0].column_heads[-1:])
    bounds = [c for c in cells if readings[c].kind in ("range", "text") or _BOUND.match(c.text)]
    return len(words) == len(cells) or asked or (len(bounds) == len(cells) and 2 * len(words) >= len(cells))


def _is_result(axis: Axis) -> bool:
    """Whether a column gives an endpoint, a median time or a ratio."""
    measured = "median" in axis.forms and axis.unit is not None and axis.unit.kind == "time"
    named = axis.topic is not None and axis.topic.kind != "part" and not axis.topic.generic
    return measured or named or axis.ratio is not None


def in_adverse_block(row: Row) -> bool:
    """Whether a row stands in a block of adverse events."""
    return any(_ADVERSE.search(text) for text in row.block)


def in_baseline_block(row: Row) -> bool:
    """Whether a row stands in a block of characteristics."""
    return any(_BASELINE.search(text) for text in row.block)


def _role(row: Axis, column: Axis, reading: Reading) -> str:
    """What a cell is by its row's and its column's head; the row's counts where it is no mere value."""
    if column.role in ("p", "none"):
        return column.role
    if reading.kind not in ("single", "empty") and ("size" in (row.role, column.role) or row.role == "count"):
        return "value"
    if row.role in ("p", "none", "ci", "ratio", "range", "iqr", "sd", "se"):
        return row.role
    if row.role in ("size", "count") and column.role in ("value", "count", "size"):
        return "size"
    return column.role


def head_size(axis: Axis) -> Head | None:
    """The innermost head with a group's size."""
    return next((head for head in reversed(axis.heads) if head.size is not None), None)
