"""Column heads over several lines: one layer over another, or one word or phrase per line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from hcclit.readers.grid import Span
from hcclit.readers.head_atoms import atoms, is_stub, names_measure, p_count, p_head, segments
from hcclit.readers.head_phrases import Phrases, fit
from hcclit.readers.raw_rows import RawRow

_HANGING = re.compile(r"(?:[,–-]|\b(?:and|or|of|in|with|the|to|for|by|at|from|on|after|before|until|vs\.?))$")
_NUMBER_WORD = re.compile(r"[Nn]o\.?|[Nn]umber|ID")
_LINE = re.compile(r"[^\s][^\n]*")
_DECIMAL = re.compile(r"\d[.·]\d|\d\s?\(")
_ORDINAL = re.compile(r"[\d<>≤≥/–-]{1,6}|(?:19|20)\d\d")
_MOST_LINES = 80
_MOST_PHRASES = 3  # on one line of heads that are set below one another
_FEW_LINES = 3
_BLOCK_WORDS = 8


@dataclass(slots=True)
class Placed:
    """Heads by column, top down, the head over the labels, and how many of the last lines are block heads."""

    columns: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    stub: tuple[Span, ...] = ()
    blocks: int = 0

    def put_over(self, spans: list[tuple[Span, int]]) -> None:
        """Put heads over those placed so far, each over as many columns as it says."""
        above = [span for span, size in spans for _ in range(size)]
        self.columns = {i: (above[i], *heads) for i, heads in self.columns.items()}


def place_heads(text: str, lines: list[RawRow], columns: int) -> Placed | None:
    """Place the lines above a body over its columns, where there is one way to do it."""
    if not lines:
        return Placed()
    if len(lines) > _MOST_LINES or any(_is_data(text, line) for line in lines):
        return None
    if _may_be_block(text, lines, columns):
        rest = place_heads(text, lines[:-1], columns) if len(lines) > 1 else None
        if rest is not None and not rest.blocks:
            rest.blocks = 1
            return rest
    placed = _layers(text, lines, columns) or _beside_p(text, lines, columns) or _stack(text, lines, columns)
    if placed is None and len(lines) <= _FEW_LINES and _may_be_block(text, lines, columns):
        return Placed(blocks=1)
    return placed


def _is_data(text: str, line: RawRow) -> bool:
    """A row that did not fit is no head; numbers after words (`Grade 3`, `Week 12`) are."""
    others = 0
    for before, unit in zip([None, *line.units], line.units, strict=False):
        content = text[unit.start : unit.end]
        if unit.kind != "value":
            continue
        if _DECIMAL.search(content):
            return True
        others += before is None or before.kind == "value" or not _ORDINAL.fullmatch(content)
    return others >= 2


def _may_be_block(text: str, lines: list[RawRow], columns: int) -> bool:
    """Whether the last line can be the first block's head: a phrase alone that no line above goes on with."""
    last, before = lines[-1], lines[-2] if len(lines) > 1 else None
    content = text[last.start : last.end]
    if not content[:1].isupper() or len(content.split()) > _BLOCK_WORDS:
        return False
    if is_stub(content) or (before and _goes_on(text, before, last)):
        return before is not None and not _goes_on(text, before, last)
    pieces = atoms(text, last.start, last.end)
    if len(pieces) == 1:
        return columns > 1 or before is not None
    return len(segments(pieces)) == 1 and before is not None and _is_certain(text, before, columns)


def _is_certain(text: str, line: RawRow, columns: int) -> bool:
    """Whether brackets, citations or gaps alone tell that a line's phrases fill the columns."""
    found = fit(text, line.start, line.end, columns) if columns > 1 else None
    return found is not None and (bool(found.groups) or len(segments(atoms(text, line.start, line.end))) >= columns)


def _layers(text: str, lines: list[RawRow], columns: int) -> Placed | None:
    """The last line fills the columns; each line above fills them too, or spans groups of them."""
    leaf = fit(text, lines[-1].start, lines[-1].end, columns)
    if leaf is None:
        return None
    placed = Placed({i: (span,) for i, span in enumerate(leaf.columns)}, (leaf.stub,) if leaf.stub else ())
    for line in reversed(lines[:-1]):
        span = (line.start, line.end)
        if is_stub(text[slice(*span)]):
            placed.stub = (span, *placed.stub)
        elif names_measure(text[slice(*span)]):
            placed.put_over([(span, columns)])
        else:
            found, groups = _upper(text, line, leaf, columns)
            if found is None:
                return None
            placed.stub = (found.stub, *placed.stub) if found.stub else placed.stub
            placed.put_over(list(zip(found.columns, groups, strict=True)))
            leaf = found if len(found.columns) == columns else leaf
    return placed


def _beside_p(text: str, lines: list[RawRow], columns: int) -> Placed | None:
    """Heads in layers beside a last column `P`, which stands in one of the lines only."""
    ends = [(i, span) for i, line in enumerate(lines) if (span := p_head(text, line.start, line.end))]
    if (
        len(ends) != 1
        or columns < 3
        or len(lines) < 2
        or sum(p_count(text, line.start, line.end) for line in lines) > 1
    ):
        return None
    index, head = ends[0]
    cut = replace(lines[index], end=lines[index].start + len(text[lines[index].start : head[0]].rstrip()))
    placed = _layers(text, [*lines[:index], cut, *lines[index + 1 :]], columns - 1)
    if placed is not None:
        placed.columns[columns - 1] = (head,)
    return placed


def _upper(text: str, line: RawRow, leaf: Phrases, columns: int) -> tuple[Phrases | None, tuple[int, ...]]:
    """The heads of an upper line and how many columns each stands over."""
    groups = leaf.groups or _repeats(text, leaf.columns)
    if len(groups) < 2:
        groups = (1,) * columns
    return (fit(text, line.start, line.end, len(groups)) if columns > 1 else None), groups


def _repeats(text: str, spans: tuple[Span, ...]) -> tuple[int, ...]:
    """The sizes of equal groups of heads (`Median P Median P` is two of two)."""
    heads = [text[slice(*span)] for span in spans]
    for size in range(1, len(heads) // 2 + 1):
        if len(heads) % size == 0 and heads == heads[:size] * (len(heads) // size) and len(set(heads)) > 1:
            return (size,) * (len(heads) // size)
    return ()


def _stack(text: str, lines: list[RawRow], columns: int) -> Placed | None:
    """One phrase per line or per few lines; lines of several phrases are split where the count is right."""
    phrases = stacked_phrases(text, lines) if len(lines) > 1 else []
    spans: list[Span] = []
    several = 0
    for span, count in phrases:
        parts = _first_lines(text, span) if count > 1 else [(a.start, a.end) for a in atoms(text, *span)]
        if parts is None or len(parts) > _MOST_PHRASES:
            return None
        several += len(parts) > 1
        spans += parts
    if not spans or several > len(phrases) / 3:
        return None
    stub = is_stub(text[slice(*spans[0])])
    if len(spans) == columns + 1 or (len(spans) == columns and not stub):
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
