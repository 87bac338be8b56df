"""How many of a table's first lines are heads."""

from __future__ import annotations

from hcclit.readers.pdf.tables.pieces import Piece
from hcclit.readers.pdf.tables.rulings import Rule


def head_lines(levels: list[list[Piece]], full: list[Rule]) -> int:
    """How many of the first lines are heads.

    Those above the first rule inside the table; without one, those set bold, or those above the first values.

    Args:
        levels: the pieces of the table's lines.
        full: the rules over its whole width.
    """
    bases = [min(piece.base for piece in level) for level in levels]
    counts = [sum(base < rule.at for base in bases) for rule in full if bases[0] < rule.at < bases[-1]]
    if counts and not _has_values(levels[: counts[0]]):
        return _ruled(levels, counts)
    bold = next((i for i, level in enumerate(levels) if not all(piece.bold for piece in level)), 0)
    if 0 < bold < len(levels) and any(len(level) > 1 for level in levels[:bold]):
        return bold
    return _above_values(levels)


def _ruled(levels: list[list[Piece]], counts: list[int]) -> int:
    """The lines above the first rule, and those down to a later one where heads stand between rules.

    They do where only heads of several columns stand further up, or where neither labels nor values stand there.
    """
    count = counts[0]
    for following in counts[1:]:
        row = [piece for level in levels[count:following] for piece in level]
        labelled = any(piece.column == 0 or piece.is_value for piece in row)
        if _has_values(levels[count:following]) or (labelled and _has_leaves(levels[:count])):
            break
        count = following
    return count


def _above_values(levels: list[list[Piece]]) -> int:
    count = 0
    for i, level in enumerate(levels):
        if _is_data(level):
            while count < i and all(piece.column > 0 for piece in levels[count]):
                count += 1
            return count
        if len(level) > 1:
            count = i + 1
    return 1


def _is_data(level: list[Piece]) -> bool:
    """Whether at least half of a line's pieces, its label aside, are figures, and one of them surely a value."""
    pieces = [piece for piece in level if piece.column > 0]
    figures = sum(piece.is_value or piece.text[0].isdigit() for piece in pieces)
    return len(level) > 1 and 2 * figures >= len(pieces) and any(piece.is_value for piece in pieces)


def _has_leaves(levels: list[list[Piece]]) -> bool:
    """Whether a line of heads has one for most columns, and not only for several at once."""
    columns = 1 + max(piece.last for level in levels for piece in level)
    return any(2 * sum(piece.column == piece.last for piece in level) > columns for level in levels)


def _has_values(levels: list[list[Piece]]) -> bool:
    pieces = [piece for level in levels for piece in level if piece.column > 0]
    return sum(piece.is_value for piece in pieces) > 0.5 * len(pieces)
