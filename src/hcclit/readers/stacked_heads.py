"""Column heads over several lines: one layer over another, or one word or phrase per line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hcclit.readers.grid import Span
from hcclit.readers.head_phrases import Phrases, atoms, fit, is_stub, segments
from hcclit.readers.raw_rows import RawRow

_HANGING = re.compile(r"(?:[,–-]|\b(?:and|or|of|in|with|the|to|for|by|at|from|on|after|before|until|vs\.?))$")
_NUMBER_WORD = re.compile(r"[Nn]o\.?|[Nn]umber|ID")
_LINE = re.compile(r"[^\s][^\n]*")
_MOST_LINES = 80


@dataclass(slots=True)
class Placed:
    """Heads by column, from the top down, the head over the labels, and how many last lines were block heads."""

    columns: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    stub: tuple[Span, ...] = ()
    blocks: int = 0


def place_heads(text: str, lines: list[RawRow], columns: int) -> Placed | None:
    """Place the lines above a body over its columns, where there is one way to do it."""
    if not lines:
        return Placed()
    if len(lines) > _MOST_LINES or any(_is_data(line) for line in lines):
        return None
    if _may_be_block(text, lines, columns):
        rest = place_heads(text, lines[:-1], columns) if len(lines) > 1 else None
        if rest is not None and not rest.blocks:
            rest.blocks = 1
            return rest
    placed = _layers(text, lines, columns) or _stack(text, lines, columns)
    if placed is None and len(lines) == 1 and _may_be_block(text, lines, columns):
        return Placed(blocks=1)
    return placed


def _is_data(line: RawRow) -> bool:
    """A row that did not fit is no head."""
    return sum(unit.kind == "value" for unit in line.units) >= 2


def _may_be_block(text: str, lines: list[RawRow], columns: int) -> bool:
    """Whether the last line can be the first block's head: a phrase alone that no line above goes on with."""
    last = lines[-1]
    content = text[last.start : last.end]
    if not content[:1].isupper() or (len(lines) > 1 and _goes_on(text, lines[-2], last)):
        return False
    if is_stub(content):
        return len(lines) > 1
    pieces = atoms(text, last.start, last.end)
    return len(segments(pieces)) == 1 and len(pieces) not in (columns, columns + 1)


def _layers(text: str, lines: list[RawRow], columns: int) -> Placed | None:
    """The last line fills the columns; each line above fills them too, or spans groups of them."""
    leaf = fit(text, lines[-1].start, lines[-1].end, columns)
    if leaf is None:
        return None
    placed = Placed({i: (span,) for i, span in enumerate(leaf.columns)}, (leaf.stub,) if leaf.stub else ())
    for line in reversed(lines[:-1]):
        if is_stub(text[line.start : line.end]):
            placed.stub = ((line.start, line.end), *placed.stub)
            continue
        upper = _upper(text, line, leaf, columns)
        if upper is None:
            return None
        for column, span in upper.items():
            placed.columns[column] = (span, *placed.columns[column])
    return placed


def _upper(text: str, line: RawRow, leaf: Phrases, columns: int) -> dict[int, Span] | None:
    same = fit(text, line.start, line.end, columns)
    if same is not None and columns > 1:
        return dict(enumerate(same.columns))
    groups = leaf.groups or _repeats(text, leaf.columns)
    if len(groups) < 2:
        return None
    spans = fit(text, line.start, line.end, len(groups))
    if spans is None:
        return None
    out, at = {}, 0
    for size, span in zip(groups, spans.columns, strict=True):
        out |= dict.fromkeys(range(at, at + size), span)
        at += size
    return out


def _repeats(text: str, spans: tuple[Span, ...]) -> tuple[int, ...]:
    """The sizes of equal groups of heads (`Median P Median P` is two of two)."""
    heads = [text[slice(*span)] for span in spans]
    for size in range(1, len(heads) // 2 + 1):
        if len(heads) % size == 0 and heads == heads[:size] * (len(heads) // size) and len(set(heads)) > 1:
            return (size,) * (len(heads) // size)
    return ()


def _stack(text: str, lines: list[RawRow], columns: int) -> Placed | None:
    """One phrase per line or per few lines; lines of several phrases are split where the count is right."""
    phrases = stacked_phrases(text, lines)
    stub = is_stub(text[slice(*phrases[0][0])])
    wanted = columns + 1 if stub else columns
    spans: list[Span] = []
    for span, count in phrases:
        parts = _first_lines(text, span) if count > 1 else [(a.start, a.end) for a in atoms(text, *span)]
        if parts is None:
            return None
        spans += parts
    if len(spans) == wanted or (len(spans) == columns + 1 and columns > 1):
        extra = len(spans) - columns
        return Placed({i: (span,) for i, span in enumerate(spans[extra:])}, tuple(spans[:extra]))
    return None


def stacked_phrases(text: str, lines: list[RawRow]) -> list[tuple[Span, int]]:
    """Join the lines that belong to one phrase: each phrase's span and its number of lines."""
    out: list[tuple[Span, int]] = []
    for index, line in enumerate(lines):
        if index and _goes_on(text, lines[index - 1], line):
            (start, _), count = out[-1]
            out[-1] = ((start, line.end), count + 1)
        else:
            out.append(((line.start, line.end), 1))
    return out


def _goes_on(text: str, before: RawRow, line: RawRow) -> bool:
    content = text[line.start : line.end]
    if content[0].islower() or content[0] in "([" or line.indent > before.indent + 1:
        return True
    if before.trails and before.end - before.start < 40:
        return True
    return bool(_HANGING.search(text, before.start, before.end) or _NUMBER_WORD.fullmatch(content))


def _first_lines(text: str, span: Span) -> list[Span] | None:
    """A phrase over several lines is one head, but for what a closed bracket on its first line cuts off."""
    lines = [match.span() for match in _LINE.finditer(text, *span)]
    cut = [segments(atoms(text, *line)) for line in lines]
    if any(len(parts) > 1 for parts in cut[1:]):
        return None
    return [*((part[0].start, part[-1].end) for part in cut[0][:-1]), (cut[0][-1][0].start, span[1])]
