"""Heads of a tab-separated table over its columns, where a head over several columns is one field.

Files made from marked-up tables keep neither how many columns a head covers nor how many rows: `Sorafenib  TACE  P`
stands over `n  %  n  %`. What fits in one way only is taken; any other row of heads is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from hcclit.readers.grid import Heads, Span
from hcclit.readers.head_atoms import is_p_head, is_stub

_SIZED = re.compile(r"(?<![^\W\d_])[nN]\s?=\s?\d")
_DIGITS = re.compile(r"\d+")
_MOST_HEADS, _MOST_COLUMNS = 10, 40

Fields = list[Span]
Below = list[tuple[str, ...]]
"""The texts of the heads already placed over each column, from the top down, digits made equal."""


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A row of heads: that over the row labels, and the others from left to right; `bare` if all are these."""

    stub: Span | None
    heads: Fields
    bare: bool = False


@dataclass(slots=True)
class TabHeads:
    """The heads over the row labels, over each column, and over each start of rows with wider fields."""

    stub: tuple[Span, ...]
    columns: Heads
    wide: dict[int, Heads]  # by the number of such a row's fields after its label


def tab_heads(text: str, rows: Sequence[Fields], width: int) -> TabHeads:
    """Place rows of heads, from the top down, over the columns of a table with `width` fields."""
    parsed = [_head_row(text, fields, width, rows[:index]) for index, fields in enumerate(rows)]
    below: Below = [()] * (width - 1)
    placed: list[dict[int, Span]] = []
    starts: dict[int, int] = {}
    for index in range(len(parsed) - 1, -1, -1):
        if index == 0 and parsed[0].bare and _has_own_stub(rows, width):
            parsed[index] = HeadRow(parsed[index].heads[0], parsed[index].heads[1:])
        found = _places(text, parsed, index, below)
        if not found and parsed[index].bare and any(below):  # its first may yet be over the labels
            parsed[index] = HeadRow(parsed[index].heads[0], parsed[index].heads[1:])
            found = _places(text, parsed, index, below)
        placed.insert(0, found)
        if len(parsed[index].heads) < width - 1 and found:
            starts[len(parsed[index].heads)] = index
        for column, span in found.items():
            below[column] = (_DIGITS.sub("#", text[slice(*span)]), *below[column])
    columns = {c: spans for c in range(width - 1) if (spans := tuple(row[c] for row in placed if c in row))}
    wide = {count: _wide_heads(placed[: index + 1]) for count, index in starts.items()}
    return TabHeads(tuple(row.stub for row in parsed if row.stub), columns, wide)


def _has_own_stub(rows: Sequence[Fields], width: int) -> bool:
    """Whether the first row, one field short, has a head over the labels, since the next row leaves that empty."""
    if len(rows) < 2 or len(rows[0]) != width - 1 or any(start == end for start, end in rows[0]):
        return False
    return len(rows[1]) >= width and rows[1][0][0] == rows[1][0][1]


def _wide_heads(placed: list[dict[int, Span]]) -> Heads:
    """The heads over the first column of each field of the last row."""
    firsts: dict[Span, int] = {}
    for column, span in sorted(placed[-1].items()):
        firsts.setdefault(span, column)
    return {c: tuple(row[c] for row in placed if c in row) for c in sorted(firsts.values())}


def _head_row(text: str, fields: Fields, width: int, above: Sequence[Fields]) -> HeadRow:
    first = fields[0]
    filled = first[1] > first[0]
    bare = filled and len(fields) < width and (bool(above) or len(fields) == width - 1)
    reaches_down = bool(above) and above[0][0][1] > above[0][0][0]
    reaches_down = reaches_down and (len(fields) == width - 1 or any(end > start for start, end in above[0][1:]))
    if filled and (is_sized(text, first) or (bare and (reaches_down or not is_stub(text[slice(*first)])))):
        return HeadRow(
            None, fields, bare=not is_sized(text, first)
        )  # no head over the labels, or one that began further up
    return HeadRow(first if filled else None, fields[1:])


def is_sized(text: str, span: Span) -> bool:
    """Whether a head states a group's size."""
    return bool(_SIZED.search(text, *span))


def _places(text: str, rows: list[HeadRow], index: int, below: Below) -> dict[int, Span]:
    """The head of a row over each column; empty where that is not sure."""
    heads, columns = rows[index].heads, len(below)
    leaf = not any(below)
    if len(heads) >= columns:
        exact = dict(enumerate(heads[:columns]))
        filled = {column: span for column, span in exact.items() if span[1] > span[0]}
        return filled if leaf else _spread(filled, below)
    kept = [span for span in heads if span[1] > span[0]]
    if leaf and index > 0 and len(kept) == len(heads):
        above = rows[index - 1]
        other = above.heads[1:] if above.bare else []
        return _under(text, above.heads, kept, columns) or _under(text, other, kept, columns)
    if leaf:
        return dict(enumerate(heads)) if len(kept) == len(heads) and not any(r.heads for r in rows[:index]) else {}
    widths = _widths([text[slice(*span)] for span in heads], below) if kept else None
    return dict(_repeated(heads, widths)) if widths else {}


def _repeated(heads: Fields, widths: Sequence[int]) -> Iterator[tuple[int, Span]]:
    column = 0
    for span, width in zip(heads, widths, strict=True):
        yield from ((column + i, span) for i in range(width) if span[1] > span[0])
        column += width


def _spread(filled: dict[int, Span], below: Below) -> dict[int, Span]:
    """Let each head stand over the empty fields after it, down to which other heads reach.

    A column of p-values is only taken where the columns of an earlier head have one too.
    """
    out: dict[int, Span] = {}
    tested = False
    starts = sorted(filled)
    for at, end in zip(starts, [*starts[1:], len(below)], strict=False):
        out[at] = filled[at]
        for column in range(at + 1, end):
            is_test = bool(below[column]) and is_p_head(below[column][-1])
            if not below[column] or (is_test and column == len(below) - 1 and len(starts) > 1 and not tested):
                break
            tested = tested or is_test
            out[column] = filled[at]
    return out


def _under(text: str, above: Fields, heads: Fields, columns: int) -> dict[int, Span]:
    """Heads below some of those above, the others of which reach down: `n  %  n  %` under `A  B  P`."""
    upper = [span for span in above if span[1] > span[0]]
    single = columns - len(heads)  # heads above with nothing below
    wide = len(upper) - single
    if not 0 < single < len(upper) <= _MOST_HEADS or len(heads) % wide:
        return {}
    size = len(heads) // wide
    names = [_DIGITS.sub("#", text[slice(*span)]) for span in heads]
    if size < 2 or any(names[i] != names[i % size] for i in range(len(names))):
        return {}
    alone = [i for i, span in enumerate(upper) if is_p_head(text[slice(*span)])]
    if len(alone) != single:
        alone = list(range(wide, len(upper))) if not alone else []
    if not alone:
        return {}
    return _placed_under(heads, [1 if i in alone else size for i in range(len(upper))])


def _placed_under(heads: Fields, widths: list[int]) -> dict[int, Span]:
    out: dict[int, Span] = {}
    column, taken = 0, iter(heads)
    for width in widths:
        if width > 1:
            out |= {column + i: next(taken) for i in range(width)}
        column += width
    return out


def _widths(names: list[str], below: Below) -> tuple[int, ...] | None:
    """Over how many columns each head of a row stands, if only one way fits the heads below."""
    if not names or len(names) > _MOST_HEADS or len(below) > _MOST_COLUMNS:
        return None
    leaves = [texts[-1:] for texts in below]
    fitting = {widths for widths in _candidates(len(names), len(below)) if _fits(names, widths, leaves)}
    for closer in (lambda w: _fits(names, w, below), lambda w: all(map(_suits, names, w)), lambda w: len(set(w)) == 1):
        fitting = set(filter(closer, fitting)) if len(fitting) > 1 else fitting
    return fitting.pop() if len(fitting) == 1 else None


def _candidates(heads: int, columns: int) -> Iterator[tuple[int, ...]]:
    """Widths of one size beside single columns, and of one size with a rest for the last head."""
    for size in range(2, columns + 1):
        wide, rest = divmod(columns - heads, size - 1)
        if not rest and 0 < wide <= heads:
            for chosen in combinations(range(heads), wide):
                yield tuple(size if i in chosen else 1 for i in range(heads))
        last = columns - size * (heads - 1)
        if heads > 2 and 1 < last != size:
            yield (*([size] * (heads - 1)), last)


def _suits(name: str, width: int) -> bool:
    return width == 1 or not (is_p_head(name) or not name)


def _fits(names: list[str], widths: tuple[int, ...], below: Below) -> bool:
    """Whether columns of heads of one width are alike, and what stands alone has no heads below if others have none."""
    blocks: dict[int, Below] = {}
    column = 0
    gaps = any(not texts for texts in below)
    for name, width in zip(names, widths, strict=True):
        block = below[column : column + width]
        column += width
        if width == 1:
            if gaps and name and block[0]:
                return False
        elif not name or not all(block) or blocks.setdefault(width, block) != block:
            return False
    return len(blocks) > 1 or gaps or len(set(widths)) == 1 or sum(w > 1 for w in widths) > 1
