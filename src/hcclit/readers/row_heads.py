"""Which block heads a table's row stands under: by indentation, or from one label-only row to the next."""

from __future__ import annotations

import re

from hcclit.readers.grid import GridRow, bare
from hcclit.view import clean

_MEASURED = re.compile(
    r"(?:\b[nN] ?[(=%]|[(,] ?%|\bno\.|\bmedian\b|\bmean\b|±|\([^()]{0,40}[/%][^()]{0,40}\)"
    r"|\((?:years?|months?|cm|days?|weeks?|kg)\))",
    re.I,
)
_FORM = re.compile(
    r"(?:median|mean|average|range|IQR|inter-?quartile range|SD|standard deviation|(?:95 ?% ?)?CI"
    r"|min(?:imum)?|max(?:imum)?|± ?SD|n|no\.|%|[\s,;:()%±/-])+",
    re.I,
)
_P_VALUE = re.compile(r"(?:[Pp]\s?)?[<>=≤≥]*\s?(?:0?[.·]\d+|1(?:[.·]0+)?|n\.?s\.?|NS)")

_CLASS = re.compile(r"[<>≤≥⩽⩾]|\d")
_CLASSES = [
    frozenset({"male", "female", "men", "women", "m", "f"}),
    frozenset({"yes", "no", "present", "absent", "unknown", "missing", "not known", "not available"}),
    frozenset({"positive", "negative", "unknown"}),
    frozenset({"a", "b", "c"}),
    frozenset({"i", "ii", "iii", "iv", "iiia", "iiib", "iva", "ivb"}),
    frozenset(
        {
            "well",
            "moderate",
            "poor",
            "well differentiated",
            "moderately differentiated",
            "poorly differentiated",
        }
    ),
    frozenset({"single", "multiple", "solitary"}),
]
_DEEPEST = 10
"""Blocks within blocks; indentation that goes further tells nothing."""

Heads = tuple[str, ...]


def row_heads(text: str, rows: list[GridRow]) -> list[Heads]:
    """The heads of each row, outermost block first, its own label last."""
    labels = [label_text(text, row) for row in rows]
    opens = [_opens(text, rows, i) for i in range(len(rows))]
    if any(opens[i] and _next_indent(rows, i) > rows[i].indent for i in range(len(rows))):
        return _by_indent(rows, labels, opens)
    return _by_order(rows, labels, opens)


def label_text(text: str, row: GridRow) -> str:
    """A row's label, cleaned, without footnote marks."""
    return clean(text[slice(*bare(text, row.label))]) if row.label else ""


def _opens(text: str, rows: list[GridRow], index: int) -> bool:
    """Whether a row opens a block: a label alone, or with only the p-value of the rows that follow."""
    row = rows[index]
    if row.label is None or not row.opens_block:
        return False
    if not row.cells:
        return True
    after = rows[index + 1] if index + 1 < len(rows) else None
    if after is None or not after.cells or set(row.cells) & set(after.cells):
        return False
    return all(_P_VALUE.fullmatch(text[slice(*bare(text, span))]) for span in row.cells.values())


def _next_indent(rows: list[GridRow], index: int) -> int:
    return rows[index + 1].indent if index + 1 < len(rows) else -1


def _by_indent(rows: list[GridRow], labels: list[str], opens: list[bool]) -> list[Heads]:
    out: list[Heads] = []
    stack: list[tuple[int, str]] = []
    for index, row in enumerate(rows):
        if not labels[index]:
            out.append(out[-1] if out else ())
            continue
        while stack and stack[-1][0] >= row.indent:
            stack.pop()
        stack = stack[-_DEEPEST:]
        out.append((*(label for _, label in stack), labels[index]))
        if opens[index] or _next_indent(rows, index) > row.indent:
            stack.append((row.indent, labels[index]))
    return out


def _by_order(rows: list[GridRow], labels: list[str], opens: list[bool]) -> list[Heads]:
    """A block goes on to the next block's head, or to a row that states its own measure or p-value."""
    out: list[Heads] = []
    block: _Block | None = None
    for index, row in enumerate(rows):
        label = labels[index]
        if not label:
            out.append(out[-1] if out else ())
        elif opens[index]:
            block = _Block(label, frozenset(row.cells))
            out.append((label,))
        else:
            block = block if block and block.takes(label, row) else None
            out.append((block.label, label) if block else (label,))
    return out


class _Block:
    """A block by order: what its rows so far have in common."""

    def __init__(self, label: str, columns: frozenset[int]) -> None:
        self.label = label
        self._columns = columns
        self._measured = bool(_MEASURED.search(label))
        self._bounds: bool | None = None  # whether all rows so far are classes such as `≤50`
        self._classes: list[frozenset[str]] | None = None  # the closed lists that all rows so far are in

    def takes(self, label: str, row: GridRow) -> bool:
        """Whether a row belongs to the block; after `≤50`, `>50` or `Male`, `Female` only their like does."""
        if self._columns & set(row.cells):
            return False
        if self._measured and _MEASURED.search(label) and not _FORM.fullmatch(label):  # a `Median` is the block's
            return False
        is_bound, name = bool(_CLASS.match(label)), label.lower()
        before = _CLASSES if self._classes is None else self._classes
        classes = [each for each in before if name in each]
        if (self._bounds and not is_bound) or (self._classes and not classes):
            return False
        self._bounds = is_bound and self._bounds is not False
        self._classes = classes
        return True
