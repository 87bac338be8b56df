"""A table as the extractors of its cells see it.

A table of individual patients states no statistics; a table of groups states no patient's values. Which of both a
table is say its heads (`Patient No.`, `Sex` over `M`); the other tables of a case report are its patient's.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from hcclit.document import Table
from hcclit.extractors.table.axes import Axis, without_mark
from hcclit.extractors.table.heads import Head, parse_head
from hcclit.extractors.table.kinds import columns_are_patients, is_adverse, is_baseline, rows_are_patients, tells_of_one
from hcclit.extractors.table.rows import Row, Slot, read_rows
from hcclit.extractors.table.texts import Piece, texts_of
from hcclit.extractors.table.topics import Lexicon, Topic, mentions_of
from hcclit.language import Analysis
from hcclit.paper_kind import is_case_report

COUNTED = frozenset({"count_percent", "percent_count", "count", "percent"})
_AT = re.compile(r"\bat \d{1,2} (?:years?|months?|weeks?)\b", re.IGNORECASE)
_ARM_OF_ALL = re.compile(
    r"\bthe (?P<name>(?!(?:study|each|two|three|whole|entire|same|treatment|age|other|present)\b)"
    r"[\w+/-]+(?: (?!the\b|in\b|of\b|and\b|to\b|or\b|group\b|arm\b)[\w+/-]+){0,3}) (?:group|arm)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"\b(?:data|values|figures|numbers|results) (?:are|were|is|shown|expressed|given|presented|reported|listed)\b"
    r"[^.;]{0,40}?(?:n|number|no\.?|n/N) \(%\)",
    re.IGNORECASE,
)


class Layout:
    """A table's rows and columns, and what it is about as a whole."""

    def __init__(self, analysis: Analysis, table: Table) -> None:
        self.analysis = analysis
        self.table = table
        self.lexicon = Lexicon(analysis, table)
        self.texts = texts_of(analysis)
        self.rows_are_patients = rows_are_patients(table, self.texts)
        self.tallies: dict[int, bool] = {}
        self._by_heads = self.rows_are_patients or columns_are_patients(table, self.texts)
        self.rows: list[Row] = read_rows(table, self.texts, self.lexicon, labelled=not self._by_heads)

    @cached_property
    def slots(self) -> list[Slot]:
        """All cells, row by row."""
        return [slot for row in self.rows for slot in row.slots]

    @cached_property
    def by_column(self) -> dict[int, list[Slot]]:
        """The cells of each column, from the top down."""
        found: dict[int, list[Slot]] = {}
        for slot in self.slots:
            found.setdefault(slot.cell.column, []).append(slot)
        return found

    @cached_property
    def has_rates(self) -> bool:
        """Whether a row gives rates of response."""
        return any(row.axis.topic is not None and row.axis.topic.kind == "rate" for row in self.rows)

    @cached_property
    def gaps(self) -> dict[int, Piece]:
        """The text before each row's first cell."""
        return self.texts.gaps(self.table)

    @cached_property
    def columns(self) -> dict[int, Axis]:
        """The heads over each column, as its first row has them."""
        found: dict[int, Axis] = {}
        for slot in self.slots:
            found.setdefault(slot.cell.column, slot.column)
        return dict(sorted(found.items()))

    @cached_property
    def individual(self) -> bool:
        """Whether the table is about patients one by one."""
        alone = is_case_report(self.analysis) or tells_of_one(self.table)
        return self._by_heads or (alone and not any(_is_grouped(slot) for slot in self.slots))

    @cached_property
    def adverse(self) -> bool:
        """Whether the table lists adverse events."""
        return is_adverse(f"{self.table.caption} {self.table.stub_head}")

    @cached_property
    def baseline(self) -> bool:
        """Whether the table lists characteristics of groups at the start, and no column gives a result."""
        told = is_baseline(f"{self.table.caption} {self.table.stub_head}")
        return told and not self.adverse and not any(_is_result(axis) for axis in self.columns.values())

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Endpoints with a row in several blocks: the blocks are subgroups then, not titles."""
        axes = {(r.axis.topic.code, r.axis.at, r.axis.forms, r.block) for r in self.rows if r.axis.topic and r.block}
        counts = Counter((code, at, forms) for code, at, forms, _ in axes)
        return frozenset(code for (code, _, _), count in counts.items() if count > 1)

    @cached_property
    def caption_head(self) -> Head:
        """The caption read as a head: `Dosage of sorafenib (mg) in the three patients`."""
        return parse_head(self.table.caption)

    @cached_property
    def caption_topics(self) -> list[Topic]:
        """The endpoints that the caption names; what is none of the list counts only as a time."""
        return [t for t in mentions_of(self.lexicon, self.table.caption) if t.code != "other" or t.kind == "time"]

    @cached_property
    def stub_topic(self) -> Topic | None:
        """The endpoint that the head over the row labels names, as some tables set a block's head there."""
        topic = self.lexicon.topic(parse_head(without_mark(self.table.stub_head, self.lexicon)).name)
        return topic if topic is not None and topic.code and topic.kind != "part" and not topic.generic else None

    @cached_property
    def landmark(self) -> str | None:
        """The one landmark that the caption gives for all rates: `estimates at 5 years`."""
        topics = [self.lexicon.topic(f"OS {m.group()}") for m in _AT.finditer(self.table.caption)]
        found = {topic.at for topic in topics if topic is not None and topic.at}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def only_arm(self) -> str | None:
        """The one arm that the caption says the table is of, where no column names another."""
        named = {match["name"] for match in _ARM_OF_ALL.finditer(self.table.caption)}
        return named.pop() if len(named) == 1 and not any(axis.names for axis in self.columns.values()) else None

    @cached_property
    def default_forms(self) -> frozenset[str]:
        """Forms that caption or notes give for the whole table: `Data are n (%)`."""
        stated = _STATED.search(f"{self.table.caption} . {self.table.notes}")
        return frozenset({"count_percent"}) if stated else self.caption_head.forms & COUNTED


def _is_grouped(slot: Slot) -> bool:
    """Whether a cell states something of several patients."""
    sized = slot.role == "size" or any(head.size for head in (*slot.row.heads, *slot.column.heads))
    pair = slot.reading.kind == "pair" and slot.reading.inner[0].comparator is None
    return sized or pair or bool(slot.forms & {"count_percent", "percent_count", "count"})


def _is_result(axis: Axis) -> bool:
    """Whether a column gives an endpoint, a median time or a ratio."""
    measured = "median" in axis.forms and axis.unit is not None and axis.unit.kind == "time"
    named = axis.topic is not None and axis.topic.kind != "part" and not axis.topic.generic
    return measured or named or axis.ratio is not None


def in_adverse_block(row: Row) -> bool:
    """Whether a row stands in a block of adverse events."""
    return any(map(is_adverse, row.block))


def in_baseline_block(row: Row) -> bool:
    """Whether a row stands in a block of characteristics."""
    return any(map(is_baseline, row.block))
