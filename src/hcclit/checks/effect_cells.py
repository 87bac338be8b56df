"""Estimates with their intervals in the cells of tables: `0.69 (0.55-0.87)` in a column of hazard ratios.

Only cells that hold estimate and interval together are read, and only where a head names the ratio, or the interval
stands in the next column under a head of its own. A p-value is taken from the next column of p-values in the same row,
if no other ratio stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.checks import effect_patterns as patterns
from hcclit.checks.effect import Effect, Kind, Place, PValue
from hcclit.checks.paper import Paper
from hcclit.document import Cell, Table
from hcclit.view import clean

_RATIO_HEAD = re.compile(
    r"(?P<HR>\bhazards? ?ratios?\b|\b(?:a|c|u|m)?HRs?\b)"
    r"|(?P<OR>\bodds ?ratios?\b|\b(?:a|c|u|m)?ORs?\b(?! )|\bOR\b(?= [(\[]))"
    r"|(?P<RR>\brelative risks?\b|\brisk ratios?\b|\brate ratios?\b|\ba?RRs?\b)",
)
_CELL = re.compile(
    rf"(?P<estimate>{patterns.NUMBER})\s?[,;]?\s?[(\[]\s?(?:{patterns.INTERVAL_WORDS}[,:;=]?\s?)?{patterns.LIMITS}\s?[)\]]"
)
P_HEAD = re.compile(r"^[\"'(]?\s?(?:[pP]|[pP][- ]?[vV]alues?|P VALUE|[Ss]ig(?:nificance)?\.?)\b[^A-Za-z]{0,6}$")
_P_CELL = re.compile(r"(?P<op>[=<>\u2264\u2265])?\s?(?P<p>\d?\.\d+|0,\d+|1(?:\.0+)?)\s?[*\u2020\u2021a-d]{0,2}")
_LEVEL = re.compile(r"(\d{2}(?:\.\d+)?)\s?%")
_OTHER_P = re.compile(r"interaction|trend|heterogen|non-?inferior|overall|global", re.IGNORECASE)


def effects_of_tables(paper: Paper) -> Iterator[Effect]:
    """The effects in the cells of all tables, by table, row and column."""
    for table in paper.document.tables:
        rows: dict[int, list[Cell]] = {}
        for cell in table.cells:
            if cell.role == "value":
                rows.setdefault(cell.row, []).append(cell)
        for row in rows.values():
            yield from _in_row(paper, table, sorted(row, key=lambda cell: cell.column))


def _in_row(paper: Paper, table: Table, row: list[Cell]) -> Iterator[Effect]:
    kinds = [_kind(cell, table) for cell in row]
    for index, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
        match = _CELL.match(clean(cell.text)) if kind else None
        places = match and places_in_cell(paper, cell, [match[name] for name in ("estimate", "low", "high")])
        if kind is None or match is None or places is None:
            continue
        said = _LEVEL.search(_heads(cell)) or _LEVEL.search(table.caption)
        yield Effect(
            kind=kind,
            estimate=places[0],
            low=places[1],
            high=places[2],
            level=float(said[1]) if said and 80 <= float(said[1]) < 100 else 95.0,
            is_labelled=True,
            is_exact=bool(patterns.UNEVEN.search(f"{table.caption} {table.notes} {_heads(cell)}")),
            sentence=f"{' / '.join(cell.row_heads)} | {_heads(cell)}",
            p=_p(paper, row[index + 1 :], kinds[index + 1 :], table),
        )


def _heads(cell: Cell) -> str:
    return " ".join(cell.column_heads)


def _kind(cell: Cell, table: Table) -> Kind | None:
    """What the heads say that a cell's estimate is; None where they name no ratio, or several."""
    for heads in (_heads(cell), " ".join(cell.row_heads)):
        found = {match.lastgroup for match in _RATIO_HEAD.finditer(_lower_words(heads))}
        if len(found) == 1:
            kind: Kind = found.pop()  # type: ignore[assignment]  # the pattern's groups are kinds
            return kind
        if found:
            return None
    return None


def _lower_words(heads: str) -> str:
    """`Hazard Ratio` as `hazard ratio`; abbreviations stay, for `OR` is no `or`."""
    return re.sub(r"\b[A-Z][a-z]+", lambda word: word[0].lower(), heads)


def _p(paper: Paper, following: list[Cell], kinds: list[Kind | None], table: Table) -> PValue | None:
    """The p-value of the next column of p-values, before another ratio."""
    for cell, kind in zip(following, kinds, strict=True):
        head = clean(cell.column_heads[-1]) if cell.column_heads else ""
        if P_HEAD.match(head):
            match = _P_CELL.fullmatch(clean(cell.text))
            if match is None or cell.rows > 1 or _OTHER_P.search(_heads(cell)):
                return None
            places = places_in_cell(paper, cell, [match["p"]])
            op = {"<": "<", "\u2264": "<", ">": ">", "\u2265": ">"}.get(match["op"] or "", "=")
            words = f"{_heads(cell)} {table.caption} {table.notes}"
            return (
                None
                if places is None
                else PValue(
                    places[0],
                    op,  # type: ignore[arg-type]  # one of three signs
                    1 if patterns.ONE_SIDED.search(words) else None,
                    bool(patterns.ANOTHER_TEST.search(words)),
                )
            )
        if kind or len(clean(cell.text)) > 30:
            return None
    return None


def places_in_cell(paper: Paper, cell: Cell, numbers: list[str]) -> list[Place] | None:
    """Where numbers stand in a cell, in their order; None where cleaning has changed how they are printed."""
    text, at, found = paper.document.text, cell.start, []
    for number in numbers:
        plain = number.lstrip("+-")
        wanted = re.compile("[.,\u00b7\u2219\u22c5]".join(map(re.escape, re.split("[.,]", plain))))
        match = wanted.search(text, at, cell.end)
        if match is None:
            return None
        found.append(Place(match.start(), match.end(), patterns.read_number(number)))
        at = match.end()
    return found
