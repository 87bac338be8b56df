"""The rows of a table's body: lines that belong to one cell become a block, blocks side by side a row."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hcclit.readers.pdf.tables.cues import Line, Setting, setting_of, unfinished
from hcclit.readers.pdf.tables.pieces import Piece
from hcclit.readers.pdf.tables.rulings import Rule

_FARTHEST = 2.4  # ems between lines of one cell
_SAME = 0.12  # ems; distances of lines that differ less are one
_ROWLIKE = 0.4  # share of the closest lines that look like rows
_SURE, _SURELY = 2.0, 0.1  # a score that leaves no doubt; share of the closest lines that may have it
_PARTED = 0.1  # for each pair of close lines, pairs that are parted by more room or a rule
_UNFINISHED = 1.35  # times the distance of lines in a cell, if the first ends where no cell does
_TITLE = 0.9  # ems from a line without a label to a title
_OVERLAP = 0.75  # ems; lines that are closer stand side by side


@dataclass(slots=True, eq=False)
class Block:
    """The lines of one cell, from the top down, with the rows that it covers once these are known."""

    column: int
    pieces: list[Piece]
    em: float
    last: int = 0
    first_row: int = 0
    rows: int = 1

    @property
    def top(self) -> float:
        """The height of its first line's letters."""
        return self.pieces[0].base - 0.7 * self.em

    @property
    def bottom(self) -> float:
        """Where its last line ends."""
        return self.pieces[-1].base + 0.2 * self.em

    @property
    def centre(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(piece.text for piece in self.pieces)


def blocks_of(levels: list[list[Piece]], rules: list[Rule], em: float, columns: int) -> list[Block]:
    """The cells of a body's columns, each with all of its lines."""
    lines = [_line(level) for level in levels]
    setting = setting_of(lines, em, columns)
    tight = tight_pitch(lines, rules, setting)
    if tight is None:
        return _by_lines(lines, rules, setting)
    out: list[Block] = []
    for column in range(columns):
        pieces = [line[column] for line in lines if column in line]
        for i, piece in enumerate(pieces):
            if i and _joined(pieces[i - 1], piece, rules, tight * em):
                out[-1].pieces.append(piece)
            else:
                out.append(Block(column, [piece], em, piece.last))
    return out


def _line(level: list[Piece]) -> Line:
    """The pieces of a level by column; two in one column as one."""
    out: Line = {}
    for piece in level:
        if piece.column in out:
            known = out[piece.column]
            out[piece.column] = Piece([*known.words, *piece.words], known.column, max(known.last, piece.last))
        else:
            out[piece.column] = piece
    return out


def _joined(before: Piece, piece: Piece, rules: list[Rule], tight: float) -> bool:
    """Whether a line belongs to the cell of the line above it in its column."""
    distance = piece.base - before.base
    if ruled_apart(before, piece, rules):
        return False
    return distance <= tight or (distance <= _UNFINISHED * tight and unfinished(before.text))


def titles_apart(levels: list[list[Piece]], em: float) -> list[float]:
    """The heights above lines of a label alone that stand below a line without a label: no row goes over both."""
    out = []
    for above, line in pairwise([_line(level) for level in levels]):
        if set(line) == {0} and 0 not in above:
            before, base = max(piece.base for piece in above.values()), line[0].base
            if base - before > _TITLE * em:
                out.append((before + base) / 2 - 0.25 * em)
    return out


def ruled_apart(before: Piece, piece: Piece, rules: list[Rule]) -> bool:
    """Whether a rule stands between two lines."""
    middle = max(before.centre, piece.x0), min(before.centre, piece.x1)
    return any(
        before.base - 1 < rule.at < piece.base and rule.start < max(middle) + 2 and rule.end > min(middle) - 2
        for rule in rules
    )


def tight_pitch(lines: list[Line], rules: list[Rule], setting: Setting) -> float | None:
    """How far apart the lines of a cell are at most, in ems, if rows are set wider apart than that, or ruled."""
    pairs, ruled = _pairs(lines, rules, setting)
    if not pairs:
        return None
    end = 1
    while end < len(pairs) and pairs[end][0] - pairs[end - 1][0] < _SAME:
        end += 1
    close = {(id(above), id(below)): (above, below) for _, above, below in pairs[:end]}
    far = {(id(above), id(below)) for _, above, below in pairs[end:]} - set(close)
    scores = [setting.begins_row(above, below) for above, below in close.values()]
    rowlike = sum(score > 0 for score in scores) > _ROWLIKE * len(close)
    if rowlike or sum(score > _SURE for score in scores) > _SURELY * len(close):
        return None
    parted = len(far) + ruled >= max(1, _PARTED * len(close))
    return pairs[end - 1][0] + _SAME / 2 if parted else None


def _pairs(lines: list[Line], rules: list[Rule], setting: Setting) -> tuple[list[tuple[float, Line, Line]], int]:
    """Lines that follow one another in a column with their distances in ems, the closest first; how many are ruled."""
    pairs, ruled = [], set()
    for column in range(len(setting.widths)):
        found = [(line[column], line) for line in lines if column in line]
        for (a, above), (b, below) in pairwise(found):
            distance = (b.base - a.base) / setting.em
            if ruled_apart(a, b, rules):
                ruled.add((id(above), id(below)))
            elif distance <= _FARTHEST:
                pairs.append((distance, above, below))
    return sorted(pairs, key=lambda pair: pair[0]), len(ruled)


def _by_lines(lines: list[Line], rules: list[Rule], setting: Setting) -> list[Block]:
    """Where distances do not tell: line by line, as their words say."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and not _opens(rows[-1], line, rules, setting):
            rows[-1].append(line)
        else:
            rows.append([line])
    out = []
    for row in rows:
        for column in sorted({c for line in row for c in line}):
            pieces = [line[column] for line in row if column in line]
            out.append(Block(column, pieces, setting.em, max(piece.last for piece in pieces)))
    return sorted(out, key=lambda block: (block.column, block.top))


def _opens(row: list[Line], line: Line, rules: list[Rule], setting: Setting) -> bool:
    """Whether a line begins a new row below the lines of one."""
    base = min(piece.base for piece in line.values())
    before = max(piece.base for piece in row[-1].values())
    if any(before - 1 < rule.at < base for rule in rules):
        return True
    distance = (base - before) / setting.em
    if distance > _FARTHEST:
        return True
    above: Line = {column: piece for earlier in row for column, piece in earlier.items()}
    if distance < _OVERLAP and not any(c in row[-1] for c in line):
        return False
    return setting.begins_row(above, line, row[-1]) > 0
