"""The categories of one variable in a table's column against the column's total.

Formula: for categories that shut one another out, k1 + ... + km <= N; for sex, whose categories are all that there are,
k1 + k2 = N.

Source: STROBE 2007, item 14: participants by category, with numbers of missing data.

Left alone: blocks whose labels do not by themselves say that the categories exclude one another (sites of metastases,
symptoms); sums below the total, which missing values explain, but for sex; columns whose shares are of another number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hcclit.checks.entries import Entry
from hcclit.checks.model import Finding
from hcclit.checks.paper import Paper
from hcclit.checks.tables import Sheet, Total, sheets
from hcclit.view import clean

NAME = __name__.rpartition(".")[2]
_SEX = [re.compile(form, re.IGNORECASE) for form in (r"(?:male|men|man|m)s?", r"(?:female|women|woman|f)s?")]
_NUMERAL = re.compile(r"(?:(?:stage|grade|class|ecog|ps|score)\s?)?(?:[0-5]|I{1,3}V?|IV|[ABCD])", re.IGNORECASE)
_NUMERAL_HEAD = re.compile(r"\b(?:ecog|performance|who|karnofsky|stage|grade|class|child|bclc|score)\b", re.IGNORECASE)
_OPPOSITES = [
    {"yes", "no"},
    {"positive", "negative"},
    {"present", "absent"},
    {"normal", "elevated"},
    {"normal", "abnormal"},
]
_BELOW, _ABOVE = (
    re.compile(r"(?:<|≤|<=|below|under)\s?(\d+(?:\.\d+)?)"),
    re.compile(r"(?:>|≥|>=|above|over)\s?(\d+(?:\.\d+)?)"),
)
_UNKNOWN = re.compile(
    r"(?:unknown|missing|n/?a|not (?:available|known|reported|assessed|evaluable|done)).*", re.IGNORECASE
)


def check(paper: Paper) -> Iterator[Finding]:
    """Find blocks of exclusive categories with more (for sex: other) counts than patients."""
    for sheet in sheets(paper):
        if sheet.is_kept:
            for block, total in _blocks(sheet):
                counted = sum(entry.number for entry in block)
                is_sex = _is_sex(_labels(block))
                if counted > total.value or (is_sex and counted != total.value):
                    yield _finding(paper, block, total)


def _blocks(sheet: Sheet) -> Iterator[tuple[list[Entry], Total]]:
    """Blocks of exclusive categories, whose shares are of the column's total."""
    seen: set[int] = set()
    for entry in sheet.entries:
        block = sheet.block(entry)
        total = sheet.totals.get(entry.cell.column)
        if total and len(block) > 1 and id(block[0]) not in seen:
            seen.add(id(block[0]))
            is_whole = sheet.rows_of(block[0]) == len(block)
            if is_whole and _are_exclusive(block) and sum(each.fits(total.value) for each in block) >= len(block) - 1:
                yield block, total


def _labels(block: Sequence[Entry]) -> list[str]:
    labels = [clean(entry.cell.row_heads[-1]).lower().strip(" :.,") for entry in block]
    return [label for label in labels if not _UNKNOWN.fullmatch(label)]


def _is_sex(labels: Sequence[str]) -> bool:
    return len(labels) == 2 and all(any(form.fullmatch(label) for label in labels) for form in _SEX)


def _are_exclusive(block: Sequence[Entry]) -> bool:
    labels = _labels(block)
    if len(set(labels)) != len(labels) or len(labels) < 2:
        return False
    heads = " ".join(block[0].cell.row_heads[:-1])
    return (
        _is_sex(labels)
        or set(labels) in _OPPOSITES
        or (all(_NUMERAL.fullmatch(label) for label in labels) and bool(_NUMERAL_HEAD.search(heads)))
        or _is_cut(labels)
    )


def _is_cut(labels: Sequence[str]) -> bool:
    """Whether two labels are the two sides of one number: `<65`, `≥65`."""
    if len(labels) != 2:
        return False
    below = [match[1] for label in labels if (match := _BELOW.match(label))]
    above = [match[1] for label in labels if (match := _ABOVE.match(label))]
    return len(below) == 1 and below == above


def _finding(paper: Paper, block: Sequence[Entry], total: Total) -> Finding:
    counted = sum(entry.number for entry in block)
    spans = tuple(paper.span_of(each) for each in (*(entry.count for entry in block), total.printed))
    heads = " ".join(block[0].cell.row_heads[:-1])
    return Finding(
        doc_id=paper.document.doc_id,
        check=NAME,
        severity="error" if counted > total.value else "warning",
        message=f"The categories of {heads!r} add up to {counted}, in a column of {total.value}.",
        stated=" + ".join(str(entry.number) for entry in block),
        expected=str(total.value),
        spans=spans,
        computed=" + ".join(str(entry.number) for entry in block) + f" = {counted}",
        records=tuple(paper.records_at(*spans)),
    )
